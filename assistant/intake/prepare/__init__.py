"""Papers ready to upload: a heap of scans becomes, slot by slot, copies that the portal takes.

`look` says what each page of a file is like (in child processes, bounded in time and memory); `sort` says which paper it is a page of,
and whose; `fit` makes a copy of a paper within the slot's limits; `prove` holds the copy against the original, and what lost anything
is not offered; `keep` puts copies and originals beside the profile, and takes them back. No original is ever changed.
"""
