"""Is the case ready? Rules, deadlines, slots and documents, without a browser."""
