"""What is known of a person: the profile, its values and whether they agree."""
