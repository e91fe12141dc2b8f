"""Who the persons are: names, nationality, the machine readable zone."""

from collections.abc import Iterator
from datetime import date

from assistant.check.finding_kinds import Kind
from assistant.check.rules.profile.persons import persons
from assistant.check.rules.profile.sources import ICAO, OWN, TIANJIN_BASIC
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.loading import Profile

CUT_OFF = Kind(
    "name.cut-off",
    "warning",
    Text(
        "姓名超过 39 个字符，机读码会截断；平台请填完整姓名，并核对自动识别的结果",
        "over 39 characters, so the machine readable zone cuts it; give portals the whole name and check what they read by themselves",
    ),
    Text(
        "姓名超过 39 个字符，护照机读码会截断。",
        "The name is over 39 characters: the machine readable zone cuts it.",
    ),
    Text(
        "平台应填写完整姓名，自动识别读出的可能是截断后的。",
        "Portals want the whole name; scanners read the cut one.",
    ),
    Text(
        "按护照资料页填写完整姓名，并核对平台读出的结果。",
        "Write the whole name of the data page; check what the portal reads.",
    ),
    ICAO,
)
SINGLE = Kind(
    "name.single",
    "warning",
    Text("没有名；平台的填法没有公布，请先向主管部门确认", "no given names; ask the authority what portals expect"),
    Text("申请人只有一个名，没有分姓和名。", "The person has a single name."),
    Text("平台的「名」可能是必填，填法没有公布。", "The portal may demand given names; how is not published."),
    Text("请先致电主管部门确认「名」一栏怎么填。", "Ask the authority what to put in 名."),
    OWN,
)
CHINESE_MISSING = Kind(
    "name.chinese-missing",
    "warning",
    Text("曾有中国国籍的申请人须填中文姓名", "a former Chinese national gives the Chinese name"),
    Text("曾有中国国籍，但没有填中文姓名。", "A former Chinese national without a Chinese name."),
    Text("全国系统要求原中国公民填写中文姓名。", "The national system asks it of former Chinese nationals."),
    Text("填写 applicant.chinese_name。", "Fill in applicant.chinese_name."),
    TIANJIN_BASIC,
)
NOT_FOREIGN = Kind(
    "nationality.not-foreign",
    "error",
    Text("不是外国国籍；外国人工作许可不适用", "is not a foreign nationality; these permits do not apply"),
    Text("国籍是中国，或为港澳台地区。", "The nationality is Chinese, or Hong Kong, Macao or Taiwan."),
    Text("外国人工作许可不适用于中国公民；港澳台居民无须办理。", "Work permits for foreigners do not apply to them."),
    Text("填写护照所属的外国国籍。", "Give the foreign nationality of the passport."),
    OWN,
)
NO_MRZ = Kind(
    "passport.no-mrz",
    "info",
    Text("没有填机读码，无法核对号码、姓名和日期", "not given, so number, names and dates are not cross-checked"),
    Text(
        "没有填护照机读码，姓名、号码和日期无法互相核对。",
        "Without the machine readable zone nothing is cross-checked.",
    ),
    Text("机读码的校验位能发现录入错误。", "Its check digits catch typing errors."),
    Text("把护照资料页底部的两行填入 passport.mrz。", "Copy the two lines at the foot of the data page."),
    ICAO,
)
KINDS = (
    CUT_OFF,
    SINGLE,
    CHINESE_MISSING,
    NOT_FOREIGN,
    NO_MRZ,
)


_NOT_FOREIGN_CODES = frozenset({"CHN", "HKG", "MAC", "TWN"})


def check(profile: Profile, on: date) -> Iterator[Finding]:
    if profile.applicant.nationality in _NOT_FOREIGN_CODES:
        yield NOT_FOREIGN.at("applicant.nationality")
    if profile.passport.mrz is None:
        yield NO_MRZ.at("passport.mrz")
    yield from _names(profile)


def _names(profile: Profile) -> Iterator[Finding]:
    for path, person in persons(profile):
        if len(f"{person.surname}  {person.given_names or ''}".rstrip()) > 39:
            yield CUT_OFF.at(f"{path}.surname")
        if person.given_names is None:
            yield SINGLE.at(f"{path}.given_names")
    if "CHN" in profile.passport.previous_nationalities and profile.applicant.chinese_name is None:
        yield CHINESE_MISSING.at("applicant.chinese_name")
