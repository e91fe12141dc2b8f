"""Single values: odd numbers, dates that have not come yet, a degree no row shows, text that was read otherwise."""

from collections.abc import Iterator
from datetime import date

from assistant.check.finding_kinds import Kind
from assistant.check.rules.profile.persons import persons
from assistant.check.rules.profile.sources import OWN
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.loading import Profile
from assistant.profile.paths import read

FUTURE = Kind(
    "dates.future",
    "error",
    Text("在今天之后；请核对年份", "lies after today; check the year"),
    Text("已经发生的日期写成了今天之后。", "A date that has happened lies in the future."),
    Text("多半是年份写错。", "Most often a slip in the year."),
    Text("核对这个日期。", "Check this date."),
    OWN,
)
ODD_WORK_PERMIT = Kind(
    "number.work-permit",
    "warning",
    Text("一般为 6–20 位字母和数字；请对照证件核对", "is usually 6–20 letters and digits; compare it"),
    Text("工作许可证编号不是 6–20 位字母和数字。", "The work permit number is not 6–20 letters and digits."),
    Text("编号规则没有公布，只能提醒。", "No pattern is published, so this is only a hint."),
    Text("对照工作许可核对编号。", "Compare it with the permit."),
    OWN,
)
ODD_RESIDENCE_PERMIT = Kind(
    "number.residence-permit",
    "warning",
    Text("一般为 6–20 位字母和数字；请对照证件核对", "is usually 6–20 letters and digits; compare it"),
    Text("居留许可号码不是 6–20 位字母和数字。", "The residence permit number is not 6–20 letters and digits."),
    Text("号码规则没有公布，只能提醒。", "No pattern is published, so this is only a hint."),
    Text("对照居留许可核对号码。", "Compare it with the permit."),
    OWN,
)
DEGREE_DISAGREES = Kind(
    "degree.disagrees",
    "warning",
    Text("与教育经历中的最高学历不一致", "is not the highest level of the education rows"),
    Text("最高学位与教育经历不一致。", "The highest degree does not fit the education rows."),
    Text("两处不一致会被退回补正。", "Applications that contradict themselves are sent back."),
    Text("改正最高学位，或补上对应的教育经历。", "Correct it, or add the education row."),
    OWN,
)
REWRITTEN = Kind(
    "text.rewritten",
    "info",
    Text("含全角或不可见字符，已按半角使用", "has full-width or invisible characters; read as half-width"),
    Text("全角字母、数字或不可见字符已按半角使用。", "Full-width or invisible characters are used as plain ones."),
    Text("平台会把全角和半角当作不同的字符。", "A portal takes full and half width for different characters."),
    Text("无需处理；想避免提示，可在文件中改为半角。", "Nothing; retype it in half width to lose this note."),
    OWN,
)
KINDS = (
    FUTURE,
    ODD_WORK_PERMIT,
    ODD_RESIDENCE_PERMIT,
    DEGREE_DISAGREES,
    REWRITTEN,
)


_DEGREES = ("other", "high_school", "associate", "bachelor", "master", "doctor")
_PAST = (
    "applicant.birth_date",
    "passport.issued_on",
    "employment.in_china_since",
    "residence_request.entry_date",
)


def check(profile: Profile, on: date) -> Iterator[Finding]:
    yield from future_dates(profile, on)
    yield from _odd_numbers(profile)
    yield from _degree(profile)
    for path in profile.rewritten:
        yield REWRITTEN.at(path)


def future_dates(profile: Profile, on: date) -> Iterator[Finding]:
    """What has happened, dated after today."""
    for path in _PAST:
        day = read(profile, path)
        if isinstance(day, date) and day > on:
            yield FUTURE.at(path)
    for path, person in persons(profile):
        if path != "applicant" and person.birth_date > on:
            yield FUTURE.at(f"{path}.birth_date")


def _odd_numbers(profile: Profile) -> Iterator[Finding]:
    if _is_odd(profile.work_permit.number):
        yield ODD_WORK_PERMIT.at("work_permit.number")
    if _is_odd(profile.residence_permit.number):
        yield ODD_RESIDENCE_PERMIT.at("residence_permit.number")


def _is_odd(number: str) -> bool:
    return not (number.isascii() and number.isalnum() and 6 <= len(number) <= 20)


def _degree(profile: Profile) -> Iterator[Finding]:
    highest = max((row.level for row in profile.education), key=_DEGREES.index)
    if highest != profile.applicant.highest_degree:
        yield DEGREE_DISAGREES.at("applicant.highest_degree")
