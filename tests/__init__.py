"""The tests: one folder a room, `journeys/` for whole runs, `adversary/` for what is made to break the tool."""
