"""The shape of a profile: one applicant's data and the employer's, frozen, each value checked on its own.

The paths (`passport.number`, `employment.workplace.city`) are the contract other parts rely on. What must fit between
values stands in profile_agreement.py; reading files in profile.py. No part shows its values when printed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from assistant import identifiers
from assistant.mrz import mrz_text
from assistant.strict_yaml import IsoDate, sentence

SlotName = Literal[
    "extension_form",
    "visa_form",
    "guarantee_letter",
    "contract",
    "passport",
    "residence_permit",
    "work_permit",
    "photo_receipt",
    "salary_proof",
    "tax_certificate",
    "company_tax",
    "company_bank",
    "company_contracts",
    "photo",
    "paper_photo",
    "category_proof",
    "salary_commitment",
    "withholding_detail",
    "change_letter",
    "sector_approval",
    "other",
]
SLOT_NAMES: tuple[str, ...] = get_args(SlotName)
Category = Literal["A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "B3", "B4", "B5", "B6", "C1", "C2", "C3"]
Sex = Literal["male", "female"]
Relation = Literal["spouse", "child", "parent", "spouse_parent", "other"]
Level = Literal["doctor", "master", "bachelor", "associate", "high_school", "other"]


@total_ordering
@dataclass(frozen=True)
class Month:
    """A month of a year; ordered, shown as `YYYY-MM`."""

    year: int
    month: int

    @classmethod
    def parse(cls, value: object) -> "Month":
        if isinstance(value, Month):
            return value
        text = identifiers.half_width(value) if isinstance(value, str) else ""
        year, dash, month = text.partition("-")
        if not (dash and len(year) == 4 and len(month) == 2 and (year + month).isdecimal()):
            raise sentence("年月应写作 YYYY-MM，例如 2019-09", "write the month as YYYY-MM, for example 2019-09")
        if not (1900 <= int(year) <= 2199 and 1 <= int(month) <= 12):
            raise sentence("没有这个年月；请核对", "there is no such month; check it")
        return cls(int(year), int(month))

    @property
    def count(self) -> int:
        """Months since year 0, so that neighbours differ by one."""
        return self.year * 12 + self.month - 1

    @classmethod
    def of_count(cls, count: int) -> "Month":
        return cls(count // 12, count % 12 + 1)

    def __lt__(self, other: "Month") -> bool:
        return self.count < other.count

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


# ---- kinds of values -----------------------------------------------------------------------------------------------


def _blank(value: object) -> bool:
    return isinstance(value, str) and value.strip() in ("", "~")


def _filled(value: object) -> object:
    if _blank(value):
        raise sentence("这一项是空的；请填写", "this is empty; fill it in")
    return identifiers.tidy(value) if isinstance(value, str) else value


def _none_if_blank(value: object) -> object:
    return None if _blank(value) else value


def _by(check: Callable[[str], str]) -> BeforeValidator:
    """A value check of identifiers.py as pydantic calls it."""

    def validate(value: object) -> object:
        if not isinstance(value, str):
            return value
        if _blank(value):
            return _filled(value)
        try:
            return check(value)
        except identifiers.Unfit as unfit:
            raise sentence(unfit.what.zh, unfit.what.en) from None

    return BeforeValidator(validate)


def _number(value: object) -> object:
    return identifiers.half_width(value).replace(",", "").replace(" ", "") if isinstance(value, str) else value


def _narrow(value: object) -> object:
    return identifiers.half_width(value) if isinstance(value, str) else value


def _yes_or_no(value: object) -> object:
    answers = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
    return answers.get(value.strip().lower(), value) if isinstance(value, str) else value


def _rows(value: object) -> object:
    return () if _blank(value) else value


def _some_rows(value: object) -> object:
    if value in ((), []):
        raise sentence("至少要有一行", "at least one row is needed")
    return value


def _slot_files(value: object) -> object:
    """One path or a list of paths; an empty slot is an empty list."""
    if isinstance(value, str):
        return [] if _blank(value) else [value]
    return value


Words = Annotated[str, BeforeValidator(_filled), Field(max_length=2000)]
Code = Annotated[str, _by(identifiers.half_width), Field(max_length=40)]
LatinName = Annotated[str, _by(identifiers.latin_name), Field(max_length=60)]
Country = Annotated[str, _by(identifiers.country)]
PassportNumber = Annotated[str, _by(identifiers.passport_number)]
Phone = Annotated[str, _by(identifiers.phone)]
Mobile = Annotated[str, _by(identifiers.mobile)]
Email = Annotated[str, _by(identifiers.email)]
MonthValue = Annotated[Month, BeforeValidator(Month.parse), WithJsonSchema({"type": "string", "format": "month"})]
Money = Annotated[
    Decimal, BeforeValidator(_number), Field(gt=0, lt=10**9), WithJsonSchema({"type": ["number", "string"]})
]
Months12 = Annotated[int, BeforeValidator(_number), Field(ge=1, le=12)]
Day = Annotated[IsoDate, BeforeValidator(_narrow)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
BlankIsNone = BeforeValidator(_none_if_blank)
BlankIsEmpty = BeforeValidator(_rows)
_FILE = {"type": "string"}
SlotFiles = Annotated[
    tuple[Path, ...],
    BeforeValidator(_slot_files),
    WithJsonSchema({"anyOf": [_FILE, {"type": "array", "items": _FILE}, {"type": "null"}]}),
]


class Part(BaseModel):
    """Unknown keys are errors, nothing changes after loading, and printing a part shows no value."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, arbitrary_types_allowed=True, populate_by_name=False
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        return iter(())


def about(zh: str, en: str, **more: Any) -> Any:
    """A field with its description for editors, in both languages."""
    return Field(description=f"{zh} / {en}", **more)


# ---- the employer's file -------------------------------------------------------------------------------------------


class Contact(Part):
    name: Words = about("单位联系人姓名", "contact person's name")
    phone: Phone = about("单位联系人电话", "contact person's phone")


class Handler(Part):
    name: Words = about("经办人姓名", "handler's name")
    mobile: Mobile = about("经办人手机号", "handler's mobile")
    email: Email = about("经办人电子邮箱", "handler's e-mail")


class Employer(Part):
    name: Words = about("单位名称（与营业执照一致）", "legal name as on the business licence")
    uscc: Annotated[str, _by(identifiers.credit_code)] = about(
        "统一社会信用代码", "unified social credit code, 18 characters"
    )
    industry: Annotated[
        Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"],
        BeforeValidator(_narrow),
    ] = about("单位所属行业（GB/T 4754 门类字母）", "industry, letter of GB/T 4754")
    address: Words = about("单位地址", "address")
    district: Annotated[Words | None, BlankIsNone] = about(
        "单位注册地所在区（如「朝阳区」；有的城市只受理本区单位，可选）",
        "district of registration; some cities' offices serve their own district only",
        default=None,
    )
    landline: Annotated[str, _by(identifiers.landline)] = about(
        "单位座机（没有写「无」）", "landline; 无 if there is none"
    )
    contact: Contact = about("单位联系人", "contact person")
    handler: Handler = about("单位经办人", "the handler who files")


# ---- the applicant's file ------------------------------------------------------------------------------------------


class District(Part):
    province: Words = about("省/直辖市", "province")
    city: Words = about("市", "city")
    district: Words = about("区/县", "district")


class Address(District):
    detail: Words = about("详细地址（街道、小区、房号）", "street, estate, room")
    police_station: Annotated[Words | None, BlankIsNone] = about(
        "居住地派出所", "police station of the residence", default=None
    )


class EmergencyContact(Part):
    name: Words = about("紧急情况联系人", "emergency contact")
    phone: Phone = about("紧急情况联系电话", "emergency contact's phone")


class Person(Part):
    surname: LatinName = about("姓（护照机读码拼写）", "surname as in the passport's machine readable zone")
    given_names: Annotated[LatinName | None, BlankIsNone] = about(
        "名（护照只有一个名时留空）", "given names; empty for a person with a single name", default=None
    )
    sex: Annotated[Sex, BeforeValidator(_narrow)] = about("性别", "sex")
    birth_date: Day = about("出生日期", "date of birth")


class Applicant(Person):
    chinese_name: Annotated[Words | None, BlankIsNone] = about("中文姓名", "Chinese name", default=None)
    nationality: Country = about("国籍（三位代码）", "nationality, ISO 3166 alpha-3")
    birth_place: Words = about("出生地", "place of birth")
    marital_status: Annotated[Literal["single", "married", "divorced", "widowed"], BeforeValidator(_narrow)] = about(
        "婚姻状况", "marital status"
    )
    highest_degree: Annotated[Level, BeforeValidator(_narrow)] = about("最高学位（学历）", "highest degree")
    chinese_level: Annotated[
        Literal["none", "hsk1", "hsk2", "hsk3", "hsk4", "hsk5", "hsk6"] | None, BeforeValidator(_narrow), BlankIsNone
    ] = about("汉语水平", "level of Chinese", default=None)
    email: Email = about("申请人电子邮箱（不得与经办人相同）", "applicant's own e-mail, not the handler's")
    phone: Phone = about("在中国工作电话（不得与单位登记的相同）", "applicant's own phone, not one of the company's")
    address: Address = about("在华住址", "address in China")
    emergency_contact: EmergencyContact = about("紧急情况联系人", "emergency contact")


class Passport(Part):
    kind: Annotated[Literal["ordinary", "official", "diplomatic", "other"], BeforeValidator(_narrow)] = about(
        "护照类型", "kind of passport"
    )
    number: PassportNumber = about("护照号码", "passport number")
    issued_on: Day = about("护照签发日期", "date of issue")
    expires_on: Day = about("护照有效期至", "date of expiry")
    mrz: Annotated[Annotated[str, _by(mrz_text)] | None, BlankIsNone] = about(
        "机读码（资料页底部两行，可选）", "machine readable zone, two lines; optional", default=None
    )
    previous_nationalities: Annotated[tuple[Country, ...], BlankIsEmpty] = about(
        "曾授予护照的其他国家", "other countries that gave you a passport", default=()
    )


class WorkPermit(Part):
    kind: Annotated[
        Literal["work_permit", "foreign_expert_certificate", "employment_permit"], BeforeValidator(_narrow)
    ] = about(
        "证件种类（旧证另有入口）", "kind; the two old certificates have their own entrance", default="work_permit"
    )
    number: Code = about("工作许可证编号", "work permit number")
    category: Annotated[Category, BeforeValidator(_narrow)] = about("人才类别（A1–A6、B1–B6、C1–C3）", "category")
    expires_on: Day = about("工作许可有效期至", "work permit valid until")


class ResidencePermit(Part):
    number: Code = about("居留许可号码", "residence permit number")
    expires_on: Day = about("居留许可有效期至", "residence permit valid until")
    purpose: Annotated[Literal["work", "study", "journalist", "reunion", "private"], BeforeValidator(_narrow)] = about(
        "居留事由", "purpose of residence"
    )


class Employment(Part):
    occupation: Words = about("工作岗位（职业），与平台选项一致", "occupation, exactly as the platform lists it")
    position: Words = about("申请在中国工作职务", "position")
    change: Annotated[Literal["none", "within_entity", "new_occupation"], BeforeValidator(_narrow)] = about(
        "岗位变动", "change of position since the last permit", default="none"
    )
    in_china_since: Day = about("开始在华工作的日期", "working in China since")
    contract_from: Day = about("聘用合同开始时间", "contract from")
    contract_to: Day = about("聘用合同结束时间", "contract to")
    requested_from: Day = about("申请在华工作时间（开始）", "requested period from")
    requested_to: Day = about("申请在华工作时间（结束）", "requested period to")
    annual_salary: Annotated[Money | None, BlankIsNone] = about("年薪", "annual salary before tax", default=None)
    currency: Annotated[
        Literal["CNY", "USD", "EUR", "JPY", "HKD", "GBP", "other"] | None, BeforeValidator(_narrow), BlankIsNone
    ] = about("工资币种", "currency", default=None)
    months_per_year: Annotated[Months12 | None, BlankIsNone] = about(
        "每年在华工作时间（月）", "months of work in China a year", default=None
    )
    workplace: District = about("工作地点", "place of work")
    duties: Words = about("工作内容", "duties")
    salary_commitment: YesNo = about("是否走薪资承诺", "class A by salary commitment", default=False)
    approvals: Annotated[tuple[Words, ...], BlankIsEmpty] = about(
        "已取得的行业批准", "sector approvals already held", default=()
    )


class ResidenceRequest(Part):
    until: Day = about("申请居留期限至", "residence requested until")
    entry_date: Day = about("最近一次入境日期", "date of the latest entry")
    entry_port: Words = about("入境口岸", "port of entry")
    photo_receipt: Annotated[Code | None, BlankIsNone] = about(
        "数字相片采集检测回执号", "number of the digital photo receipt", default=None
    )
    remarks: Annotated[Words | None, BlankIsNone] = about("备注", "remarks", default=None)


class Spell(Part):
    """A stretch of months; without an end it lasts until now."""

    from_: MonthValue = about("起始年月", "from month", alias="from")
    to: Annotated[MonthValue | None, BlankIsNone] = about(
        "结束年月（至今则留空）", "to month; empty while it lasts", default=None
    )


class Study(Spell):
    school: Words = about("学校名称", "school")
    country: Country = about("国家（三位代码）", "country, ISO 3166 alpha-3")
    major: Words = about("专业", "major")
    level: Annotated[Level, BeforeValidator(_narrow)] = about("学历", "level")
    degree: Annotated[Literal["doctor", "master", "bachelor", "none"], BeforeValidator(_narrow)] = about(
        "学位", "degree"
    )


class Job(Spell):
    employer: Words = about("工作单位（待业期间写「待业」）", "employer; write 待业 for a spell without work")
    country: Country = about("国家（三位代码）", "country, ISO 3166 alpha-3")
    position: Words = about("职务", "position")
    duties: Words = about("工作内容", "duties")
    referee: Annotated[Words | None, BlankIsNone] = about("证明人及联系方式", "referee and contact", default=None)


class FamilyMember(Person):
    relation: Annotated[Relation, BeforeValidator(_narrow)] = about("与申请人关系", "relation to the applicant")
    nationality: Country = about("国籍（三位代码）", "nationality, ISO 3166 alpha-3")
    passport_number: PassportNumber = about("护照号码", "passport number")


class Companion(Person):
    relation: Annotated[Relation, BeforeValidator(_narrow)] = about("与申请人关系", "relation to the applicant")


class ProfileFile(Part):
    """What one profile.yaml holds, apart from the employer."""

    city: Words = about("城市（selectors/cities 中的名称）", "city, as named in selectors/cities")
    applicant: Applicant = about("申请人", "the applicant")
    passport: Passport = about("护照", "the passport")
    work_permit: WorkPermit = about("现有工作许可", "the current work permit")
    residence_permit: ResidencePermit = about("现有居留许可", "the current residence permit")
    employment: Employment = about("聘用信息", "the employment")
    residence_request: ResidenceRequest = about("居留许可申请信息", "the residence permit asked for")
    education: Annotated[tuple[Study, ...], BeforeValidator(_some_rows), BlankIsEmpty] = about("教育经历", "education")
    work_history: Annotated[tuple[Job, ...], BlankIsEmpty] = about("工作经历", "work history", default=())
    family: Annotated[tuple[FamilyMember, ...], BlankIsEmpty] = about("随行家属", "accompanying family", default=())
    companions: Annotated[tuple[Companion, ...], BlankIsEmpty] = about(
        "使用同一护照的偕行人", "persons sharing the passport", default=()
    )
    documents: Mapping[SlotName, SlotFiles] = about(
        "材料：每项一个或多个文件", "documents: slot to file or files", default={}
    )


class Profile(ProfileFile):
    """One applicant's validated data. `documents` holds absolute paths of files that exist."""

    employer: Employer
    folder: Path
    rewritten: tuple[str, ...] = ()
    """Paths whose value was written in full-width letters or with invisible characters and is used without them."""

    @property
    def id(self) -> str:
        """The applicant's folder name: the only thing that names a person in reports."""
        return self.folder.name
