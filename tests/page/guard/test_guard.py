"""The pen: what the tool may do while it holds it, what the person may do again after hand-over, and what the receipt says."""

import time
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.errors import SetupError
from assistant.page.guard.guard import Guard, wait_for_person
from assistant.page.guard.rules import Rules


def test_saving_uploading_and_looking_up_pass(guarded: tuple[Page, Guard], recorder: Any) -> None:
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
    guarded: tuple[Page, Guard], recorder: Any, monkeypatch: pytest.MonkeyPatch
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
    context: BrowserContext, recorder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`submitted` is counted from what goes out, not taken from what the rules mean to hold."""
    monkeypatch.setattr(Rules, "refusal", lambda *_, **__: None)
    guard = recorder.guard(context, frozenset({"network"}))
    page = recorder.open(context)
    guard.take_pen()
    page.evaluate("fetch('/submit', {method: 'POST'})")
    assert recorder.reached == [("POST", "/submit")]
    assert guard.receipt().submitted == 1


def test_after_hand_over_the_persons_click_submits_exactly_once(guarded: tuple[Page, Guard], recorder: Any) -> None:
    page, guard = guarded
    page.click("#send", no_wait_after=True)
    page.wait_for_timeout(100)
    assert recorder.reached == []
    guard.hand_over()
    page.click("#send")
    page.wait_for_url("**/submit")
    assert recorder.reached == [("POST", "/submit")]


def test_the_person_holds_the_pen_from_the_start(context: BrowserContext, recorder: Any) -> None:
    guard = recorder.guard(context)
    page = recorder.open(context)
    assert guard.holder == "person"
    page.click("#div")
    assert recorder.reached_within(page, 5) == [("POST", "/submit")]
    receipt = guard.receipt().as_json()
    assert (receipt["submit_attempts"], receipt["submitted"], receipt["blocked"], receipt["allowed"]) == (0, 0, [], [])


def test_a_reviewed_menu_text_opens_its_page_though_a_forbidden_word_is_in_it(
    guarded: tuple[Page, Guard], recorder: Any
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


def test_documents_load_when_the_tool_says_where_it_goes(guarded: tuple[Page, Guard], recorder: Any) -> None:
    page, guard = guarded
    with guard.navigating():
        page.goto(f"{recorder.url}/next")
    assert page.title() == "next"
    with pytest.raises(PlaywrightError):
        page.goto(f"{recorder.url}/page")


def test_a_redirect_to_the_submit_address_is_not_followed(guarded: tuple[Page, Guard], recorder: Any) -> None:
    page, guard = guarded
    with guard.navigating(), pytest.raises(PlaywrightError):
        page.goto(f"{recorder.url}/hop")
    assert recorder.reached == []
    assert ("GET", "/hop") in recorder.hits


def test_a_page_opened_while_the_tool_holds_the_pen_is_guarded_too(guarded: tuple[Page, Guard], recorder: Any) -> None:
    page, guard = guarded
    with guard.navigating():
        page.goto(f"{recorder.url}/page")
    recorder.hits.clear()
    page.click("#div")
    page.wait_for_timeout(100)
    assert recorder.reached == []
    assert ("PAGE", "forbidden button") in {(one.method, one.path) for one in guard.receipt().blocked}


def test_a_window_opened_by_the_page_is_closed(context: BrowserContext, recorder: Any) -> None:
    guard = recorder.guard(context, frozenset({"network"}))
    page = recorder.open(context)
    guard.take_pen()
    page.evaluate("() => { window.open('about:blank') }")
    page.wait_for_timeout(200)
    assert context.pages == [page]


def test_the_page_layer_survives_a_document_written_anew(context: BrowserContext, recorder: Any) -> None:
    guard = recorder.guard(context, frozenset({"page"}))
    page = recorder.open(context)
    guard.take_pen()
    page.evaluate(
        """() => { document.open(); document.write("<div id=new onclick=\\"fetch('/submit', {method: 'POST'})\\">提交</div>");
                   document.close(); }"""
    )
    page.click("#new")
    assert recorder.reached_within(page, 0.2) == []
    guard.hand_over()
    page.click("#new")
    assert recorder.reached_within(page, 5) == [("POST", "/submit")]


def test_no_script_of_the_page_can_take_the_pen_from_the_tool(context: BrowserContext, recorder: Any) -> None:
    """The page sees nothing of the signals, and putting its own functions in the way changes nothing."""
    guard = recorder.guard(context, frozenset({"page"}))
    page = recorder.open(context)
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
    assert recorder.reached_within(page, 0.2) == []


def test_typing_in_a_field_is_no_submission(guarded: tuple[Page, Guard]) -> None:
    """Even where all that a field's surroundings say is 提交."""
    page, guard = guarded
    page.click("#field")
    page.keyboard.type("a b")
    assert page.input_value("#field") == "a b"
    assert guard.receipt().submit_attempts == 0


def test_sockets_opened_under_the_tool_connect_after_hand_over(guarded: tuple[Page, Guard], recorder: Any) -> None:
    page, guard = guarded
    page.evaluate(
        """() => { const talk = () => { const s = new WebSocket(ws);
          s.onopen = () => s.send('x'); s.onclose = (e) => { if (e.code === 3001) talk(); }; }; talk(); }"""
    )
    page.wait_for_timeout(150)
    assert recorder.reached == []
    guard.hand_over()
    assert recorder.reached_within(page, 5) == [("MESSAGE", "/ws")]


def test_requests_are_served_while_waiting_for_the_person(guarded: tuple[Page, Guard], recorder: Any) -> None:
    """Trap 10: blocking Python freezes what the guard must judge; waiting on the page does not."""
    page, _guard = guarded
    page.evaluate("() => { setInterval(() => fetch('/alive'), 20) }")
    time.sleep(0.3)
    frozen = recorder.hits.count(("GET", "/alive"))
    wait_for_person(page, lambda: recorder.hits.count(("GET", "/alive")) >= 5)
    assert frozen <= 1
    assert recorder.hits.count(("GET", "/alive")) >= 5


def test_after_hand_over_requests_need_no_python(guarded: tuple[Page, Guard], recorder: Any) -> None:
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
    name: str, guarded: tuple[Page, Guard], recorder: Any
) -> None:
    page, guard = guarded
    with guard.navigating():
        page.goto(f"{recorder.url}/page")
    made = f"() => {{ try {{ new {name}; return 'made' }} catch (error) {{ return error.name }} }}"
    assert page.evaluate(made) == "NotAllowedError"
    guard.hand_over()
    assert page.evaluate(made) == "made"
