"""What counts as a save that the portal took, and what is under way: by the browser's own events, without a browser."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from assistant.page.request_tracker import PortalAnswers

MAIN, FRAME = "main", "inner"


class Browser:
    """A page, its context and its CDP session in one: tells its events by hand."""

    def __init__(self) -> None:
        self.context = self
        self.hears: dict[str, Callable[[Mapping[str, Any]], None]] = {}
        self.moments: list[Callable[[], None]] = []
        self._last = 0

    def new_cdp_session(self, page: object) -> "Browser":
        assert page is self
        return self

    def on(self, name: str, listener: Callable[[Mapping[str, Any]], None]) -> None:
        self.hears[name] = listener

    def send(self, command: str, details: object = None) -> None:
        assert command in ("Network.enable", "Page.enable")

    def wait_for_timeout(self, _milliseconds: float) -> None:
        if self.moments:
            self.moments.pop(0)()

    def asks(
        self, method: str = "PUT", kind: str = "Fetch", *, frame: str = MAIN, document: str = "first", url: str = "/api"
    ) -> str:
        """A request begins; answers with its name."""
        self._last += 1
        name = str(self._last)
        self._tell_request(name, method, kind, frame, document, url)
        return name

    def _tell_request(
        self, name: str, method: str, kind: str, frame: str, document: str, url: str, **more: Any
    ) -> None:
        asked = {"requestId": name, "request": {"method": method, "url": url}, "type": kind}
        self.hears["Network.requestWillBeSent"]({**asked, "frameId": frame, "loaderId": document, **more})

    def led_on(self, name: str, status: int, kind: str) -> None:
        """The same request goes on to another address, as a GET."""
        self._tell_request(name, "GET", kind, MAIN, "first", "/login", redirectResponse={"status": status})

    def navigates(self, frame: str, document: str, parent: str | None = None) -> None:
        self.hears["Page.frameNavigated"]({"frame": {"id": frame, "loaderId": document, "parentId": parent}})

    def answers(self, name: str, status: int) -> None:
        self.hears["Network.responseReceived"]({"requestId": name, "response": {"status": status}})

    def ends(self, name: str) -> None:
        self.hears["Network.loadingFinished"]({"requestId": name})

    def fails(self, name: str, why: str) -> None:
        self.hears["Network.loadingFailed"]({"requestId": name, "errorText": why})


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def answers(browser: Browser) -> PortalAnswers:
    page = PortalAnswers(cast("Page", browser))
    page.listen()
    return page


def test_nothing_sent_is_nothing_taken(answers: PortalAnswers, browser: Browser) -> None:
    browser.answers(browser.asks("GET"), 200)
    assert not answers.taken


@pytest.mark.parametrize(
    ("status", "kind", "taken"),
    [
        (200, "Fetch", True),
        (204, "XHR", True),
        (401, "XHR", False),
        (403, "Fetch", False),
        (422, "Document", False),
        (500, "Fetch", False),
        (502, "XHR", False),
    ],
)
def test_a_save_is_taken_when_its_answer_says_so(
    answers: PortalAnswers, browser: Browser, status: int, kind: str, taken: bool
) -> None:
    browser.answers(browser.asks("POST", kind), status)
    assert answers.taken == taken


@pytest.mark.parametrize(("kind", "taken"), [("Document", True), ("XHR", False)])
def test_a_form_that_is_led_on_has_arrived_and_a_scripts_request_has_not(
    answers: PortalAnswers, browser: Browser, kind: str, taken: bool
) -> None:
    name = browser.asks("POST", kind)
    browser.led_on(name, 302, kind)
    browser.answers(name, 200)
    browser.ends(name)
    assert (answers.taken, answers.busy) == (taken, False)


def test_one_refusal_among_several_answers_is_a_refusal(answers: PortalAnswers, browser: Browser) -> None:
    for status in (200, 500, 200):
        browser.answers(browser.asks(), status)
    assert not answers.taken
    answers.listen()
    browser.answers(browser.asks(), 200)
    assert answers.taken


def test_a_connection_that_ends_is_a_refusal_and_what_the_guard_stops_is_none(
    answers: PortalAnswers, browser: Browser
) -> None:
    browser.answers(browser.asks(), 200)
    for held_back in ("net::ERR_BLOCKED_BY_CLIENT", "net::ERR_ABORTED"):
        browser.fails(browser.asks("POST"), held_back)
    assert answers.taken
    browser.fails(browser.asks(), "net::ERR_EMPTY_RESPONSE")
    assert not answers.taken


def test_a_page_is_busy_until_all_it_asked_for_has_ended_and_each_is_a_move(
    answers: PortalAnswers, browser: Browser
) -> None:
    one, other = browser.asks("GET"), browser.asks("GET")
    browser.answers(one, 200)
    browser.ends(one)
    assert (answers.busy, answers.moves) == (True, 3)
    browser.moments = [lambda: None, lambda: browser.ends(other)]
    answers.wait(limit=100)
    assert (answers.busy, answers.moves, browser.moments) == (False, 4, [])


def test_what_never_ends_is_waited_for_no_longer_than_was_said(answers: PortalAnswers, browser: Browser) -> None:
    browser.asks("GET")
    browser.moments = [lambda: None] * 1000
    answers.wait(limit=100)
    assert answers.busy
    assert 900 < len(browser.moments) < 1000


def test_streams_what_is_sent_aside_and_what_no_server_sees_are_waited_for_by_nobody_and_are_no_save(
    answers: PortalAnswers, browser: Browser
) -> None:
    browser.answers(browser.asks("GET", "EventSource"), 200)
    browser.answers(browser.asks("POST", "Ping"), 204)
    browser.asks("GET", "Image", url="data:image/gif;base64,R0")
    assert (answers.busy, answers.taken, answers.moves) == (False, False, 0)


def test_what_was_waited_for_in_vain_is_not_waited_for_again(answers: PortalAnswers, browser: Browser) -> None:
    """A page that always holds a request open for its news would else cost the whole patience at every look."""
    endless = browser.asks("GET")
    answers.waited_in_vain()
    assert not answers.busy
    other = browser.asks("GET")
    assert answers.busy
    browser.ends(other)
    browser.ends(endless)
    assert (answers.busy, answers.moves) == (False, 4)
    browser.asks("GET")
    assert answers.busy


def test_what_a_document_asked_for_goes_with_it_even_when_no_end_is_told(
    answers: PortalAnswers, browser: Browser
) -> None:
    """Its frames go with it, and neither is told of them; what it sends on its way out is nobody's either."""
    browser.navigates(MAIN, "first")
    browser.navigates(FRAME, "inner", parent=MAIN)
    browser.asks("GET")
    browser.asks("GET", frame=FRAME, document="inner")
    following = browser.asks("GET", "Document", document="second")
    browser.navigates(MAIN, "second")
    assert answers.busy
    browser.ends(following)
    assert not answers.busy
    browser.asks("POST", document="first")
    assert not answers.busy
    browser.asks("GET", document="second")
    assert answers.busy


def test_a_frame_that_goes_or_shows_another_document_takes_its_own_requests_along(
    answers: PortalAnswers, browser: Browser
) -> None:
    page = browser.asks("GET")
    browser.asks("GET", frame=FRAME, document="inner")
    browser.navigates(FRAME, "next", parent=MAIN)
    browser.asks("GET", frame=FRAME, document="next")
    browser.hears["Page.frameDetached"]({"frameId": FRAME})
    assert answers.busy
    browser.ends(page)
    assert not answers.busy
