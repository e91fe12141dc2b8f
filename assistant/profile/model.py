"""The shape of a profile: one applicant's data and the employer's, frozen, each value checked on its own.

The paths (`passport.number`, `employment.workplace.city`) are the contract other parts rely on. What one value may be
stands in profile_values.py, what must fit between values in profile_agreement.py; reading files in profile.py. No part
shows its values when printed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from assistant.profile.values import (
    BlankIsEmpty,
    BlankIsNone,
    Category,
    Code,
    Country,
    CreditCode,
    Day,
    Email,
    HeldDocument,
    Landline,
    LatinName,
    Level,
    Mobile,
    Money,
    Months12,
    MonthValue,
    Narrow,
    Nationality,
    PassportNumber,
    Phone,
    Relation,
    Sex,
    SexWord,
    SlotFiles,
    SlotName,
    SomeRows,
    Words,
    YesNo,
    Zone,
)
from assistant.validation import StrictModel


class Part(StrictModel):
    """Printing a part shows no value."""

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
    uscc: CreditCode = about("统一社会信用代码", "unified social credit code, 18 characters")
    industry: Annotated[
        Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T"],
        Narrow,
    ] = about("单位所属行业（GB/T 4754 门类字母）", "industry, letter of GB/T 4754")
    address: Words = about("单位地址", "address")
    district: Annotated[Words | None, BlankIsNone] = about(
        "单位注册地所在区（如「朝阳区」；有的城市只受理本区单位，可选）",
        "district of registration; some cities' offices serve their own district only",
        default=None,
    )
    landline: Landline = about("单位座机（没有写「无」）", "landline; 无 if there is none")
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
    surname: Annotated[LatinName | None, BlankIsNone] = about(
        "姓（护照机读码拼写；护照的姓一栏空白时留空）",
        "surname as in the passport's machine readable zone; empty where the passport leaves it blank",
        default=None,
    )
    given_names: Annotated[LatinName | None, BlankIsNone] = about(
        "名（护照只有一个名时留空）", "given names; empty for a person with a single name", default=None
    )
    sex: Annotated[Sex, SexWord] = about(
        "性别（护照为 X 或未注明时写 unspecified）", "sex; unspecified where the passport has X or nothing"
    )
    birth_date: Day = about(
        "出生日期（护照未注明月日的，按 01 填写并写明 birth_date_known）",
        "date of birth; write 01 for a month or day the passport leaves open, and birth_date_known",
    )
    birth_date_known: Annotated[Literal["day", "month", "year"], Narrow] = about(
        "护照上的出生日期精确到：day 日、month 月、year 年",
        "how far the passport gives the date of birth",
        default="day",
    )

    @property
    def full_name(self) -> str:
        """Surname and given names as far as there are any."""
        return " ".join(filter(None, (self.surname, self.given_names)))


class ApplicantData(Person):
    chinese_name: Annotated[Words | None, BlankIsNone] = about("中文姓名", "Chinese name", default=None)
    nationality: Nationality = about("国籍（三位代码）", "nationality, ISO 3166 alpha-3 or ICAO 9303")
    birth_place: Words = about("出生地", "place of birth")
    marital_status: Annotated[Literal["single", "married", "divorced", "widowed"], Narrow] = about(
        "婚姻状况", "marital status"
    )
    highest_degree: Annotated[Level, Narrow] = about("最高学位（学历）", "highest degree")
    chinese_level: Annotated[
        Literal["none", "hsk1", "hsk2", "hsk3", "hsk4", "hsk5", "hsk6"] | None, Narrow, BlankIsNone
    ] = about("汉语水平", "level of Chinese", default=None)
    email: Email = about("申请人电子邮箱（不得与经办人相同）", "applicant's own e-mail, not the handler's")
    phone: Phone = about("在中国工作电话（不得与单位登记的相同）", "applicant's own phone, not one of the company's")
    address: Address = about("在华住址", "address in China")
    emergency_contact: EmergencyContact = about("紧急情况联系人", "emergency contact")


class Passport(Part):
    kind: Annotated[Literal["ordinary", "official", "diplomatic", "other"], Narrow] = about(
        "护照类型", "kind of passport"
    )
    number: PassportNumber = about("护照号码", "passport number")
    issued_on: Day = about("护照签发日期", "date of issue")
    expires_on: Day = about("护照有效期至", "date of expiry")
    mrz: Annotated[Zone | None, BlankIsNone] = about(
        "机读码（资料页底部两行，可选）", "machine readable zone, two lines; optional", default=None
    )
    changed: YesNo = about("办理现许可后换过护照", "a new passport since the present permit", default=False)
    previous_nationalities: Annotated[tuple[Nationality, ...], BlankIsEmpty] = about(
        "曾授予护照的其他国家", "other countries that gave you a passport", default=()
    )


class WorkPermit(Part):
    kind: Annotated[Literal["work_permit", "foreign_expert_certificate", "employment_permit"], Narrow] = about(
        "证件种类（旧证另有入口）", "kind; the two old certificates have their own entrance", default="work_permit"
    )
    number: Code = about("工作许可证编号", "work permit number")
    category: Annotated[Category, Narrow] = about("人才类别（A1–A6、B1–B6、C1–C3）", "category")
    expires_on: Day = about("工作许可有效期至", "work permit valid until")


class ResidencePermit(Part):
    number: Code = about("居留许可号码", "residence permit number")
    expires_on: Day = about("居留许可有效期至", "residence permit valid until")
    purpose: Annotated[Literal["work", "study", "journalist", "reunion", "private"], Narrow] = about(
        "居留事由", "purpose of residence"
    )
    held: Annotated[HeldDocument, Narrow] = about(
        "现持有效签证证件种类", "kind of document held now", default="residence_permit"
    )
    visa_kind: Annotated[Code | None, BlankIsNone] = about(
        "现持签证的种类字母（如 Z、K；新的种类也可以）",
        "letter of the visa held, if any (Z, K …; new ones too)",
        default=None,
    )


class Employment(Part):
    occupation: Words = about("工作岗位（职业），与平台选项一致", "occupation, exactly as the platform lists it")
    position: Words = about("申请在中国工作职务", "position")
    change: Annotated[Literal["none", "within_entity", "new_occupation"], Narrow] = about(
        "岗位变动", "change of position since the last permit", default="none"
    )
    in_china_since: Day = about("开始在华工作的日期", "working in China since")
    previous_contract_to: Annotated[Day | None, BlankIsNone] = about(
        "上一份合同结束时间（新旧合同须衔接，可选）",
        "end of the last contract, which the new one must join",
        default=None,
    )
    contract_from: Day = about("聘用合同开始时间", "contract from")
    contract_to: Day = about("聘用合同结束时间", "contract to")
    requested_from: Day = about("申请在华工作时间（开始）", "requested period from")
    requested_to: Day = about("申请在华工作时间（结束）", "requested period to")
    annual_salary: Annotated[Money | None, BlankIsNone] = about("年薪", "annual salary before tax", default=None)
    currency: Annotated[Literal["CNY", "USD", "EUR", "JPY", "HKD", "GBP", "other"] | None, Narrow, BlankIsNone] = about(
        "工资币种", "currency", default=None
    )
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
    level: Annotated[Level, Narrow] = about("学历", "level")
    degree: Annotated[Literal["doctor", "master", "bachelor", "none"], Narrow] = about("学位", "degree")


class Job(Spell):
    employer: Words = about("工作单位（待业期间写「待业」）", "employer; write 待业 for a spell without work")
    country: Country = about("国家（三位代码）", "country, ISO 3166 alpha-3")
    position: Words = about("职务", "position")
    duties: Words = about("工作内容", "duties")
    referee: Annotated[Words | None, BlankIsNone] = about("证明人及联系方式", "referee and contact", default=None)


class FamilyMember(Person):
    relation: Annotated[Relation, Narrow] = about("与申请人关系", "relation to the applicant")
    nationality: Nationality = about("国籍（三位代码）", "nationality, ISO 3166 alpha-3 or ICAO 9303")
    passport_number: PassportNumber = about("护照号码", "passport number")


class Companion(Person):
    relation: Annotated[Relation, Narrow] = about("与申请人关系", "relation to the applicant")


class ProfileFile(Part):
    """What one profile.yaml holds, apart from the employer."""

    city: Words = about("城市（selectors/cities 中的名称）", "city, as named in selectors/cities")
    applicant: ApplicantData = about("申请人", "the applicant")
    passport: Passport = about("护照", "the passport")
    work_permit: WorkPermit = about("现有工作许可", "the current work permit")
    residence_permit: ResidencePermit = about("现有居留许可", "the current residence permit")
    employment: Employment = about("聘用信息", "the employment")
    residence_request: ResidenceRequest = about("居留许可申请信息", "the residence permit asked for")
    education: Annotated[tuple[Study, ...], SomeRows, BlankIsEmpty] = about("教育经历", "education")
    work_history: Annotated[tuple[Job, ...], BlankIsEmpty] = about("工作经历", "work history", default=())
    family: Annotated[tuple[FamilyMember, ...], BlankIsEmpty] = about("随行家属", "accompanying family", default=())
    companions: Annotated[tuple[Companion, ...], BlankIsEmpty] = about(
        "使用同一护照的偕行人", "persons sharing the passport", default=()
    )
    documents: Mapping[SlotName, SlotFiles] = about(
        "材料：每项一个或多个文件", "documents: slot to file or files", default={}
    )


class Profile(ProfileFile):
    """One applicant's validated data. `documents` holds local copies, which are there while the applicant is open."""

    id: str
    """What the store calls the applicant, as it can be written: the only thing that names a person in reports."""
    employer: Employer
    file_names: Mapping[Path, str] = {}
    """What each of the documents is called among the applicant's files."""
    rewritten: tuple[str, ...] = ()
    """Paths whose value was written in full-width letters, with digits of another script or with invisible marks, and is used
    without them."""
