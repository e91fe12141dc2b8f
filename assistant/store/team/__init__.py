"""Several desks on one database: whose keys open it, who holds a case, which edits came second, who did what.

Needs the extra `team`, as `store/database` does.
"""
