"""`assistant team`: who shares a database of cases. Keys stay in each member's own keyring."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from assistant.cli.arguments import add_store
from assistant.errors import InputError
from assistant.messages import Text
from assistant.review.console import Console

if TYPE_CHECKING:
    from assistant.store.database.store import DatabaseStore

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("init", "add", "remove", "list", "trust", "two-eyes"),
        help="init 建立 / begin; add 添加成员 / add a member; remove 移除 / remove one; list 列出 / list; "
        "trust 核对指纹后信任 / accept after comparing the fingerprint; two-eyes on|off 双人复核 / who filled may not mark as reviewed",
    )
    parser.add_argument("name", metavar="NAME", nargs="?", help="成员名字 / the member's name")
    parser.add_argument("key", metavar="KEY", nargs="?", help="新成员的公钥（age1…）/ the new member's public key")
    add_store(parser)


def run(args: Namespace) -> int:
    """Exit 0 when done. Raises InputError, SealError, SetupError; then nothing was changed."""
    from assistant.store.database.addresses import ask_for_team_parts, checked_database, named_store

    address = checked_database(named_store(args.store))
    ask_for_team_parts()
    from assistant.store.database.store import DatabaseStore

    store = DatabaseStore.to_begin_at(address)
    doing = {"init": _init, "add": _add, "remove": _remove, "list": _list, "trust": _trust, "two-eyes": _two_eyes}
    doing[args.action](args, store)
    store.close()
    return 0


def _init(args: Namespace, store: "DatabaseStore") -> None:
    keys = store.team.begin(_named(args))
    args.console.line(
        Text(
            f"团队已就绪，指纹 {keys.fingerprint}。请现在导出恢复密钥并离线保管：assistant seal --export-key 文件。",
            f"The team is ready; its fingerprint is {keys.fingerprint}. Export your recovery key now and keep it elsewhere: "
            "assistant seal --export-key FILE.",
        ),
        style="good",
    )


def _add(args: Namespace, store: "DatabaseStore") -> None:
    if not args.key:
        raise InputError(
            Text(
                "请写出新成员的公钥：assistant team add 名字 age1…（由对方运行 assistant team list 得到）",
                "Write the new member's public key: assistant team add NAME age1… (their assistant team list shows it)",
            ),
            where="KEY",
        )
    keys = store.team.add(_named(args), args.key)
    args.console.line(
        Text(
            f"已添加。请与对方核对指纹 {keys.fingerprint}（对方运行 assistant team list）。",
            f"Added. Compare the fingerprint {keys.fingerprint} with what assistant team list shows them.",
        ),
        style="good",
    )


def _remove(args: Namespace, store: "DatabaseStore") -> None:
    store.team.remove(_named(args))
    cases, papers = store.team.still_open_to_former()
    args.console.line(
        Text(
            "已移除；此后写入的内容，对方的密钥打不开。",
            "Removed; what is written from now on, their key does not open.",
        ),
        style="good",
    )
    args.console.line(
        Text(
            f"对方可能仍有：曾打开或复制过的一切，以及能用旧密钥打开的 {cases} 个案件当前版本和 {papers} 份材料（各案件下次修改后不再如此）。"
            "请同时停用其数据库账号，收回恢复密钥，并更换其知道的平台密码。",
            f"They may still have: whatever they opened or copied, and with the old key the present version of {cases} cases and "
            f"{papers} papers (each until it is next changed). Close their database account too, take their recovery key "
            "back, and change the portal passwords they know.",
        ),
        style="warning",
    )


def _list(args: Namespace, store: "DatabaseStore") -> None:
    console: Console = args.console
    own = store.team.own_public_key
    console.line(Text(f"您的公钥：{own}", f"Your public key: {own}"))
    keys = store.team.keys()
    console.table(
        Text("团队成员", "Members of the team"),
        (Text("名字", "name"), Text("公钥", "public key")),
        [(one.name + (" *" if one.key == own else ""), one.key) for one in keys.members],
    )
    if keys.two_eyes:
        console.line(Text("双人复核：填写的人不能自己复核", "Two pairs of eyes: who filled may not mark as reviewed"))
    console.line(Text(f"指纹：{keys.fingerprint}", f"Fingerprint: {keys.fingerprint}"))


def _trust(args: Namespace, store: "DatabaseStore") -> None:
    keys = store.team.trust()
    args.console.line(
        Text(
            f"已信任指纹为 {keys.fingerprint} 的团队。",
            f"The team with the fingerprint {keys.fingerprint} is accepted.",
        ),
        style="good",
    )


def _two_eyes(args: Namespace, store: "DatabaseStore") -> None:
    if args.name not in ("on", "off"):
        raise InputError(
            Text("请写：assistant team two-eyes on 或 off", "write: assistant team two-eyes on, or off"), where="NAME"
        )
    wanted = store.team.set_two_eyes(args.name == "on").two_eyes
    args.console.line(
        Text(
            "已要求双人复核：填写的人不能自己标记为已复核（assistant store reviewed 案件）。"
            if wanted
            else "已不要求双人复核。",
            "Two pairs of eyes from now on: who filled a form can't mark it as reviewed (assistant store reviewed CASE)."
            if wanted
            else "Who filled a form may mark it as reviewed again.",
        ),
        style="good",
    )


def _named(args: Namespace) -> str:
    if not args.name:
        raise InputError(Text("请写出成员名字", "write the member's name"), where="NAME")
    name: str = args.name
    return name
