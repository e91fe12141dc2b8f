"""What the case rests on must last until the day of filing: passport and contract, and a period beyond the permit held."""

from collections.abc import Iterator

from assistant.check.city.rule_types import StillValid
from assistant.check.finding_kinds import Kind
from assistant.check.rules.case import Case
from assistant.messages import Text
from assistant.outcome import Finding

_CITY_FILE = "selectors/cities: still_valid"

PASSPORT_EXPIRED = Kind(
    "passport.expired",
    "error",
    Text(
        "护照已过期，不能延期；请先换发护照，日期填错的请改正",
        "the passport has expired, so nothing can be extended; renew it first, or correct the date",
    ),
    Text("护照已过期。", "The passport has expired."),
    Text("居留许可须凭有效护照办理。", "A residence permit is given in a valid passport only."),
    Text(
        "先换发护照，再更新资料和护照扫描件；日期填错的请改正。",
        "Renew the passport, then update the profile and the scan; if the date is wrong, correct it.",
    ),
    _CITY_FILE,
)
CONTRACT_ENDED = Kind(
    "contract.ended",
    "error",
    Text(
        "聘用合同已到期；请先续签合同，日期填错的请改正",
        "the employment contract has ended; renew it first, or correct the date",
    ),
    Text("聘用合同已到期。", "The employment contract has ended."),
    Text("延期的前提是现单位继续聘用。", "Only who goes on being employed can be extended."),
    Text("续签合同并更新资料；日期填错的请改正。", "Renew the contract and update the profile, or correct the date."),
    _CITY_FILE,
)
NOT_LONGER = Kind(
    "term.not-longer",
    "error",
    Text(
        "申请的期限已经过去，或不晚于现有工作许可的有效期；请改正",
        "the period asked for is over already or ends no later than the permit held; correct it",
    ),
    Text(
        "申请的期限已经过去，或不晚于现有工作许可。",
        "The period asked for is over already, or ends no later than the permit held.",
    ),
    Text("这样的申请没有延长任何期限，多半是年份写错。", "It lengthens nothing; most often a slip in the year."),
    Text("改正申请在华工作的结束时间。", "Correct the end of the period asked for."),
    _CITY_FILE,
)
KINDS = (
    PASSPORT_EXPIRED,
    CONTRACT_ENDED,
    NOT_LONGER,
)


def check(case: Case) -> Iterator[Finding]:
    for rule in case.city.still_valid:
        yield from _CHECKS[rule.what](case, rule)


def _passport(case: Case, rule: StillValid) -> Iterator[Finding]:
    if case.profile.passport.expires_on < case.on:
        yield PASSPORT_EXPIRED.at("passport.expires_on", case.by(rule))


def _contract(case: Case, rule: StillValid) -> Iterator[Finding]:
    if case.profile.employment.contract_to < case.on:
        yield CONTRACT_ENDED.at("employment.contract_to", case.by(rule))


def _period(case: Case, rule: StillValid) -> Iterator[Finding]:
    end = case.profile.employment.requested_to
    if end < case.on or end <= case.profile.work_permit.expires_on:
        yield NOT_LONGER.at("employment.requested_to", case.by(rule))


_CHECKS = {"passport": _passport, "contract": _contract, "period": _period}
