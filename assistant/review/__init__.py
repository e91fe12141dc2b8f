"""What the person sees: cards, reports, pages to print, the terminal and the panel."""
