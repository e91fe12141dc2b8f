"""A portal that saves by posting its whole form: the declared save goes through, once, where the pack allows it; nothing
else does, with either layer of the guard alone."""

import dataclasses
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.page.form_page import FormPage
from assistant.page.guard.guard import LAYERS, Guard, GuardLayer
from assistant.portal.loading import load_portal
from assistant.portal.model import Allowed
from assistant.run.handover import Unattended
from assistant.run.options import Options
from assistant.run.session import PortalSession

SAVE = "/lhgzweb/extension/save.do"
FORM = """<!doctype html><meta charset=utf-8><title>form</title>
<p>安全退出</p>
<form id=sheet method=post action="{action};jsessionid=9?id=7"><label>姓 <input name=surname value=LEE></label>
<{kind}>保存</{end}> <button formaction=/lhgzweb/extension/submit.do>提交</button></form>
<form id=other method=post action=/lhgzweb/extension/removeRow.do></form>
<script>{script}</script>"""
BUTTON = ("button", "button")
LINK = ("a href='javascript:;' onclick=\"document.querySelector('#sheet').submit()\"", "a")


class Server(ThreadingHTTPServer):
    """Serves one form and remembers what was posted where."""

    daemon_threads = True

    def __init__(self) -> None:
        self.posted: list[str] = []
        self.page = ""
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_port}"

    def shows(self, *, action: str = SAVE, button: tuple[str, str] = BUTTON, script: str = "") -> None:
        self.page = FORM.format(action=action, kind=button[0], end=button[1], script=script)

    def handle_error(self, request: object, client_address: object) -> None:
        """Browsers hang up when they close; that is no news."""


class Answers(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.posted.append(urlsplit(self.path).path.partition(";")[0])
        self.server.page = self.server.page.replace("<title>form", "<title>saved")
        self.do_GET()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def guarded(browser: Browser, server: Server) -> Iterator[tuple[Page, Guard]]:
    yield from _guarded(browser, server, LAYERS)


def _guarded(browser: Browser, server: Server, layers: frozenset[GuardLayer]) -> Iterator[tuple[Page, Guard]]:
    context = browser.new_context(service_workers="block")
    guard = Guard(
        context,
        origins=[server.url],
        allowed=[Allowed(method="POST", path=SAVE, purpose="save one section of a draft")],
        forbidden_words=["提交"],
        forbidden_paths=["/lhgzweb/**/submit*"],
        layers=layers,
    )
    guard.install()
    page = context.new_page()
    yield page, guard
    context.close()


def saved(page: Page, guard: Guard, server: Server, *, posts: bool = False) -> bool:
    """One save as the filler does it."""
    page.goto(f"{server.url}/lhgzweb/extension/form.do")
    portal = load_portal("national")
    buttons = portal.file.buttons.model_copy(update={"posts": posts})
    portal = dataclasses.replace(portal, file=portal.file.model_copy(update={"buttons": buttons}))
    session = PortalSession.of(FormPage(page), guard, portal, Options(server.url), Unattended(), private=())
    session.handover.take()
    return session.navigator.save() is not None


@pytest.mark.parametrize(("button", "posts"), [(BUTTON, False), (LINK, True)], ids=["button", "script"])
def test_a_save_that_posts_the_whole_form_goes_through_once(guarded, server, button, posts):
    page, guard = guarded
    server.shows(button=button)
    assert saved(page, guard, server, posts=posts)
    assert server.posted == [SAVE]
    assert page.title() == "saved"
    receipt = guard.receipt()
    assert (receipt.submit_attempts, receipt.blocked) == (0, ())
    # The next one is not announced.
    page.evaluate("document.querySelector('#sheet').requestSubmit()")
    page.wait_for_timeout(100)
    assert server.posted == [SAVE]
    assert guard.receipt().submit_attempts == 1


@pytest.mark.parametrize(
    "layers", [LAYERS, frozenset({"page"}), frozenset({"network"})], ids=["both", "page", "network"]
)
@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "/lhgzweb/extension/removeRow.do"},
        {"action": "/lhgzweb/extension/submit.do"},
        {"button": ("button formaction=/lhgzweb/extension/submit.do", "button")},
        {"script": "document.querySelector('button').onclick = () => { document.querySelector('#other').submit(); return false; }"},
    ],
    ids=["not-allowed", "forbidden", "formaction", "another-form"],
)  # fmt: skip
def test_nothing_but_an_allowed_address_is_posted_to(browser, server, layers, wrong):
    """A page can't use the announced save for something else; each layer holds alone."""
    for page, guard in _guarded(browser, server, layers):
        server.shows(**wrong)
        saved(page, guard, server)
        page.wait_for_timeout(100)
        assert server.posted == []


ASKS = f"() => fetch('{SAVE}', {{ method: 'POST' }})"


@pytest.mark.parametrize(
    "keep",
    [
        f"addEventListener('submit', {ASKS})",
        # Many pages hold a press back for some hundred milliseconds, so that two of them save once.
        f"onsubmit = () => {{ setTimeout({ASKS}, 500); return false; }}",
    ],
    ids=["at once", "a moment after the press"],
)
def test_a_page_that_saves_by_its_own_script_gets_the_event_and_the_form_goes_nowhere(guarded, server, keep):
    page, guard = guarded
    server.shows(action="/somewhere", script=f"document.querySelector('#sheet').{keep}")
    assert saved(page, guard, server)
    assert (page.title(), server.posted) == ("form", [SAVE])


def test_the_persons_own_buttons_stay_the_persons(guarded, server):
    """提交 in the same form is stopped while a save is announced."""
    page, guard = guarded
    server.shows()
    page.goto(f"{server.url}/form.do")
    guard.take_pen()
    with guard.saving():
        for press in ("click()", "form.requestSubmit(document.querySelectorAll('button')[1])"):
            try:
                page.evaluate(f"document.querySelectorAll('button')[1].{press}")
            except PlaywrightError:
                pytest.fail("the page was left")
        page.wait_for_timeout(100)
    assert server.posted == []
    assert guard.receipt().submit_attempts >= 2
