"""Education and work: months without either, twice, in the future, and whether the present employer is there."""

from collections.abc import Iterator
from datetime import date

from assistant.check.finding_kinds import Basis, Kind
from assistant.check.rules import history
from assistant.check.rules.profile.sources import BEIJING_GUIDE, OWN, SYSTEM_2026
from assistant.messages import Text
from assistant.normalize import half_width
from assistant.outcome import Finding
from assistant.profile.loading import Profile

GAP = Kind(
    "history.gap",
    "error",
    Text(
        "{span} 共 {months} 个月没有教育或工作经历；请补上，没有工作也要写明",
        "{span}: {months} months without education or work; add them, spells without work too",
    ),
    Text("教育和工作经历之间有月份没有填写。", "Months between education and work are not covered."),
    Text("全国系统自 2026 年 2 月起不接受有空档的经历。", "Since February 2026 the national system takes no gaps."),
    Text(
        "补上这些月份；没有工作的期间也要列出，单位写「待业」。",
        "Add these months; list spells without work too, employer 待业.",
    ),
    SYSTEM_2026,
)
OVERLAP = Kind(
    "history.overlap",
    "info",
    Text(
        "与 {other} 有 {months} 个月重叠；若不是在职学习或兼职，请核对起止年月",
        "shares {months} months with {other}; unless it was study beside work, check the months",
    ),
    Text("两段经历有一个月以上的重叠。", "Two rows share more than one month."),
    Text("在职读书等情况可以重叠；若是笔误，会被退回补正。", "Fine for study beside work; a slip is sent back."),
    Text("核对这两段的起止年月。", "Check the months of both rows."),
    SYSTEM_2026,
)
FUTURE_ROW = Kind(
    "history.future",
    "error",
    Text("起始年月在今天之后；请改正", "begins after today; correct it"),
    Text("经历的起始年月在今天之后。", "A row of the history begins in the future."),
    Text("经历只能是已经发生的。", "A history tells what has happened."),
    Text("改正起始年月，或删除这一行。", "Correct the month or remove the row."),
    OWN,
)
NOT_HERE = Kind(
    "history.not-here",
    "warning",
    Text(
        "没有一段结束年月留空、单位与 employer.name 相同的经历；延期要求仍在本单位任职",
        "no row without an end names the same employer as employer.name; an extension is for who still works there",
    ),
    Text(
        "工作经历的最后一段不是现在的单位，或已写了结束年月。",
        "The history does not end with the present employer.",
    ),
    Text("延期要求同一单位、同一岗位。", "An extension is for the same employer and position."),
    Text(
        "补上现单位这一段，结束年月留空；单位名称与营业执照一致。",
        "Add the present job without an end; the name as on the licence.",
    ),
    BEIJING_GUIDE,
)
KINDS = (
    GAP,
    OVERLAP,
    FUTURE_ROW,
    NOT_HERE,
)
_LONG_AGO = Basis(
    SYSTEM_2026, Text("十年以前，个别窗口可能不要求", "over ten years ago: not every office asks"), sure=False
)


def check(profile: Profile, on: date) -> Iterator[Finding]:
    yield from _gaps(profile, on)
    yield from _overlaps(profile, on)
    yield from _in_the_future(profile, on)
    yield from _not_with_this_employer(profile)


def _gaps(profile: Profile, on: date) -> Iterator[Finding]:
    for span in history.gaps(profile, on):
        basis = Basis(SYSTEM_2026) if history.is_recent(span, on) else _LONG_AGO
        yield GAP.at("work_history", basis, span=span, months=span.months)


def _overlaps(profile: Profile, on: date) -> Iterator[Finding]:
    for overlap in history.overlaps(profile, on):
        first, second = overlap.rows
        yield OVERLAP.at(second, other=first, months=overlap.span.months)


def _in_the_future(profile: Profile, on: date) -> Iterator[Finding]:
    for table, rows in (("education", profile.education), ("work_history", profile.work_history)):
        for number, row in enumerate(rows, 1):
            if (row.from_.year, row.from_.month) > (on.year, on.month):
                yield FUTURE_ROW.at(f"{table}[{number}].from")


def _not_with_this_employer(profile: Profile) -> Iterator[Finding]:
    here = half_width(profile.employer.name)
    if not any(job.to is None and half_width(job.employer) == here for job in profile.work_history):
        yield NOT_HERE.at("work_history")
