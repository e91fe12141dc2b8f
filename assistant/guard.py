"""Who holds the pen. While the tool holds it, nothing that could submit, book or pay reaches the portal.

The guard is a state with two values, changed by `take_pen` and `hand_over` and by nothing else: no timer, no default,
no script of the page. It has two layers, each sufficient for what it covers with the other off:

* *network*: every request of the browser (pages, frames, workers, beacons, redirect hops) is paused and judged:
  other origins are refused, what is not GET is refused unless the portal's pack allows it, documents load only inside
  `navigating()`, a forbidden path is refused whatever the method. No WebSocket message leaves.
* *page*: in every frame, submit events, `form.submit()`, and clicks on forbidden words are stopped before the page sees them.

While the person holds the pen nothing is paused, stopped or recorded. A guard records methods, paths and reasons; never
a query, a header or a body.
"""

import json
import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Page, WebSocketRoute, Worker
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import SetupError
from assistant.messages import Text

Holder = Literal["tool", "person"]
Layer = Literal["page", "network"]
Why = Literal["other-origin", "not-allowed", "forbidden-path", "navigation", "web-socket", "page"]

# What the page layer reports; whatever else calls itself a report is not repeated.
STOPS = ("submit event", "form.submit()", "form.requestSubmit()", "forbidden button", "new window")
LAYERS: frozenset[Layer] = frozenset({"page", "network"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOCAL_SCHEMES = frozenset({"data", "blob", "about"})
# Interception stays installed for the browser's whole life, since pages already open can't be caught later; while the
# person holds the pen it waits for addresses that do not exist, so that a busy Python never slows the person down.
EVERYTHING = [{"urlPattern": "*"}]
NOTHING = [{"urlPattern": "nothing-is-ever-called-this:"}]
# Workers get no WebSocket, and no workers of their own to get one from: their sockets can't be routed.
DISARM_WORKER = """(() => {
  if (self.WebSocket) self.WebSocket.prototype.send = () => {};
  for (const name of ["WebSocket", "WebSocketStream", "WebTransport", "Worker"]) delete self[name];
})()"""


class _Closable(Protocol):
    def close(self) -> None: ...


@dataclass(frozen=True)
class Allowed:
    """One kind of request that may change the portal's state while the tool holds the pen, e.g. saving a draft.

    `path` is a glob on the decoded path: `*` is one segment, `**` any number of them.
    """

    method: str
    path: str
    purpose: str


@dataclass(frozen=True)
class Blocked:
    """What was kept from happening, how often and why."""

    method: str
    path: str
    why: Why
    count: int = 1


@dataclass(frozen=True)
class Receipt:
    """What the guard saw while the tool held the pen."""

    submit_attempts: int
    blocked: tuple[Blocked, ...]
    allowed: tuple[tuple[str, str, int], ...]

    def as_json(self) -> dict[str, object]:
        """The `guard` part of `fill --json`."""
        return {
            "submit_attempts": self.submit_attempts,
            "blocked": [
                {"method": one.method, "path": one.path, "why": one.why, "count": one.count} for one in self.blocked
            ],
            "allowed": [{"method": method, "path": path, "count": count} for method, path, count in self.allowed],
        }


class Guard:
    """The pen of one browser: install it before any page is opened; one guard for a browser."""

    def __init__(
        self,
        context: BrowserContext,
        *,
        origins: Sequence[str],
        allowed: Sequence[Allowed],
        forbidden_words: Sequence[str],
        forbidden_paths: Sequence[str],
        layers: frozenset[Layer] = LAYERS,
    ) -> None:
        """`origins` are the portal's own (`http://127.0.0.1:8000`); `layers` is for tests of one layer alone."""
        self._context = context
        self._origins = frozenset(origin_of(origin) for origin in origins)
        self._allowed = tuple((rule.method.upper(), _glob(rule.path)) for rule in allowed)
        self._forbidden = tuple(_glob(path.lower()) for path in forbidden_paths)
        self._words = sorted({letters(word) for word in forbidden_words} - {""})
        self._layers = layers
        self._holder: Holder = "person"
        self._navigating = 0
        self._attempts = 0
        self._blocked: Counter[tuple[str, str, Why]] = Counter()
        self._passed: Counter[tuple[str, str]] = Counter()
        self._session: CDPSession | None = None
        self._sockets: list[WebSocketRoute] = []
        self._page_script: _Closable | None = None
        self._take, self._release, self._report = (f"g{secrets.token_hex(16)}" for _ in range(3))

    @property
    def holder(self) -> Holder:
        """Who may act on the page now."""
        return self._holder

    def install(self) -> None:
        """Puts both layers in place, the person holding the pen. SetupError when the browser can't be guarded."""
        if "network" in self._layers:
            self._install_network()
        if "page" in self._layers:
            self._context.expose_binding(self._report, lambda _source, what: self._stopped_in_page(str(what)))
            self._renew_page_script()
        self._context.on("page", self._on_page)
        for page in self._context.pages:
            self._on_page(page)

    def take_pen(self) -> None:
        """From here on the tool acts, and nothing it does can submit."""
        self._holder = "tool"
        if self._session is not None:
            self._session.send("Fetch.enable", {"patterns": EVERYTHING})
        self._move_pen_in_pages(self._take)

    def hand_over(self) -> None:
        """From here on the person acts, in a browser like any other."""
        if self._session is not None:
            # Its answer comes after whatever was paused before it, which is still judged as the tool's.
            self._session.send("Fetch.enable", {"patterns": NOTHING})
        self._holder = "person"
        self._move_pen_in_pages(self._release)
        # Sockets opened while the tool held the pen lead nowhere: closing them makes the page connect again.
        unconnected, self._sockets = self._sockets, []
        for socket in unconnected:
            with suppress(PlaywrightError):
                socket.close(code=3001)

    @contextmanager
    def navigating(self) -> Iterator[None]:
        """The only time documents load while the tool holds the pen: clicks that the pack declares as leading on."""
        self._navigating += 1
        try:
            yield
        finally:
            self._navigating -= 1

    def receipt(self) -> Receipt:
        """What was blocked and what passed so far, in a stable order."""
        return Receipt(
            self._attempts,
            tuple(Blocked(*key, count) for key, count in sorted(self._blocked.items())),
            tuple((*key, count) for key, count in sorted(self._passed.items())),
        )

    # The network layer

    def _install_network(self) -> None:
        browser = self._context.browser
        try:
            if browser is None:
                raise PlaywrightError("no browser")
            session = browser.new_browser_cdp_session()
            session.on("Fetch.requestPaused", self._on_request)
            session.send("Fetch.enable", {"patterns": NOTHING})
        except PlaywrightError:
            raise SetupError(
                Text(
                    "此浏览器无法拦截网络请求，不能保证不误提交：请改用或更新 Edge、Chrome 或 Chromium。",
                    "This browser's requests can't be held back, so not submitting can't be promised: use or update "
                    "Edge, Chrome or Chromium.",
                )
            ) from None
        self._session = session
        self._context.on("close", lambda _context: self._detach())
        self._context.route_web_socket(re.compile("."), self._on_socket)

    def _detach(self) -> None:
        if self._session is not None:
            with suppress(PlaywrightError):
                self._session.detach()
            self._session = None

    def _on_request(self, event: Mapping[str, object]) -> None:
        request = event["request"]
        assert isinstance(request, Mapping)
        document = event.get("resourceType") == "Document"
        why = self._judge(
            str(request["method"]), str(request["url"]), document=document, headers=request.get("headers") or {}
        )
        if self._session is None:
            return
        # The request, the page or the browser may be gone by now; then there is nothing left to answer.
        with suppress(PlaywrightError):
            if why is None:
                self._session.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                # An aborted navigation leaves the form where it is; any other error would replace it by an error page.
                reason = "Aborted" if document else "BlockedByClient"
                self._session.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": reason})

    def _judge(self, method: str, url: str, *, document: bool, headers: Mapping[str, object]) -> Why | None:
        """Why a request must not go out, or None; notes the answer either way."""
        if self._holder == "person":
            return None
        parts = urlsplit(url)
        if parts.scheme in LOCAL_SCHEMES:
            return None
        method = _effective_method(method, parts.query, headers)
        why = self._reason(method, parts.path, parts.query, origin_of(url), document=document)
        path = masked_path(parts.path)
        if why is None:
            if method not in SAFE_METHODS:
                self._passed[method, path] += 1
            return None
        self._blocked[method, path, why] += 1
        if why == "forbidden-path" or (why != "other-origin" and method not in SAFE_METHODS):
            self._attempts += 1
        return why

    def _reason(self, method: str, path: str, query: str, origin: str, *, document: bool) -> Why | None:
        if origin not in self._origins:
            return "other-origin"
        plain = _plain_path(path)
        if plain is None or self._is_forbidden(plain, query):
            return "forbidden-path"
        if method not in SAFE_METHODS and not any(
            method == allowed and matches(glob, plain, query) for allowed, glob in self._allowed
        ):
            return "not-allowed"
        if document and not self._navigating:
            return "navigation"
        return None

    def _is_forbidden(self, plain: str, query: str) -> bool:
        return any(matches(glob, plain.lower(), query.lower()) for glob in self._forbidden)

    def _on_socket(self, socket: WebSocketRoute) -> None:
        path = masked_path(urlsplit(socket.url).path)
        if self._holder == "tool":
            # It looks open to the page and leads nowhere: a refused socket would be tried again and again.
            self._blocked["WS", path, "web-socket"] += 1
            self._sockets.append(socket)
            socket.on_message(lambda _message: self._drop_message(path))
            return
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if self._holder == "tool":
                self._drop_message(path)
            else:
                with suppress(PlaywrightError):
                    server.send(message)

        socket.on_message(pass_on)

    def _drop_message(self, path: str) -> None:
        self._blocked["WS", path, "web-socket"] += 1

    def _on_page(self, page: Page) -> None:
        if "network" in self._layers:
            page.on("worker", _disarm)
            for worker in page.workers:
                _disarm(worker)
        if self._holder == "tool" and not self._navigating:
            with suppress(PlaywrightError):
                if page.opener() is not None:
                    page.close()

    # The page layer

    def _stopped_in_page(self, what: str) -> None:
        self._attempts += 1
        self._blocked["PAGE", what if what in STOPS else "?", "page"] += 1

    def _renew_page_script(self) -> None:
        """Documents opened from now on start with the pen where it is now."""
        settings = {
            "take": self._take,
            "release": self._release,
            "report": self._report,
            "heldByTool": self._holder == "tool",
            "words": self._words,
        }
        previous = self._page_script
        self._page_script = self._context.add_init_script(f"{_page_layer()}({json.dumps(settings)})")
        if previous is not None:
            previous.close()

    def _move_pen_in_pages(self, signal: str) -> None:
        """Tells every open document. From the tool's own world: the page's world can neither see nor forge it."""
        if "page" not in self._layers:
            return
        self._renew_page_script()
        for page in self._context.pages:
            with suppress(PlaywrightError):
                session = self._context.new_cdp_session(page)
                tree = session.send("Page.getFrameTree")["frameTree"]
                for frame_id in _frame_ids(tree):
                    _dispatch(session, frame_id, signal)
                session.detach()


def wait_for_person(page: Page, until: Callable[[], bool], *, every_ms: int = 100) -> None:
    """Waits until `until()` holds or the page is closed, while the page lives on.

    Plain blocking Python (`input()`, `time.sleep`) would freeze every request that the guard has to judge.
    """
    while not until() and not page.is_closed():
        try:
            page.wait_for_timeout(every_ms)
        except PlaywrightError:
            return


def letters(text: str) -> str:
    """What counts of a button's name: letters only, so that 「提 交」 and 「提交（1）」 are 提交."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalpha()).lower()


def origin_of(url: str) -> str:
    """`scheme://host:port` of an address, the scheme's own port left out."""
    parts = urlsplit(url)
    port = parts.port
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    suffix = "" if port is None or port == usual else f":{port}"
    return f"{parts.scheme}://{(parts.hostname or '').lower()}{suffix}"


def masked_path(path: str) -> str:
    """A path without what may identify a person: segments with many digits or with other than plain characters."""
    return "/".join("*" if _may_identify(segment) else segment for segment in path.split(";")[0].split("/"))


def _may_identify(segment: str) -> bool:
    return (
        sum(char.isdigit() for char in segment) >= 4
        or len(segment) > 40
        or not re.fullmatch(r"[\w.~-]*", segment, re.A)
    )


@dataclass(frozen=True)
class _Glob:
    path: re.Pattern[str]
    query: re.Pattern[str] | None


def _glob(pattern: str) -> _Glob:
    """`/a/*/b?do=save*`: the part after `?` is compared with the query, without it the query does not matter."""
    path, mark, query = pattern.partition("?")
    return _Glob(re.compile(_as_regex(path)), re.compile(_as_regex(query)) if mark else None)


def _as_regex(pattern: str) -> str:
    pieces = re.split(r"(\*\*|\*)", pattern)
    return "".join({"**": ".*", "*": "[^/]*"}.get(piece, re.escape(piece)) for piece in pieces)


def matches(glob: _Glob, path: str, query: str) -> bool:
    """Whether a decoded path (and query, where the pattern names one) is meant by a pattern."""
    return glob.path.fullmatch(path) is not None and (glob.query is None or glob.query.fullmatch(query) is not None)


def _plain_path(path: str) -> str | None:
    """The path as a server may understand it; None when servers disagree on that (`..%2f`, backslashes)."""
    plain = re.sub(r"/{2,}", "/", re.sub(r";[^/]*", "", unquote(unquote(path))))
    if "\\" in plain or ".." in plain.split("/") or "\0" in plain:
        return None
    return plain if plain == "/" else plain.rstrip("/")


def _effective_method(method: str, query: str, headers: Mapping[str, object]) -> str:
    """Some servers let a GET stand for another method; then it is judged as that one."""
    overriding = {"x-http-method-override", "x-http-method", "x-method-override"}
    for name, value in headers.items():
        if name.lower() in overriding:
            return str(value).upper()
    stated = re.search(r"(?:^|&)_method=(\w+)", unquote(query), re.I)
    return stated.group(1).upper() if stated and method.upper() == "GET" else method.upper()


def _page_layer() -> str:
    return Path(__file__).with_name("guard_page.js").read_text(encoding="utf-8").rstrip().rstrip(";")


def _frame_ids(tree: Mapping[str, object]) -> Iterator[str]:
    frame = tree["frame"]
    assert isinstance(frame, Mapping)
    yield str(frame["id"])
    children = tree.get("childFrames", ())
    assert isinstance(children, Sequence)
    for child in children:
        yield from _frame_ids(child)


def _dispatch(session: CDPSession, frame_id: str, signal: str) -> None:
    """A frame that went away meanwhile needs no signal."""
    with suppress(PlaywrightError):
        world = session.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": "assistant"})
        session.send(
            "Runtime.evaluate",
            {"contextId": world["executionContextId"], "expression": f"dispatchEvent(new Event({signal!r})), 0"},
        )


def _disarm(worker: Worker) -> None:
    with suppress(PlaywrightError):
        worker.evaluate(DISARM_WORKER)
