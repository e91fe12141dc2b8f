"""Reading text in pictures, offline (rapidocr on onnxruntime, the optional extra `ocr`). Used in child processes only.

The models are those inside the library's wheel, named by their paths: a model that it has to look for, it fetches from the
network. The engine below it (onnxruntime 1.32) reports how it is used to its maker, unless told not to before it is loaded.
Text is found on a copy of at most 959 pixels, which keeps memory low, and read at full size. The library's angle
classifier stays off: it turns the machine-readable zone upside down. Turning whole pages is the caller's decision.
"""

import importlib.util
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.check.finding_kinds import Kind
from assistant.messages import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.check.documents.pixels import Pixels

    Boxes = NDArray[np.float32]
    """Places of lines: count × four corners × x and y."""

_FINDING_SIDE = 959

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
_FINDING_MODEL, _READING_MODEL = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


def installed() -> bool:
    """Whether scans can be read on this machine."""
    return all(importlib.util.find_spec(name) is not None for name in NEEDED)


class TextReader:
    """The loaded models. `announce` is called before each page, so that the parent can allow it its time."""

    def __init__(self, announce: Callable[[], None] = lambda: None) -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import rapidocr

        models = Path(rapidocr.__file__).parent / "models"
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": 0.0,
                "Global.use_preprocess_img": False,
                "Global.use_vertical_padding": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_type": "max",
                "Det.limit_side_len": _FINDING_SIDE + 1,
                "Det.model_path": str(models / _FINDING_MODEL),
                "Rec.model_path": str(models / _READING_MODEL),
            }
        )
        self._announce = announce

    def lines(self, pixels: "Pixels", *, most: int = 220) -> list[TextLine]:
        """The page's lines of text from top to bottom. `most` keeps the longest ones."""
        found = self.lines_at(pixels, self.places(pixels)[:most])
        return sorted((line for line in found if line.text), key=lambda line: (line.middle[1], line.middle[0]))

    def places(self, pixels: "Pixels") -> "Boxes":
        """Where text stands, the longest lines first: four corners each (x, y in pixels)."""
        import numpy as np

        self._announce()
        found = sorted(self._boxes(pixels), key=lambda box: -np.linalg.norm(box[0] - box[1]))
        return np.array(found, np.float32).reshape(-1, 4, 2)

    def lines_at(self, pixels: "Pixels", boxes: "Boxes") -> list[TextLine]:
        """What stands at these places, in their order; nothing is looked for beside them."""
        return [self._read(_cut_out(pixels, box), box) for box in boxes]

    def again(self, pixels: "Pixels", line: TextLine, stretch: float) -> TextLine:
        """The same line read once more, drawn out sideways: narrow type is then less easily passed over."""
        import numpy as np
        from PIL import Image

        box = np.array(line.box, np.float32)
        crop = Image.fromarray(_cut_out(pixels, box))
        wider = crop.resize((round(crop.width * stretch), crop.height), Image.Resampling.BICUBIC)
        once_more = self._read(np.asarray(wider), box)
        return replace(line, text=once_more.text, score=once_more.score)

    def _boxes(self, pixels: "Pixels") -> "Boxes":
        import numpy as np
        from PIL import Image

        high, wide = pixels.shape[:2]
        scale = min(1.0, _FINDING_SIDE / max(high, wide))
        small = Image.fromarray(pixels).resize(
            (max(32, round(wide * scale)), max(32, round(high * scale))), Image.Resampling.BOX
        )
        boxes = self._engine(np.asarray(small), use_det=True, use_cls=False, use_rec=False).boxes
        if boxes is None:
            return np.zeros((0, 4, 2), np.float32)
        return np.asarray(boxes, np.float32) * np.array([wide / small.width, high / small.height], np.float32)

    def _read(self, crop: "Pixels", box: "NDArray[np.float32]") -> TextLine:
        """One line, alone: a batch of several would be padded to the longest, at twice the time and memory."""
        read = self._engine(crop, use_det=False, use_cls=False, use_rec=True)
        corners = tuple((float(x), float(y)) for x, y in box)
        return TextLine(str(read.txts[0]), float(read.scores[0]), corners) if read.txts else TextLine("", 0.0, corners)


def _cut_out(pixels: "Pixels", box: "NDArray[np.float32]") -> "Pixels":
    """The box, made level."""
    from rapidocr.utils.process_img import get_rotate_crop_image

    crop: Pixels = get_rotate_crop_image(pixels, box)
    return crop


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
