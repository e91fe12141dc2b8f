"""Pre-fills permit renewals, proves every value, and never submits."""
