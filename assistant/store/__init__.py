"""Where things are kept: applicants' folders, sealed folders, secrets, the journal."""
