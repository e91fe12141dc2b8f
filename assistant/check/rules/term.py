"""The period asked for: how long, and whether it fits contract, passport and the permits held."""

from collections.abc import Iterator
from datetime import timedelta

from assistant.check.city.rule_types import ExtensionLength, TermCheck
from assistant.check.deadlines.dates import add_months, full_years
from assistant.check.rules.case import Case
from assistant.messages import Text
from assistant.outcome import Finding, FindingDoc

_TO = "employment.requested_to"
_UNTIL = "residence_request.until"
_LENGTH = "selectors/cities: extension, permit_caps"
_FIT = "selectors/cities: term_checks"

CODES = (
    FindingDoc(
        "term.too-long",
        Text("申请的期限超过该城市允许的延期长度。", "The period asked for is longer than the city extends."),
        Text("超长的申请会被退回或缩短。", "A longer one is returned or cut."),
        Text(
            "缩短申请结束时间；在华工作满规定年限的，核对开始在华工作日期。",
            "Ask for less; if long in China, check the date work there began.",
        ),
        _LENGTH,
    ),
    FindingDoc(
        "term.over-category-cap",
        Text("申请的期限超过该类别通常的上限。", "The period is longer than the category's usual cap."),
        Text("上限是通行做法，没有公开条文。", "The cap is practice; no public text states it."),
        Text("缩短期限，或先向主管部门确认。", "Ask for less, or ask the authority first."),
        _LENGTH,
    ),
    FindingDoc(
        "term.length-unknown",
        Text("该城市没有公布一次最多延多久。", "The city does not publish its longest extension."),
        Text("不知道就不能替您判断。", "What nobody has published is not guessed."),
        Text("申请一年以上的，先向主管部门确认。", "Ask the authority before asking for more than a year."),
        _LENGTH,
    ),
    FindingDoc(
        "term.beyond-contract",
        Text("申请的期限晚于合同结束。", "The period runs past the contract's end."),
        Text("许可期限一般不超过合同期限。", "A permit does not usually outlast the contract."),
        Text("缩短期限，或先续签合同。", "Ask for less, or renew the contract first."),
        _FIT,
    ),
    FindingDoc(
        "term.beyond-passport",
        Text("申请的期限晚于护照有效期。", "The period runs past the passport's expiry."),
        Text("居留许可一般不超过护照有效期。", "A residence permit does not usually outlast the passport."),
        Text("先换发护照，或缩短期限。", "Renew the passport first, or ask for less."),
        _FIT,
    ),
    FindingDoc(
        "term.gap",
        Text("申请的开始时间与现许可之间有空档。", "There is a gap after the current permit."),
        Text("空档期间没有工作许可。", "There is no permit to work in the gap."),
        Text("把开始时间改为现许可到期日或次日。", "Start on the day the current permit ends, or the next."),
        _FIT,
    ),
    FindingDoc(
        "term.beyond-work",
        Text("申请的居留期限晚于申请的工作期限。", "The residence asked for outlasts the work asked for."),
        Text("工作类居留一般与工作许可同期。", "A work residence permit runs with the work permit."),
        Text("使两个日期一致，或先向出入境管理部门确认。", "Make the two dates agree, or ask the exit-entry office."),
        _FIT,
    ),
    FindingDoc(
        "residence.expires-first",
        Text("居留许可比工作许可先到期。", "The residence permit expires before the work permit."),
        Text(
            "本工具的日期按工作许可计算，实际要更早办理。",
            "The dates here follow the work permit; you must act earlier.",
        ),
        Text("按较早的日期安排，向出入境管理部门确认期限。", "Plan by the earlier date; ask the exit-entry office."),
        _FIT,
    ),
    FindingDoc(
        "residence.length",
        Text("申请的居留期限短于或长于规定。", "The residence asked for is shorter or longer than allowed."),
        Text("工作类居留许可为 90 日至 5 年。", "Work residence permits run from 90 days to 5 years."),
        Text("改正申请居留期限。", "Correct the date asked for."),
        "selectors/cities: residence_length",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    yield from _length(case)
    yield from _residence_length(case)
    for rule in case.city.term_checks:
        yield from _CHECKS[rule.against](case, rule)


def _length(case: Case) -> Iterator[Finding]:
    start, end = case.profile.employment.requested_from, case.profile.employment.requested_to
    longest = _longest_extension(case)
    cap = next((cap for cap in case.city.permit_caps if cap.covers(case.category)), None)
    if longest and not longest.unknown and end > add_months(start, longest.months):
        yield case.finding(
            "term.too-long",
            case.stated(longest),
            _TO,
            longest,
            f"按申请人在华工作的年限，{case.city.title.zh}一次最多延 {longest.months} 个月；请缩短申请的期限",
            f"after this many years of work in China, {case.city.title.en} extends by {longest.months} months at most; "
            "ask for less",
        )
    elif cap and end > add_months(start, cap.months):
        yield case.finding(
            "term.over-category-cap",
            case.stated(cap),
            _TO,
            cap,
            f"申请的期限超过 {case.category[0]} 类通常的上限 {cap.months} 个月；请先确认",
            f"the period is longer than class {case.category[0]}'s usual cap of {cap.months} months; ask first",
        )
    elif longest and longest.unknown and end > add_months(start, longest.months):
        yield case.finding(
            "term.length-unknown",
            "warning",
            _TO,
            longest,
            f"申请的期限超过 {longest.months} 个月，{case.city.title.zh}是否允许没有公布；请先确认",
            f"the period is longer than {longest.months} months; whether {case.city.title.en} allows it is "
            "not published, ask first",
        )


def _longest_extension(case: Case) -> ExtensionLength | None:
    """The most generous length whose years of work in China the applicant has."""
    years = full_years(case.profile.employment.in_china_since, case.on)
    open_to_them = [rule for rule in case.city.extension if years >= rule.years_in_china]
    return max(open_to_them, key=lambda rule: rule.months, default=None)


def _residence_length(case: Case) -> Iterator[Finding]:
    rule, until = case.city.residence_length, case.profile.residence_request.until
    if rule is None:
        return
    start = case.profile.employment.requested_from
    shortest = start + timedelta(days=rule.at_least_days - 1)
    if not shortest <= until <= add_months(start, rule.at_most_months):
        yield case.finding(
            "residence.length",
            case.stated(rule),
            _UNTIL,
            rule,
            f"申请居留期限应在 {rule.at_least_days} 日至 {rule.at_most_months} 个月之间；请改正",
            f"the residence asked for must be between {rule.at_least_days} days and {rule.at_most_months} months; "
            "correct it",
        )


# ---- what the dates are held against -------------------------------------------------------------------------------


def _against_contract(case: Case, rule: TermCheck) -> Iterator[Finding]:
    if case.on <= case.profile.employment.contract_to < case.profile.employment.requested_to:
        yield case.finding(
            "term.beyond-contract",
            case.stated(rule),
            _TO,
            rule,
            "申请的结束时间晚于合同结束时间；请缩短期限或先续签合同",
            "the period asked for ends after the contract; ask for less or renew the contract first",
        )


def _against_passport(case: Case, rule: TermCheck) -> Iterator[Finding]:
    request = max(case.profile.residence_request.until, case.profile.employment.requested_to)
    if case.on <= case.profile.passport.expires_on < request:
        yield case.finding(
            "term.beyond-passport",
            case.stated(rule),
            "passport.expires_on",
            rule,
            "护照在所申请的期限内到期；请先换发护照或缩短期限",
            "the passport expires within the period asked for; renew it first or ask for less",
        )


def _against_current_permit(case: Case, rule: TermCheck) -> Iterator[Finding]:
    if case.profile.employment.requested_from > case.profile.work_permit.expires_on + timedelta(days=1):
        yield case.finding(
            "term.gap",
            case.stated(rule),
            "employment.requested_from",
            rule,
            "申请的开始时间晚于现许可到期的次日，中间有空档；请改正",
            "the period asked for starts later than the day after the current permit ends; close the gap",
        )


def _against_work_period(case: Case, rule: TermCheck) -> Iterator[Finding]:
    if case.profile.residence_request.until > case.profile.employment.requested_to:
        yield case.finding(
            "term.beyond-work",
            case.stated(rule),
            _UNTIL,
            rule,
            "申请居留期限晚于申请在华工作的结束时间；请使两者一致或先确认",
            "the residence asked for ends after the work asked for; make them agree or ask first",
        )


def _against_residence_permit(case: Case, rule: TermCheck) -> Iterator[Finding]:
    residence = case.profile.residence_permit.expires_on
    if case.on <= residence < case.profile.work_permit.expires_on:
        yield case.finding(
            "residence.expires-first",
            case.stated(rule),
            "residence_permit.expires_on",
            rule,
            "居留许可比工作许可先到期；请按较早的日期安排办理",
            "the residence permit expires before the work permit; plan by the earlier date",
        )


_CHECKS = {
    "contract": _against_contract,
    "passport": _against_passport,
    "current-permit": _against_current_permit,
    "work-period": _against_work_period,
    "residence-permit": _against_residence_permit,
}
