"""The row tables of a page that nobody described: which of the profile's lists each asks for, and how its rows are entered."""
