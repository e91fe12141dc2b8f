"""How the value of one kind of control is compared with what the plan wants.

Each kind answers one question: does what the page shows *hold* the wanted value? The answer is exact, up to how a person
would write the same thing (a date's separators, a number's thousands marks, full-width brackets in an option). It is
never a prefix, a part, or a likeness.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.normalize import fold
from assistant.values import Value
from assistant.values import iso as iso

Shown = str | bool | Sequence[str] | None


@dataclass(frozen=True)
class KindRule:
    """`holds(wanted, accepted, shown)`; `accepted` are the exact option texts that stand for the wanted value.
    `refill` tells whether the browser's own text entry may try again when a value written in the page's own pass did not hold."""

    holds: Callable[[Value, Sequence[str], Shown], bool]
    refill: bool = False


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _text(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    return isinstance(wanted, str) and isinstance(shown, str) and _lines(wanted) == _lines(shown)


def _number(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    if not isinstance(wanted, str) or not isinstance(shown, str):
        return False
    asked, there = _bare_number(wanted), _bare_number(shown)
    return asked is not None and there is not None and (asked == there or _same_amount(asked, there))


# A number that says how much. One that opens with a zero, as a postal code does, is a text of digits.
_AMOUNT = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_DIGITS = re.compile(r"(?P<sign>[¥$€£])?(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>元|%)?", re.ASCII)


def _bare_number(text: str) -> str | None:
    """The digits, without thousands marks and without the sign of money that a page puts beside them.

    >>> _bare_number("¥ 5,000.00"), _bare_number("018956"), _bare_number("1,23"), _bare_number("5万元")
    ('5000.00', '018956', None, None)
    """
    found = _DIGITS.fullmatch(fold(text))
    return found["number"].replace(",", "") if found else None


def _same_amount(wanted: str, shown: str) -> bool:
    """Exact at any length: a float would take 440300199001011234 for its neighbour.

    >>> _same_amount("5000", "5000.00"), _same_amount("440300199001011234", "440300199001011260")
    (True, False)
    """
    both = (wanted, shown)
    return all(_AMOUNT.fullmatch(text) for text in both) and Decimal(wanted) == Decimal(shown)


def _choice(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    texts = accepted or ([wanted] if isinstance(wanted, str) else [])
    return isinstance(shown, str) and bool(shown.strip()) and fold(shown) in {fold(text) for text in texts}


def _several(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    if isinstance(wanted, bool) or shown is None or isinstance(shown, (str, bool)):
        return False
    texts = [wanted] if isinstance(wanted, str) else list(wanted)
    return sorted(map(fold, texts)) == sorted(map(fold, shown))


def _tick(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    return isinstance(wanted, bool) and isinstance(shown, bool) and wanted == shown


def _day(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    return isinstance(wanted, str) and isinstance(shown, str) and bool(shown) and iso(shown) == wanted


def _days(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    if not isinstance(wanted, tuple) or shown is None or isinstance(shown, (str, bool)):
        return False
    return [iso(text) for text in shown] == list(wanted)


def _path(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    if not isinstance(wanted, str) or not isinstance(shown, str):
        return False
    paths = [wanted, *accepted]
    return bool(shown.strip()) and _parts(shown) in [_parts(path) for path in paths]


def _parts(text: str) -> list[str]:
    return [fold(part) for part in re.split(r"\s*[/>＞]\s*", text.strip())]


def _files(wanted: Value, accepted: Sequence[str], shown: Shown) -> bool:
    if isinstance(wanted, bool) or shown is None or isinstance(shown, (str, bool)):
        return False
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    return sorted(names) == sorted(shown)


text = KindRule(_text, refill=True)
number = KindRule(_number, refill=True)
choice = KindRule(_choice)
several = KindRule(_several)
tick = KindRule(_tick)
day = KindRule(_day, refill=True)
days = KindRule(_days)
path = KindRule(_path)
files = KindRule(_files)


def empty(shown: Shown) -> bool:
    """Whether a control holds nothing yet. An untouched tick box holds nothing as well as it holds "no".

    >>> empty(""), empty([]), empty(False), empty("无")
    (True, True, True, False)
    """
    return not shown or (isinstance(shown, str) and not shown.strip())
