"""Does this machine reach itself? The desk and the mock portal are served on 127.0.0.1; a proxy or a firewall may be in between."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import ProxyHandler, build_opener, getproxies, proxy_bypass

from assistant.jobs.doctor.answers import Check
from assistant.messages import Text

HOST = "127.0.0.1"
SECONDS = 3.0
_WORD = b"here"


def check_loopback(reached: Callable[[], bool] | None = None) -> Sequence[Check]:
    """Asks for real, past every proxy; then looks at what the system would do with the same address."""
    title = Text("本机网络", "loopback")
    if not (reached or _is_reached)():
        what = Text("本机程序之间的连接被拦截（127.0.0.1）", "this machine can't reach itself (127.0.0.1)")
        remedy = Text(
            "请在防火墙或安全软件中允许本机连接；工作台和演练都需要它。",
            "Allow connections within this machine in the firewall or security program: the desk and the rehearsal need them.",
        )
        return [Check("loopback", title, "bad", what, remedy)]
    if {"http", "all"} & getproxies().keys() and not proxy_bypass(HOST):
        what = Text(
            "系统设置了代理，且没有排除 127.0.0.1；浏览器会自行绕过，其他程序不一定",
            "a proxy is set that does not except 127.0.0.1; the browser passes it by, other programs may not",
        )
        remedy = Text(
            "工作台打不开时，请在代理设置中把 127.0.0.1 和 localhost 设为例外。",
            "If the desk does not open, except 127.0.0.1 and localhost in the proxy settings.",
        )
        return [Check("loopback", title, "warning", what, remedy)]
    return [Check("loopback", title, "ok", Text("可连接", "reached"))]


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(_WORD)

    def log_message(self, *_words: object) -> None:
        """Nothing is printed."""


def _is_reached() -> bool:
    with suppress(OSError), HTTPServer((HOST, 0), _Answer) as server:
        server.timeout = SECONDS
        thread = threading.Thread(target=server.handle_request, daemon=True)
        thread.start()
        direct = build_opener(ProxyHandler({}))
        with direct.open(f"http://{HOST}:{server.server_port}/", timeout=SECONDS) as answer:
            said = bytes(answer.read())
        thread.join()
        return said == _WORD
    return False
