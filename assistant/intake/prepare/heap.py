"""What is known of a heap of scans: its files, and what each of their pages looks like. Plain values; they cross from the child
processes as JSON and show no text when printed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from assistant.intake.pages.lines import Line, PageLines, page_of_json
from assistant.messages import Text

Ground = Literal["white", "blue", "other"]


@dataclass(frozen=True)
class PageSeen:
    """One page: what was read on it, the right way up, and what a copy of it must keep."""

    number: int
    read: PageLines
    blank: bool = False
    seal: str = "no"
    """As the check of seals says it: yes, unclear, no."""
    grey: bool = False
    sharpness: float | None = None
    pixels: tuple[int, int] | None = None
    """Of the scan that fills the page; None on a page that a program drew."""
    portrait: Ground | None = None
    """The ground of a picture that shows nothing but a person; None for every other page."""
    likeness: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.read.lines

    @property
    def quarters(self) -> int:
        """How far it must be turned against the clock to be upright."""
        return self.read.quarters

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def page_seen_of_json(data: Mapping[str, Any]) -> PageSeen:
    pixels = data["pixels"]
    return PageSeen(**{**data, "read": page_of_json(data["read"]), "pixels": tuple(pixels) if pixels else None})


@dataclass(frozen=True)
class HeapFile:
    """One file of the heap. `name` is what messages call it; `trouble` says why it can't be used."""

    name: str
    path: Path = field(repr=False)
    sha256: str = ""
    size: int = 0
    kind: str = ""
    pages: tuple[PageSeen, ...] = ()
    count: int = 0
    """Of all its pages, those that were not looked at included."""
    trouble: Text | None = None
    unread: bool = False
    """Whether pages are pictures that can't be read on this machine."""
    same_as: str = ""
    """The name of the file before it that has the same content."""


@dataclass(frozen=True)
class PageAt:
    """One page of the heap by its file and its number (from 1), and how far it has to be turned against the clock."""

    file: HeapFile = field(repr=False)
    number: int
    quarters: int = 0

    @property
    def place(self) -> str:
        return self.file.name if self.file.count <= 1 else f"{self.file.name}#page={self.number}"

    @property
    def seen(self) -> PageSeen:
        return self.file.pages[self.number - 1]
