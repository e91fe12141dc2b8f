"""Newer packs without a newer program: one signed file with portals' and cities' data, taken as a diff, undone with one press.

`signature` is the format of minisign, `pack_file` the file itself, `installed` what is in force, `trial` reads everything once.
The only place that knows nacl.
"""
