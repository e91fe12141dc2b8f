"""The guard matrix: every way a page can send something, against each layer alone and both, on a server that records."""

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import SetupError
from assistant.guard import LAYERS, Allowed, Guard, Layer, wait_for_person
from assistant.guard_rules import Rules

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
        opens=OPENS,
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
    # What a vector tried before sent late must not be forgotten with the rest.
    assert recorder.reached == []
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
    "click on what books": Vector(click("#book"), page=True),
    "click on what cancels a booking": Vector(click("#cancel"), page=True),
    "click on a longer text than the menu's": Vector(click("#cancelling"), page=True),
    "click on a menu's text that is called otherwise": Vector(click("#named"), page=True),
    "click on a menu's text behind which a booking is cancelled": Vector(click("#trap")),
    "a form that books": Vector(script("document.querySelector('#visit').submit()"), page=True),
    "fetch that books": Vector(script("post('/api/appointments')")),
    "fetch that cancels": Vector(script("fetch('/api/appointments/SZ1', {method: 'DELETE'})")),
    "fetch that cancels by an overriding word": Vector(script("fetch('/api/appointments/SZ1?_method=DELETE')")),
    "beacon that books": Vector(script("navigator.sendBeacon('/api/appointments', '{}')")),
    "the address of a booking": Vector(script("location.href = '/api/appointments/SZ1'")),
    "booking spelled otherwise": Vector(
        script("for (const p of ['/crj/wsyy/ajax.html', '/api/yuyue', '/case.do?method=book']) fetch(p)")
    ),
}


def reached_within(page: Page, recorder: Recorder, seconds: float) -> list[tuple[str, str]]:
    """What reaches the server in this time; answers at the first sight of something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not recorder.reached:
        page.wait_for_timeout(25)
    return recorder.reached


def what_gets_through(
    browser: Browser, recorder: Recorder, layers: frozenset[Layer], names: Iterable[str]
) -> dict[str, list[tuple[str, str]]]:
    """Tries the vectors one after another, each on a page of its own; answers with those that got through."""
    got_through = {}
    with browser.new_context(service_workers="block", locale="zh-CN") as context:
        guard = guard_of(context, recorder, layers)
        quiet = context.new_page()
        for name in names:
            page = open_page(context, recorder)
            guard.take_pen()
            VECTORS[name].act(page, recorder)
            if reached := reached_within(quiet, recorder, 0.15):
                got_through[name] = list(reached)
                recorder.hits.clear()
            for other in context.pages[1:]:
                other.close()
            guard.hand_over()
        assert reached_within(quiet, recorder, 0.5) == []
    return got_through


@pytest.mark.parametrize("part", range(4))
def test_without_a_guard_every_vector_reaches_the_server(part: int, browser: Browser, recorder: Recorder) -> None:
    """Else the matrix would prove nothing."""
    for name in list(VECTORS)[part::4]:
        with browser.new_context(service_workers="block", locale="zh-CN") as context:
            quiet = context.new_page()
            recorder.hits.clear()
            VECTORS[name].act(open_page(context, recorder), recorder)
            assert reached_within(quiet, recorder, 10), name


def test_with_both_layers_nothing_reaches_the_server(browser: Browser, recorder: Recorder) -> None:
    assert what_gets_through(browser, recorder, LAYERS, VECTORS) == {}


def test_the_network_layer_alone_stops_every_vector(browser: Browser, recorder: Recorder) -> None:
    assert what_gets_through(browser, recorder, frozenset({"network"}), VECTORS) == {}


def test_the_page_layer_alone_stops_what_a_person_would_do(browser: Browser, recorder: Recorder) -> None:
    names = [name for name, vector in VECTORS.items() if vector.page]
    assert len(names) > 15
    assert what_gets_through(browser, recorder, frozenset({"page"}), names) == {}


@pytest.fixture
def guarded(context: BrowserContext, recorder: Recorder) -> tuple[Page, Guard]:
    """A page open under a guard, the tool holding the pen."""
    guard = guard_of(context, recorder)
    page = open_page(context, recorder)
    guard.take_pen()
    return page, guard


def test_saving_uploading_and_looking_up_pass(guarded: tuple[Page, Guard], recorder: Recorder) -> None:
    page, guard = guarded
    answers = page.evaluate(
        """() => Promise.all([
          fetch('/api/applications/7/sections/personal', {method: 'PUT', body: 'x'}),
          fetch('/api/applications/7/attachments?slot=a', {method: 'POST', body: new FormData()}),
          fetch('/api/dictionaries/query', {method: 'POST'}),
          fetch('/api/dictionaries/countries?q=x'),
        ]).then((all) => all.map((one) => one.status))"""
    )
    assert answers == [200, 200, 200, 200]
    receipt = guard.receipt().as_json()
    assert receipt.pop("judged") >= 4  # type: ignore[operator]
    assert receipt == {
        "submitted": 0,
        "submit_attempts": 0,
        "blocked": [],
        "allowed": [
            {"method": "POST", "path": "/api/applications/7/attachments", "count": 1},
            {"method": "POST", "path": "/api/dictionaries/query", "count": 1},
            {"method": "PUT", "path": "/api/applications/7/sections/personal", "count": 1},
        ],
    }


def test_every_answer_of_the_guard_to_the_browser_is_counted(
    guarded: tuple[Page, Guard], recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report's `judged` is the number of messages that the guard sent beside the run's own round trips."""
    page, guard = guarded
    before, sent = guard.receipt().judged, []
    send = CDPSession.send

    def counted(session: CDPSession, method: str, *words: object) -> object:
        if method in ("Fetch.continueRequest", "Fetch.failRequest"):
            sent.append(method)
        return send(session, method, *words)  # type: ignore[arg-type]

    monkeypatch.setattr(CDPSession, "send", counted)
    page.evaluate(
        """() => Promise.allSettled([fetch('/api/dictionaries/query', {method: 'POST'}), fetch('/unknown', {method: 'POST'}),
                                     fetch('/api/dictionaries/countries')])"""
    )
    assert (guard.receipt().judged - before, sorted(sent)) == (3, ["Fetch.continueRequest"] * 2 + ["Fetch.failRequest"])


def test_a_submission_that_slipped_through_would_stand_in_the_receipt(
    context: BrowserContext, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`submitted` is counted from what goes out, not taken from what the rules mean to hold."""
    monkeypatch.setattr(Rules, "refusal", lambda *_, **__: None)
    guard = guard_of(context, recorder, frozenset({"network"}))
    page = open_page(context, recorder)
    guard.take_pen()
    page.evaluate("fetch('/submit', {method: 'POST'})")
    assert recorder.reached == [("POST", "/submit")]
    assert guard.receipt().submitted == 1


def test_after_hand_over_the_persons_click_submits_exactly_once(
    guarded: tuple[Page, Guard], recorder: Recorder
) -> None:
    page, guard = guarded
    page.click("#send", no_wait_after=True)
    page.wait_for_timeout(100)
    assert recorder.reached == []
    guard.hand_over()
    page.click("#send")
    page.wait_for_url("**/submit")
    assert recorder.reached == [("POST", "/submit")]


def test_the_person_holds_the_pen_from_the_start(context: BrowserContext, recorder: Recorder) -> None:
    guard = guard_of(context, recorder)
    page = open_page(context, recorder)
    assert guard.holder == "person"
    page.click("#div")
    assert reached_within(page, recorder, 5) == [("POST", "/submit")]
    receipt = guard.receipt().as_json()
    assert (receipt["submit_attempts"], receipt["submitted"], receipt["blocked"], receipt["allowed"]) == (0, 0, [], [])


def test_a_reviewed_menu_text_opens_its_page_though_a_forbidden_word_is_in_it(
    guarded: tuple[Page, Guard], recorder: Recorder
) -> None:
    page, guard = guarded
    page.click("#menu")
    assert page.title() == "opened"
    page.click("#cancel", no_wait_after=True)
    page.click("#trap", no_wait_after=True)
    page.wait_for_timeout(100)
    assert recorder.reached == []
    blocked = [(one.method, one.path, one.why) for one in guard.receipt().blocked]
    assert ("DELETE", "/api/appointments/SZ1", "forbidden-path") in blocked


def test_a_blocked_navigation_leaves_the_form_where_it_is(guarded: tuple[Page, Guard]) -> None:
    page, _guard = guarded
    page.evaluate("() => { document.querySelector('#field').value = 'kept'; location.href = '/next' }")
    page.wait_for_timeout(150)
    assert page.input_value("#field") == "kept"


def test_documents_load_when_the_tool_says_where_it_goes(guarded: tuple[Page, Guard], recorder: Recorder) -> None:
    page, guard = guarded
    with guard.navigating():
        page.goto(f"{recorder.url}/next")
    assert page.title() == "next"
    with pytest.raises(PlaywrightError):
        page.goto(f"{recorder.url}/page")


def test_a_redirect_to_the_submit_address_is_not_followed(guarded: tuple[Page, Guard], recorder: Recorder) -> None:
    page, guard = guarded
    with guard.navigating(), pytest.raises(PlaywrightError):
        page.goto(f"{recorder.url}/hop")
    assert recorder.reached == []
    assert ("GET", "/hop") in recorder.hits


def test_a_page_opened_while_the_tool_holds_the_pen_is_guarded_too(
    guarded: tuple[Page, Guard], recorder: Recorder
) -> None:
    page, guard = guarded
    with guard.navigating():
        page.goto(f"{recorder.url}/page")
    recorder.hits.clear()
    page.click("#div")
    page.wait_for_timeout(100)
    assert recorder.reached == []
    assert ("PAGE", "forbidden button") in {(one.method, one.path) for one in guard.receipt().blocked}


def test_a_window_opened_by_the_page_is_closed(context: BrowserContext, recorder: Recorder) -> None:
    guard = guard_of(context, recorder, frozenset({"network"}))
    page = open_page(context, recorder)
    guard.take_pen()
    page.evaluate("() => { window.open('about:blank') }")
    page.wait_for_timeout(200)
    assert context.pages == [page]


def test_the_page_layer_survives_a_document_written_anew(context: BrowserContext, recorder: Recorder) -> None:
    guard = guard_of(context, recorder, frozenset({"page"}))
    page = open_page(context, recorder)
    guard.take_pen()
    page.evaluate(
        """() => { document.open(); document.write("<div id=new onclick=\\"fetch('/submit', {method: 'POST'})\\">提交</div>");
                   document.close(); }"""
    )
    page.click("#new")
    assert reached_within(page, recorder, 0.2) == []
    guard.hand_over()
    page.click("#new")
    assert reached_within(page, recorder, 5) == [("POST", "/submit")]


def test_no_script_of_the_page_can_take_the_pen_from_the_tool(context: BrowserContext, recorder: Recorder) -> None:
    """The page sees nothing of the signals, and putting its own functions in the way changes nothing."""
    guard = guard_of(context, recorder, frozenset({"page"}))
    page = open_page(context, recorder)
    page.evaluate(
        """() => {
          window.seen = [];
          for (const [owner, name] of [[EventTarget.prototype, 'dispatchEvent'], [EventTarget.prototype, 'addEventListener'],
                                       [window, 'Event'], [window, 'CustomEvent'], [window, 'eval']]) {
            const original = owner[name];
            owner[name] = function (...parts) { seen.push(String(parts[0]?.type ?? parts[0]));
              return new.target ? new original(...parts) : original.apply(this, parts); };
          }
          HTMLFormElement.prototype.submit = () => {};
        }"""
    )
    for _ in range(2):
        guard.take_pen()
        guard.hand_over()
    guard.take_pen()
    secrets = (guard._in_page._take, guard._in_page._release)  # type: ignore[union-attr]
    seen = page.evaluate(
        "() => [...seen, ...Object.getOwnPropertyNames(window), HTMLFormElement.prototype.submit.toString()]"
    )
    assert not [one for one in seen if any(secret in one for secret in secrets)]
    page.click("#send", no_wait_after=True)
    page.evaluate("() => document.querySelector('#post').submit()")
    assert reached_within(page, recorder, 0.2) == []


def test_typing_in_a_field_is_no_submission(guarded: tuple[Page, Guard]) -> None:
    """Even where all that a field's surroundings say is 提交."""
    page, guard = guarded
    page.click("#field")
    page.keyboard.type("a b")
    assert page.input_value("#field") == "a b"
    assert guard.receipt().submit_attempts == 0


def test_sockets_opened_under_the_tool_connect_after_hand_over(guarded: tuple[Page, Guard], recorder: Recorder) -> None:
    page, guard = guarded
    page.evaluate(
        """() => { const talk = () => { const s = new WebSocket(ws);
          s.onopen = () => s.send('x'); s.onclose = (e) => { if (e.code === 3001) talk(); }; }; talk(); }"""
    )
    page.wait_for_timeout(150)
    assert recorder.reached == []
    guard.hand_over()
    assert reached_within(page, recorder, 5) == [("MESSAGE", "/ws")]


def test_requests_are_served_while_waiting_for_the_person(guarded: tuple[Page, Guard], recorder: Recorder) -> None:
    """Trap 10: blocking Python freezes what the guard must judge; waiting on the page does not."""
    page, _guard = guarded
    page.evaluate("() => { setInterval(() => fetch('/alive'), 20) }")
    time.sleep(0.3)
    frozen = recorder.hits.count(("GET", "/alive"))
    wait_for_person(page, lambda: recorder.hits.count(("GET", "/alive")) >= 5)
    assert frozen <= 1
    assert recorder.hits.count(("GET", "/alive")) >= 5


def test_after_hand_over_requests_need_no_python(guarded: tuple[Page, Guard], recorder: Recorder) -> None:
    page, guard = guarded
    guard.hand_over()
    page.evaluate("() => { setInterval(() => fetch('/alive'), 20) }")
    time.sleep(0.5)
    assert recorder.hits.count(("GET", "/alive")) >= 3


def test_waiting_ends_when_the_page_is_closed(guarded: tuple[Page, Guard]) -> None:
    page, _guard = guarded
    page.evaluate("() => { setTimeout(() => close(), 50) }")
    page.context.new_page()
    if not page.is_closed():
        page.close()
    wait_for_person(page, lambda: False)
    assert page.is_closed()


def test_a_browser_that_cannot_be_guarded_is_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    with browser.new_context() as context:
        guard = Guard(context, origins=["http://x.example"], allowed=[], forbidden_words=[], forbidden_paths=[])

        def refuse(_self: Browser) -> None:
            raise PlaywrightError("not here")

        monkeypatch.setattr(Browser, "new_browser_cdp_session", refuse)
        with pytest.raises(SetupError) as caught:
            guard.install()
        assert "not here" not in str(caught.value)


def test_a_run_leaves_no_value_in_the_receipt(guarded: tuple[Page, Guard]) -> None:
    page, guard = guarded
    page.evaluate(
        "() => { fetch('/submit?name=Canary-9'); fetch('/x/Canary-98765', {method: 'POST', body: 'Canary-9'}) }"
    )
    page.wait_for_timeout(100)
    assert guard.receipt().submit_attempts == 2
    assert "Canary" not in str(guard.receipt())


@pytest.mark.parametrize("name", ["WebTransport('https://127.0.0.1:9/')", "RTCPeerConnection()"])
def test_other_connections_are_not_made_while_the_tool_holds_the_pen(
    name: str, guarded: tuple[Page, Guard], recorder: Recorder
) -> None:
    page, guard = guarded
    with guard.navigating():
        page.goto(f"{recorder.url}/page")
    made = f"() => {{ try {{ new {name}; return 'made' }} catch (error) {{ return error.name }} }}"
    assert page.evaluate(made) == "NotAllowedError"
    guard.hand_over()
    assert page.evaluate(made) == "made"
