"""Below the reading of text: the two models, and lines of print found by their ink without a model."""
