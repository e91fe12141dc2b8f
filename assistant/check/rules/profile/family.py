"""The accompanying family: does it fit the applicant, and is each person their own."""

from collections.abc import Iterator
from datetime import date

from assistant.check.deadlines.dates import years_between
from assistant.check.finding_kinds import Kind
from assistant.check.rules.profile.sources import OWN
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.loading import Profile

NOT_MARRIED = Kind(
    "family.marital-status",
    "warning",
    Text("家属中有配偶，但不是已婚", "a spouse is listed, but the status is not married"),
    Text("家属中有配偶，但婚姻状况不是已婚。", "A spouse is listed, but the person is not married."),
    Text("两处不一致会被退回补正。", "Applications that contradict themselves are sent back."),
    Text("核对婚姻状况和家属。", "Check marital status and family."),
    OWN,
)
OF_AGE = Kind(
    "family.of-age",
    "warning",
    Text("子女已满 18 周岁；请确认能否随行", "the child is 18 or older; ask whether it can accompany"),
    Text("子女已满 18 周岁。", "A child is 18 or older."),
    Text("随行家属中的子女一般须未满 18 周岁。", "Accompanying children are under 18."),
    Text("确认能否作为随行家属。", "Ask whether the child can accompany."),
    OWN,
)
SAME_PASSPORT = Kind(
    "family.same-passport",
    "error",
    Text("与另一人的护照号码相同；请对照护照改正", "is another person's number too; see the passports"),
    Text("两个人的护照号码相同。", "Two persons have the same passport number."),
    Text(
        "每本护照号码不同；同一护照的人应列在 companions。",
        "Numbers differ; sharers of a passport belong in companions.",
    ),
    Text("对照护照改正号码。", "Correct the number from the passport."),
    OWN,
)
KINDS = (
    NOT_MARRIED,
    OF_AGE,
    SAME_PASSPORT,
)


def check(profile: Profile, on: date) -> Iterator[Finding]:
    if profile.applicant.marital_status != "married" and any(m.relation == "spouse" for m in profile.family):
        yield NOT_MARRIED.at("applicant.marital_status")
    seen = {profile.passport.number}
    for number, member in enumerate(profile.family, 1):
        if member.relation == "child" and years_between(member.birth_date, on) >= 18:
            yield OF_AGE.at(f"family[{number}].birth_date")
        if member.passport_number in seen:
            yield SAME_PASSPORT.at(f"family[{number}].passport_number")
        seen.add(member.passport_number)
