"""The shape of portal.yaml, and a portal once it is loaded.

Promises: a host without a date of verification has no trusted allow-list; the way to the form is a fixed shape, not a
script. Files are read in portal.py; what must fit between them is checked in pack_linter.py; the grammar is written for
people in selectors/README.md.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import pydantic
from pydantic import BeforeValidator, PlainValidator

from assistant import forbidden
from assistant.messages import Text
from assistant.portal.contact.learned import NOTHING_LEARNED, Learned
from assistant.portal.options import OptionTable
from assistant.portal.section import Evidence, Section, Wordings
from assistant.portal.sources import Source, source_of
from assistant.validation import IsoDate, StrictModel, iso_date


class Title(StrictModel):
    zh: str
    en: str

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class Allowed(StrictModel):
    """One kind of request that may reach the server while the tool holds the pen."""

    method: Literal["POST", "PUT", "PATCH", "DELETE"]
    path: str
    purpose: str


class Host(StrictModel):
    """Where the portal lives. Only a host somebody has checked (`verified_on`), or the mock, has a trusted allow-list."""

    origins: Wordings
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


class LoginForm(StrictModel):
    """Where a kept user name and password may be typed: the login page's own origins, and its two fields' labels."""

    origins: Wordings
    open: tuple[str, ...] = ()
    """What shows the two fields where the page begins with another way to log in; never what logs in."""
    user: Wordings
    password: Wordings
    rejected: tuple[str, ...] = ()
    """What the page says when it refuses them."""
    evidence: Evidence
    note: str = ""

    def serves(self, url: str) -> bool:
        """May a password be typed at this address?"""
        return any(_same_origin(origin, url) for origin in self.origins)


class Login(StrictModel):
    """How the page tells whether somebody is logged in: texts that are visible only then."""

    logged_out: Wordings
    logged_in: Wordings
    form: LoginForm | None = None
    evidence: Evidence
    note: str = ""


class ApplicantQuestion(StrictModel):
    """The step that asks whose application it is, before the form opens."""

    labels: Wordings
    source: Annotated[Source, PlainValidator(source_of)] = pydantic.Field(alias="value")
    go: Wordings
    evidence: Evidence
    note: str = ""


class Entry(StrictModel):
    """The way from the home page to the form: fixed steps, in this order, each by the texts it may bear."""

    menu: Wordings
    skip_guide: tuple[str, ...] = ()
    tick: tuple[str, ...] = ()
    """Boxes that must all be ticked in the end, whichever ticks which."""
    start: Wordings
    applicant: ApplicantQuestion | None = None
    evidence: Evidence
    note: str = ""


class IdentityMark(StrictModel):
    """A place outside the fields where the page says whose form it is."""

    labels: Wordings
    source: Annotated[Source, PlainValidator(source_of)] = pydantic.Field(alias="value")


class Buttons(StrictModel):
    """The only buttons of a section the tool may press; each by the texts it may bear."""

    save: Wordings
    posts: bool = False
    """Whether saving posts the page's form by a script of the page (`form.submit()`); a submit button is known by itself."""
    next: tuple[str, ...] = ()
    evidence: Evidence
    note: str = ""


class Choice(StrictModel):
    """A choice on the way to a query: the control's label and the option to choose."""

    label: str
    option: str


class AfterSubmission(StrictModel):
    """Where a submitted application's status, its booking and the printed form are found. Nothing here books or cancels."""

    menu: Wordings
    """To the list of applications."""
    passport: str
    """The list's column with the passport number, and below the one with the status."""
    status: str
    bookable: tuple[str, ...]
    """Statuses after which the person picks a time for the visit."""
    query: Wordings
    """From the home page to the query of bookings, where `choose` and `way` lead to the fields. A text with a forbidden word
    in it must be one of `forbidden.NAVIGATION`."""
    choose: Choice | None = None
    way: tuple[str, ...] = ()
    fields: Mapping[str, Annotated[Source, PlainValidator(source_of)]]
    go: Wordings
    number: str
    """The answer's column with the booking number, and below the one with its status."""
    state: str
    booked: Wordings
    print: Wordings
    printed: tuple[str, str, str]
    """What stands before number, name and passport number on the printed form."""
    evidence: Evidence
    note: str = ""


class Pace(StrictModel):
    """How fast a portal may be worked on, one applicant after another, and how it says that this was too fast."""

    between_applicants: float = pydantic.Field(ge=0, le=600)
    """Seconds from the beginning of one applicant's form to the beginning of the next one's."""
    blocked: Wordings = ()
    """Words of a page that turns visitors away for a while."""
    evidence: Evidence
    note: str = ""


class Serial(StrictModel):
    """Where the page shows, outside the fields, the number that the portal itself gave the application."""

    labels: Wordings
    evidence: Evidence
    note: str = ""


class PortalFile(StrictModel):
    """portal.yaml as written."""

    portal: str
    title: Title
    verified: tuple[str, ...] = ()
    hosts: tuple[Host, ...] = pydantic.Field(min_length=1)
    login: Login
    entry: Entry
    identity: tuple[IdentityMark, ...] = pydantic.Field(min_length=1)
    buttons: Buttons
    after: AfterSubmission | None = None
    navigation: Literal["titles", "next"]
    """How to get from section to section: by clicking the section's title (tab, step), or only by the next button."""
    forbidden_buttons: Wordings
    forbidden_paths: Wordings
    sections: Wordings
    pace: Pace | None = None
    serial: Serial | None = None


@dataclass(frozen=True)
class Portal:
    """A loaded pack: checked, complete, with its sections in order and the option tables they use."""

    name: str
    title: Text
    file: PortalFile
    sections: tuple[Section, ...]
    tables: Mapping[str, OptionTable]
    folder: Path
    learned: Learned = NOTHING_LEARNED
    """What handlers confirmed of pages that the pack does not describe."""

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
    def after(self) -> AfterSubmission | None:
        return self.file.after

    @property
    def pace(self) -> Pace | None:
        return self.file.pace

    @property
    def serial(self) -> Serial | None:
        return self.file.serial

    @property
    def forbidden_words(self) -> tuple[str, ...]:
        """The words of every portal and this one's own."""
        return tuple(dict.fromkeys((*forbidden.WORDS, *self.file.forbidden_buttons)))

    @property
    def opens(self) -> tuple[str, ...]:
        """The reviewed menu texts of this pack that only open a page, although a forbidden word is in them."""
        declared = self.file.after.query if self.file.after else ()
        return tuple(text for text in declared if text in forbidden.NAVIGATION)

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


def pack_version(portal: Portal) -> str:
    """Which pack a run used, in one short word: the portal's name and eight signs made of everything its pack says,
    overlays included (`shenzhen 3f2a91bc`). Evidence that outlives the next change of a file; comments don't count."""
    said = repr((portal.file, portal.sections, sorted(portal.tables.items())))
    return f"{portal.name} {hashlib.sha256(said.encode('utf-8')).hexdigest()[:8]}"


def _same_origin(origin: str, url: str) -> bool:
    wanted, found = urlsplit(origin.replace(":*", ":1")), urlsplit(url)
    if (wanted.scheme, wanted.hostname) != (found.scheme, found.hostname):
        return False
    usual = {"http": 80, "https": 443}.get(found.scheme)
    return origin.endswith(":*") or (wanted.port or usual) == (found.port or usual)
