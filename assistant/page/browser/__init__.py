"""The browser itself: found or installed, opened and closed, watched, and what is downloaded with it."""
