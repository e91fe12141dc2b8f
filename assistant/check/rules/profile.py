"""What a person should see about a profile that loads: contradictions, gaps, doubts. No rule of a city stands here.

Each check looks at the values, answers with findings (codes in `CODES`) and never repeats a value.
"""

from collections.abc import Callable, Iterator
from datetime import date

from assistant.check.rules import history
from assistant.check.rules.profile_codes import CODES, DOCS
from assistant.messages import Text
from assistant.normalize import half_width
from assistant.outcome import Finding, Severity
from assistant.profile.loading import Person, Profile, value_at

__all__ = ["CODES", "check_profile"]

_DEGREES = ("other", "high_school", "associate", "bachelor", "master", "doctor")
_PAST = (
    "applicant.birth_date",
    "passport.issued_on",
    "employment.in_china_since",
    "residence_request.entry_date",
)
_NOT_FOREIGN = frozenset({"CHN", "HKG", "MAC", "TWN"})


def check_profile(profile: Profile, on: date) -> list[Finding]:
    """Every finding about the profile's own values, as of the day `on`."""
    return [finding for check in _CHECKS for finding in check(profile, on)]


def _finding(code: str, severity: Severity, where: str, message: Text) -> Finding:
    return Finding(code, severity, where, message, source=DOCS[code].source)


def _gaps(profile: Profile, on: date) -> Iterator[Finding]:
    for span in history.gaps(profile, on):
        recent = history.is_recent(span, on)
        advice_zh = "" if recent else "（十年以前，个别窗口可能不要求）"
        advice_en = "" if recent else " (over ten years ago: not every office asks)"
        yield _finding(
            "history.gap",
            "error" if recent else "warning",
            "work_history",
            Text(
                f"{span} 共 {span.months} 个月没有教育或工作经历；请补上，没有工作也要写明{advice_zh}",
                f"{span}: {span.months} months without education or work; add them, spells without work too{advice_en}",
            ),
        )


def _overlaps(profile: Profile, on: date) -> Iterator[Finding]:
    for overlap in history.overlaps(profile, on):
        first, second = overlap.rows
        yield _finding(
            "history.overlap",
            "info",
            second,
            Text(
                f"与 {first} 有 {overlap.span.months} 个月重叠；若不是在职学习或兼职，请核对起止年月",
                f"shares {overlap.span.months} months with {first}; unless it was study beside work, check the months",
            ),
        )


def _history_in_the_future(profile: Profile, on: date) -> Iterator[Finding]:
    for table, rows in (("education", profile.education), ("work_history", profile.work_history)):
        for number, row in enumerate(rows, 1):
            if (row.from_.year, row.from_.month) > (on.year, on.month):
                yield _finding(
                    "history.future",
                    "error",
                    f"{table}[{number}].from",
                    Text("起始年月在今天之后；请改正", "begins after today; correct it"),
                )


def _not_with_this_employer(profile: Profile, on: date) -> Iterator[Finding]:
    here = half_width(profile.employer.name)
    if not any(job.to is None and half_width(job.employer) == here for job in profile.work_history):
        yield _finding(
            "history.not-here",
            "warning",
            "work_history",
            Text(
                "没有一段结束年月留空、单位与 employer.name 相同的经历；延期要求仍在本单位任职",
                "no row without an end names the same employer as employer.name; an extension is for who still works there",
            ),
        )


def _shared_contacts(profile: Profile, on: date) -> Iterator[Finding]:
    applicant, employer = profile.applicant, profile.employer
    if applicant.email.casefold() == employer.handler.email.casefold():
        yield _finding(
            "contact.same-email",
            "error",
            "applicant.email",
            Text("与经办人的邮箱相同；请填申请人本人的邮箱", "is the handler's; give the applicant's own"),
        )
    company = {
        "employer.handler.mobile": employer.handler.mobile,
        "employer.contact.phone": employer.contact.phone,
        "employer.landline": employer.landline,
    }
    shared = [path for path, number in company.items() if _digits(number) == _digits(applicant.phone)]
    if shared:
        listed = ", ".join(shared)
        yield _finding(
            "contact.same-phone",
            "error",
            "applicant.phone",
            Text(f"与 {listed} 相同；请填申请人本人的电话", f"is the same as {listed}; give the applicant's own"),
        )
    if _digits(applicant.emergency_contact.phone) == _digits(applicant.phone):
        yield _finding(
            "contact.emergency-same",
            "warning",
            "applicant.emergency_contact.phone",
            Text("与申请人本人的电话相同；请填另一个人的", "is the applicant's own phone; give another person's"),
        )


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))


def _odd_numbers(profile: Profile, on: date) -> Iterator[Finding]:
    for code, path in (
        ("number.work-permit", "work_permit.number"),
        ("number.residence-permit", "residence_permit.number"),
    ):
        number = value_at(profile, path)
        if not (number.isascii() and number.isalnum() and 6 <= len(number) <= 20):
            yield _finding(
                code,
                "warning",
                path,
                Text("一般为 6–20 位字母和数字；请对照证件核对", "is usually 6–20 letters and digits; compare it"),
            )


def _rewritten(profile: Profile, on: date) -> Iterator[Finding]:
    for path in profile.rewritten:
        yield _finding(
            "text.rewritten",
            "info",
            path,
            Text("含全角或不可见字符，已按半角使用", "has full-width or invisible characters; read as half-width"),
        )


def _names(profile: Profile, on: date) -> Iterator[Finding]:
    for path, person in _persons(profile):
        if len(f"{person.surname}  {person.given_names or ''}".rstrip()) > 39:
            yield _finding(
                "name.cut-off",
                "warning",
                f"{path}.surname",
                Text(
                    "姓名超过 39 个字符，机读码会截断；平台请填完整姓名，并核对自动识别的结果",
                    "over 39 characters, so the machine readable zone cuts it; give portals the whole name and check "
                    "what they read by themselves",
                ),
            )
        if person.given_names is None:
            yield _finding(
                "name.single",
                "warning",
                f"{path}.given_names",
                Text(
                    "没有名；平台的填法没有公布，请先向主管部门确认",
                    "no given names; ask the authority what portals expect",
                ),
            )
    if "CHN" in profile.passport.previous_nationalities and profile.applicant.chinese_name is None:
        yield _finding(
            "name.chinese-missing",
            "warning",
            "applicant.chinese_name",
            Text("曾有中国国籍的申请人须填中文姓名", "a former Chinese national gives the Chinese name"),
        )


def _persons(profile: Profile) -> Iterator[tuple[str, Person]]:
    yield "applicant", profile.applicant
    for number, member in enumerate(profile.family, 1):
        yield f"family[{number}]", member
    for number, companion in enumerate(profile.companions, 1):
        yield f"companions[{number}]", companion


def _identity(profile: Profile, on: date) -> Iterator[Finding]:
    if profile.applicant.nationality in _NOT_FOREIGN:
        yield _finding(
            "nationality.not-foreign",
            "error",
            "applicant.nationality",
            Text("不是外国国籍；外国人工作许可不适用", "is not a foreign nationality; these permits do not apply"),
        )
    if profile.passport.mrz is None:
        yield _finding(
            "passport.no-mrz",
            "info",
            "passport.mrz",
            Text(
                "没有填机读码，无法核对号码、姓名和日期", "not given, so number, names and dates are not cross-checked"
            ),
        )


def _past_dates(profile: Profile, on: date) -> Iterator[Finding]:
    for path in _PAST:
        if value_at(profile, path) > on:
            yield _future(path)
    for path, person in _persons(profile):
        if path != "applicant" and person.birth_date > on:
            yield _future(f"{path}.birth_date")


def _future(path: str) -> Finding:
    return _finding("dates.future", "error", path, Text("在今天之后；请核对年份", "lies after today; check the year"))


def _degree(profile: Profile, on: date) -> Iterator[Finding]:
    highest = max((row.level for row in profile.education), key=_DEGREES.index)
    if highest != profile.applicant.highest_degree:
        yield _finding(
            "degree.disagrees",
            "warning",
            "applicant.highest_degree",
            Text("与教育经历中的最高学历不一致", "is not the highest level of the education rows"),
        )


def _family(profile: Profile, on: date) -> Iterator[Finding]:
    if profile.applicant.marital_status != "married" and any(m.relation == "spouse" for m in profile.family):
        yield _finding(
            "family.marital-status",
            "warning",
            "applicant.marital_status",
            Text("家属中有配偶，但不是已婚", "a spouse is listed, but the status is not married"),
        )
    seen = {profile.passport.number}
    for number, member in enumerate(profile.family, 1):
        if member.relation == "child" and _years(member.birth_date, on) >= 18:
            yield _finding(
                "family.of-age",
                "warning",
                f"family[{number}].birth_date",
                Text("子女已满 18 周岁；请确认能否随行", "the child is 18 or older; ask whether it can accompany"),
            )
        if member.passport_number in seen:
            yield _finding(
                "family.same-passport",
                "error",
                f"family[{number}].passport_number",
                Text("与另一人的护照号码相同；请对照护照改正", "is another person's number too; see the passports"),
            )
        seen.add(member.passport_number)


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


_CHECKS: tuple[Callable[[Profile, date], Iterator[Finding]], ...] = (
    _past_dates,
    _identity,
    _names,
    _shared_contacts,
    _odd_numbers,
    _gaps,
    _overlaps,
    _history_in_the_future,
    _not_with_this_employer,
    _degree,
    _family,
    _rewritten,
)
