"""What can be clicked? The whole job as pages of this computer, for people who never open a terminal.

`server.py` starts and ends it, `gate.py` says who may ask, `app.py` names the pages; `pages/` has one file a page,
`forms/` makes a form of the profile's model and reads it back, `runs/` follows what runs in processes of its own.
"""
