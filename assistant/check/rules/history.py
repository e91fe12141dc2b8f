"""Education and work as one timeline of months: what is not covered, and what is covered twice.

Since February 2026 the national system takes the history only when no month is missing; spells without work are listed
as such (portal facts, section 4.1). The timeline runs from the first listed education to the month before `on`; the
running month counts as covered. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.profile.loading import Month, Profile, Spell

MONTHS_THAT_COUNT = 120  # some offices ask for the last ten years only (portal facts, section 4.1)


@dataclass(frozen=True)
class Span:
    """A stretch of months, both ends included."""

    first: Month
    last: Month

    @property
    def months(self) -> int:
        return self.last.count - self.first.count + 1

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} – {self.last}"


@dataclass(frozen=True)
class Overlap:
    """Two rows that share months; `rows` are profile paths such as `work_history[2]`."""

    rows: tuple[str, str]
    span: Span


@dataclass(frozen=True)
class _Covered:
    row: str
    first: int
    last: int


def gaps(profile: Profile, on: date) -> tuple[Span, ...]:
    """The months since the first listed education that no row covers, as spans in order."""
    month_before = on.year * 12 + on.month - 2
    covered = sorted(_timeline(profile, on), key=lambda row: row.first)
    missing = []
    reached = covered[0].first - 1 if covered else month_before
    for row in covered:
        if row.first > reached + 1:
            missing.append(_span(reached + 1, min(row.first - 1, month_before)))
        reached = max(reached, row.last)
    if reached < month_before:
        missing.append(_span(reached + 1, month_before))
    return tuple(span for span in missing if span.months > 0)


def overlaps(profile: Profile, on: date) -> tuple[Overlap, ...]:
    """Pairs of rows that share more than the month in which one ends and the next begins."""
    return tuple(
        Overlap((one.row, other.row), _span(max(one.first, other.first), min(one.last, other.last)))
        for one, other in combinations(sorted(_timeline(profile, on), key=lambda row: row.first), 2)
        if min(one.last, other.last) > max(one.first, other.first)
    )


def is_recent(span: Span, on: date) -> bool:
    """Whether any of it lies in the last ten years."""
    return span.last.count > on.year * 12 + on.month - 1 - MONTHS_THAT_COUNT


def _timeline(profile: Profile, on: date) -> Iterator[_Covered]:
    now = on.year * 12 + on.month - 1
    for table, rows in (("education", profile.education), ("work_history", profile.work_history)):
        for number, row in enumerate(rows, 1):
            yield _Covered(f"{table}[{number}]", row.from_.count, _end(row, now))


def _end(row: Spell, now: int) -> int:
    return row.to.count if row.to else max(now, row.from_.count)


def _span(first: int, last: int) -> Span:
    return Span(Month.of_count(first), Month.of_count(last))
