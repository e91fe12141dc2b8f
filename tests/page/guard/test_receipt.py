"""The guard's receipt."""

import json

from assistant.page.guard.receipt import Ledger
from assistant.page.guard.rules import Request, Rules


def request(method: str, path: str) -> Request:
    return Request.of(method, f"http://portal.example{path}", document=False, headers={})


def test_equal_refusals_are_one_line_with_a_count() -> None:
    ledger = Ledger(Rules([], [], ["/submit"]).submits)
    for number in (10001, 10002):
        ledger.refused(request("POST", f"/case/{number}/unknown"), "not-allowed")
    assert ledger.receipt().as_json() == {
        "submitted": 0,
        "submit_attempts": 2,
        "blocked": [{"method": "POST", "path": "/case/*/unknown", "why": "not-allowed", "count": 2}],
        "allowed": [],
        "judged": 2,
    }


def test_reading_and_other_hosts_are_no_attempt_to_submit() -> None:
    ledger = Ledger(Rules([], [], ["/submit"]).submits)
    ledger.refused(request("GET", "/font.woff"), "other-origin")
    ledger.refused(request("POST", "/statistics"), "other-origin")
    ledger.refused(request("GET", "/next"), "navigation")
    assert ledger.receipt().submit_attempts == 0


def test_asking_for_the_submit_address_is_an_attempt_whatever_the_method() -> None:
    ledger = Ledger(Rules([], [], ["/submit"]).submits)
    ledger.refused(request("GET", "/submit"), "forbidden-path")
    ledger.stopped_in_page("forbidden button")
    assert ledger.receipt().submit_attempts == 2


def test_a_submission_that_was_let_through_would_be_counted() -> None:
    """The 0 that every report shows is a count, not a word."""
    ledger = Ledger(Rules([], [], ["/api/applications/*/submit"]).submits)
    ledger.passed(request("PUT", "/api/applications/7/sections/personal"))
    assert ledger.receipt().submitted == 0
    ledger.passed(request("POST", "/api/applications/7/submit"))
    ledger.passed(request("GET", "/case.do?method=submit"))
    assert (ledger.receipt().submitted, ledger.receipt().judged) == (2, 3)


def test_only_what_changes_something_is_listed_as_allowed() -> None:
    ledger = Ledger(Rules([], [], ["/submit"]).submits)
    ledger.passed(request("GET", "/options"))
    ledger.passed(request("PUT", "/api/88888/sections/personal"))
    assert ledger.receipt().allowed == (("PUT", "/api/*/sections/personal", 1),)


def test_a_receipt_never_repeats_a_query_or_what_a_page_says() -> None:
    ledger = Ledger(Rules([], [], ["/submit"]).submits)
    ledger.refused(request("GET", "/submit?name=Canary"), "forbidden-path")
    ledger.stopped_in_page("Canary")
    assert "Canary" not in json.dumps(ledger.receipt().as_json())
