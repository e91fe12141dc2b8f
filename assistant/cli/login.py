"""`assistant login`: keeps, shows or forgets a portal's user name and password, in the system's password store only."""

import getpass
import shutil
import sys
from argparse import ArgumentParser, Namespace

from assistant.check.city.loading import load_city
from assistant.errors import InputError, SetupError
from assistant.messages import Text

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("set", "show", "forget"),
        help="set 保存 / keep; show 查看 / show; forget 删除 / delete it and the browser's session",
    )
    parser.add_argument("--city", default="shenzhen", metavar="C", help="城市 / city (shenzhen)")


def run(args: Namespace) -> int:
    """Exit 0 when done; `show` answers 1 when nothing is kept. Raises KeyringUnusable, InputError."""
    city = load_city(args.city).city
    return {"set": _set, "show": _show, "forget": _forget}[args.action](args, city)


def _set(args: Namespace, city: str) -> int:
    from assistant.review.prompter import Prompter
    from assistant.store import credentials

    credentials.store()  # before the person types anything
    if not sys.stdin.isatty():
        raise InputError(
            Text(
                "请在终端中运行：密码只能当面输入，不能用参数、环境变量或文件传入。",
                "Run this in a terminal: the password is typed there, never given as an argument, variable or file.",
            )
        )
    user = Prompter(args.console).text(Text("用户名：", "User name:"))
    prompt = Text("密码（输入时不显示）：", "Password (not shown while typing): ")
    password = getpass.getpass(prompt.say(args.lang))
    if not user or not password:
        raise InputError(
            Text("用户名和密码都要填写；没有保存。", "Both user name and password are needed; nothing was kept.")
        )
    credentials.keep_login(city, credentials.PortalLogin(user, password))
    args.console.line(
        Text(
            "已存入系统密码库。验证码、短信、扫码和人脸仍由您本人完成。",
            "Kept in the system's password store. Codes, SMS, QR and face remain yours.",
        ),
        style="good",
    )
    return 0


def _show(args: Namespace, city: str) -> int:
    from assistant.store import credentials
    from assistant.values import mask

    kept = credentials.login_of(city)
    if kept is None:
        args.console.line(Text(f"没有保存 {city} 的登录信息。", f"No login is kept for {city}."), style="warning")
        return 1
    name = mask(kept.user)
    args.console.line(
        Text(
            f"{city}：用户名 {name}，密码已保存（不显示）。", f"{city}: user name {name}, password kept (never shown)."
        )
    )
    return 0


def _forget(args: Namespace, city: str) -> int:
    """The session first: it can be deleted on machines without a password store as well."""
    from assistant.store import credentials
    from assistant.store.locations import browser_folder

    folder = browser_folder(city)
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError:
        raise SetupError(
            Text(
                f"无法删除浏览器数据（{folder}）。请先关闭由本工具打开的浏览器窗口，再运行一次。",
                f"The browser's data can't be deleted ({folder}). Close the browser this tool opened and run it again.",
            )
        ) from None
    known = credentials.store_name() is not None and credentials.forget_login(city)
    args.console.line(
        Text(
            "登录信息和浏览器会话均已删除。" if known else "浏览器会话已删除；密码库中没有保存登录信息。",
            "Login and browser session are deleted." if known else "The browser session is deleted; no login was kept.",
        ),
        style="good",
    )
    return 0
