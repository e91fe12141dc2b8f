"""How a page is seen, written and guarded: the only room that drives Playwright."""
