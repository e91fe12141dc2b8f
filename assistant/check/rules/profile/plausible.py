"""What may follow what, and how far apart: dates that are days of the calendar but of the wrong year or century.

One table. A distance that can't be is an error, one that hardly ever is a warning; each says why and where that stands.
A date that is told of is not held against others once more, so the sure distances come first. A passport's machine readable zone gives
years with two digits and agrees with either century: this table is what tells them apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from assistant.check.deadlines.dates import add_months
from assistant.check.finding_kinds import Basis, Kind
from assistant.check.rules.profile.sources import EMPLOYMENT_RULES, EXIT_ENTRY_LAW, LABOUR_LAW, OWN
from assistant.check.rules.profile.values import future_dates
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.loading import Month, Profile
from assistant.profile.paths import read

IMPOSSIBLE = Kind(
    "dates.impossible",
    "error",
    Text("{why}；年份或顺序有误，请核对", "{why}; the year or the order is wrong, check it"),
    Text("两个日期的先后或间隔不可能。", "Two dates can't lie in this order or so far apart."),
    Text("多半是年份或世纪写错，平台照样收下。", "Most often a slip in the year or century; portals take it."),
    Text("对照证件改正其中一个日期。", "Correct one of the two dates from the papers."),
    OWN,
)
UNLIKELY = Kind(
    "dates.unlikely",
    "warning",
    Text("{why}；请核对年份", "{why}; check the year"),
    Text("两个日期的间隔很少见。", "Two dates lie unusually far apart or close together."),
    Text("多半是年份写错；确实如此的不受影响。", "Most often a slip in the year; if it is right, nothing is wrong."),
    Text("对照证件核对这个日期。", "Check this date against the papers."),
    OWN,
)
KINDS = (IMPOSSIBLE, UNLIKELY)

TODAY = "today"
_YEAR = 12
_TABLES = {"family": ("family", "companions"), "education": ("education",), "work_history": ("work_history",)}


@dataclass(frozen=True)
class Distance:
    """Months from one date to another, both bounds allowed. A side is a profile path, a table's column, or `today`."""

    earlier: str
    later: str
    least: int | None
    most: int | None
    why: Text
    kind: Kind = IMPOSSIBLE
    source: str = OWN
    only: tuple[str, ...] = ()
    """Relations or levels of education that a table's rule is for; none listed, all."""

    def holds(self, earlier: date, later: date) -> bool:
        long_enough = self.least is None or later >= add_months(earlier, self.least)
        return long_enough and (self.most is None or later <= add_months(earlier, self.most))


def _years(least: float | None, most: float | None) -> tuple[int | None, int | None]:
    return (None if least is None else int(least * _YEAR)), (None if most is None else int(most * _YEAR))


_BIRTH = "applicant.birth_date"
DISTANCES: tuple[Distance, ...] = (
    # ---- the person
    Distance(_BIRTH, TODAY, *_years(None, 110), Text("年龄超过 110 岁", "over 110 years old")),
    Distance(
        _BIRTH,
        TODAY,
        *_years(18, None),
        Text("在华就业须年满 18 周岁", "who works in China is 18 or older"),
        source=EMPLOYMENT_RULES,
    ),
    Distance(_BIRTH, TODAY, *_years(None, 90), Text("年龄超过 90 岁", "over 90 years old"), UNLIKELY),
    # ---- the passport
    Distance(
        "passport.issued_on",
        "passport.expires_on",
        *_years(None, 10.75),
        Text(
            "护照有效期最长十年（个别国家另加九个月）",
            "a passport runs ten years at most (a few with nine months more)",
        ),
    ),
    Distance(
        "passport.issued_on",
        "passport.expires_on",
        *_years(0.5, None),
        Text("护照有效期不足半年", "a passport that runs less than half a year"),
        UNLIKELY,
    ),
    # ---- the permits held
    Distance(
        TODAY,
        "residence_permit.expires_on",
        *_years(-10, 5.1),
        Text("工作类居留许可最长五年", "a work residence permit runs five years at most"),
        source=EXIT_ENTRY_LAW,
    ),
    Distance(
        TODAY,
        "work_permit.expires_on",
        *_years(-10, 5.1),
        Text("工作许可最长五年", "a work permit runs five years at most"),
    ),
    # ---- the work in China
    Distance(
        _BIRTH,
        "employment.in_china_since",
        *_years(16, None),
        Text("工作须年满 16 周岁", "who works is 16 or older"),
        source=LABOUR_LAW,
    ),
    Distance(
        _BIRTH,
        "employment.contract_from",
        *_years(16, None),
        Text("签订合同时须年满 16 周岁", "who signs a contract of employment is 16 or older"),
        source=LABOUR_LAW,
    ),
    Distance(
        "employment.in_china_since",
        "employment.contract_from",
        *_years(-1, None),
        Text("合同比在华工作早开始一年以上", "the contract begins over a year before the work in China"),
        UNLIKELY,
    ),
    Distance(
        TODAY,
        "employment.contract_from",
        *_years(-15, 1),
        Text("合同开始于 15 年以前或一年以后", "the contract begins over 15 years ago or over a year from now"),
        UNLIKELY,
    ),
    Distance(
        "work_permit.expires_on",
        "employment.requested_from",
        *_years(-1, None),
        Text("申请的开始时间比现许可到期早一年以上", "asked for from over a year before the present permit ends"),
        UNLIKELY,
    ),
    Distance(
        "employment.contract_from",
        "employment.contract_to",
        *_years(None, 40),
        Text("合同期限超过 40 年", "a contract of over 40 years"),
    ),
    Distance(
        "employment.contract_from",
        "employment.contract_to",
        *_years(None, 10),
        Text("合同期限超过十年", "a contract of over ten years"),
        UNLIKELY,
    ),
    # ---- the latest entry
    Distance(
        "residence_request.entry_date",
        TODAY,
        *_years(None, 10),
        Text("最近一次入境在十年以前", "the latest entry lies over ten years back"),
    ),
    Distance(
        "residence_request.entry_date",
        TODAY,
        *_years(None, 5),
        Text("最近一次入境在五年以前", "the latest entry lies over five years back"),
        UNLIKELY,
    ),
    # ---- school and work
    Distance(
        _BIRTH,
        "education.from",
        *_years(3, 90),
        Text("入学早于 3 岁", "school from before the age of three"),
    ),
    Distance(
        _BIRTH,
        "education.from",
        *_years(10, None),
        Text("高中入学早于 10 岁", "high school from before the age of ten"),
        UNLIKELY,
        only=("high_school", "associate"),
    ),
    Distance(
        _BIRTH,
        "education.from",
        *_years(13, None),
        Text("大学入学早于 13 岁", "university from before the age of 13"),
        UNLIKELY,
        only=("bachelor", "master", "doctor"),
    ),
    Distance(
        "education.from",
        "education.to",
        *_years(None, 30),
        Text("一段学习超过 30 年", "one spell of study of over 30 years"),
    ),
    Distance(
        "education.from",
        "education.to",
        *_years(None, 12),
        Text("一段学习超过 12 年", "one spell of study of over twelve years"),
        UNLIKELY,
    ),
    Distance(
        TODAY,
        "education.to",
        *_years(None, 8),
        Text("毕业在八年以后", "study that ends over eight years from now"),
    ),
    Distance(
        _BIRTH,
        "work_history.from",
        *_years(10, None),
        Text("开始工作早于 10 岁", "work from before the age of ten"),
    ),
    Distance(
        _BIRTH,
        "work_history.from",
        *_years(15, None),
        Text("开始工作早于 15 岁", "work from before the age of 15"),
        UNLIKELY,
    ),
    Distance(
        TODAY,
        "work_history.to",
        *_years(None, 1),
        Text("工作经历结束于一年以后", "a job that ends over a year from now"),
        UNLIKELY,
    ),
    # ---- the family
    Distance("family.birth_date", TODAY, *_years(None, 110), Text("年龄超过 110 岁", "over 110 years old")),
    Distance(
        "family.birth_date",
        TODAY,
        *_years(16, None),
        Text("配偶不满 16 周岁", "a spouse under 16"),
        only=("spouse",),
    ),
    Distance(
        "family.birth_date",
        TODAY,
        *_years(18, None),
        Text("配偶不满 18 周岁", "a spouse under 18"),
        UNLIKELY,
        only=("spouse",),
    ),
    Distance(
        _BIRTH,
        "family.birth_date",
        *_years(-45, 45),
        Text("与配偶相差 45 岁以上", "over 45 years between the spouses"),
        UNLIKELY,
        only=("spouse",),
    ),
    Distance(
        _BIRTH,
        "family.birth_date",
        *_years(12, 80),
        Text("与子女相差不足 12 岁或超过 80 岁", "under 12 or over 80 years older than the child"),
        only=("child",),
    ),
    Distance(
        _BIRTH,
        "family.birth_date",
        *_years(16, 65),
        Text("与子女相差不足 16 岁或超过 65 岁", "under 16 or over 65 years older than the child"),
        UNLIKELY,
        only=("child",),
    ),
    Distance(
        "family.birth_date",
        _BIRTH,
        *_years(12, 80),
        Text("与父母相差不足 12 岁或超过 80 岁", "under 12 or over 80 years younger than the parent"),
        only=("parent",),
    ),
    Distance(
        "family.birth_date",
        _BIRTH,
        *_years(16, 65),
        Text("与父母相差不足 16 岁或超过 65 岁", "under 16 or over 65 years younger than the parent"),
        UNLIKELY,
        only=("parent",),
    ),
    Distance(
        "family.birth_date",
        TODAY,
        *_years(30, None),
        Text("配偶的父母不满 30 周岁", "a spouse's parent under 30"),
        only=("spouse_parent",),
    ),
)


def check(profile: Profile, on: date) -> Iterator[Finding]:
    told = _told_as_future(profile, on)
    for distance in (distance for kind in KINDS for distance in DISTANCES if distance.kind is kind):
        for earlier, later, where in _pairs(distance, profile, on):
            if not {earlier.place, later.place} & told and not distance.holds(earlier.day, later.day):
                told.add(where)
                yield distance.kind.at(where, Basis(distance.source), why=distance.why)


@dataclass(frozen=True)
class _Side:
    place: str
    day: date


def _told_as_future(profile: Profile, on: date) -> set[str]:
    return {finding.where for finding in future_dates(profile, on)}


def _pairs(distance: Distance, profile: Profile, on: date) -> Iterator[tuple[_Side, _Side, str]]:
    """Every pair of dates that the distance is about, with the place the person should look at first."""
    sides = (distance.earlier, distance.later)
    table = next((name for side in sides for name in _TABLES if side.startswith(f"{name}.")), "")
    for row_path, row in _rows(table, profile, distance.only) if table else [("", profile)]:
        seen = []
        for side in sides:
            column = side.removeprefix(f"{table}.") if table else side
            of_row = column != side
            day = _day(column, row if of_row else profile, on)
            if day is not None:
                seen.append(_Side(f"{row_path}.{column}" if of_row else side, day))
        if len(seen) == len(sides):
            yield seen[0], seen[1], _where(seen, row_path)


def _rows(table: str, profile: Profile, only: Sequence[str]) -> Iterator[tuple[str, BaseModel]]:
    for name in _TABLES[table]:
        for number, row in enumerate(getattr(profile, name), 1):
            if not only or getattr(row, "relation", getattr(row, "level", None)) in only:
                yield f"{name}[{number}]", row


def _day(path: str, model: BaseModel, on: date) -> date | None:
    """A date, or a month's first day; None where nothing is given."""
    value = on if path == TODAY else read(model, path)
    if isinstance(value, Month):
        return date(value.year, value.month, 1)
    return value if isinstance(value, date) else None


def _where(sides: Sequence[_Side], row: str) -> str:
    """In a table, the row's own date (the later one of two); else the later of both, or the one that is not today."""
    own = [side.place for side in sides if row and side.place.startswith(f"{row}.")]
    return (own or [side.place for side in sides if side.place != TODAY])[-1]
