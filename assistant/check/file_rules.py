"""What every file of a slot must be: the one list of such rules, for the city files that say it and the checks that ask.

A city file's part is a `FileRules` with a source, in which only what it says counts (`said`); what nobody says is the
default here. A new kind of rule is one field.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Background = Literal["white", "blue"]
IdentityPaper = Literal["passport", "residence_permit", "work_permit"]


class FileRules(BaseModel):
    """`types` are file types by content ("pdf", "jpeg", "png")."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

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

    def said(self) -> dict[str, object]:
        """Only what was said, by name; what was left out is somebody else's to say."""
        return {name: getattr(self, name) for name in FileRules.model_fields if name in self.model_fields_set}
