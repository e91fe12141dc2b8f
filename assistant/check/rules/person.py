"""The person: age, and the residence permit held now."""

from collections.abc import Iterator

from assistant.check.city.rule_types import AgeLimit
from assistant.check.deadlines.dates import years_between
from assistant.check.finding_kinds import Kind
from assistant.check.rules.case import Case
from assistant.messages import Text
from assistant.outcome import Finding

_BIRTH = "applicant.birth_date"
_AGE = "selectors/cities: age"
_HELD = "selectors/cities: residence_held"

OVER_LIMIT = Kind(
    "age.over-limit",
    "error",
    Text(
        "申请人已满 {age} 周岁，{city}不受理 {category} 类延期",
        "the applicant is {age} or older: {city} refuses class {category} extensions",
    ),
    Text("年龄已到该类别的上限。", "The applicant has reached the category's age limit."),
    Text("到上限的延期申请会被拒绝。", "Extensions from this age on are refused."),
    Text(
        "核对出生日期；考虑符合条件的 A 类或法规规定的例外。",
        "Check the birth date; consider class A or an exception in law.",
    ),
    _AGE,
)
AT_LIMIT = Kind(
    "age.at-limit",
    "warning",
    Text(
        "申请人已满 {age} 周岁，年龄上限的说法不一；请先向主管部门确认",
        "the applicant is {age} or older, where sources on the age limit differ; ask the authority first",
    ),
    Text("年龄上限的来源说法不一，或有两种理解。", "Sources on the age limit differ or can be read either way."),
    Text("能否受理要由主管部门说明。", "Only the authority can say whether it is accepted."),
    Text("提交前致电确认。", "Call before filing."),
    _AGE,
)
TERM_CROSSES = Kind(
    "age.term-crosses-limit",
    "warning",
    Text(
        "申请人将在所申请的期限内年满 {age} 周岁：期限可能被缩短，之后 {category} 类可能不能再延期；请提前确认",
        "the applicant turns {age} within the period asked for: the term may be cut and class {category} may not be extended after that; ask now",
    ),
    Text("申请的期限内将达到年龄上限。", "The age limit is reached within the period asked for."),
    Text("期限可能被缩短，下一次延期会被拒绝。", "The term may be cut, and the next extension refused."),
    Text("提前与主管部门确认期限，并规划下一次办理。", "Ask about the term and plan the next renewal now."),
    _AGE,
)
RESIDENCE_EXPIRED = Kind(
    "residence.expired",
    "error",
    Text(
        "现持居留许可已过期；请核对日期，确已过期的立即联系出入境管理部门",
        "the residence permit has expired; check the date, and if it is right call the exit-entry office at once",
    ),
    Text("现持居留许可已过期。", "The residence permit held now has expired."),
    Text("合并延期要求有效的居留许可；过期居留有处罚。", "The extension needs a valid one; overstaying is punished."),
    Text(
        "核对有效期；确已过期的，立即联系出入境管理部门。",
        "Check the date; if right, call the exit-entry office at once.",
    ),
    _HELD,
)
NOT_FOR_WORK = Kind(
    "residence.not-work",
    "error",
    Text(
        "现持居留许可不是工作类，不能合并延期；请核对居留事由，或先办理变更",
        "the residence permit is not for work, so it can't be extended here; check its purpose or change it first",
    ),
    Text("现持居留许可不是工作类。", "The residence permit held now is not a work permit's."),
    Text("该城市要求提交有效的工作类居留许可页。", "The city asks for the page of a work-type permit."),
    Text("核对居留事由；不是工作类的，先办理变更。", "Check the purpose; if it is another, have it changed first."),
    _HELD,
)
NO_RESIDENCE_PERMIT = Kind(
    "residence.not-held",
    "warning",
    Text(
        "现持的不是居留证件，延期居留许可的前提可能不成立；请先向出入境管理部门确认",
        "no residence permit is held now, so there may be none to extend; ask the exit-entry office first",
    ),
    Text(
        "现持签证、停留证件或免签，不是居留证件。", "A visa, a stay permit or a visa-free entry, no residence permit."
    ),
    Text("合并延期是把现有的居留许可往后延。", "The combined extension lengthens a residence permit held."),
    Text(
        "核对现持证件的种类；确实如此的，先向出入境管理部门咨询。",
        "Check what is held; if it is so, ask the exit-entry office.",
    ),
    "selectors/cities: other_documents",
)
KINDS = (
    NO_RESIDENCE_PERMIT,
    OVER_LIMIT,
    AT_LIMIT,
    TERM_CROSSES,
    RESIDENCE_EXPIRED,
    NOT_FOR_WORK,
)


def check(case: Case) -> Iterator[Finding]:
    sex = case.profile.applicant.sex
    limit = next((rule for rule in case.city.age if rule.is_for(case.category, sex)), None)
    if limit is not None:
        yield from _age(case, limit)
    yield from _residence(case)


def _age(case: Case, limit: AgeLimit) -> Iterator[Finding]:
    birth, category, city = case.profile.applicant.birth_date, case.category[0], case.city.title.text
    doubtful_from = limit.unclear_from or limit.refused_from
    age = years_between(birth, case.on)
    if age >= limit.refused_from:
        yield OVER_LIMIT.at(_BIRTH, case.by(limit), age=limit.refused_from, city=city, category=category)
    elif age >= doubtful_from:
        yield AT_LIMIT.at(_BIRTH, case.by(limit), age=doubtful_from)
    elif years_between(birth, case.profile.employment.requested_to) >= doubtful_from:
        yield TERM_CROSSES.at(_BIRTH, case.by(limit), age=doubtful_from, category=category)


def _residence(case: Case) -> Iterator[Finding]:
    held, rule = case.profile.residence_permit, case.city.residence_held
    if held.expires_on < case.on:
        yield RESIDENCE_EXPIRED.at("residence_permit.expires_on", case.certainly(rule))
    for other in case.city.other_documents:
        if other.held == held.held:
            yield NO_RESIDENCE_PERMIT.at("residence_permit.held", case.by(other))
    if rule.purposes and held.purpose not in rule.purposes:
        yield NOT_FOR_WORK.at("residence_permit.purpose", case.certainly(rule))
