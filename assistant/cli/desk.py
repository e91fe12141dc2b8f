"""`assistant desk`: the whole job in a browser window of this computer, until the person ends it."""

import hashlib
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from importlib import import_module
from pathlib import Path

import platformdirs

from assistant.cli.arguments import add_store
from assistant.messages import Text
from assistant.store.database.addresses import FOLDER, named_store, shown
from assistant.store.locations import chosen_folder, private_data

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help="申请人文件夹所在的文件夹，默认「文档」中的 assistant / folder of applicants, default: `assistant` in Documents",
    )
    add_store(parser)
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="端口，0 为自动选择 / port, 0 picks a free one"
    )
    parser.add_argument("--no-open", action="store_true", help="不打开浏览器 / do not open the browser")


def run(args: Namespace) -> int:
    """Serves until 退出 or Ctrl-C, which end calmly. Raises InputError for the folder, SetupError for a taken port."""
    # By name: what can be typed and what can be clicked know nothing of each other.
    serve = import_module("assistant.desk.server").serve
    address = named_store(args.store)
    if address.startswith(FOLDER):
        args.folder, address = Path(address.removeprefix(FOLDER)), ""
    folder = own_folder(address) if address else args.folder or default_folder()
    args.console.errors_only()
    args.console.line(
        Text(
            f"工作台：{shown(address) or folder}。请不要关闭这个窗口；用完后在网页上按「退出」。",
            f"The desk shows {shown(address) or folder}. Keep this window open; press “Quit” on the page when you are done.",
        )
    )
    serve(folder, port=args.port, language=args.lang, open_browser=not args.no_open, address=address)
    return 0


def default_folder() -> Path:
    """The one that the person has chosen, else where their own files are, so that they are part of their backups."""
    return chosen_folder() or platformdirs.user_documents_path() / "assistant"


def own_folder(address: str) -> Path:
    """Where this machine keeps what a desk on a store needs of its own: which one runs, and nothing of a case."""
    return private_data() / "desks" / hashlib.sha256(address.encode()).hexdigest()[:16]


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > 65535:
        raise ArgumentTypeError("0–65535")
    return int(text)
