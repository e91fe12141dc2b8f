"""Making a paper's copy and holding it against the original. In the child process only."""
