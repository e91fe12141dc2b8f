"""A year at a glance, as SVG made on the server: one bar an applicant, holidays shaded, today marked.

Each bar runs from the day the window opens: to the safe day, on to the last day, and to the permit's expiry. Colours come
from the style sheet by class, so that nothing of it is inline; the table above says the same in words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from assistant.check.deadlines.roster import Due
from assistant.check.deadlines.workdays import is_working_day
from assistant.messages import Language, Text

LEFT, TOP, ROW, WIDTH, RIGHT = 190, 34, 22, 1160, 14
DAYS_BEFORE, DAYS = 31, 400


@dataclass(frozen=True)
class Bar:
    """One applicant's line of the picture."""

    name: str
    due: Due


def year_picture(bars: Sequence[Bar], on: date, language: Language) -> str:
    """The picture as markup; every text in it is escaped."""
    height = TOP + ROW * len(bars) + 8
    what = Text(
        f"{on} 起一年内 {len(bars)} 位申请人的申请时间；详见上表",
        f"The filing windows of {len(bars)} applicants in the year from {on}; the table above says the same",
    ).say(language)
    parts = [
        f'<svg class="year" role="img" aria-label="{escape(what)}" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" xmlns="http://www.w3.org/2000/svg">',
        *_days_off(on, height),
        *_months(on, height, language),
    ]
    for place, bar in enumerate(bars):
        parts += _bar(bar, on, TOP + ROW * place)
    now = _across(on, on)
    parts.append(f'<line class="now" x1="{now:.1f}" x2="{now:.1f}" y1="{TOP - 8}" y2="{height - 4}"/></svg>')
    return "".join(parts)


def _across(day: date, on: date) -> float:
    """Where a day stands, from left to right; days beyond the picture stand at its edge."""
    days = (day - on).days + DAYS_BEFORE
    return LEFT + max(0, min(days, DAYS)) * (WIDTH - LEFT - RIGHT) / DAYS


def _days_off(on: date, height: int) -> Iterator[str]:
    """Holidays: runs of days off that hold a day which is no weekend."""
    first = on - timedelta(days=DAYS_BEFORE)
    run: list[date] = []
    for number in range(DAYS + 1):
        day = first + timedelta(days=number)
        if not is_working_day(day):
            run.append(day)
            continue
        if any(one.weekday() < 5 for one in run):
            left, right = _across(run[0], on), _across(run[-1] + timedelta(days=1), on)
            yield f'<rect class="off" x="{left:.1f}" y="{TOP - 8}" width="{right - left:.1f}" height="{height - TOP}"/>'
        run = []


def _months(on: date, height: int, language: Language) -> Iterator[str]:
    day = (on - timedelta(days=DAYS_BEFORE)).replace(day=1)
    for _ in range(15):
        day = (day + timedelta(days=32)).replace(day=1)
        left = _across(day, on)
        if left > WIDTH - RIGHT - 30:
            return
        said = f"{day.month} 月" if language == "zh" else f"{day:%b}"
        if day.month == 1:
            said = f"{day.year} 年" if language == "zh" else f"{day.year}"
        yield f'<line class="month" x1="{left:.1f}" x2="{left:.1f}" y1="{TOP - 8}" y2="{height - 4}"/>'
        yield f'<text class="month" x="{left + 4:.1f}" y="{TOP - 14}">{said}</text>'


def _bar(bar: Bar, on: date, top: int) -> Iterator[str]:
    dates = bar.due.dates
    yield f'<text class="name" x="{LEFT - 10}" y="{top + 15}" text-anchor="end">{escape(_short(bar.name))}</text>'
    edges = (dates.first_day, dates.last_safe_day, dates.last_day, dates.expires_on)
    for kind, start, end in zip(("open", "late", "over"), edges, edges[1:], strict=False):
        left, right = _across(start, on), _across(end, on)
        if right - left >= 0.5:
            yield f'<rect class="{kind}" x="{left:.1f}" y="{top + 4}" width="{right - left:.1f}" height="{ROW - 9}"/>'


def _short(name: str) -> str:
    return name if len(name) <= 22 else f"{name[:21]}…"
