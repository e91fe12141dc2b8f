"""A site that records what reaches it, with a page that can send in every way a page has, and a guard for it."""

import base64
import hashlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page

from assistant.page.guard.guard import LAYERS, Guard, GuardLayer
from assistant.portal.model import Allowed

PAGE = """<!doctype html><meta charset=utf-8><title>mock</title>
<form id=post action=/submit method=post><input id=name name=name value=Canary-9><button id=send>提 交</button></form>
<form id=get action=/submit><input id=query name=q><button id=find>查</button></form>
<a id=link href=/submit>提交</a>
<div id=div onclick="post('/submit')">提交</div>
<button id=icon aria-label=提交 onclick="post('/submit')"><i>✓</i></button>
<button id=long onclick="post('/submit')"><span>确认提交申请</span></button>
<button id=early onmousedown="post('/submit')">预约</button>
<input id=image type=image alt=缴费 form=post>
<button id=unknown onclick="post('/unknown')">下一步</button>
<label>提交<input id=field></label>
<button id=book onclick="post('/api/appointments')">确认预约</button>
<button id=cancel onclick="fetch('/api/appointments/SZ1', {method: 'DELETE'})">取消预约</button>
<a id=cancelling onclick="fetch('/api/appointments/SZ1', {method: 'DELETE'})" href=#x><span>预约查询/取消预约 </span>(1)</a>
<button id=menu onclick="document.title = 'opened'"><i></i> <span>预约查询/取消预约</span></button>
<button id=trap onclick="fetch('/api/appointments/SZ1', {method: 'DELETE'})">预约查询/取消预约</button>
<button id=named aria-label=取消预约 onclick="fetch('/api/appointments/SZ1', {method: 'DELETE'})">预约查询/取消预约</button>
<form id=visit action=/api/appointments method=post><input name=slot></form>
<iframe id=frame src=/frame></iframe>
<script>
  const post = (path, options) => fetch(path, {method: 'POST', ...options}).catch(() => {});
  const from = (text) => URL.createObjectURL(new Blob([text]));
  const ws = 'ws://' + location.host + '/ws';
  const socket = new WebSocket(ws);
  const talking = `let s; onmessage = (e) => {
    if (e.data === 'fetch') fetch('ORIGIN/submit', {method: 'POST', mode: 'no-cors'});
    if (e.data === 'send') s.send('message');
    if (e.data === 'nest') new Worker(URL.createObjectURL(new Blob(
      ["const s = new WebSocket('WS'); s.onopen = () => s.send('nested')"])));
    if (e.data === 'open') { s = new WebSocket('WS'); s.onopen = () => s.send('message'); }
    if (e.data === 'connect') try {
      s = new WebSocket('WS'); s.onopen = s.onerror = s.onclose = (told) => postMessage(told.type);
    } catch { postMessage('no sockets here'); }
  }`.replaceAll('ORIGIN', location.origin).replaceAll('WS', ws);
  const worker = new Worker(from(talking));
  const shared = new SharedWorker(from(`onconnect = (e) => { e.ports[0].onmessage = () =>
    fetch('${location.origin}/submit', {method: 'POST', mode: 'no-cors'}); }`));
  shared.port.start();
  const add = (html) => document.body.insertAdjacentHTML('beforeend', html);
  const element = (name, wanted) => {
    const made = Object.assign(document.createElement(name), wanted);
    document.head.append(made);
    return made;
  };
</script>"""
FRAME = "<form action=/submit method=post><button>提交</button></form>"
ALLOWED = (
    Allowed(method="PUT", path="/api/applications/*/sections/*", purpose="save a draft"),
    Allowed(method="POST", path="/api/applications/*/attachments", purpose="upload"),
    Allowed(method="POST", path="/api/dictionaries/query", purpose="options"),
    Allowed(method="POST", path="/api/hop", purpose="a draft that is answered by a redirect"),
)
WORDS = ("提交", "预约", "缴费", "submit")
PATHS = ("**/submit", "/api/applications/*/submit", "/api/appointments", "/api/appointments/*")
OPENS = ("预约查询/取消预约",)
HARMLESS = ("/api/applications/7/sections/personal", "/api/applications/7/attachments", "/api/dictionaries/query")


class Recorder(ThreadingHTTPServer):
    """A server that remembers what reached it."""

    daemon_threads = True

    def __init__(self) -> None:
        self.hits: list[tuple[str, str]] = []
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.elsewhere = f"http://localhost:{self.server_port}"

    @property
    def reached(self) -> list[tuple[str, str]]:
        """What must never arrive while the tool holds the pen."""
        return [
            (method, path)
            for method, path in self.hits
            if (
                any(word in path for word in ("submit", "appointment", "wsyy", "yuyue"))
                or method not in ("GET", "HEAD", "OPTIONS")
            )
            and path not in (*HARMLESS, "/api/hop")
        ]

    def guard(self, context: BrowserContext, layers: frozenset[GuardLayer] = LAYERS) -> Guard:
        """A guard of this site, of these layers alone; the pen is nobody's yet."""
        guard = Guard(
            context,
            origins=[self.url],
            allowed=ALLOWED,
            forbidden_words=WORDS,
            forbidden_paths=PATHS,
            opens=OPENS,
            layers=layers,
        )
        guard.install()
        return guard

    def open(self, context: BrowserContext) -> Page:
        """The site's page, its sockets connected as far as a guard leaves it any."""
        page = context.new_page()
        page.goto(f"{self.url}/page")
        page.evaluate(
            """() => Promise.all([
              new Promise((done) => { socket.readyState === 1 ? done() : (socket.onopen = done); }),
              new Promise((done) => { worker.onmessage = done; worker.postMessage('connect'); setTimeout(done, 500); }),
            ]).then(() => {})"""
        )
        # What a vector tried before sent late must not be forgotten with the rest.
        assert self.reached == []
        self.hits.clear()
        return page

    def reached_within(self, page: Page, seconds: float) -> list[tuple[str, str]]:
        """What reaches the server in this time; answers at the first sight of something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.reached:
            page.wait_for_timeout(25)
        return self.reached

    def handle_error(self, request: object, client_address: object) -> None:
        """Browsers hang up when they close; that is no news."""


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Recorder

    def log_message(self, format: str, *args: object) -> None:
        pass

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.split("?")[0]
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.talk()
            return
        self.server.hits.append((self.command, path))
        if path in ("/api/hop", "/hop"):
            self.send_response(302 if path == "/hop" else 303)
            self.send_header("Location", "/submit")
            body = b""
        else:
            self.send_response(200)
            pages = {"/page": PAGE, "/frame": FRAME, "/next": "<title>next</title>next"}
            body = pages.get(path, "ok").encode()
            if path == "/policy":
                body = b"<img src=/picture>"
                self.send_header("Content-Security-Policy", "img-src 'none'; report-uri /submit")
            self.send_header(
                "Content-Type", "text/html; charset=utf-8" if path in (*pages, "/policy") else "text/plain"
            )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_SUBMIT = answer

    def talk(self) -> None:
        """Just enough of RFC 6455 to count text messages."""
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        self.send_response(101)
        for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept)):
            self.send_header(name, value)
        self.end_headers()
        while len(head := self.rfile.read(2)) == 2:
            self.rfile.read(4 + (head[1] & 127))
            if head[0] & 15 == 1:
                self.server.hits.append(("MESSAGE", self.path))
        self.close_connection = True


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    server = Recorder()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def guarded(context: BrowserContext, recorder: Recorder) -> tuple[Page, Guard]:
    """A page open under a guard, the tool holding the pen."""
    guard = recorder.guard(context)
    page = recorder.open(context)
    guard.take_pen()
    return page, guard
