"""The shape of a pack: what may be written in the files of `selectors/portals/<name>/`.

Promises: a pack can name what is on the page and which profile path belongs there, and nothing else: there is no click,
script or wait. Files are read in portal.py; what must fit between them is checked in pack_linter.py; the grammar is
written for people in selectors/README.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

import pydantic
from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator

from assistant import forbidden
from assistant.conditions import ALWAYS, When, when_of
from assistant.messages import Text
from assistant.options import OptionTable
from assistant.sources import Source, source_of
from assistant.strict_yaml import IsoDate, iso_date, sentence

Control = Literal[
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
CONTROLS: tuple[Control, ...] = get_args(Control)
Evidence = Literal["P", "F", "I"]
"""P: stated for this very portal · F: stated for the paper form or a comparable system · I: inferred."""

Words = Annotated[tuple[Annotated[str, pydantic.Field(min_length=1)], ...], pydantic.Field(min_length=1)]
"""Texts as shown on the page; the first is the canonical one, the others are accepted too."""


class Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, arbitrary_types_allowed=True, str_strip_whitespace=True
    )


class Title(Strict):
    zh: str
    en: str

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class Field(Strict):
    """One question of the portal. `key` is the name before the colon; `value` defaults to the profile path of that name."""

    key: str
    labels: Words
    control: Control
    source: Annotated[Source, PlainValidator(source_of)] = pydantic.Field(alias="value")
    options: str | None = None
    required: bool = False
    prefilled: bool = False
    """The portal fills it by itself and usually does not let it be changed."""
    identity: bool = False
    """Part of the identity lock: what it shows must be the applicant's before anything is written."""
    block: str | None = None
    """The sub-heading it stands under, where its label alone is not unique in the section."""
    when: Annotated[When, PlainValidator(when_of)] = ALWAYS
    evidence: Evidence
    note: str = ""

    @property
    def label(self) -> str:
        return self.labels[0]


class Upload(Strict):
    """One upload slot. `slot` is the name before the colon, the same as in `documents:` of a profile."""

    slot: str
    labels: Words
    required: bool = False
    block: str | None = None
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


class Table(Strict):
    """A row table whose rows are entered in a dialog; one row for each entry of the profile list `each`."""

    key: str
    each: str
    labels: Words
    """Headings under which the table stands."""
    add: Words
    confirm: Words
    cancel: Words
    edit: Words
    dialog: tuple[str, ...] = ()
    """Titles the dialog may bear."""
    match_on: Words
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


class Section(Strict):
    """One page or tab of the form; fields in the order in which they are filled."""

    key: str
    title: str
    titles: tuple[str, ...] = ()
    """Other wordings of the title that are accepted."""
    evidence: Evidence
    note: str = ""
    fields_by_key: Fields = pydantic.Field(default_factory=dict, alias="fields")
    tables_by_key: Annotated[dict[str, Table], _named("key")] = pydantic.Field(default_factory=dict, alias="tables")
    uploads_by_slot: Annotated[dict[str, Upload], _named("slot")] = pydantic.Field(
        default_factory=dict, alias="uploads"
    )

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(self.fields_by_key.values())

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(self.tables_by_key.values())

    @property
    def uploads(self) -> tuple[Upload, ...]:
        return tuple(self.uploads_by_slot.values())


class Allowed(Strict):
    """One kind of request that may reach the server while the tool holds the pen."""

    method: Literal["POST", "PUT", "PATCH", "DELETE"]
    path: str
    purpose: str


class Host(Strict):
    """Where the portal lives. Only a host somebody has checked (`verified_on`), or the mock, has a trusted allow-list."""

    origins: Words
    kind: Literal["live", "mock"]
    start: str = "/"
    verified_on: Annotated[IsoDate | None, BeforeValidator(lambda raw: None if raw == "" else iso_date(raw))] = None
    allow: tuple[Allowed, ...] = ()
    evidence: Evidence
    note: str = ""

    @property
    def trusted(self) -> bool:
        return self.kind == "mock" or self.verified_on is not None

    def serves(self, url: str) -> bool:
        """Is the address on this host? A port written `*` stands for any."""
        return any(_same_origin(origin, url) for origin in self.origins)


class Login(Strict):
    """How the page tells whether somebody is logged in: texts that are visible only then."""

    logged_out: Words
    logged_in: Words
    evidence: Evidence
    note: str = ""


class ApplicantQuestion(Strict):
    """The step that asks whose application it is, before the form opens."""

    labels: Words
    source: Annotated[Source, PlainValidator(source_of)] = pydantic.Field(alias="value")
    go: Words
    evidence: Evidence
    note: str = ""


class Entry(Strict):
    """The way from the home page to the form: fixed steps, in this order, each by the texts it may bear."""

    menu: Words
    skip_guide: tuple[str, ...] = ()
    tick: tuple[str, ...] = ()
    """Boxes that must all be ticked in the end, whichever ticks which."""
    start: Words
    applicant: ApplicantQuestion | None = None
    evidence: Evidence
    note: str = ""


class IdentityMark(Strict):
    """A place outside the fields where the page says whose form it is."""

    labels: Words
    source: Annotated[Source, PlainValidator(source_of)] = pydantic.Field(alias="value")


class Buttons(Strict):
    """The only buttons of a section the tool may press; each by the texts it may bear."""

    save: Words
    next: tuple[str, ...] = ()
    evidence: Evidence
    note: str = ""


class PortalFile(Strict):
    """portal.yaml as written."""

    portal: str
    title: Title
    verified: tuple[str, ...] = ()
    hosts: tuple[Host, ...] = pydantic.Field(min_length=1)
    login: Login
    entry: Entry
    identity: tuple[IdentityMark, ...] = pydantic.Field(min_length=1)
    buttons: Buttons
    navigation: Literal["titles", "next"]
    """How to get from section to section: by clicking the section's title (tab, step), or only by the next button."""
    forbidden_buttons: Words
    forbidden_paths: Words
    sections: Words


@dataclass(frozen=True)
class Portal:
    """A loaded pack: checked, complete, with its sections in order and the option tables they use."""

    name: str
    title: Text
    file: PortalFile
    sections: tuple[Section, ...]
    tables: Mapping[str, OptionTable]
    folder: Path

    @property
    def hosts(self) -> tuple[Host, ...]:
        return self.file.hosts

    @property
    def login(self) -> Login:
        return self.file.login

    @property
    def entry(self) -> Entry:
        return self.file.entry

    @property
    def identity(self) -> tuple[IdentityMark, ...]:
        return self.file.identity

    @property
    def buttons(self) -> Buttons:
        return self.file.buttons

    @property
    def forbidden_words(self) -> tuple[str, ...]:
        """The words of every portal and this one's own."""
        return tuple(dict.fromkeys((*forbidden.WORDS, *self.file.forbidden_buttons)))

    @property
    def forbidden_paths(self) -> tuple[str, ...]:
        """What the network layer refuses whatever the method: this portal's own paths and those of every portal."""
        return (*self.file.forbidden_paths, *forbidden.PATHS)

    def section(self, key: str) -> Section:
        """The section with that key. Raises KeyError."""
        return {section.key: section for section in self.sections}[key]

    def host_of(self, url: str) -> Host | None:
        """The declared host an address belongs to; None for a host the pack does not know, which has no allow-list."""
        return next((host for host in self.hosts if host.serves(url)), None)

    @property
    def live(self) -> Host:
        """The real portal."""
        return next(host for host in self.hosts if host.kind == "live")


def _same_origin(origin: str, url: str) -> bool:
    wanted, found = urlsplit(origin.replace(":*", ":1")), urlsplit(url)
    if (wanted.scheme, wanted.hostname) != (found.scheme, found.hostname):
        return False
    usual = {"http": 80, "https": 443}.get(found.scheme)
    return origin.endswith(":*") or (wanted.port or usual) == (found.port or usual)
