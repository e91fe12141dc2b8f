"""What can be started: each job is a plain value, and runs the same from the command line and the desk."""
