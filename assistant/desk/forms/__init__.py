"""A form of the profile's model: what it asks, what was posted, what is wrong with it."""
