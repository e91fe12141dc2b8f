"""When a case must be filed: working days, filing windows, the roster and its calendar file."""
