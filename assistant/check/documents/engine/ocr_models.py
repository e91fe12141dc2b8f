"""The two models inside rapidocr's wheel, run by onnxruntime: one finds lines of text in a picture, one reads a line.

Promises: nothing is fetched; a model is loaded when it is first asked, so that who only reads lines never pays for finding
them. The wheel's own classes are left aside: what they load first (a downloader, a language of settings) takes longer than
a page, and a line that is short is filled up to a width that doubles its time.
"""

import importlib.util
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.check.documents.pixels import Pixels

    Boxes = NDArray[np.float32]
    """Places of lines: count × four corners × x and y."""
    Corners = NDArray[Any]
    """Four times x and y."""

_FINDING_MODEL, _READING_MODEL = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_STEP = 32
"""The finding model halves a picture five times."""
_LEAST_HEAT, _LEAST_MEAN_HEAT = 0.3, 0.5
_SHRUNK = 1.6
"""The model marks the core of a line, which is smaller than the line by this times area by circumference."""
_LEAST_CORE, _LEAST_LINE = 3, 5
_MOST_BOXES = 1000
_LINE_HEIGHT, _LEAST_WIDTH = 48, 64


class LineFinder:
    """Finds lines of text in a picture."""

    @cached_property
    def _session(self) -> Any:
        return _loaded(_FINDING_MODEL)

    def boxes(self, pixels: "Pixels", side: int) -> "Boxes":
        """The lines seen on a copy whose long side is at most `side`, in pixels of the picture."""
        import cv2
        import numpy as np

        high, wide = pixels.shape[:2]
        scale = min(1.0, side / max(high, wide))
        to = tuple(max(_STEP, round(length * scale / _STEP) * _STEP) for length in (wide, high))
        small = cv2.resize(pixels, to, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        planes = np.ascontiguousarray(small.transpose(2, 0, 1)[None], np.float32) / 127.5 - 1
        heat = self._session.run(None, {self._session.get_inputs()[0].name: planes})[0][0, 0]
        return _boxes_of(heat) * np.array([wide / to[0], high / to[1]], np.float32)


def _boxes_of(heat: "NDArray[np.float32]") -> "Boxes":
    """The lines whose cores are marked, each grown to its own size."""
    import cv2
    import numpy as np

    marked = cv2.dilate((heat > _LEAST_HEAT).astype(np.uint8), np.ones((2, 2), np.uint8))
    found = []
    for contour in cv2.findContours(marked, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0][:_MOST_BOXES]:
        middle, (wide, high), angle = cv2.minAreaRect(contour)
        if min(wide, high) < _LEAST_CORE:
            continue
        if _mean_inside(heat, cv2.boxPoints((middle, (wide, high), angle))) < _LEAST_MEAN_HEAT:
            continue
        grown = _SHRUNK * wide * high / (wide + high)
        if min(wide, high) + grown >= _LEAST_LINE:
            line = cv2.boxPoints((middle, (wide + grown, high + grown), angle))
            found.append(from_upper_left(line))
    boxes = np.array(found, np.float32).reshape(-1, 4, 2)
    return np.clip(boxes, 0, np.array([heat.shape[1] - 1, heat.shape[0] - 1], np.float32))


def _mean_inside(heat: "NDArray[np.float32]", corners: "Corners") -> float:
    import cv2
    import numpy as np

    left, top = np.maximum(np.floor(corners.min(axis=0)), 0).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = heat[top:bottom, left:right]
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(inside, [(corners - (left, top)).astype(np.int32)], 1)
    return float(cv2.mean(part, inside)[0])


def from_upper_left(corners: "Corners") -> "NDArray[np.float32]":
    """Four corners in the order upper left, upper right, lower right, lower left."""
    import numpy as np

    by_side = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = (pair[np.argsort(pair[:, 1], kind="stable")] for pair in (by_side[:2], by_side[2:]))
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


class LineSigns:
    """Reads the signs of one line."""

    @cached_property
    def _session(self) -> Any:
        return _loaded(_READING_MODEL)

    @cached_property
    def _signs(self) -> list[str]:
        """What the model's classes stand for: nothing, its own signs, a blank."""
        named = self._session.get_modelmeta().custom_metadata_map["character"]
        return ["", *named.splitlines(), " "]

    def read(self, crop: "Pixels") -> tuple[str, float]:
        """The text of a level line and how sure its signs are, 0 to 1; one line alone, at its own width: lines read together
        would be filled up to the longest, at more time and memory."""
        import cv2
        import numpy as np

        high, wide = crop.shape[:2]
        across = max(1, -(-_LINE_HEIGHT * wide // high))
        planes = np.zeros((1, 3, _LINE_HEIGHT, max(_LEAST_WIDTH, across)), np.float32)
        planes[0, :, :, :across] = cv2.resize(crop, (across, _LINE_HEIGHT)).transpose(2, 0, 1) / 127.5 - 1
        steps = self._session.run(None, {self._session.get_inputs()[0].name: planes})[0][0]
        best = steps.argmax(axis=1)
        new = (best != 0) & np.append(True, best[1:] != best[:-1])
        if not new.any():
            return "", 0.0
        return "".join(self._signs[sign] for sign in best[new]), float(steps[new, best[new]].mean())


def _loaded(model: str) -> Any:
    """A model's session, with one thread: pages are read side by side in several processes. onnxruntime reports how it is used
    to its maker, unless told not to before it is loaded."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # type: ignore[import-untyped]

    settings = onnxruntime.SessionOptions()
    settings.log_severity_level = 4
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    settings.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(_models() / model), settings, providers=["CPUExecutionProvider"])


def _models() -> Path:
    """The wheel's folder of models, found without loading the wheel."""
    spec = importlib.util.find_spec("rapidocr")
    assert spec is not None and spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))) / "models"


def cut_out(pixels: "Pixels", box: "NDArray[np.float32]") -> "Pixels":
    """What stands in the box, made level; a line that stands upright is laid down."""
    import cv2
    import numpy as np

    one, two, three, four = box
    wide = max(1, int(max(np.linalg.norm(one - two), np.linalg.norm(four - three))))
    high = max(1, int(max(np.linalg.norm(one - four), np.linalg.norm(two - three))))
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    part: NDArray[Any] = cv2.warpPerspective(
        pixels,
        cv2.getPerspectiveTransform(np.ascontiguousarray(box, np.float32), flat),
        (wide, high),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.ascontiguousarray(np.rot90(part)) if high >= 1.5 * wide else part
