"""What do the words of a source mean? Names of codes, dates as people write them, numbers: one meaning or none."""
