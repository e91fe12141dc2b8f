"""Learning where a page keeps what, by the handler pointing at it."""
