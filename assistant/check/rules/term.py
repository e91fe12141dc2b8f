"""The period asked for: how long, and whether it fits contract, passport and the permits held."""

from collections.abc import Iterator
from datetime import timedelta

from assistant.check.city.rule_types import ExtensionLength, TermCheck
from assistant.check.deadlines.dates import add_months, years_between
from assistant.check.finding_kinds import Kind
from assistant.check.rules.case import Case
from assistant.messages import Text
from assistant.outcome import Finding

_TO = "employment.requested_to"
_UNTIL = "residence_request.until"
_LENGTH = "selectors/cities: extension, permit_caps"
_FIT = "selectors/cities: term_checks"

TOO_LONG = Kind(
    "term.too-long",
    "error",
    Text(
        "按申请人在华工作的年限，{city}一次最多延 {months} 个月；请缩短申请的期限",
        "after this many years of work in China, {city} extends by {months} months at most; ask for less",
    ),
    Text("申请的期限超过该城市允许的延期长度。", "The period asked for is longer than the city extends."),
    Text("超长的申请会被退回或缩短。", "A longer one is returned or cut."),
    Text(
        "缩短申请结束时间；在华工作满规定年限的，核对开始在华工作日期。",
        "Ask for less; if long in China, check the date work there began.",
    ),
    _LENGTH,
)
OVER_CAP = Kind(
    "term.over-category-cap",
    "error",
    Text(
        "申请的期限超过 {category} 类通常的上限 {months} 个月；请先确认",
        "the period is longer than class {category}'s usual cap of {months} months; ask first",
    ),
    Text("申请的期限超过该类别通常的上限。", "The period is longer than the category's usual cap."),
    Text("上限是通行做法，没有公开条文。", "The cap is practice; no public text states it."),
    Text("缩短期限，或先向主管部门确认。", "Ask for less, or ask the authority first."),
    _LENGTH,
)
LENGTH_UNKNOWN = Kind(
    "term.length-unknown",
    "warning",
    Text(
        "申请的期限超过 {months} 个月，{city}是否允许没有公布；请先确认",
        "the period is longer than {months} months; whether {city} allows it is not published, ask first",
    ),
    Text("该城市没有公布一次最多延多久。", "The city does not publish its longest extension."),
    Text("不知道就不能替您判断。", "What nobody has published is not guessed."),
    Text("申请一年以上的，先向主管部门确认。", "Ask the authority before asking for more than a year."),
    _LENGTH,
)
BEYOND_CONTRACT = Kind(
    "term.beyond-contract",
    "error",
    Text(
        "申请的结束时间晚于合同结束时间；请缩短期限或先续签合同",
        "the period asked for ends after the contract; ask for less or renew the contract first",
    ),
    Text("申请的期限晚于合同结束。", "The period runs past the contract's end."),
    Text("许可期限一般不超过合同期限。", "A permit does not usually outlast the contract."),
    Text("缩短期限，或先续签合同。", "Ask for less, or renew the contract first."),
    _FIT,
)
BEYOND_PASSPORT = Kind(
    "term.beyond-passport",
    "error",
    Text(
        "护照在所申请的期限内到期；请先换发护照或缩短期限",
        "the passport expires within the period asked for; renew it first or ask for less",
    ),
    Text("申请的期限晚于护照有效期。", "The period runs past the passport's expiry."),
    Text("居留许可一般不超过护照有效期。", "A residence permit does not usually outlast the passport."),
    Text("先换发护照，或缩短期限。", "Renew the passport first, or ask for less."),
    _FIT,
)
GAP = Kind(
    "term.gap",
    "error",
    Text(
        "申请的开始时间晚于现许可到期的次日，中间有空档；请改正",
        "the period asked for starts later than the day after the current permit ends; close the gap",
    ),
    Text("申请的开始时间与现许可之间有空档。", "There is a gap after the current permit."),
    Text("空档期间没有工作许可。", "There is no permit to work in the gap."),
    Text("把开始时间改为现许可到期日或次日。", "Start on the day the current permit ends, or the next."),
    _FIT,
)
BEYOND_WORK = Kind(
    "term.beyond-work",
    "error",
    Text(
        "申请居留期限晚于申请在华工作的结束时间；请使两者一致或先确认",
        "the residence asked for ends after the work asked for; make them agree or ask first",
    ),
    Text("申请的居留期限晚于申请的工作期限。", "The residence asked for outlasts the work asked for."),
    Text("工作类居留一般与工作许可同期。", "A work residence permit runs with the work permit."),
    Text("使两个日期一致，或先向出入境管理部门确认。", "Make the two dates agree, or ask the exit-entry office."),
    _FIT,
)
RESIDENCE_EXPIRES_FIRST = Kind(
    "residence.expires-first",
    "error",
    Text(
        "居留许可比工作许可先到期；请按较早的日期安排办理",
        "the residence permit expires before the work permit; plan by the earlier date",
    ),
    Text("居留许可比工作许可先到期。", "The residence permit expires before the work permit."),
    Text(
        "本工具的日期按工作许可计算，实际要更早办理。",
        "The dates here follow the work permit; you must act earlier.",
    ),
    Text("按较早的日期安排，向出入境管理部门确认期限。", "Plan by the earlier date; ask the exit-entry office."),
    _FIT,
)
RESIDENCE_LENGTH = Kind(
    "residence.length",
    "error",
    Text(
        "申请居留期限应在 {least} 日至 {most} 个月之间；请改正",
        "the residence asked for must be between {least} days and {most} months; correct it",
    ),
    Text("申请的居留期限短于或长于规定。", "The residence asked for is shorter or longer than allowed."),
    Text("工作类居留许可为 90 日至 5 年。", "Work residence permits run from 90 days to 5 years."),
    Text("改正申请居留期限。", "Correct the date asked for."),
    "selectors/cities: residence_length",
)
CONTRACT_GAP = Kind(
    "contract.gap",
    "error",
    Text(
        "新合同的开始晚于上一份合同（或现许可）结束的次日，中间有断档；请改正或补签",
        "the new contract begins later than the day after the last one (or the present permit) ends; close the gap",
    ),
    Text("新旧合同之间有断档。", "There is a gap between the old contract and the new one."),
    Text("延期合同一般须与上一份合同相衔接。", "The contract for an extension joins the last one."),
    Text("改正合同开始日期，或补签衔接的合同。", "Correct the contract's start, or sign for the time between."),
    _FIT,
)
KINDS = (
    CONTRACT_GAP,
    TOO_LONG,
    OVER_CAP,
    LENGTH_UNKNOWN,
    BEYOND_CONTRACT,
    BEYOND_PASSPORT,
    GAP,
    BEYOND_WORK,
    RESIDENCE_EXPIRES_FIRST,
    RESIDENCE_LENGTH,
)


def check(case: Case) -> Iterator[Finding]:
    yield from _length(case)
    yield from _residence_length(case)
    for rule in case.city.term_checks:
        yield from _CHECKS[rule.against](case, rule)


def _length(case: Case) -> Iterator[Finding]:
    start, end = case.profile.employment.requested_from, case.profile.employment.requested_to
    longest, city = _longest_extension(case), case.city.title.text
    cap = next((cap for cap in case.city.permit_caps if cap.covers(case.category)), None)
    if longest and not longest.unknown and end > add_months(start, longest.months):
        yield TOO_LONG.at(_TO, case.by(longest), months=longest.months, city=city)
    elif cap and end > add_months(start, cap.months):
        yield OVER_CAP.at(_TO, case.by(cap), months=cap.months, category=case.category[0])
    elif longest and longest.unknown and end > add_months(start, longest.months):
        yield LENGTH_UNKNOWN.at(_TO, case.by(longest), months=longest.months, city=city)


def _longest_extension(case: Case) -> ExtensionLength | None:
    """The most generous length whose years of work in China the applicant has."""
    years = years_between(case.profile.employment.in_china_since, case.on)
    open_to_them = [rule for rule in case.city.extension if years >= rule.years_in_china]
    return max(open_to_them, key=lambda rule: rule.months, default=None)


def _residence_length(case: Case) -> Iterator[Finding]:
    rule, until = case.city.residence_length, case.profile.residence_request.until
    if rule is None:
        return
    start = case.profile.employment.requested_from
    shortest = start + timedelta(days=rule.at_least_days - 1)
    if not shortest <= until <= add_months(start, rule.at_most_months):
        yield RESIDENCE_LENGTH.at(_UNTIL, case.by(rule), least=rule.at_least_days, most=rule.at_most_months)


# ---- what the dates are held against -------------------------------------------------------------------------------


def _against_contract(case: Case, rule: TermCheck) -> Iterator[Finding]:
    if case.on <= case.profile.employment.contract_to < case.profile.employment.requested_to:
        yield BEYOND_CONTRACT.at(_TO, case.by(rule))


def _against_passport(case: Case, rule: TermCheck) -> Iterator[Finding]:
    request = max(case.profile.residence_request.until, case.profile.employment.requested_to)
    if case.on <= case.profile.passport.expires_on < request:
        yield BEYOND_PASSPORT.at("passport.expires_on", case.by(rule))


def _against_current_permit(case: Case, rule: TermCheck) -> Iterator[Finding]:
    if case.profile.employment.requested_from > case.profile.work_permit.expires_on + timedelta(days=1):
        yield GAP.at("employment.requested_from", case.by(rule))


def _against_work_period(case: Case, rule: TermCheck) -> Iterator[Finding]:
    if case.profile.residence_request.until > case.profile.employment.requested_to:
        yield BEYOND_WORK.at(_UNTIL, case.by(rule))


def _against_residence_permit(case: Case, rule: TermCheck) -> Iterator[Finding]:
    residence = case.profile.residence_permit.expires_on
    if case.on <= residence < case.profile.work_permit.expires_on:
        yield RESIDENCE_EXPIRES_FIRST.at("residence_permit.expires_on", case.by(rule))


def _against_previous_contract(case: Case, rule: TermCheck) -> Iterator[Finding]:
    """The new contract joins the old one; without its end, the permit's must do, which it was given for."""
    employment = case.profile.employment
    ended = employment.previous_contract_to or case.profile.work_permit.expires_on
    if employment.contract_from > ended + timedelta(days=1):
        yield CONTRACT_GAP.at("employment.contract_from", case.by(rule))


_CHECKS = {
    "previous-contract": _against_previous_contract,
    "contract": _against_contract,
    "passport": _against_passport,
    "current-permit": _against_current_permit,
    "work-period": _against_work_period,
    "residence-permit": _against_residence_permit,
}
