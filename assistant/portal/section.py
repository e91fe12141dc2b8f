"""The shape of a section file: fields, row tables and upload slots.

Promises: what a page asks is named by its label, the kind of control and a profile path; nothing can be clicked, run or
waited for from here. The grammar is written for people in selectors/README.md.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

import pydantic
from pydantic import BeforeValidator, PlainValidator

from assistant.portal.conditions import ALWAYS, When, when_of
from assistant.portal.sources import Source, source_of
from assistant.validation import StrictModel, sentence

ControlKind = Literal[
    "text",
    "textarea",
    "number",
    "select",
    "multi-select",
    "radio",
    "checkbox",
    "checkbox-group",
    "switch",
    "date",
    "month",
    "date-range",
    "cascader",
]
CONTROLS: tuple[ControlKind, ...] = get_args(ControlKind)
Evidence = Literal["P", "F", "I"]
"""P: stated for this very portal · F: stated for the paper form or a comparable system · I: inferred."""

Wordings = Annotated[tuple[Annotated[str, pydantic.Field(min_length=1)], ...], pydantic.Field(min_length=1)]
"""Texts as shown on the page; the first is the canonical one, the others are accepted too."""


class Field(StrictModel):
    """One question of the portal. `key` is the name before the colon; `value` defaults to the profile path of that name."""

    key: str
    labels: Wordings
    control: ControlKind
    source: Annotated[Source, PlainValidator(source_of)] = pydantic.Field(alias="value")
    options: str | None = None
    required: bool = False
    prefilled: bool = False
    """The portal fills it by itself and usually does not let it be changed."""
    identity: bool = False
    """Part of the identity lock: what it shows must be the applicant's before anything is written."""
    block: str | None = None
    """The sub-heading it stands under, where its label alone is not unique in the section."""
    nth: int | None = None
    """Which of the several boxes that stand behind its label, counted from 1; None where there is one."""
    when: Annotated[When, PlainValidator(when_of)] = ALWAYS
    evidence: Evidence
    note: str = ""

    @property
    def label(self) -> str:
        return self.labels[0]


class Upload(StrictModel):
    """One upload slot. `slot` is the name before the colon, the same as in `documents:` of a profile."""

    slot: str
    labels: Wordings
    required: bool = False
    block: str | None = None
    nth: int | None = None
    when: Annotated[When, PlainValidator(when_of)] = ALWAYS
    evidence: Evidence
    note: str = ""

    @property
    def label(self) -> str:
        return self.labels[0]


def _named(attribute: str, *, is_value: bool = False) -> BeforeValidator:
    """Gives each entry of a mapping its own name, so that a Field knows its key, which may stand for its value too."""

    def name(raw: object) -> object:
        if not isinstance(raw, Mapping):
            return raw
        if any(isinstance(entry, Mapping) and attribute in entry for entry in raw.values()):
            raise sentence(
                f"{attribute} 就是冒号前的名字，不要再写一次",
                f"`{attribute}` is the name before the colon; don't repeat it",
            )
        return {
            key: {attribute: key, **({"value": key} if is_value else {}), **entry}
            if isinstance(entry, Mapping)
            else entry
            for key, entry in raw.items()
        }

    return BeforeValidator(name)


Fields = Annotated[dict[str, Field], _named("key", is_value=True)]


class Table(StrictModel):
    """A row table whose rows are entered in a dialog or where they stand; one row for each entry of the profile list `each`."""

    key: str
    each: str
    labels: Wordings
    """Headings under which the table stands."""
    add: Wordings
    confirm: Wordings
    cancel: Wordings
    edit: Wordings
    dialog: tuple[str, ...] = ()
    """Titles the dialog may bear, if there is one."""
    match_on: Wordings
    """Field keys which together tell one row from another."""
    when: Annotated[When, PlainValidator(when_of)] = ALWAYS
    fields_by_key: Fields = pydantic.Field(alias="fields", min_length=1)
    evidence: Evidence
    note: str = ""

    @property
    def label(self) -> str:
        return self.labels[0]

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(self.fields_by_key.values())


class Section(StrictModel):
    """One page or tab of the form; fields in the order in which they are filled."""

    key: str
    title: str
    titles: tuple[str, ...] = ()
    """Other wordings of the title that are accepted."""
    reviewed: bool = True
    """False in a draft that `assistant teach --new` proposed and nobody has checked: the linter refuses it."""
    evidence: Evidence
    note: str = ""
    fields_by_key: Fields = pydantic.Field(default_factory=dict, alias="fields")
    tables_by_key: Annotated[dict[str, Table], _named("key")] = pydantic.Field(default_factory=dict, alias="tables")
    uploads_by_slot: Annotated[dict[str, Upload], _named("slot")] = pydantic.Field(
        default_factory=dict, alias="uploads"
    )

    @property
    def names(self) -> tuple[str, ...]:
        """Every title it may bear, the canonical one first."""
        return self.title, *self.titles

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(self.fields_by_key.values())

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(self.tables_by_key.values())

    @property
    def uploads(self) -> tuple[Upload, ...]:
        return tuple(self.uploads_by_slot.values())
