"""Which documents a case needs: one `Slot` for each, decided by city, category and situation.

Promises: a slot says where its rule stands and as of when; what the city's source leaves open is `unsure`, with a note,
never silently required or dropped. Pure: no file is opened here.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.messages import Text

Need = Literal["required", "optional", "unsure", "when-asked"]
Background = Literal["white", "blue"]
IdentityPaper = Literal["passport", "residence_permit", "work_permit"]


@dataclass(frozen=True)
class FileRules:
    """What every file of a slot must be. `types` are file types by content ("pdf", "jpeg", "png")."""

    types: tuple[str, ...] = ("pdf",)
    max_bytes: int = 1_000_000
    min_bytes: int = 1
    max_pages: int | None = None
    colour: bool = False
    """An original colour scan is demanded: a grey scan is a finding."""
    seal: bool = False
    """The company's red seal must be on it."""
    signature: bool = False
    """Somebody must have signed it."""
    translation: bool = False
    """If it is not in Chinese, a Chinese translation must lie beside it in the same slot."""
    essentials: bool = False
    """A contract: place, duties, pay, term, position and the seal (signature) page must be in it."""
    identity: IdentityPaper | None = None
    """The paper whose number, name and dates must be this applicant's."""
    max_age_days: int | None = None
    """Its date may lie at most this many days back."""
    doubt_age_days: int | None = None
    """Older than this, sources disagree whether it still counts: unsure, not wrong."""
    min_pixels: tuple[int, int] | None = None
    """Width and height in pixels, at least."""
    aspect: tuple[int, int] | None = None
    """Width and height in millimetres of the print it must fit."""
    background: Background | None = None
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Slot:
    """One required (or possible) document of this case."""

    key: str
    label: str
    label_en: str
    required: Need
    source: str
    as_of: date
    rules: FileRules = field(default_factory=FileRules)
    note: Text | None = None
    """Why the need is what it is, where that is not plain: what is unsure, who may use an alternative."""

    @property
    def name(self) -> Text:
        return Text(self.label, self.label_en)
