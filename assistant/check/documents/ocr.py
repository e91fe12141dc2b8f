"""Reading text in pictures, offline (rapidocr's models on onnxruntime, the optional extra `ocr`). Used in child processes only.

Text is found on a copy of at most 960 pixels, which keeps memory low, and read at full size. The wheel's angle classifier
stays off: it turns the machine-readable zone upside down. Turning whole pages is the caller's decision.
"""

import importlib.util
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from assistant.check.documents.engine.ocr_models import LineFinder, LineSigns, cut_out
from assistant.check.finding_kinds import Kind
from assistant.messages import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.check.documents.engine.ocr_models import Boxes
    from assistant.check.documents.pixels import Pixels

_FINDING_SIDE = 960

NOT_INSTALLED = Kind(
    "reading.not-installed",
    "warning",
    Text(
        "没有安装文字识别组件，这个扫描件的内容没有核对。",
        "text recognition isn't installed, so this scan's content was not checked.",
    ),
    Text("缺少可选的文字识别组件。", "The optional text recognition is not installed."),
    Text("护照号码、日期、合同条款等无法自动核对。", "Passport number, dates and clauses can't be checked."),
    Text(
        "安装方法：pip install 'assistant[ocr]'；否则请自行核对。",
        "Get it with pip install 'assistant[ocr]', or check by eye.",
    ),
)
KINDS = (NOT_INSTALLED,)


@dataclass(frozen=True)
class TextLine:
    """One line of text and its four corners (x, y in pixels), from its top left, clockwise."""

    text: str
    score: float
    box: tuple[tuple[float, float], ...]

    @property
    def middle(self) -> tuple[float, float]:
        return sum(x for x, _ in self.box) / 4, sum(y for _, y in self.box) / 4

    @property
    def length(self) -> float:
        return math.dist(self.box[0], self.box[1])

    @property
    def height(self) -> float:
        return math.dist(self.box[0], self.box[3])

    @property
    def slope(self) -> float:
        """Angle of the line in radians, 0 when level."""
        return math.atan2(self.box[1][1] - self.box[0][1], self.box[1][0] - self.box[0][0])


NEEDED = ("rapidocr", "onnxruntime", "cv2")
"""The extra's modules; a machine without one of them reads no scans."""


def installed() -> bool:
    """Whether scans can be read on this machine."""
    return all(importlib.util.find_spec(name) is not None for name in NEEDED)


class TextReader:
    """The loaded models. `announce` is called before each page, so that the parent can allow it its time."""

    def __init__(self, announce: Callable[[], None] = lambda: None) -> None:
        self._announce, self._finder, self._signs = announce, LineFinder(), LineSigns()

    def lines(self, pixels: "Pixels", *, most: int = 220) -> list[TextLine]:
        """The page's lines of text from top to bottom. `most` keeps the longest ones."""
        found = self.lines_at(pixels, self.places(pixels)[:most])
        return sorted((line for line in found if line.text), key=lambda line: (line.middle[1], line.middle[0]))

    def places(self, pixels: "Pixels") -> "Boxes":
        """Where text stands, the longest lines first: four corners each (x, y in pixels)."""
        import numpy as np

        self._announce()
        found = sorted(self._finder.boxes(pixels, _FINDING_SIDE), key=lambda box: -np.linalg.norm(box[0] - box[1]))
        return np.array(found, np.float32).reshape(-1, 4, 2)

    def lines_at(self, pixels: "Pixels", boxes: "Boxes") -> list[TextLine]:
        """What stands at these places, in their order; nothing is looked for beside them."""
        self._announce()
        return [self._read(cut_out(pixels, box), box) for box in boxes]

    def again(self, pixels: "Pixels", line: TextLine, stretch: float) -> TextLine:
        """The same line read once more, drawn out sideways: narrow type is then less easily passed over."""
        import numpy as np
        from PIL import Image

        box = np.array(line.box, np.float32)
        crop = Image.fromarray(cut_out(pixels, box))
        wider = crop.resize((round(crop.width * stretch), crop.height), Image.Resampling.BICUBIC)
        once_more = self._read(np.asarray(wider), box)
        return replace(line, text=once_more.text, score=once_more.score)

    def _read(self, crop: "Pixels", box: "NDArray[np.float32]") -> TextLine:
        text, score = self._signs.read(crop)
        return TextLine(text, score, tuple((float(x), float(y)) for x, y in box))


_shared: dict[str, Callable[[], None]] = {}


def announce_with(call: Callable[[], None]) -> None:
    """Says whom to tell before each page is read (the worker's clock)."""
    _shared["announce"] = call


@cache
def reader() -> TextReader:
    """This process's reader, loaded once."""
    return TextReader(lambda: _shared.get("announce", lambda: None)())


def rows_of(lines: Sequence[TextLine]) -> list[str]:
    """The lines joined to rows from left to right, along the page's own slope, top to bottom."""
    return [" ".join(line.text for line in row) for row in rows_of_lines(lines)]


def rows_of_lines(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of each row, as `rows_of` joins them."""
    level = sorted(line.slope for line in lines if line.length > 4 * line.height)
    angle = level[len(level) // 2] if level else 0.0
    turned = []
    for line in lines:
        x, y = line.middle
        turned.append((y * math.cos(angle) - x * math.sin(angle), x * math.cos(angle) + y * math.sin(angle), line))
    rows: list[list[tuple[float, float, TextLine]]] = []
    for item in sorted(turned, key=lambda item: item[0]):
        if rows and abs(rows[-1][-1][0] - item[0]) < 0.5 * min(rows[-1][-1][2].height, item[2].height):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [[line for _, _, line in sorted(row, key=lambda item: item[1])] for row in rows]
