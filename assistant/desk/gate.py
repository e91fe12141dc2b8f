"""Who may ask the desk for anything: this person's browser, from the desk's own pages, under the desk's own name.

Promises, before any page sees a request: a `Host` that is not this desk's is refused (421), since another site can let its
own name point here; what changes anything must come from the desk's own pages (403); without the cookie of the start
address only that address and the style sheet answer (401); a body larger than the largest upload is not read (413). Every
answer says that it is neither kept nor framed, and that nothing from elsewhere runs in it.
"""

from collections.abc import Callable
from secrets import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.desk.render import refusal
from assistant.messages import Text

MOST_BYTES = 80 * 1024 * 1024
"""Of one request: a heap of scans in one go. What each file may be, the documents' page says."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_READING = ("GET", "HEAD")
_WITHOUT_COOKIE = ("/start", "/static/")

NOT_HERE = Text(
    "地址不对：请使用启动时显示的地址（127.0.0.1）。",
    "This is not the desk's address: use the one it showed when it started (127.0.0.1).",
)
NOT_FROM_HERE = Text(
    "这个操作不是从本工具的页面发出的，已拒绝。请在本工具的页面上再按一次。",
    "This did not come from one of the desk's own pages and was refused. Press the button on the desk's page again.",
)
NOT_LET_IN = Text(
    "请从启动时显示的地址进入；地址失效时，请再启动一次，会打开同一个工作台。",
    "Come in by the address that was shown at the start; if it has expired, start the desk again: the same one opens.",
)
TOO_LARGE = Text(
    "一次上传的文件太大（最多 80 MB）；请分几次上传，或压缩扫描件。没有保存。",
    "Too much in one upload (at most 80 MB): upload in several goes, or make the scans smaller. Nothing was kept.",
)


class Gate:
    """The outermost part of the application. `cookie` is its name, `key` what it must hold; `port` is the desk's."""

    def __init__(self, app: ASGIApp, port: int, cookie: str, key: str, seen: Callable[[], None]) -> None:
        self._app, self._cookie, self._key, self._seen = app, cookie, key, seen
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        self._seen()
        with_headers = _adding_headers(send)
        if refused is not None:
            await refusal(scope, *refused)(scope, receive, with_headers)
            return
        began, read = False, 0

        async def noting(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await with_headers(message)

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            # To whoever reads it, the sender is gone.
            return message if read <= MOST_BYTES else {"type": "http.disconnect"}

        try:
            await self._app(scope, counted, noting)
        except ClientDisconnect:
            if read > MOST_BYTES and not began:
                await refusal(scope, 413, TOO_LARGE)(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> tuple[int, Text] | None:
        """The status and the sentence of what may not be asked; None for the rest."""
        headers, path = Headers(scope=scope), scope["path"]
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 421, NOT_HERE
        if scope.get("method") not in _READING and not self._is_own(headers, hosts[0].lower()):
            return 403, NOT_FROM_HERE
        if not path.startswith(_WITHOUT_COOKIE) and not self._is_let_in(scope):
            return 401, NOT_LET_IN
        said = headers.get("content-length", "0")
        return (413, TOO_LARGE) if not said.isdecimal() or int(said) > MOST_BYTES else None

    def _is_own(self, headers: Headers, host: str) -> bool:
        """Whether a page of the desk sent it: by what the browser says of the sender, in older ones by its address."""
        said = headers.get("sec-fetch-site")
        return said == "same-origin" if said is not None else headers.get("origin", "").lower() == f"http://{host}"

    def _is_let_in(self, scope: Scope) -> bool:
        shown = HTTPConnection(scope).cookies.get(self._cookie, "")
        return compare_digest(shown.encode(), self._key.encode())


def _adding_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
