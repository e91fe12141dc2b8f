"""`assistant desk`: the whole job in a browser window of this computer, until the person ends it."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from importlib import import_module
from pathlib import Path

import platformdirs

from assistant.messages import Text
from assistant.store.locations import chosen_folder

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help="申请人文件夹所在的文件夹，默认「文档」中的 assistant / folder of applicants, default: `assistant` in Documents",
    )
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="端口，0 为自动选择 / port, 0 picks a free one"
    )
    parser.add_argument("--no-open", action="store_true", help="不打开浏览器 / do not open the browser")


def run(args: Namespace) -> int:
    """Serves until 退出 or Ctrl-C, which end calmly. Raises InputError for the folder, SetupError for a taken port."""
    # By name: what can be typed and what can be clicked know nothing of each other.
    serve = import_module("assistant.desk.server").serve
    folder = args.folder or default_folder()
    args.console.errors_only()
    args.console.line(
        Text(
            f"工作台：{folder}。请不要关闭这个窗口；用完后在网页上按「退出」。",
            f"The desk shows {folder}. Keep this window open; press “Quit” on the page when you are done.",
        )
    )
    serve(folder, port=args.port, language=args.lang, open_browser=not args.no_open)
    return 0


def default_folder() -> Path:
    """The one that the person has chosen, else where their own files are, so that they are part of their backups."""
    return chosen_folder() or platformdirs.user_documents_path() / "assistant"


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > 65535:
        raise ArgumentTypeError("0–65535")
    return int(text)
