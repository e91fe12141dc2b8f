"""Does the page still match the pack? Comparison, similarity, baseline and proposals, without a browser."""
