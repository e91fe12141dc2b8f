"""Who the persons are: names, nationality, the machine readable zone."""

from collections.abc import Iterator
from datetime import date

from assistant.check.finding_kinds import Kind
from assistant.check.rules.profile.persons import persons
from assistant.check.rules.profile.sources import ICAO, OWN, TIANJIN_BASIC
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.profile.identifiers import is_no_country
from assistant.profile.loading import Profile
from assistant.profile.mrz import name_field, read_mrz

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
    Text(
        "这一栏护照上是空的；平台的填法没有公布，请先向主管部门确认",
        "the passport leaves it blank; ask the authority what portals expect",
    ),
    Text("申请人只有一个名，没有分姓和名。", "The person has a single name."),
    Text("平台的「姓」「名」可能都是必填，填法没有公布。", "The portal may demand both; how is not published."),
    Text("请先致电主管部门确认空的一栏怎么填。", "Ask the authority what to put in the empty one."),
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
NO_COUNTRY = Kind(
    "nationality.no-country",
    "warning",
    Text(
        "是护照特有的国籍代码，平台的国籍选项中可能没有；这一栏由您填写",
        "is a code of passports for no country of its own; the portal's list may lack it, so the field is left to you",
    ),
    Text("国籍不是一个国家（科索沃、无国籍、难民、联合国、英国海外等）。", "The nationality is no country of its own."),
    Text("平台怎么填写没有公布，不替您猜测。", "What portals want there is not published; it is not guessed."),
    Text("向主管部门确认国籍一栏怎么选，再亲自填写。", "Ask the authority what to choose, and fill it in yourself."),
    ICAO,
)
SEX_UNSPECIFIED = Kind(
    "sex.unspecified",
    "warning",
    Text(
        "护照性别为 X 或未注明，平台只有男、女；这一栏由您填写",
        "the passport has X or nothing; portals know two, it is left to you",
    ),
    Text("护照没有注明男女。", "The passport does not say male or female."),
    Text("平台只有两个选项，不替您选择。", "Portals have two options; none is chosen for you."),
    Text("向主管部门确认怎么选，再亲自填写。", "Ask the authority what to choose, and fill it in yourself."),
    ICAO,
)
BIRTH_INCOMPLETE = Kind(
    "birth.incomplete",
    "warning",
    Text(
        "护照没有注明出生的月或日；出生日期一栏由您填写",
        "the passport leaves month or day open; the date of birth is left to you",
    ),
    Text("出生日期不完整。", "The date of birth is incomplete."),
    Text("平台要求完整日期，补哪一天没有公布。", "Portals want a full date; which day to put is not published."),
    Text("按以前办证时登记的日期亲自填写。", "Fill in the date that earlier permits were given with."),
    ICAO,
)
KINDS = (
    NO_COUNTRY,
    SEX_UNSPECIFIED,
    BIRTH_INCOMPLETE,
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
    for path, person in persons(profile):
        if person.sex == "unspecified":
            yield SEX_UNSPECIFIED.at(f"{path}.sex")
        if person.birth_date_known != "day" or (path == "applicant" and _zone_leaves_birth_open(profile)):
            yield BIRTH_INCOMPLETE.at(f"{path}.birth_date")
    for path, code in _nationalities(profile):
        if is_no_country(code):
            yield NO_COUNTRY.at(path)


def _zone_leaves_birth_open(profile: Profile) -> bool:
    zone = profile.passport.mrz
    birth = read_mrz(zone).birth if zone else ""
    return "<" in birth or birth[2:4] == "00" or birth[4:] == "00"


def _nationalities(profile: Profile) -> Iterator[tuple[str, str]]:
    yield "applicant.nationality", profile.applicant.nationality
    for number, member in enumerate(profile.family, 1):
        yield f"family[{number}].nationality", member.nationality


def _names(profile: Profile) -> Iterator[Finding]:
    for path, person in persons(profile):
        if len(name_field(person.surname or "", person.given_names or "")) > 39:
            yield CUT_OFF.at(f"{path}.surname")
        for name in ("surname", "given_names"):
            if getattr(person, name) is None:
                yield SINGLE.at(f"{path}.{name}")
    if "CHN" in profile.passport.previous_nationalities and profile.applicant.chinese_name is None:
        yield CHINESE_MISSING.at("applicant.chinese_name")
