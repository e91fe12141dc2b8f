"""Which servers a pack may name and which requests it may let through while the tool holds the pen.

Promises: a live host nobody has verified has no allow-list; a mock is on this machine only; no allowed request can be a
submission, a booking or a payment; no allowance is wider than one kind of request. Pure.
"""

import re
from collections.abc import Iterator

from assistant.errors import Problem
from assistant.forbidden import forbidden_path, forbidden_word_in, patterns_overlap
from assistant.messages import Text
from assistant.normalize import fold_words
from assistant.portal.model import Host, PortalFile
from assistant.strict_yaml import Document

_ORIGIN = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}|\*))?")
LOGGING_IN = frozenset({"登录", "登陆", "立即登录", "login", "signin", "logon"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_PATH = re.compile(r"(/[A-Za-z0-9._~*-]+)+(\?[A-Za-z0-9._~*=&-]+)?")


def host_problems(document: Document, file: PortalFile) -> Iterator[Problem]:
    """Everything wrong with `hosts` and `forbidden_paths`."""
    for number, pattern in enumerate(file.forbidden_paths):
        if not _PATH.fullmatch(pattern) or not pattern.strip("/*?"):
            yield document.problem(("forbidden_paths", number), _BAD_PATH)
    if not any(host.kind == "live" for host in file.hosts):
        yield document.problem(
            ("hosts",), Text("至少要有一个 kind: live 的地址", "at least one host must be `kind: live`")
        )
    for number, host in enumerate(file.hosts):
        yield from _origin_problems(document, number, host)
        yield from _allow_problems(document, number, host, file.forbidden_paths)
    yield from _login_problems(document, file)


def _login_problems(document: Document, file: PortalFile) -> Iterator[Problem]:
    """A password is typed only where the address can be trusted: by certificate, or on this machine."""
    form = file.login.form
    for index, origin in enumerate(form.origins if form else ()):
        parts = _ORIGIN.fullmatch(origin)
        if not parts or (parts[2] not in _LOOPBACK and (parts[1] != "https" or parts[3] == "*")):
            yield document.problem(
                ("login", "form", "origins", index),
                Text(
                    "密码只会填在 https 网站或本机；请写作 https://主机名",
                    "a password is typed on https or on this machine only; write https://host",
                ),
            )
    for index, text in enumerate(form.open if form else ()):
        if forbidden_word_in(text, file.forbidden_buttons) or fold_words(text) in LOGGING_IN:
            yield document.problem(
                ("login", "form", "open", index),
                Text("这里只能是切换登录方式的文字，不能是登录按钮", "only what shows the fields, never what logs in"),
            )


def _origin_problems(document: Document, number: int, host: Host) -> Iterator[Problem]:
    for index, origin in enumerate(host.origins):
        place = ("hosts", number, "origins", index)
        parts = _ORIGIN.fullmatch(origin)
        if not parts:
            yield document.problem(
                place,
                Text("应写作 http(s)://主机名[:端口]，不带路径", "write http(s)://host[:port], without a path"),
            )
            continue
        local = parts[2] in _LOOPBACK
        if host.kind == "mock" and not local:
            yield document.problem(
                place,
                Text("模拟平台只能在本机（127.0.0.1 或 localhost）", "a mock lives on 127.0.0.1 or localhost only"),
            )
        if host.kind == "live" and local:
            yield document.problem(place, Text("本机地址应为 kind: mock", "an address of this machine is `kind: mock`"))
        if parts[3] == "*" and not local:
            yield document.problem(
                place, Text("只有本机地址的端口可以写 *", "only on this machine may the port be `*`")
            )
    if not re.fullmatch(r"/(?!/)[^\s\\]*", host.start):
        yield document.problem(
            ("hosts", number, "start"),
            Text("应为以 / 开头的路径，不能指向别的主机", "a path starting with one `/`, no other host"),
        )


def _allow_problems(document: Document, number: int, host: Host, forbidden: tuple[str, ...]) -> Iterator[Problem]:
    if host.allow and not host.trusted:
        yield document.problem(
            ("hosts", number, "allow"),
            Text(
                "这个地址还没有人核实过（verified_on 为空），不能有放行清单；核实后填上日期",
                "nobody has verified this host (verified_on is empty), so it can't have an allow-list; "
                "verify it and give the date",
            ),
        )
    for index, allowed in enumerate(host.allow):
        place = ("hosts", number, "allow", index, "path")
        if not _PATH.fullmatch(allowed.path) or "**" in allowed.path:
            yield document.problem(place, _BAD_PATH)
            continue
        if _too_wide(allowed.path):
            yield document.problem(
                place,
                Text(
                    "放行范围过宽：第一段不能含 *，含 * 的路径至少要有两段写明",
                    "too wide: the first part must be spelled out, and two parts at least where there is a `*`",
                ),
            )
        overlap = next((pattern for pattern in forbidden if patterns_overlap(allowed.path, pattern)), None)
        reason = overlap or forbidden_path(allowed.path)
        if reason:
            yield document.problem(
                place,
                Text(
                    f"会放行禁止的请求（{reason}）：本工具从不提交、预约或付款",
                    f"would let a forbidden request through ({reason}): this tool never submits, books or pays",
                ),
            )


def _too_wide(path: str) -> bool:
    parts = path.partition("?")[0].strip("/").split("/")
    spelled = [part for part in parts if "*" not in part]
    return "*" in parts[0] or (len(spelled) < len(parts) and len(spelled) < 2)


_BAD_PATH = Text(
    "应为路径，如 /api/applications/*/sections/* 或 /x.do?method=save*；* 只代表一段之内的任意字符，放行时不能用 **",
    "write a path like /api/applications/*/sections/* or /x.do?method=save*; `*` stands for anything within one part; "
    "no `**` in what is allowed",
)
