"""What could not be judged of a heap because the data are wrong or incomplete: which datum, and what it would have told. Pure.

Promises: only what the sorting really compares with is named; the sentences hold no value.
"""

from collections.abc import Iterator, Sequence

from assistant.messages import Text
from assistant.profile.loading import Profile

_PERSON = Text(
    "只写姓名或护照号码的材料没有判断是谁的", "papers that bear only the name or the passport's number are nobody's yet"
)
_PAPERS = Text(
    "护照、许可是不是本人的、是不是现在这一本，没有判断",
    "passports and permits can't be told from others', or from older ones",
)
_COMPANY = Text("单位的材料和要盖章的材料没有判断", "papers of the company, and those that it seals, were not judged")
_NEEDED = Text(
    "本案需要哪些材料还不知道，认出的都放入了",
    "which papers the case needs is not known, so all that were known are put in",
)
_TERM = Text("有几份合同时没有按合同期限选择", "of several contracts none is chosen by its term")


def unjudged_in(profile: Profile, problems: int) -> tuple[Text, ...]:
    """First how much is wrong, then what that left open; nothing where the data are whole. `problems` counts what is wrong."""
    if not problems:
        return ()
    first = Text(
        f"资料里有 {problems} 处有误或没填，整理时没有用到这些值",
        f"the data have {problems} thing{'s' if problems > 1 else ''} wrong or missing; none of these values was used",
    )
    return first, *_open(profile)


def _open(profile: Profile) -> Iterator[Text]:
    person, passport, work, residence = (
        profile.applicant,
        profile.passport,
        profile.work_permit,
        profile.residence_permit,
    )
    name = (Text("姓名", "name"), person.full_name)
    number = (Text("护照号码", "passport number"), passport.number)
    yield from _without(_PERSON, [name, number])
    yield from _without(
        _PAPERS,
        [
            name,
            number,
            (Text("出生日期", "date of birth"), person.birth_date),
            (Text("国籍", "nationality"), person.nationality),
            (Text("护照有效期", "passport's expiry"), passport.expires_on),
            (Text("工作许可证编号", "work permit number"), work.number),
            (Text("工作许可有效期", "work permit's expiry"), work.expires_on),
            (Text("居留许可号码", "residence permit number"), residence.number),
            (Text("居留许可有效期", "residence permit's expiry"), residence.expires_on),
        ],
    )
    employer = profile.employer
    yield from _without(
        _COMPANY,
        [
            (Text("单位名称", "employer's name"), employer.name),
            (Text("统一社会信用代码", "social credit code"), employer.uscc),
        ],
    )
    yield from _without(
        _NEEDED,
        [
            (Text("人才类别", "category"), work.category),
            (Text("工作岗位", "occupation"), profile.employment.occupation),
        ],
    )
    yield from _without(
        _TERM,
        [
            (Text("合同开始时间", "contract's first day"), profile.employment.contract_from),
            (Text("合同结束时间", "contract's last day"), profile.employment.contract_to),
        ],
    )


def _without(what: Text, data: Sequence[tuple[Text, object]]) -> Iterator[Text]:
    """What was left open, behind the data that are not known."""
    lacking = [name for name, value in data if not value]
    if lacking:
        zh, en = "、".join(name.zh for name in lacking), ", ".join(name.en for name in lacking)
        yield Text(f"{zh}：{what.zh}", f"{en}: {what.en}")


def needs_are_known(profile: Profile) -> bool:
    """Whether it can be told which papers the case needs."""
    return bool(profile.work_permit.category and profile.employment.occupation)
