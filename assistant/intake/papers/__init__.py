"""What stands on a paper: from the lines of its pages to its kind, its labels and their values. Pure; nothing is guessed."""
