"""The snapshot: every control of a page as plain data, made in one look (see engine/parts/core.js).

A snapshot knows nothing of the browser and can be made from plain data in a test. Values are in it, so it is never
printed, stored or logged: `repr` leaves them out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from assistant.normalize import fold, name_on_page
from assistant.page.kinds import Shown

ElementRef = tuple[int, int]
"""What finds a control or a table of the last look again: its frame and its id there."""


class Titled(Protocol):
    """A section as a look needs to know it: by every title that it may bear on the page."""

    @property
    def names(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Control:
    """One control as a person sees it. `place` finds it again; `context` are the headings above it,
    outermost first; `dialog` is the index of the open dialog it stands in."""

    frame: int
    id: int
    kind: str
    library: str
    label: str
    label_source: str = ""
    also: tuple[str, ...] = ()
    """Other names people may ask for it by; they count only where no control bears a name as its label."""
    context: tuple[str, ...] = ()
    value: Shown = field(default=None, repr=False)
    options: tuple[str, ...] | None = field(default=None, repr=False)
    required: bool = False
    read_only: bool = False
    enabled: bool = True
    visible: bool = True
    error: str = field(default="", repr=False)
    max_length: int | None = None
    accept: str = ""
    multiple: bool = False
    placeholder: str = ""
    beside: str = field(default="", repr=False)
    """What stands around it alone: hints, a unit behind it, its own label too."""
    dialog: int | None = None

    @property
    def place(self) -> ElementRef:
        return self.frame, self.id

    @property
    def name(self) -> str:
        """Its label as a person reads it, for whoever is told of it."""
        return name_on_page(self.label)


@dataclass(frozen=True)
class PageTable:
    """Rows already on the page, as texts under their headers."""

    frame: int
    id: int
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    context: tuple[str, ...] = ()
    dialog: int | None = None

    @property
    def place(self) -> ElementRef:
        return self.frame, self.id

    def row_texts(self) -> list[dict[str, str]]:
        return [dict(zip(self.headers, row, strict=False)) for row in self.rows]


@dataclass(frozen=True)
class Snapshot:
    """All that one look saw, over every frame of the page; `selected` are the texts of tabs and steps that are on, `steps` of
    those that only a class marks, `titles` what each frame's document calls itself."""

    controls: tuple[Control, ...] = ()
    tables: tuple[PageTable, ...] = ()
    dialogs: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    selected: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def shows(self, titles: Sequence[str]) -> bool:
        """Whether a section of one of these titles is on the page now: under its heading, or as the tab that is on."""
        wanted = {fold(title) for title in titles}
        return any(fold(text) in wanted for text in (*self.headings, *self.selected))

    def of(self, section: Titled) -> "Snapshot":
        """What of this look belongs to a section, dialogs left out."""
        return self.in_section(section.names).outside_dialogs()

    def if_shown(self, section: Titled) -> "Snapshot | None":
        """The same, but None while the page shows another section."""
        return self.of(section) if self.shows(section.names) else None

    def in_section(self, titles: Sequence[str]) -> "Snapshot":
        """What stands under one of these headings, or everything while a tab of that title is on. A dialog belongs to
        the section that opened it."""
        wanted = {fold(title) for title in titles}

        def under(one: "Control | PageTable") -> bool:
            return any(fold(heading) in wanted for heading in one.context)

        here: list[Control | PageTable] = [*self.controls, *self.tables]
        if any(map(under, here)):
            return self._only(lambda one: one.dialog is not None or under(one))
        if any(fold(text) in wanted for text in (*self.selected, *self.headings)):
            return self
        return self._only(lambda one: one.dialog is not None)

    def in_dialog(self) -> "Snapshot":
        """What stands in the dialog that was opened last."""
        return self._only(lambda one: one.dialog is not None and one.dialog == len(self.dialogs) - 1)

    def outside_dialogs(self) -> "Snapshot":
        return self._only(lambda one: one.dialog is None)

    def _only(self, keep: Callable[["Control | PageTable"], bool]) -> "Snapshot":
        return replace(self, controls=tuple(filter(keep, self.controls)), tables=tuple(filter(keep, self.tables)))


def from_page(frames: Sequence[Mapping[str, Any] | None]) -> Snapshot:
    """Joins what the engine saw in each frame; a frame that went away meanwhile is None."""
    controls: list[Control] = []
    tables: list[PageTable] = []
    dialogs: list[str] = []
    headings: list[str] = []
    selected: list[str] = []
    steps: list[str] = []
    titles: list[str] = []
    for index, seen in enumerate(frames):
        titles.append(seen.get("title", "") if seen else "")
        if seen is None:
            continue
        first = len(dialogs)
        for raw in seen["controls"]:
            options = raw.pop("options")
            context, also = tuple(raw.pop("context")), tuple(raw.pop("also", ()))
            dialog = raw.pop("dialog")
            controls.append(
                Control(
                    frame=index,
                    options=None if options is None else tuple(options),
                    context=context,
                    also=also,
                    dialog=None if dialog is None else first + dialog,
                    **raw,
                )
            )
        for raw in seen["tables"]:
            dialog = raw["dialog"]
            tables.append(
                PageTable(
                    frame=index,
                    id=raw["id"],
                    headers=tuple(raw["headers"]),
                    rows=tuple(tuple(row) for row in raw["rows"]),
                    context=tuple(raw["context"]),
                    dialog=None if dialog is None else first + dialog,
                )
            )
        dialogs += seen["dialogs"]
        headings += seen["headings"]
        selected += seen["selected"]
        steps += seen.get("steps", ())
    return Snapshot(
        tuple(controls), tuple(tables), tuple(dialogs), tuple(headings), tuple(selected), tuple(steps), tuple(titles)
    )
