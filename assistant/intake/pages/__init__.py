"""A file's pages as lines with places, read in a child process: painted text, filled fields, recognised signs, zones, QR codes."""
