"""What a run leaves behind for the day when something goes wrong: `trail` is written while it runs, `watching` says into it
what an observer is told, `problem_report` makes the one file that a person can send.

Promise: no value of a person's is in any of it. Labels, states, reasons, durations, kinds of controls; texts go through
`wording.Discreet` first, which blanks what the profile says, and every number that could be somebody's.
"""
