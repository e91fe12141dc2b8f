"""The proof sheet: what the page held at the last look, in the applicant's language, to be checked and signed on paper.

Promises: every value on it was read back from the page, none comes from the profile; every value read back is on it;
what was planned and could not be read is named as such. It holds values by design: it is written only where the person
asked for it. It loads nothing from anywhere and runs no script. The applicant's words are in
`selectors/labels/<language>.yaml`; what a file lacks is shown under the portal's own Chinese label, never left out, and an
option is only explained where a second, independent reading is sure of the page's text.
"""

import dataclasses
import gettext
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pydantic

from assistant.check.deadlines.dates import now
from assistant.errors import PackError
from assistant.portal.loading import Portal
from assistant.review.cross_check import readings
from assistant.review.templates import render
from assistant.run.fill.read_back import ReadBack, ShownTable, text_of
from assistant.run.fill.result import FieldResult
from assistant.run.plan import Plan
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS
from assistant.validation import StrictModel

ProofLanguage = Literal["zh", "en", "ja", "ko"]
PROOF_LANGUAGES: tuple[ProofLanguage, ...] = get_args(ProofLanguage)
FOLDER = SELECTORS / "labels"


class SheetWords(StrictModel):
    """The sheet's own sentences."""

    title: str
    intro: str
    passport: str
    portal: str
    read_on: str
    question: str
    on_page: str
    correct: str
    row: str
    files: str
    empty: str
    not_listed: str
    unseen: str
    stopped: str
    statement: str
    signature: str
    date: str
    handler: str
    foot: str
    yes: str
    no: str


class Labels(StrictModel):
    """One language: section keys, field keys (also of tables and, after `documents.`, of slots) and option codes."""

    language: ProofLanguage
    meaning: str
    as_of: str
    words: SheetWords
    sections: dict[str, str] = pydantic.Field(default_factory=dict)
    labels: dict[str, str] = pydantic.Field(default_factory=dict)
    options: dict[str, dict[str, str]] = pydantic.Field(default_factory=dict)

    def explained(self, table: str | None, text: str) -> str:
        """What an option's text means in this language; empty where no second reading is sure of it."""
        codes = readings(table, text) if table and self.language != "zh" else frozenset()
        if len(codes) != 1:
            return ""
        (code,) = codes
        return _country(code, self.language) if table == "country" else self.options.get(table or "", {}).get(code, "")


@dataclass(frozen=True)
class ProofLine:
    """One value: its name in the applicant's language, the portal's Chinese label where that differs, the value as the
    page shows it, and what an option's text means."""

    name: str
    original: str
    value: str = dataclasses.field(repr=False)
    meaning: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True)
class Block:
    """Lines under one heading: a section's own, or one row of a table."""

    heading: str
    lines: tuple[ProofLine, ...]
    not_listed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProofSection:
    """One section of the form."""

    title: str
    original: str
    blocks: tuple[Block, ...]


def parts(work: Iterable[ReadBack], language: ProofLanguage) -> list[ProofSection]:
    """What was read back, section by section."""
    labels = labels_in(language)
    return [_part(one, labels) for one in work]


def proof_sheet(
    work: Sequence[ReadBack], plan: Plan, portal: Portal, language: ProofLanguage, *, stopped: bool = False
) -> str:
    """The sheet as HTML for A4 paper. `stopped` says that the run ended early."""
    labels = labels_in(language)
    work = [one for one in work if one.looked]
    read = {one.plan.section.key for one in work}
    return render(
        "proof_sheet",
        language,
        words=labels.words,
        parts=parts(work, language),
        name=" ".join(filter(None, (_read(work, "applicant.surname"), _read(work, "applicant.given_names")))),
        number=_read(work, "passport.number"),
        portal=portal.title.zh if language == "zh" else portal.title.en,
        unseen=[
            labels.sections.get(one.section.key, one.section.title)
            for one in plan.sections
            if one.section.key not in read
        ],
        stopped=stopped,
        written=now().strftime("%Y-%m-%d %H:%M"),
    )


def _read(work: Iterable[ReadBack], key: str) -> str:
    """What the page shows for a field, in the first section that shows it."""
    found = (text_of(one.shown) for section in work for one in section.fields if one.field.key == key)
    return next(filter(None, found), "")


def _part(work: ReadBack, labels: Labels) -> ProofSection:
    section = work.plan.section
    lines = [_line(one, labels) for one in work.fields if _is_listed(one)]
    lines += [ProofLine(one.label, "", text_of(one.value, labels.words.yes, labels.words.no)) for one in work.others]
    own = Block("", tuple(lines), _names((one for one in work.fields if _is_missed(one)), labels))
    blocks = [own, *(block for table in work.tables for block in _rows(table, labels))]
    files = [
        ProofLine(*_named(f"documents.{one.upload.slot}", one.upload.label, labels), "、".join(one.files))
        for one in work.uploads
        if one.files or one.plan
    ]
    if files:
        blocks.append(Block(labels.words.files, tuple(files)))
    title = labels.sections.get(section.key, section.title)
    return ProofSection(
        title,
        section.title if title != section.title else "",
        tuple(one for one in blocks if one.lines or one.not_listed),
    )


def _is_listed(one: FieldResult) -> bool:
    """Everything the page shows; what it leaves empty only where something was to be there."""
    return one.shown is not None and (one.step is not None or one.holds_something)


def _is_missed(one: FieldResult) -> bool:
    return one.shown is None and one.step is not None


def _rows(table: ShownTable, labels: Labels) -> Iterable[Block]:
    name, original = _named(table.table.key, table.table.label, labels)
    for number, row in enumerate(table.rows, 1):
        lines = tuple(_line(one, labels) for one in row.fields if _is_listed(one))
        missed = _names((one for one in row.fields if _is_missed(one)), labels)
        heading = f"{name}{f' {original}' if original else ''} · {labels.words.row.format(n=number)}"
        yield Block(heading, lines, missed)


def _line(one: FieldResult, labels: Labels) -> ProofLine:
    value = text_of(one.shown, labels.words.yes, labels.words.no)
    texts = one.shown if isinstance(one.shown, list | tuple) else [value]
    meaning = "、".join(filter(None, (labels.explained(one.field.options, text) for text in texts)))
    return ProofLine(*_named(one.field.key, one.field.label, labels), value, meaning)


def _named(key: str, chinese: str, labels: Labels) -> tuple[str, str]:
    """A name in the applicant's language with the Chinese one beside it; the Chinese one alone where there is no other."""
    name = labels.labels.get(key)
    return (name, chinese) if name else (chinese, "")


def _names(missed: Iterable[FieldResult], labels: Labels) -> tuple[str, ...]:
    return tuple(_named(one.field.key, one.field.label, labels)[0] for one in missed)


def labels_in(language: ProofLanguage) -> Labels:
    """The labels of one language. Raises PackError for a file that can't be used."""
    return load_model(FOLDER / f"{language}.yaml", Labels, PackError)


def _country(code: str, language: ProofLanguage) -> str:
    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return ""
    name = str(getattr(country, "common_name", None) or country.name)
    if language == "en":
        return name
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language]).gettext(name)
