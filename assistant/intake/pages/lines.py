"""The lines of a page, wherever they are from: painted text, a form's fields, or signs recognised in its picture.

Places are shares of the page's width and height, from the upper left, so that they mean the same at every size. No line shows its
text when printed. Lines cross from the child process as JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from assistant.intake.draft import PageBox

LineOrigin = Literal["text", "form-field", "ocr"]
RuledCell = tuple[float, float, float, float]
"""A ruled cell: its left, top, right and bottom."""


@dataclass(frozen=True)
class Line:
    """A run of text, its place (left, top, right, bottom) and how sure its signs are, 0 to 1 (1 but for recognised ones)."""

    text: str = field(repr=False)
    left: float
    top: float
    right: float
    bottom: float
    score: float = 1.0
    origin: LineOrigin = "text"
    name: str = field(default="", repr=False)
    """Of a form's field: what the file calls it."""

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def box(self, page: int) -> PageBox:
        return PageBox(page, self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True)
class PageLines:
    """One page: its lines as it is to be read, and the lines of its zones, which may have been read in a closer look.

    `shape` is width by height. Lines of a page that lies on its side are placed as it is read, upright; `quarters` says how far it
    was turned against the clock for that.
    """

    number: int
    lines: tuple[Line, ...]
    zones: tuple[tuple[Line, ...], ...] = ()
    codes: tuple[Line, ...] = ()
    """What QR codes on it say. They are read, never opened."""
    shape: float = 1.0
    quarters: int = 0
    cells: tuple[RuledCell, ...] = ()
    """As the page is read, upright."""

    def cell_of(self, line: Line) -> RuledCell | None:
        """The smallest ruled cell that the line's middle lies in."""
        return cell_at(self.cells, *line.middle)

    def box(self, line: Line) -> PageBox:
        """The line's place on the page as it lies."""
        return turned_line(line, self.quarters).box(self.number)


def turned_line(line: Line, quarters: int) -> Line:
    """The line of a page that was turned by so many quarters against the clock, placed as before."""
    corners = [_turned_back(x, y, quarters) for x in (line.left, line.right) for y in (line.top, line.bottom)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return replace(line, left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))


def _turned_back(x: float, y: float, quarters: int) -> tuple[float, float]:
    """
    >>> _turned_back(0.25, 0.0, 1), _turned_back(0.25, 0.0, 2), _turned_back(0.25, 0.0, 3)
    ((1.0, 0.25), (0.75, 1.0), (0.0, 0.75))
    """
    return {0: (x, y), 1: (1 - y, x), 2: (1 - x, 1 - y), 3: (y, 1 - x)}[quarters % 4]


def cell_at(cells: Iterable[RuledCell], x: float, y: float) -> RuledCell | None:
    """The smallest cell that a place lies in."""
    around = (one for one in cells if one[0] <= x <= one[2] and one[1] <= y <= one[3])
    return min(around, key=lambda one: (one[2] - one[0]) * (one[3] - one[1]), default=None)


def as_json(page: PageLines) -> dict[str, Any]:
    return asdict(page)


def page_of_json(data: Mapping[str, Any]) -> PageLines:
    def lines(key: str) -> tuple[Line, ...]:
        return tuple(Line(**one) for one in data[key])

    zones = tuple(tuple(Line(**one) for one in zone) for zone in data["zones"])
    cells = tuple((left, top, right, bottom) for left, top, right, bottom in data["cells"])
    return PageLines(data["number"], lines("lines"), zones, lines("codes"), data["shape"], data["quarters"], cells)
