"""Which paper a page is, whose it is, and in which slot it goes. Pure: what was seen of the pages is all that is known here."""
