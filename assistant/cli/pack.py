"""`assistant pack`: newer data of portals and cities without a newer program."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.arguments import ResultFile
from assistant.errors import InputError
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.jobs.packs.pack_file import PackFile
    from assistant.jobs.packs.signature import SecretKey

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("show", "install", "undo", "trust", "key", "make"),
        help="show 查看 / what is in force, or what FILE changes; install 采用 / take FILE; undo 撤销 / go back; "
        "trust 信任 / believe the key in FILE; key 我的公钥 / show your own public key; make 打包 / sign the folder FILE",
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="资料包文件、公钥文件或文件夹 / pack file, key or folder"
    )
    parser.add_argument("--out", metavar="F", action=ResultFile, help="make 写到哪里 / where `make` writes")
    parser.add_argument("--title", default="", metavar="T", help="make 的标题 / the title for `make`")
    parser.add_argument("--yes", action="store_true", help="不再询问 / without asking")


def run(args: Namespace) -> int:
    """Exit 0 when done, 1 when the person said no or there was nothing to undo. Raises InputError, PackError."""
    if args.action in ("install", "trust", "make") and args.file is None:
        raise InputError(Text("请给出文件。", "Name the file."), where=args.action)
    return {"show": _show, "install": _install, "undo": _undo, "trust": _trust, "key": _key, "make": _make}[
        args.action
    ](args)


def _show(args: Namespace) -> int:
    from assistant.jobs.packs.installed import in_force, opened, trusted

    if args.file is not None:
        _tell(args, opened(args.file))
        return 0
    now = in_force()
    if now is None:
        args.console.line(Text("使用程序自带的资料包。", "The program's own packs are in force."))
    else:
        said = f"{now['title']} · {now['made_on']} · {now['signer']}"
        args.console.line(Text(f"正在使用：{said}", f"In force: {said}"))
    names = ", ".join(key.name for key in trusted()) or "-"
    args.console.line(Text(f"信任的签名者：{names}", f"Trusted signers: {names}"))
    return 0


def _tell(args: Namespace, pack: "PackFile") -> None:
    from assistant.jobs.packs.installed import changes

    said = f"{pack.about.title} · {pack.about.made_on} · {pack.signer.name}"
    rows = [(one.where, one.before, one.after) for one in changes(pack)]
    headers = (Text("哪里", "where"), Text("原来", "before"), Text("改为", "after"))
    args.console.table(Text(f"将要改变的内容（{said}）", f"What changes ({said})"), headers, rows)


def _install(args: Namespace) -> int:
    from assistant.jobs.packs.installed import install, opened
    from assistant.review.prompter import Prompter

    pack = opened(args.file)
    _tell(args, pack)
    if not args.yes and not Prompter(args.console).agrees(Text("采用吗？", "Take it?")):
        return 1
    install(pack)
    args.console.line(
        Text("已采用。撤销：assistant pack undo", "In force from now on. To go back: assistant pack undo"), style="good"
    )
    return 0


def _undo(args: Namespace) -> int:
    from assistant.jobs.packs.installed import undo

    if not undo():
        args.console.line(
            Text("没有可撤销的：使用的就是程序自带的。", "Nothing to undo: the program's own are in force.")
        )
        return 1
    return _show(Namespace(**{**vars(args), "file": None}))


def _trust(args: Namespace) -> int:
    from assistant.jobs.packs.installed import trust

    try:
        text = args.file.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise InputError(Text("读不出公钥文件。", "The key's file can't be read."), where=str(args.file)) from None
    key = trust(text)
    args.console.line(Text(f"已信任 {key.name}。", f"{key.name} is trusted from now on."), style="good")
    return 0


def _key(args: Namespace) -> int:
    args.console.line(_own_key().public.written().strip())
    return 0


def _own_key() -> "SecretKey":
    from assistant.jobs.packs.signature import SecretKey
    from assistant.store import credentials

    kept = credentials.pack_key()
    if kept is None:
        made = SecretKey.new()
        credentials.keep_pack_key(made.secret_text)
        return made
    return SecretKey.read(kept)


def _make(args: Namespace) -> int:
    from assistant.check.deadlines.dates import today
    from assistant.jobs.packs.installed import data_files
    from assistant.jobs.packs.pack_file import write_pack

    if args.out is None or not args.file.is_dir():
        raise InputError(Text("请给出文件夹和 --out。", "Name the folder and --out."), where="make")
    write_pack(data_files(args.file), args.title or args.file.name, today(), _own_key(), args.out)
    args.console.line(Text(f"已写成 {args.out}", f"Written to {args.out}"), style="good")
    return 0
