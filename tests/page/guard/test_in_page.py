"""The guard's in-page script and the linter know the same words, however a page writes them."""

import pytest
from opencc import OpenCC
from playwright.sync_api import BrowserContext

from assistant.forbidden import WORDS, is_forbidden
from assistant.page.guard.in_page import PageLayer
from assistant.page.guard.receipt import Ledger
from tests.page.guard.conftest import Recorder

_TRADITIONAL = OpenCC("s2t")
_FULL_WIDTH = str.maketrans({code - 0xFEE0: code for code in range(0xFF01, 0xFF5F)})
# Each way to write a word that a reader still reads as that word.
WAYS = {
    "simplified": lambda word: word,
    "traditional": _TRADITIONAL.convert,
    "spaced": " ".join,
    "full-width": lambda word: word.upper().translate(_FULL_WIDTH),
    "soft hyphens": "\u00ad".join,
    "joiners": "\u200d".join,
    "variation selectors": lambda word: "".join(sign + "\ufe00" for sign in word),
    "Hangul fillers": "\u3164".join,
}
PRESSED = """(texts) => texts.map((text) => {
  const button = document.body.appendChild(document.createElement("button"));
  button.textContent = text;
  return !button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true, composed: true }));
})"""


@pytest.fixture
def stops(context: BrowserContext, recorder: Recorder):  # type: ignore[no-untyped-def]
    """Which of these texts the page layer stops a press of, with nothing but the page layer there."""
    layer = PageLayer(context, WORDS, Ledger(lambda method, path: False))
    layer.install()
    layer.hold()
    page = context.new_page()
    page.goto(f"{recorder.url}/next")
    return lambda texts: page.evaluate(PRESSED, texts)


def test_every_word_is_known_in_every_writing_by_linter_and_page_alike(stops) -> None:  # type: ignore[no-untyped-def]
    written = {f"{way}: {word}": write(word) for way, write in WAYS.items() for word in WORDS}
    assert {"遞交", "預約", "繳費"} <= set(written.values())
    assert [name for name, text in written.items() if not is_forbidden(text)] == []
    held = stops(list(written.values()))
    assert [name for name, stopped in zip(written, held, strict=True) if not stopped] == []


def test_what_only_resembles_a_word_is_pressed_by_both(stops) -> None:  # type: ignore[no-untyped-def]
    harmless = ["保存", "下一步", "約", "Company", "display", "新增", "查詢"]
    assert [text for text in harmless if is_forbidden(text)] == []
    assert stops(harmless) == [False] * len(harmless)
