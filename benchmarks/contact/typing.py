"""How long a form takes whoever types it by hand from a profile on paper, by the keystroke-level model (see benchmarks/_klm.py)."""

import unicodedata
from collections.abc import Iterable

from benchmarks import _klm
from fixtures.unseen.asked import UnseenForm
from fixtures.unseen.judge import Verdict

# A Chinese character by an input method of sound: its syllable's letters and the choice among its homophones.
_CHINESE_KEYS = 4
_PRESS = _klm.POINT + _klm.BUTTON
# A date is typed: eight digits, two separators and the key that takes it.
_DATE_KEYS, _MONTH_KEYS = 11, 8


def seconds_by_hand(form: UnseenForm, verdicts: Iterable[Verdict]) -> float:
    """All these controls: each found, its value read from the paper, decided on, and entered."""
    kinds = {
        (part.key, one.key): one.kind
        for part in form.parts
        for one in (
            *(asked for _, asked in part.questions()),
            *(column for rows in part.rows for column in rows.columns),
        )
    }
    rows = {(one.part, one.means and one.row) for one in verdicts if one.row}
    return sum(_control(kinds.get((one.part, one.key)), one) for one in verdicts) + len(rows) * 2 * _PRESS


def _control(kind: str | None, one: Verdict) -> float:
    values = [one.wanted] if isinstance(one.wanted, str) else list(one.wanted or ())
    read = sum(map(_klm.reading_seconds, [one.label, *values])) + _klm.MENTAL
    if kind in ("choice", "radio", "path", "tick"):
        return read + _PRESS * (1 if kind in ("radio", "tick") else 1 + len(values))
    if kind in ("date", "month", "range"):
        keys = _MONTH_KEYS if kind == "month" else _DATE_KEYS
        return read + _klm.KEY * keys * max(1, len(values)) + _PRESS
    if kind is None:
        # A document: the button, the file in its folder, the button that takes it.
        return read + 3 * _PRESS + _klm.MENTAL
    signs = sum(
        _CHINESE_KEYS if unicodedata.east_asian_width(sign) in "WF" else 1 for value in values for sign in value
    )
    return read + _klm.KEY * (signs + 1)
