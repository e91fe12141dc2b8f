"""What each kind of answer in a profile may be, and how it is read: every scalar comes as text and becomes a value, or says
in one sentence why it can't be one.

The kinds are pydantic annotations (`Day`, `Money`, `Country`, …); the parts of a profile that use them stand in
profile_model.py. What a text may be belongs to identifiers.py; here it only meets the model.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from assistant.errors import Unfit
from assistant.normalize import half_width, tidy
from assistant.profile import identifiers
from assistant.profile.mrz import mrz_text
from assistant.validation import IsoDate, sentence

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
Sex = Literal["male", "female", "unspecified"]
HeldDocument = Literal["residence_permit", "visa", "stay_permit", "visa_free"]
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
        text = half_width(value) if isinstance(value, str) else ""
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
    return isinstance(value, str) and tidy(value) in ("", "~")


def _filled(value: object) -> object:
    if _blank(value):
        raise sentence("这一项是空的；请填写", "this is empty; fill it in")
    return tidy(value) if isinstance(value, str) else value


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
        except Unfit as unfit:
            raise sentence(unfit.what.zh, unfit.what.en) from None

    return BeforeValidator(validate)


def _number(value: object) -> object:
    return half_width(value).replace(",", "").replace(" ", "") if isinstance(value, str) else value


def _sex(value: object) -> object:
    """A passport's X or `<` is `unspecified`."""
    word = _narrow(value)
    return "unspecified" if isinstance(word, str) and word.strip().upper() in ("X", "<") else word


def _narrow(value: object) -> object:
    return half_width(value) if isinstance(value, str) else value


def _yes_or_no(value: object) -> object:
    answers = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
    return answers.get(half_width(value).lower(), value) if isinstance(value, str) else value


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
Code = Annotated[str, _by(half_width), Field(max_length=40)]
LatinName = Annotated[str, _by(identifiers.latin_name), Field(max_length=60)]
Country = Annotated[str, _by(identifiers.country)]
Nationality = Annotated[str, _by(identifiers.nationality)]
PassportNumber = Annotated[str, _by(identifiers.passport_number)]
Phone = Annotated[str, _by(identifiers.phone)]
Mobile = Annotated[str, _by(identifiers.mobile)]
Email = Annotated[str, _by(identifiers.email)]
Landline = Annotated[str, _by(identifiers.landline)]
CreditCode = Annotated[str, _by(identifiers.credit_code)]
Zone = Annotated[str, _by(mrz_text)]
MonthValue = Annotated[Month, BeforeValidator(Month.parse), WithJsonSchema({"type": "string", "format": "month"})]
Money = Annotated[
    Decimal, BeforeValidator(_number), Field(gt=0, lt=10**9), WithJsonSchema({"type": ["number", "string"]})
]
Months12 = Annotated[int, BeforeValidator(_number), Field(ge=1, le=12)]
Day = Annotated[IsoDate, BeforeValidator(_narrow)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Narrow = BeforeValidator(_narrow)
SexWord = BeforeValidator(_sex)
SomeRows = BeforeValidator(_some_rows)
BlankIsNone = BeforeValidator(_none_if_blank)
BlankIsEmpty = BeforeValidator(_rows)
_FILE = {"type": "string"}
SlotFiles = Annotated[
    tuple[Path, ...],
    BeforeValidator(_slot_files),
    WithJsonSchema({"anyOf": [_FILE, {"type": "array", "items": _FILE}, {"type": "null"}]}),
]
