"""The first day on a portal nobody has seen: propose, let the person confirm, fill, read back, remember."""
