"""The questions: what a profile lacks and its applicant can know, each with its name, help and choices in their language.

Promises: what is there and usable is not asked again; what only the employer or the city decides is never asked of the applicant. Pure
after the words are read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Literal, get_args

from assistant.drift.vocabulary import vocabulary
from assistant.errors import PackError
from assistant.intake.needed import is_required, missing
from assistant.intake.trees import without_rows
from assistant.intake.words import names
from assistant.intake.words.meaning import Taste, meant, taste
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS
from assistant.validation import StrictModel

AskLanguage = Literal["zh", "en", "ja", "ko"]
ASK_LANGUAGES: tuple[AskLanguage, ...] = get_args(AskLanguage)
LARGEST_PAPERS = 25
"""MB of all papers together, so that the file can be sent by mail."""

# The handler's to say, or the city's.
_NOT_THE_APPLICANTS = (
    "city",
    "employer",
    "employment.occupation",
    "employment.position",
    "employment.contract_from",
    "employment.contract_to",
    "employment.requested_from",
    "employment.requested_to",
    "employment.workplace",
    "employment.duties",
    "employment.annual_salary",
    "employment.currency",
    "employment.months_per_year",
    "residence_request.until",
    "work_permit.category",
)
_ROWS: Mapping[str, tuple[str, ...]] = {
    "education": ("from", "to", "school", "country", "major", "level", "degree"),
    "work_history": ("from", "to", "employer", "country", "position", "duties", "referee"),
    "family": ("surname", "given_names", "sex", "birth_date", "relation", "nationality", "passport_number"),
}
_PAPERS = ("passport", "residence_permit", "work_permit", "photo", "photo_receipt")


class AskWords(StrictModel):
    """`selectors/questionnaire/<language>.yaml` as written."""

    language: AskLanguage
    meaning: str
    as_of: str
    words: dict[str, str]
    labels: dict[str, str]
    help: dict[str, str]


@dataclass(frozen=True)
class AskedValue:
    """One value that is asked for. `check` names how an answer is judged in the page."""

    path: str
    label: str
    taste: Taste
    check: str
    required: bool
    help: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AskedTable:
    """A table of rows that is asked for: the questions of one row, their paths within it."""

    table: str
    label: str
    required: bool
    questions: tuple[AskedValue, ...]


@dataclass(frozen=True)
class Questions:
    """Everything that one page asks."""

    values: tuple[AskedValue, ...]
    tables: tuple[AskedTable, ...]
    papers: Mapping[str, str]
    """Slot → its name."""

    def as_data(self) -> Mapping[str, object]:
        return asdict(self)


def wording(language: AskLanguage) -> AskWords:
    return load_model(SELECTORS / "questionnaire" / f"{language}.yaml", AskWords, PackError)


def questions(values: Mapping[str, str], slots: Collection[str], language: AskLanguage) -> Questions:
    """What is to be asked. `values`: what the profile holds, path → text; `slots`: those that have files."""
    usable = {path for path, text in values.items() if _is_usable(path, text)}
    lacking = [path for path in missing(usable) if not path.startswith(_NOT_THE_APPLICANTS)]
    asked = [path for path in lacking if path.partition(".")[0] not in _ROWS]
    if "applicant.surname" in asked and "applicant.given_names" not in usable:
        asked.insert(asked.index("applicant.surname") + 1, "applicant.given_names")
    tables = [table for table in _ROWS if not any(path.startswith(f"{table}.") for path in usable)]
    return Questions(
        tuple(_question(path, language) for path in asked),
        tuple(_table(table, language) for table in tables),
        {slot: _label(f"documents.{slot}", language) for slot in _PAPERS if slot not in slots},
    )


def _is_usable(path: str, text: str) -> bool:
    try:
        return meant(path, text).state != "error"
    except KeyError:
        return True


def _table(table: str, language: AskLanguage) -> AskedTable:
    rows = tuple(_question(f"{table}.{leaf}", language) for leaf in _ROWS[table])
    return AskedTable(table, _label(table, language), table == "education", rows)


def _question(path: str, language: AskLanguage) -> AskedValue:
    plain = without_rows(path)
    kind, table = taste(plain), names.table_of(plain)
    options = {code: names.shown(table, code, language) for code in names.codes(table)} if table else {}
    one_of_two = plain in ("applicant.surname", "applicant.given_names", "family.surname", "family.given_names")
    return AskedValue(
        path,
        _label(plain, language),
        kind,
        _CHECKS.get(plain.rpartition(".")[2], kind),
        is_required(plain) and not one_of_two,
        wording(language).help.get(plain, ""),
        options,
    )


_CHECKS = {"passport_number": "passport", "email": "email", "phone": "phone"} | {"number": "narrow"}


def _label(path: str, language: AskLanguage) -> str:
    """A field's name for the applicant: the questionnaire's, the proof sheet's, the vocabulary's, in this order."""
    own = wording(language).labels.get(path) or names.labels(language)["labels"].get(path)
    if own:
        return str(own)
    entry = vocabulary().get(path)
    words: Sequence[str] = (entry.zh if language == "zh" else entry.en or entry.zh) if entry else ()
    if words:
        return words[0]
    return str(names.labels("en")["labels"].get(path, path))


@cache
def slot_names(language: AskLanguage) -> Mapping[str, str]:
    """Every slot's name for the applicant."""
    from assistant.profile.values import SLOT_NAMES

    return {slot: _label(f"documents.{slot}", language) for slot in SLOT_NAMES}


def letter(slots: Collection[str], language: AskLanguage) -> str:
    """A letter that lists the papers which are missing, to be copied into a mail."""
    words = wording(language).words
    if not slots:
        return words["letter_none"]
    listed = "\n".join(f"- {slot_names(language)[slot]}" for slot in slots)
    return words["letter"].replace("{papers}", listed)
