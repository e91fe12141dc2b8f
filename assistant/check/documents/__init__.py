"""Document checks: is every file of every slot what its rules ask for?

`check_documents` looks at each file in a child process with bounded time and memory, in parallel, and keeps the results by
content. A new check is one module with `KINDS`, `applies(rules)` and `check(paper, case)` (and `together(rules, looks)`
where all files of a slot are judged as one), and one line in `checks.CHECKS`. What can't be decided is a warning and makes the
slot `unsure`; it is never `ok`. Nothing found holds a value of the applicant.

Importing this package is cheap: pictures, PDF and text recognition are loaded in the children only.
"""
