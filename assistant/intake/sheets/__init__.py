"""How is a workbook looked at? Cells with what they are and where they stand; a table's heads; the empty roster and the marked copy."""
