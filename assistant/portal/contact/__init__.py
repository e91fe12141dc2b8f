"""What pages that no pack describes add to the grammar: shapes of a value, and what was learned of the pages."""
