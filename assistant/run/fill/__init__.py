"""Filling a form, section by section, field by field, and proving it."""
