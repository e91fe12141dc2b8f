"""Whose e-mail and telephone numbers are given: the applicant's own, and another person's for emergencies."""

from collections.abc import Iterator
from datetime import date

from assistant.check.finding_kinds import Kind
from assistant.check.rules.profile.sources import OWN, TIANJIN_BASIC
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.loading import Profile

SAME_EMAIL = Kind(
    "contact.same-email",
    "error",
    Text("与经办人的邮箱相同；请填申请人本人的邮箱", "is the handler's; give the applicant's own"),
    Text("申请人的电子邮箱与经办人的相同。", "The applicant's e-mail is the handler's."),
    Text("全国系统要求两者不同。", "The national system demands two different ones."),
    Text("填写申请人本人的邮箱。", "Give the applicant's own e-mail."),
    TIANJIN_BASIC,
)
SAME_PHONE = Kind(
    "contact.same-phone",
    "error",
    Text("与 {listed} 相同；请填申请人本人的电话", "is the same as {listed}; give the applicant's own"),
    Text("申请人的电话与单位登记的电话相同。", "The applicant's phone is one the company registered."),
    Text(
        "全国系统要求申请人电话不同于单位登记的任何号码。",
        "It must differ from every number the company registered.",
    ),
    Text("填写申请人本人的电话。", "Give the applicant's own phone."),
    TIANJIN_BASIC,
)
SAME_EMERGENCY_PHONE = Kind(
    "contact.emergency-same",
    "warning",
    Text("与申请人本人的电话相同；请填另一个人的", "is the applicant's own phone; give another person's"),
    Text("紧急联系人的电话就是申请人自己的。", "The emergency contact has the applicant's own phone."),
    Text("出事时联系不到别人。", "Nobody else could be reached."),
    Text("填写另一个人的电话。", "Give another person's phone."),
    OWN,
)
KINDS = (
    SAME_EMAIL,
    SAME_PHONE,
    SAME_EMERGENCY_PHONE,
)


def check(profile: Profile, on: date) -> Iterator[Finding]:
    applicant, employer = profile.applicant, profile.employer
    if applicant.email.casefold() == employer.handler.email.casefold():
        yield SAME_EMAIL.at("applicant.email")
    company = {
        "employer.handler.mobile": employer.handler.mobile,
        "employer.contact.phone": employer.contact.phone,
        "employer.landline": employer.landline,
    }
    shared = [path for path, number in company.items() if _digits(number) == _digits(applicant.phone)]
    if shared:
        yield SAME_PHONE.at("applicant.phone", listed=", ".join(shared))
    if _digits(applicant.emergency_contact.phone) == _digits(applicant.phone):
        yield SAME_EMERGENCY_PHONE.at("applicant.emergency_contact.phone")


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))
