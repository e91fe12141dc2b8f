"""Promises of assistant/run/contact/requests.py: saves are offered once, similar ones as one pattern, what submits never."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.page.guard.receipt import Blocked, Receipt
from assistant.portal.loading import load_portal
from assistant.run.contact.requests import Requests

SITE = "http://127.0.0.1:9"


@dataclass
class Desk:
    """A page and a guard, as far as requests are concerned."""

    holder: str = "person"
    allowed: list[Any] = field(default_factory=list)
    heard: Callable[[str, str], None] = lambda method, url: None

    blocked: list[Blocked] = field(default_factory=list)

    def receipt(self) -> Receipt:
        return Receipt(0, 0, tuple(self.blocked), ())

    def on_request(self, heard: Callable[[str, str], None]) -> None:
        self.heard = heard

    def allow(self, more: Any) -> None:
        self.allowed += more


def saved(requests: Requests, desk: Desk, *paths: str) -> tuple[str, ...]:
    with requests.listening():
        for path in paths:
            desk.heard("POST", SITE + path)
    return requests.new()


def desk_with_requests() -> tuple[Desk, Requests]:
    desk: Any = Desk()
    return desk, Requests(desk, desk, load_portal("shenzhen"), SITE)


def test_a_save_under_the_number_of_a_case_is_offered_once() -> None:
    desk, requests = desk_with_requests()
    assert saved(requests, desk, "/case/a1b2c3d4e5f6/part/unit") == ("POST /case/*/part/unit",)
    assert saved(requests, desk, "/case/ffb2c3d4e5f6/part/unit") == ()


def test_the_saves_of_several_steps_become_one_pattern() -> None:
    desk, requests = desk_with_requests()
    assert saved(requests, desk, "/matter/step/1") == ("POST /matter/step/1",)
    assert saved(requests, desk, "/matter/step/2") == ("POST /matter/step/*",)
    assert saved(requests, desk, "/matter/step/3") == ()


def test_what_was_held_back_slot_by_slot_becomes_one_pattern() -> None:
    desk, requests = desk_with_requests()
    asked = []
    for slot in ("a1", "b2", "c3"):
        desk.blocked.append(Blocked("POST", f"/app/*/papers/{slot}", "not-allowed"))
        requests.offer_held_back()
        asked.append(requests.new())
    assert asked == [("POST /app/*/papers/a1",), ("POST /app/*/papers/*",), ()]


def test_what_submits_is_never_offered() -> None:
    desk, requests = desk_with_requests()
    assert saved(requests, desk, "/case/a1b2c3d4e5f6/submit", "/case/a1b2c3d4e5f6/tijiao") == ()


def test_a_pattern_never_leaves_open_what_is_done() -> None:
    """Two actions of one case have no pattern in common: it would let a third one through."""
    desk, requests = desk_with_requests()
    assert saved(requests, desk, "/case/a1b2c3d4e5f6/save") == ("POST /case/*/save",)
    assert saved(requests, desk, "/case/a1b2c3d4e5f6/send") == ("POST /case/*/send",)
    assert saved(requests, desk, "/desk/sheet.do") == ("POST /desk/sheet.do",)
    assert saved(requests, desk, "/desk/scan.do") == ("POST /desk/scan.do",)
