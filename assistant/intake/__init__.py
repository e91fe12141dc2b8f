"""Where do data come from? Rosters, forms, scans and questionnaires become drafts; what is confirmed becomes a profile."""
