"""Texts of a page and of this program as they may be kept: without what belongs to a person."""

import re
from collections.abc import Iterable
from pathlib import Path

from assistant.messages import printable
from assistant.normalize import fold

BLANK = "▒"
LONGEST = 120
"""A label is short; what is longer is a text that somebody wrote."""
_SHORTEST = 2
_NARROW = {0xFF01 + number: 0x21 + number for number in range(94) if chr(0x21 + number).isalnum()}
"""Wide letters and digits as everybody types them; wide punctuation stays."""
# Six digits in a row are a date, a telephone or a number of somebody's; a mail address names a person.
_NUMBERS = re.compile(r"[A-Za-z]{0,4}\d[\d\s.-]{4,}\d[0-9Xx]?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


class Discreet:
    """Blanks the values it was made with, wherever they stand in a text, in any case, width and spacing."""

    def __init__(self, private: Iterable[str] = ()) -> None:
        values = {value.strip() for value in private} | {
            part for value in private for part in re.split(r"[\s,，/]+", value)
        }
        long_enough = sorted((value for value in values if _is_telling(value)), key=len, reverse=True)
        self._values = [_loosely(value) for value in long_enough]
        self._folded = {fold(value) for value in long_enough}

    def say(self, text: str) -> str:
        """
        >>> Discreet(["LEE", "张伟"]).say("护照号码 of Lee（张 伟）M12345678 a@b.cn")
        '护照号码 of ▒（▒）▒ ▒'
        """
        text = printable(text).translate(_NARROW)
        if fold(text) in self._folded:
            return BLANK
        text = _NUMBERS.sub(BLANK, _MAIL.sub(BLANK, text))
        for value in self._values:
            text = value.sub(BLANK, text)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _is_telling(value: str) -> bool:
    """A yes, a 1 or one letter stands everywhere and tells nothing."""
    return len(value) >= _SHORTEST and not (value.isascii() and value.isalpha() and len(value) < 3)


def _loosely(value: str) -> "re.Pattern[str]":
    letters = r"\s*".join(re.escape(letter) for letter in value if not letter.isspace())
    edge = r"(?<![A-Za-z]){}(?![A-Za-z])" if value.isascii() else "{}"
    return re.compile(edge.format(letters), re.IGNORECASE)


def without_home(text: str) -> str:
    """A path of this machine as it may be shown elsewhere: the user's name is in it."""
    home = Path.home()
    text = text.replace(str(home), "~")
    return re.sub(rf"\b{re.escape(home.name)}\b", BLANK, text) if len(home.name) > 2 and home.name != "root" else text
