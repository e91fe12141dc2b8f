"""Arguments that several verbs share."""

from argparse import ArgumentParser, Namespace
from datetime import date

from assistant.errors import InputError
from assistant.messages import Text


def add_on(parser: ArgumentParser) -> None:
    """`--on DATE`: the day that stands for today."""
    parser.add_argument("--on", metavar="DATE", help="以此日期为今天（YYYY-MM-DD） / the day that stands for today")


def day_of(args: Namespace) -> date:
    """The day of `--on`, else today; InputError for anything but a `YYYY-MM-DD` day that exists."""
    if args.on is None:
        return date.today()
    try:
        day = date.fromisoformat(args.on)
    except ValueError:
        day = None
    if day is None or day.isoformat() != args.on:
        raise InputError(
            Text("日期应写作 YYYY-MM-DD，例如 2026-11-22", "write the date as YYYY-MM-DD, for example 2026-11-22"),
            where="--on",
        )
    return day
