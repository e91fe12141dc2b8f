"""Pages that were photographed askew: what is made level of them to be read."""
