"""What the handler sees beside the form: a panel inside the page that the page can neither read nor drive.

`host` puts an element of the tool's own into the page and talks with it; it knows nothing of what is shown there.
"""
