"""The guard matrix: every way a page can send something, against each layer alone and both, on a server that records."""

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from assistant.guard import LAYERS, Allowed, Guard, Layer

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
    if (e.data === 'connect') { s = new WebSocket('WS'); s.onopen = () => postMessage('connected'); }
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
    Allowed("PUT", "/api/applications/*/sections/*", "save a draft"),
    Allowed("POST", "/api/applications/*/attachments", "upload"),
    Allowed("POST", "/api/dictionaries/query", "options"),
    Allowed("POST", "/api/hop", "a draft that is answered by a redirect"),
)
WORDS = ("提交", "预约", "缴费", "submit")
PATHS = ("**/submit", "/api/applications/*/submit")
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
            if ("submit" in path or method not in ("GET", "HEAD", "OPTIONS")) and path not in (*HARMLESS, "/api/hop")
        ]

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


def guard_of(context: BrowserContext, recorder: Recorder, layers: frozenset[Layer] = LAYERS) -> Guard:
    guard = Guard(
        context,
        origins=[recorder.url],
        allowed=ALLOWED,
        forbidden_words=WORDS,
        forbidden_paths=PATHS,
        layers=layers,
    )
    guard.install()
    return guard


def open_page(context: BrowserContext, recorder: Recorder) -> Page:
    page = context.new_page()
    page.goto(f"{recorder.url}/page")
    page.evaluate(
        """() => Promise.all([
          new Promise((done) => { socket.readyState === 1 ? done() : (socket.onopen = done); }),
          new Promise((done) => { worker.onmessage = done; worker.postMessage('connect'); setTimeout(done, 500); }),
        ]).then(() => {})"""
    )
    recorder.hits.clear()
    return page


@dataclass(frozen=True)
class Vector:
    """One way to send something. `page` tells whether the page layer alone must stop it."""

    act: Callable[[Page, Recorder], object]
    page: bool = False


def click(selector: str) -> Callable[[Page, Recorder], object]:
    return lambda page, _recorder: page.click(selector, no_wait_after=True)


def press(selector: str, key: str) -> Callable[[Page, Recorder], object]:
    return lambda page, _recorder: page.press(selector, key, no_wait_after=True)


def script(text: str) -> Callable[[Page, Recorder], object]:
    return lambda page, recorder: page.evaluate(
        f"() => {{ {text.replace('ELSEWHERE', recorder.elsewhere).replace('ORIGIN', recorder.url)} }}"
    )


def leave(page: Page, recorder: Recorder) -> None:
    page.evaluate(
        """() => addEventListener('pagehide', () => {
          navigator.sendBeacon('/submit', 'x'); fetch('/submit', {method: 'POST', keepalive: true}); })"""
    )
    page.close()


VECTORS = {
    "click on the button": Vector(click("#send"), page=True),
    "click on a link": Vector(click("#link"), page=True),
    "click on a div that fetches": Vector(click("#div"), page=True),
    "click on an icon called by aria-label": Vector(click("#icon"), page=True),
    "click on a longer button text": Vector(click("#long"), page=True),
    "press on a button that acts on mousedown": Vector(click("#early"), page=True),
    "click on an image button": Vector(click("#image"), page=True),
    "space on the button": Vector(press("#send", "Space"), page=True),
    "enter on the button": Vector(press("#send", "Enter"), page=True),
    "enter in a field": Vector(press("#name", "Enter"), page=True),
    "enter in a field of a GET form": Vector(press("#query", "Enter"), page=True),
    "click in a frame": Vector(
        lambda page, _recorder: page.frame_locator("#frame").locator("button").click(no_wait_after=True), page=True
    ),
    "scripted click": Vector(script("document.querySelector('#send').click()"), page=True),
    "scripted click on a detached link": Vector(
        script("Object.assign(document.createElement('a'), {href: '/submit', textContent: '提交'}).click()")
    ),
    "form.submit()": Vector(script("document.querySelector('#post').submit()"), page=True),
    "form.requestSubmit()": Vector(script("document.querySelector('#post').requestSubmit()"), page=True),
    "form.submit() of a GET form": Vector(script("document.querySelector('#get').submit()"), page=True),
    "form.submit() taken from a fresh frame": Vector(
        script(
            "const f = document.createElement('iframe'); document.body.append(f);"
            "f.contentWindow.HTMLFormElement.prototype.submit.call(document.querySelector('#post'))"
        ),
        page=True,
    ),
    "form to a new tab": Vector(
        script("const f = document.querySelector('#post'); f.target = '_blank'; f.submit()"), page=True
    ),
    "form into a frame": Vector(
        script("const f = document.querySelector('#post'); f.target = 'f'; add('<iframe name=f>'); f.submit()"),
        page=True,
    ),
    "fetch POST": Vector(script("post('/submit')")),
    "fetch POST to an address nobody declared": Vector(click("#unknown")),
    "fetch GET of the submit address": Vector(script("fetch('/submit')")),
    "fetch GET with a method override": Vector(
        script("fetch('/submit-later', {headers: {'X-HTTP-Method-Override': 'POST'}})")
    ),
    "fetch with a method of its own": Vector(script("fetch('/case', {method: 'SUBMIT'})")),
    "fetch keepalive": Vector(script("post('/submit', {keepalive: true})")),
    "fetch to another origin": Vector(script("post('ELSEWHERE/other', {mode: 'no-cors'})")),
    "XHR": Vector(script("const x = new XMLHttpRequest(); x.open('POST', '/submit'); x.send()")),
    "synchronous XHR": Vector(
        script("const x = new XMLHttpRequest(); x.open('POST', '/submit', false); try { x.send() } catch (e) {}")
    ),
    "sendBeacon": Vector(script("navigator.sendBeacon('/submit', 'x')")),
    "beacons at the end of the page": Vector(leave),
    "link ping": Vector(script("const a = element('a', {href: '#x', ping: '/submit'}); a.click()")),
    "event source": Vector(script("new EventSource('/submit')")),
    "image": Vector(script("new Image().src = '/submit'")),
    "style": Vector(script("add('<p style=\"background: url(/submit)\">x</p>')")),
    "script": Vector(script("element('script', {src: '/submit'})")),
    "prefetch": Vector(script("element('link', {rel: 'prefetch', href: '/submit'})")),
    "object": Vector(script("add('<object data=/submit></object>')")),
    "frame": Vector(script("add('<iframe src=/submit></iframe>')")),
    "frame with its own document": Vector(
        script(
            "add('<iframe srcdoc=\"<form action=/submit method=post></form><script>document.forms[0].submit()</script>\">')"
        )
    ),
    "location": Vector(script("location.href = '/submit'")),
    "location, an address nobody declared": Vector(script("location.href = '/submit-done'")),
    "meta refresh": Vector(script("element('meta', {httpEquiv: 'refresh', content: '0; url=/submit'})")),
    "download link": Vector(script("element('a', {href: '/submit', download: 'x'}).click()")),
    "new window": Vector(script("window.open('/submit')"), page=True),
    "fetch in a new window": Vector(
        script("window.open('about:blank')?.fetch('ORIGIN/submit', {method: 'POST', mode: 'no-cors'})"), page=True
    ),
    "worker": Vector(script("worker.postMessage('fetch')")),
    "shared worker": Vector(script("shared.port.postMessage('x')")),
    "web socket opened before": Vector(script("socket.send('x')")),
    "web socket opened now": Vector(script("const s = new WebSocket(ws); s.onopen = () => s.send('x')")),
    "web socket of a fresh frame": Vector(
        script(
            "const f = document.createElement('iframe'); document.body.append(f);"
            "const s = new f.contentWindow.WebSocket(ws); s.onopen = () => s.send('x')"
        )
    ),
    "web socket of a worker, opened before": Vector(script("worker.postMessage('send')")),
    "web socket of a worker, opened now": Vector(script("worker.postMessage('open')")),
    "web socket of a worker started now": Vector(
        script("new Worker(from(`const s = new WebSocket('${ws}'); s.onopen = () => s.send('x')`))")
    ),
    "web socket of a worker's worker": Vector(script("worker.postMessage('nest')")),
    "policy report": Vector(lambda page, recorder: page.evaluate("() => add('<iframe src=/policy></iframe>')")),
    "deferred fetch": Vector(
        lambda page, _recorder: page.evaluate("fetchLater('/submit', {method: 'POST', activateAfter: 0})")
    ),
    "spelled otherwise": Vector(
        script(
            "for (const p of ['/sub%6dit', '//submit', '/submit/', '/SUBMIT', '/submit;x=1', '/a/..%2fsubmit']) fetch(p)"
        )
    ),
    "redirect of an allowed request": Vector(script("post('/api/hop')")),
}


def reached_within(page: Page, recorder: Recorder, seconds: float) -> list[tuple[str, str]]:
    """What reaches the server in this time; answers at the first sight of something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not recorder.reached:
        page.wait_for_timeout(25)
    return recorder.reached


def what_reaches(
    browser: Browser, recorder: Recorder, layers: frozenset[Layer] | None, names: list[str]
) -> dict[str, list[tuple[str, str]]]:
    """Tries the vectors one after another, each in a context of its own; answers with those that got through."""
    got_through = {}
    for name in names:
        with browser.new_context(service_workers="block", locale="zh-CN") as context:
            guard = None if layers is None else guard_of(context, recorder, layers)
            quiet = context.new_page()
            page = open_page(context, recorder)
            if guard is not None:
                guard.take_pen()
            VECTORS[name].act(page, recorder)
            if reached := reached_within(quiet, recorder, 10 if guard is None else 0.15):
                got_through[name] = list(reached)
    return got_through


def test_without_a_guard_every_vector_reaches_the_server(browser: Browser, recorder: Recorder) -> None:
    """Else the matrix would prove nothing."""
    assert sorted(what_reaches(browser, recorder, None, list(VECTORS))) == sorted(VECTORS)


def test_with_both_layers_nothing_reaches_the_server(browser: Browser, recorder: Recorder) -> None:
    assert what_reaches(browser, recorder, LAYERS, list(VECTORS)) == {}


def test_the_network_layer_alone_stops_every_vector(browser: Browser, recorder: Recorder) -> None:
    assert what_reaches(browser, recorder, frozenset({"network"}), list(VECTORS)) == {}


def test_the_page_layer_alone_stops_what_a_person_would_do(browser: Browser, recorder: Recorder) -> None:
    names = [name for name, vector in VECTORS.items() if vector.page]
    assert len(names) > 15
    assert what_reaches(browser, recorder, frozenset({"page"}), names) == {}
