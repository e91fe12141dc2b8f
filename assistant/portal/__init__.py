"""What is known of a site: the pack of a portal, its sections, options and conditions, and what the linter asks of it."""
