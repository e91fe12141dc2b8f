"""Chores of the project: pinning versions, writing generated pages, renewing pictures."""
