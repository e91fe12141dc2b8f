"""One zip that a handler unpacks and double-clicks: no installer, no Python, no administrator.

Promises: built twice from the same versions it is the same bytes, on any machine; no program of our own making (a virus scanner
has nothing to suspect), no console shims; it runs from any folder, with spaces or Chinese in its name; what is wrong with the
tree is found before the zip is written. What it does not promise: nobody has run it on Windows or macOS yet.
"""
