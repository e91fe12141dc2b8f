"""A look-alike host or a wrong certificate ends the run before a value is typed, and no other host's frame is written."""

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import BrowserContext, Page, Playwright

from assistant.errors import LeftThePortal, PortalUnreachable, RunStopped, SessionLost
from assistant.messages import Text
from assistant.page.browser.discovery import find_browser
from assistant.page.browser.launch import open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.rules import origin_of
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile
from assistant.run.fill.filler import Filler
from assistant.run.follow_up import AfterRun
from assistant.run.handover import Given, Unattended
from assistant.run.options import Options
from assistant.run.plan import make_plan, private_values
from assistant.run.probe import Prober
from assistant.run.report import Report
from assistant.run.session import PortalSession, guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal


class Elsewhere(BaseHTTPRequestHandler):
    """Answers every request with what `answer` says, and notes it."""

    answer: ClassVar[tuple[int, dict[str, str], bytes]] = (200, {}, b"")
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status, headers, body = self.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def serving(
    answer: tuple[int, dict[str, str], bytes], certificate: Path | None = None
) -> Iterator[tuple[str, list[str]]]:
    """A small server on this machine: its port's address without scheme, and what it was asked for."""
    handler = type("Handler", (Elsewhere,), {"answer": answer, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", handler.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that nobody vouches for, with its key, made for this test run."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "self-signed.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def fill(context: BrowserContext, lee: Profile, url: str, person: Unattended | None = None) -> Report:
    portal = load_portal("shenzhen")
    page, guard = guarded_page(context, portal, url)
    options = Options(url, login_seconds=15)
    return Filler(page, guard, portal, make_plan(lee, portal), options, person or Onlooker()).run(
        command="fill", city="shenzhen"
    )


def probe(context: BrowserContext, lee: Profile, url: str, person: Unattended) -> RunStopped | None:
    portal = load_portal("shenzhen")
    page, guard = guarded_page(context, portal, url)
    options = Options(url, login_seconds=1)
    stopped = Prober(page, guard, portal, make_plan(lee, portal), options, person).probe().stopped
    assert stopped is None or isinstance(stopped, RunStopped)
    return stopped


def teach(context: BrowserContext, lee: Profile, url: str, person: Unattended) -> RunStopped | None:
    """As far as a lesson goes before its first question."""
    portal = load_portal("shenzhen")
    page, guard = guarded_page(context, portal, url)
    try:
        Prober(page, guard, portal, make_plan(lee, portal), Options(url, login_seconds=1), person).reach()
    except RunStopped as stopped:
        return stopped
    return None


def after(context: BrowserContext, lee: Profile, url: str, person: Unattended) -> RunStopped | None:
    portal = load_portal("shenzhen")
    page, guard = guarded_page(context, portal, url)
    private = private_values(make_plan(lee, portal))
    session = PortalSession.of(page, guard, portal, Options(url, login_seconds=1), person, private=private)
    return AfterRun(session, page, lee, PlainFolder(PROFILES / "sample-lee")).run().stopped


class Agreeable(Onlooker):
    """A person who says "go on" to everything without reading it."""

    def ask(self, what: Text) -> Given[bool]:
        return Given(True)


class Naming(Onlooker):
    """A person who is asked about hosts by their names, and knows which they mean."""

    def __init__(self, meant: str = "") -> None:
        self.meant, self.asked = meant, list[str]()

    def agrees(self, what: Text) -> Given[bool]:
        self.asked.append(what.en)
        return Given(bool(self.meant) and self.meant in what.en)


def only_unreached(report: Report) -> bool:
    """Whether the report names everything that was planned, and says of all of it that the run did not come to it."""
    return {one.reason for one in report.outcomes if not one.calm} == {"not-reached"} and len(report.sections) == 7


@pytest.mark.parametrize("answer", ["none", "503"])
def test_a_portal_that_cannot_be_reached_is_named_and_nothing_is_written(command, answer: str) -> None:
    with serving((503, {}, b"down for maintenance")) as (host, asked):
        if answer == "none":
            # A port that was this test's a moment ago and that nobody listens on.
            with serving((200, {}, b"")) as (host, asked):
                pass
        ran = command.fill(PROFILES / "sample-lee", f"http://{host}/")
    assert (ran.status, ran.document) == (2, None)
    assert host in ran.said and "can't be opened" in ran.said
    assert not command.report.exists()
    assert not [one for one in asked if not one.startswith("GET ")]


def test_a_certificate_that_nobody_vouches_for_ends_the_run_at_once(
    playwright: Playwright, lee: Profile, self_signed: Path
) -> None:
    with (
        serving((200, {"Content-Type": "text/html"}, b"<input>"), self_signed) as (place, asked),
        open_browser(headless=True, driver=playwright) as context,
        pytest.raises(PortalUnreachable) as stopped,
    ):
        fill(context, lee, f"https://{place}/", Naming(place))
    assert "certificate" in stopped.value.what.en
    assert "before anything was typed" in stopped.value.what.en
    assert asked == []


def test_a_look_alike_that_the_address_leads_to_is_left_before_a_value_is_typed(
    playwright: Playwright, lee: Profile, mock: MockPortal
) -> None:
    """The portal's address leads to another host, whose pages are the portal's to the letter."""
    with (
        serving((302, {"Location": f"{mock.url}/"}, b"")) as (place, _),
        open_browser(headless=True, driver=playwright) as context,
    ):
        report = fill(context, lee, f"http://{place}/")
        typed = context.pages[0].evaluate("[...document.querySelectorAll('input, textarea')].map((box) => box.value)")
    assert isinstance(report.stopped, LeftThePortal)
    assert only_unreached(report)
    assert not [text for text in typed if text]
    state = mock.state()
    assert state["applications"] == []
    requests = state["requests"]
    assert isinstance(requests, list)
    assert {one["path"] for one in requests} <= {"/api/session"}, "the person's own login and nothing else"


def test_a_name_that_only_looks_like_the_portals_is_another_host(playwright: Playwright, lee: Profile) -> None:
    """`127.0.0.1.example` is not 127.0.0.1: the pack trusts nothing there, and to a person who goes on all the
    same nothing is opened or typed unless they agreed to that very name."""
    portal = load_portal("shenzhen")
    for name in ("127.0.0.1.example", "localhost.example", "1ocalhost", "wgfw.ga.sz.gov.cn.example"):
        assert portal.host_of(f"http://{name}:8000/") is None
    page = b"<meta charset=utf-8><a>\xe9\x80\x80\xe5\x87\xba\xe7\x99\xbb\xe5\xbd\x95</a><input>"
    with serving((200, {"Content-Type": "text/html"}, page)) as (place, asked):
        port = place.rpartition(":")[2]
        with playwright.chromium.launch(
            args=["--host-resolver-rules=MAP *.example 127.0.0.1"],
            executable_path=find_browser().path,
            chromium_sandbox=False,
        ) as browser:
            context = browser.new_context()
            view = context.new_page()
            report = fill(context, lee, f"http://127.0.0.1.example:{port}/", Agreeable())
            assert view.url == "about:blank"
    assert isinstance(report.stopped, LeftThePortal) and "127.0.0.1.example" in report.stopped.what.en
    assert only_unreached(report)
    assert asked == []


@pytest.mark.parametrize("verb", [probe, teach, after, lambda *words: fill(*words).stopped])
def test_every_verb_asks_about_an_unknown_host_before_it_opens_it(
    playwright: Playwright, lee: Profile, verb: Callable[..., RunStopped | None]
) -> None:
    with (
        serving((200, {"Content-Type": "text/html"}, b"<input>")) as (place, asked),
        playwright.chromium.launch(
            args=["--host-resolver-rules=MAP *.example 127.0.0.1"],
            executable_path=find_browser().path,
            chromium_sandbox=False,
        ) as browser,
    ):
        host = f"portal.example:{place.rpartition(':')[2]}"
        for person, opened in ((Naming(), False), (Naming(host), True)):
            context = browser.new_context()
            view = context.new_page()
            stopped = verb(context, lee, f"http://{host}/", person)
            assert [host in question for question in person.asked] == [True]
            assert isinstance(stopped, SessionLost if opened else LeftThePortal)
            assert bool(asked) is opened and (view.is_closed() or opened or view.url == "about:blank")
            context.close()


def test_a_frame_of_another_host_is_neither_seen_nor_written(page: Page, mock: MockPortal) -> None:
    frame = b"<meta charset=utf-8><label>Name <input></label>"
    with serving((200, {"Content-Type": "text/html"}, frame)) as (place, _):
        page.goto(mock.url)
        page.evaluate(
            "(url) => { const one = document.createElement('iframe'); one.src = url; document.body.append(one); }",
            f"http://{place}/",
        )
        page.frame_locator("iframe").locator("input").wait_for()
        page.wait_for_load_state("networkidle")
        everywhere, here = FormPage(page).look(), FormPage(page, origin_of(mock.url)).look()
    assert "Name" in {one.label for one in everywhere.controls}
    assert "Name" not in {one.label for one in here.controls}
    assert here.headings == everywhere.headings
