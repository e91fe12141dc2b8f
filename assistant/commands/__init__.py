"""The verbs of the command line: one module each, one registry line each.

A verb is a plain module with `HELP` (one sentence), `add_arguments(parser)` and `run(args) -> int` (the exit status).
The command line itself adds `--lang` to every verb and `--json` to every verb whose `GIVES_JSON` is true; `args.console`
is ready for use.
"""

from argparse import ArgumentParser, Namespace
from typing import Protocol

from assistant.messages import Text


class Verb(Protocol):
    """What a module in this folder provides."""

    HELP: Text
    GIVES_JSON: bool

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, args: Namespace) -> int: ...
