"""What became of a heap, for people: the terminal's table, and one HTML file with each page beside the page it was made of."""
