"""`assistant mock`: serves a mock portal on 127.0.0.1 until interrupted; its address is the first line printed."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date

from assistant.errors import ResultNotWritten
from assistant.messages import Text

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--city", default="shenzhen", metavar="C", help="城市 / city (shenzhen)")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="端口，0 为自动选择 / port, 0 picks a free one"
    )
    parser.add_argument("--auto-login", action="store_true", help="模拟平台自动扫码登录 / the mock scans its own code")
    parser.add_argument("--on", type=_day, metavar="DATE", help="以此日期为今天 / stands for today (YYYY-MM-DD)")


def run(args: Namespace) -> int:
    """Serves until Ctrl-C, which ends calmly. Raises InputError for an unknown city, SetupError for a taken port."""
    from assistant.jobs.mock_portal import fixtures_module
    from assistant.review.console import silence_stdout

    with fixtures_module("server").MockPortal(
        city=args.city, port=args.port, auto_login=args.auto_login, on=args.on
    ) as mock:
        try:
            sys.stdout.write(mock.url + "\n")
            sys.stdout.flush()
        except (OSError, AttributeError):
            silence_stdout()
            raise ResultNotWritten(
                Text("网址写不到标准输出，没有启动。", "Its address can't be written to standard output: not started.")
            ) from None
        try:
            mock.wait()
        except KeyboardInterrupt:
            return 0
    return 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > 65535:
        raise ArgumentTypeError("0–65535")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("YYYY-MM-DD") from None
