"""Promises of assistant/run/contact/hand.py: what is new on a page is told from what stood there; forms go only where allowed."""

from typing import Any

from assistant.page.form_page import Button
from assistant.run.contact.hand import Hand, PageBefore

BEFORE = PageBefore(("http://x/file", "http://x/sheet"), frozenset({(0, 1), (1, 1)}))


def test_another_document_is_new_as_a_whole() -> None:
    """Its boxes are counted from one again: an old number there is another box."""
    assert not BEFORE.is_new((1, 1), ("http://x/file", "http://x/sheet"))
    assert BEFORE.is_new((1, 2), ("http://x/file", "http://x/sheet"))
    assert BEFORE.is_new((1, 1), ("http://x/file", "http://x/row"))
    assert BEFORE.is_new((2, 1), ("http://x/file", "http://x/sheet", "http://x/window"))


def hand(*, may_post: bool = True) -> Hand:
    nothing: Any = None  # Neither page nor guard is reached.
    return Hand(nothing, nothing, ("提交",), lambda url: may_post, lambda: False)


def test_a_form_is_not_posted_where_the_person_did_not_allow_it() -> None:
    assert not hand(may_post=False).press(Button(0, 1, "保存此行", posts="http://x/row/add"))


def test_a_button_of_a_forbidden_word_is_never_pressed() -> None:
    assert not hand().press(Button(0, 1, "保存并提交"))
