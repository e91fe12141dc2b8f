"""What counts as a save that the portal took: by the browser's own events, without a browser."""

from dataclasses import dataclass, field
from typing import cast

import pytest
from playwright.sync_api import Page

from assistant.portal_answers import PortalAnswers


@dataclass(frozen=True)
class Asked:
    """A request as the browser tells it."""

    method: str = "PUT"
    resource_type: str = "fetch"
    failure: str | None = None


@dataclass(frozen=True)
class Answered:
    """An answer as the browser tells it."""

    status: int
    request: Asked = Asked()


@dataclass
class Events:
    """A page that tells its events by hand."""

    hears: dict[str, list[object]] = field(default_factory=dict)

    def on(self, name: str, listener: object) -> None:
        self.hears.setdefault(name, []).append(listener)

    def happens(self, name: str, what: object) -> None:
        for listener in self.hears[name]:
            listener(what)  # type: ignore[operator]


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def answers(events: Events) -> PortalAnswers:
    page = PortalAnswers(cast("Page", events))
    page.listen()
    return page


def test_nothing_sent_is_nothing_taken(answers: PortalAnswers, events: Events) -> None:
    events.happens("response", Answered(200, Asked("GET")))
    assert not answers.taken


@pytest.mark.parametrize(
    ("status", "kind", "taken"),
    [
        (200, "fetch", True),
        (204, "xhr", True),
        (303, "document", True),
        (302, "fetch", False),
        (401, "xhr", False),
        (403, "fetch", False),
        (422, "document", False),
        (500, "fetch", False),
        (502, "xhr", False),
    ],
)
def test_a_save_is_taken_when_its_answer_says_so(
    answers: PortalAnswers, events: Events, status: int, kind: str, taken: bool
) -> None:
    events.happens("response", Answered(status, Asked("POST", kind)))
    assert answers.taken == taken


def test_one_refusal_among_several_answers_is_a_refusal(answers: PortalAnswers, events: Events) -> None:
    for status in (200, 500, 200):
        events.happens("response", Answered(status))
    assert not answers.taken
    answers.listen()
    events.happens("response", Answered(200))
    assert answers.taken


def test_a_connection_that_ends_is_a_refusal_and_what_the_guard_stops_is_none(
    answers: PortalAnswers, events: Events
) -> None:
    events.happens("response", Answered(200))
    for held_back in ("net::ERR_BLOCKED_BY_CLIENT", "net::ERR_ABORTED"):
        events.happens("requestfailed", Asked("POST", failure=held_back))
    assert answers.taken
    events.happens("requestfailed", Asked("PUT", failure="net::ERR_EMPTY_RESPONSE"))
    assert not answers.taken
