"""What a city changes: its rule file, its services, and where they are read."""
