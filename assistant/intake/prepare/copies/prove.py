"""Is everything of the original still on the copy? Page by page, before a copy is offered. In the child only.

Four things are held against each other: every small patch that shows something (its strokes still go the same way, in brightness and in
colour), the red seal's area and edge, the page's colour, and the text that is read in both. A page that was taken over without encoding is
the same picture, and only that is seen to. What fails is not offered; nothing here mends anything.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.check.documents import ocr
from assistant.check.documents.mrz_compare import distance
from assistant.check.documents.pixels import chroma_of, in_hues
from assistant.intake.papers.words import letters
from assistant.intake.prepare.copies.pages import CopiedPage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from assistant.check.documents.ocr import TextLine
    from assistant.check.documents.pixels import Pixels

    Plane = NDArray[np.float32]

_PATCH = 24
"""Pixels of a patch's side, as fine as the copy is."""
_SMALL, _SHAPE = 800, 0.02
_SAME, _SAME_MOST = 3.0, 60.0
"""Levels by which a page that was taken over may differ, on the whole and in its worst spots: only the way of drawing it differs."""
_CHANNELS = ((5.0, 1.0, 0.80, 0.50), (3.0, 2.0, 0.50, 0.30), (3.0, 2.0, 0.50, 0.30))
"""Brightness and the two colours: levels below which a patch shows nothing, how far it is smoothed before, how well it must follow the
original's strokes, and below what it is lost. Measured: print of six points and a pale seal at the coarsest step that keeps them."""
_MOST_NOISE = 14.0
_LOST = 0.002
"""What part of the patches may follow worse."""
_SEAL_OVERLAP = 0.72
LEAST_TEXT = 0.97
_MOST_READ = 26
"""Lines of a page that are read in both, those first that lost most."""


@dataclass(frozen=True)
class PageProof:
    """What was found on one page: shares from 0 to 1, and what failed ("" for nothing)."""

    detail: float = 1.0
    text: float | None = None
    """None where nothing had to be read: the page is the same picture, or has no text."""
    seal: float | None = None
    """How much of the seal's area is in the same place; None on a page without red."""
    failed: str = ""


@dataclass(frozen=True)
class Proof:
    """The proof of a copy: its pages, and what failed first."""

    pages: tuple[PageProof, ...] = ()
    failed: str = ""

    @property
    def holds(self) -> bool:
        return not self.failed and not any(page.failed for page in self.pages)

    @property
    def why(self) -> str:
        return self.failed or next((page.failed for page in self.pages if page.failed), "")

    def as_json(self) -> dict[str, Any]:
        texts = [page.text for page in self.pages if page.text is not None]
        seals = [page.seal for page in self.pages if page.seal is not None]
        return {
            "pages": len(self.pages),
            "detail": round(min((page.detail for page in self.pages), default=1.0), 3),
            "text": round(min(texts), 3) if texts else None,
            "seal": round(min(seals), 3) if seals else None,
            "failed": self.why,
        }


@dataclass
class _Pair:
    """The same page twice, in one size."""

    original: "Pixels"
    copy: "Pixels"
    source: CopiedPage
    worst: "list[tuple[float, tuple[int, int, int, int]]]" = field(default_factory=list)


def proof_of(sources: Sequence[CopiedPage], content: bytes, *, encoded: Sequence[int]) -> Proof:
    """`encoded` are the places of the pages that were encoded anew; all others must be the same picture."""
    copies = _drawn(content)
    if len(copies) != len(sources):
        return Proof(failed="pages")
    proofs = []
    for place, (source, copy) in enumerate(zip(sources, copies, strict=True)):
        proof = _of_page(source, copy, encoded=place in encoded)
        proofs.append(proof)
        if proof.failed:
            break
    return Proof(tuple(proofs))


def _drawn(content: bytes) -> "list[Any]":
    """The copy's pages, as a reader of it sees them."""
    import pypdfium2  # type: ignore[import-untyped]

    if content[:5] != b"%PDF-":
        from assistant.check.documents.paper import opened_picture, upright_frame

        with opened_picture(content) as opened:
            return [upright_frame(opened).convert("RGB")]
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return [document[index] for index in range(len(document))]


def _of_page(source: CopiedPage, copy: Any, *, encoded: bool) -> PageProof:
    if not encoded:
        return PageProof(failed="" if _is_the_same_picture(source, copy) else "picture")
    pair = _pair(source, copy)
    if pair is None:
        return PageProof(failed="shape")
    if not _is_the_same_picture(source, copy):
        return PageProof(failed="picture")
    detail = _detail(pair)
    if detail < 1 - _LOST:
        return PageProof(detail, failed="detail")
    if _is_tinted(pair.original) and not _is_tinted(pair.copy):
        return PageProof(detail, failed="colour")
    seal = _seal(pair)
    if seal is not None and seal < _SEAL_OVERLAP:
        return PageProof(detail, seal=seal, failed="seal")
    text = _text(pair)
    return PageProof(detail, text, seal, "text" if text is not None and text < LEAST_TEXT else "")


def _is_the_same_picture(source: CopiedPage, copy: Any) -> bool:
    """Whether a page that was taken over looks as before; two ways of making it smaller differ by soft edges only."""
    import cv2
    import numpy as np

    if not _same_shape(source, copy):
        return False
    image = source.picture(_SMALL / (max(source.size_mm) / 25.4)).convert("RGB")
    original, seen = np.asarray(image), np.asarray(_seen(copy, image.size))
    one = cv2.GaussianBlur(original, (0, 0), 2.0)
    other = cv2.GaussianBlur(
        cv2.resize(seen, (original.shape[1], original.shape[0]), interpolation=cv2.INTER_AREA), (0, 0), 2.0
    )
    difference = cv2.absdiff(one, other).astype(np.float32)
    return float(difference.mean()) <= _SAME and float(np.percentile(difference, 99.9)) <= _SAME_MOST


def _seen(copy: Any, size: tuple[int, int]) -> "Image.Image":
    """A page of the copy as a reader draws it, exactly so large: half a dot aside would look like a loss."""
    import pypdfium2
    import pypdfium2.raw as raw  # type: ignore[import-untyped]
    from PIL import Image

    if isinstance(copy, Image.Image):
        return copy
    bitmap = pypdfium2.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
    raw.FPDF_RenderPageBitmap(bitmap, copy, 0, 0, *size, 0, raw.FPDF_ANNOT)
    drawn: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return drawn


def _same_shape(source: CopiedPage, copy: Any) -> bool:
    from PIL import Image

    wide, high = copy.size if isinstance(copy, Image.Image) else copy.get_size()
    return abs(source.size_mm[0] / source.size_mm[1] - wide / high) <= _SHAPE * wide / high


def _pair(source: CopiedPage, copy: Any) -> _Pair | None:
    """The original and the picture that is the copy's page, dot by dot as fine as the copy is; None where the page is something else."""
    import numpy as np
    import pypdfium2.raw as raw
    from PIL import Image

    if not _same_shape(source, copy):
        return None
    if isinstance(copy, Image.Image):
        seen = copy
    else:
        # The picture itself: drawn on a page, a rounding moves it by half a dot, which would look like a loss.
        pictures = list(copy.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)))
        if len(pictures) != 1:
            return None
        seen = pictures[0].get_bitmap(render=False).to_pil().convert("RGB")
    original = source.picture(max(seen.size) / (max(source.size_mm) / 25.4)).convert("RGB")
    if original.size != seen.size:
        return None
    return _Pair(np.asarray(original), np.asarray(seen), source)


# ---- detail ----------------------------------------------------------------------------------------------------------


def _detail(pair: _Pair) -> float:
    """The part of the patches with something on them whose strokes the copy follows, in brightness and in both colours."""
    import cv2
    import numpy as np

    one, other = (
        np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb), np.float32) for pixels in (pair.original, pair.copy)
    )
    kept, seen = 0, 0
    lost = False
    for channel, (noise, blur, enough, hardly) in enumerate(_CHANNELS):
        a, b = (np.asarray(cv2.GaussianBlur(plane[:, :, channel], (0, 0), blur), np.float32) for plane in (one, other))
        shows, follows = _patches(a, b, noise)
        seen += int(shows.sum())
        kept += int((shows & (follows >= enough)).sum())
        lost = lost or _is_a_hole(shows & (follows < hardly))
        if channel == 0:
            bad = np.argwhere(shows)
            pair.worst = [
                (float(follows[y, x]), (y * _PATCH, x * _PATCH, (y + 1) * _PATCH, (x + 1) * _PATCH)) for y, x in bad
            ]
    if lost:
        return 0.0
    return kept / seen if seen else 1.0


def _patches(a: "Plane", b: "Plane", noise: float) -> "tuple[NDArray[np.bool_], Plane]":
    """Which patches of the first show something above the noise, and how well the second follows them (1: exactly)."""
    import numpy as np

    rows, columns = a.shape[0] // _PATCH, a.shape[1] // _PATCH

    def cut(plane: "Plane") -> "Plane":
        grid = plane[: rows * _PATCH, : columns * _PATCH].reshape(rows, _PATCH, columns, _PATCH)
        tiles = grid.transpose(0, 2, 1, 3).reshape(rows, columns, -1)
        centred: Plane = tiles - tiles.mean(axis=2, keepdims=True)
        return centred

    one, other = cut(a), cut(b)
    spread = np.sqrt((one**2).mean(axis=2))
    # What a scanner's or a camera's noise alone gives: the quiet margins tell. It need not be on the copy.
    ground = min(float(np.percentile(spread, 15)), _MOST_NOISE)
    shows = spread > max(noise, 2.2 * ground)
    # How much of the original's strokes the copy holds: its projection on them, a rest that is something else taken off.
    power = np.maximum((one**2).sum(axis=2), 1e-6)
    grain = np.minimum((ground / np.maximum(spread, 1e-6)) ** 2, 0.5)
    held = (one * other).sum(axis=2) / power
    rest = ((other - held[:, :, None] * one) ** 2).sum(axis=2) / power - grain * held**2
    follows = np.minimum(held / (1 - grain), 2 - held) - 0.5 * np.sqrt(np.maximum(rest, 0))
    return shows, follows.astype(np.float32)


def _is_a_hole(lost: "NDArray[np.bool_]") -> bool:
    """Whether lost patches lie side by side: something is gone there, not a speck."""
    return bool((lost[1:] & lost[:-1]).any() or (lost[:, 1:] & lost[:, :-1]).any())


# ---- colour and seal -------------------------------------------------------------------------------------------------


def _is_tinted(pixels: "Pixels") -> bool:
    return float((chroma_of(pixels[::2, ::2]) > 24).mean()) > 0.0004


def _seal(pair: _Pair) -> float | None:
    """How much of the red of the one lies on the red of the other; None where the original has hardly any."""
    import cv2
    import numpy as np

    masks = []
    for pixels in (pair.original, pair.copy):
        soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 1.5), np.uint8)
        masks.append(in_hues(soft, -22, 18, saturation=0.13, value=(70, 255)))
    one, other = masks
    if float(one.mean()) < 0.0015 or float(one.mean()) > 0.5:
        return None
    near = np.ones((5, 5), np.uint8)
    wide_one, wide_other = (cv2.dilate(mask.astype(np.uint8), near).astype(bool) for mask in masks)
    held = float((one & wide_other).sum() / max(1, one.sum()))
    added = float((other & wide_one).sum() / max(1, other.sum()))
    return min(held, added)


# ---- text ------------------------------------------------------------------------------------------------------------


def _text(pair: _Pair) -> float | None:
    """How far what is read in both agrees, over the lines that lost most; None where there is no text, or no reader here."""
    if not ocr.installed():
        return None
    import numpy as np

    reader = ocr.reader()
    boxes = text_places(pair.source, pair.original)
    if not len(boxes):
        return None
    order = sorted(range(len(boxes)), key=lambda place: _loss(pair, boxes[place]))
    chosen = np.asarray(boxes[order[:_MOST_READ]], np.float32)
    return text_kept(reader.lines_at(pair.original, chosen), reader.lines_at(pair.copy, chosen))


def text_kept(before: "Sequence[TextLine]", after: "Sequence[TextLine]") -> float | None:
    """How far the same lines, read twice, agree: 1 for every sign, 0 where a whole line reads otherwise; None where nothing was legible."""
    wrong = signs = 0
    for one, other in zip(before, after, strict=True):
        said, told = letters(one.text), letters(other.text)
        if one.score < 0.6 or len(said) < 2:
            continue
        off = distance(said, told)
        if off > max(1, len(said) // 3) and one.score >= 0.8:
            return 0.0  # a whole line reads otherwise
        figures = ["".join(filter(str.isdigit, text)) for text in (said, told)]
        if one.score >= 0.95 and figures[0] != figures[1] and off and other.score < one.score - 0.04:
            off = max(off, 3)
        wrong += off
        signs += len(said)
    return 1 - wrong / signs if signs else None


def text_places(source: CopiedPage, picture: "Pixels") -> "NDArray[np.float32]":
    """Where the original has text, in this picture of it: known from sorting, else looked for now."""
    import numpy as np

    high, wide = picture.shape[:2]
    if not source.words:
        return ocr.reader().places(picture)
    found = []
    for line in source.words:
        left, right = line["left"] * wide, line["right"] * wide
        top, bottom = line["top"] * high, line["bottom"] * high
        found.append([[left, top], [right, top], [right, bottom], [left, bottom]])
    return np.array(found, np.float32).reshape(-1, 4, 2)


def _loss(pair: _Pair, box: "NDArray[np.float32]") -> float:
    """The worst patch under a line; small lines come before large ones that lost as much."""
    left, top = box.min(axis=0)
    right, bottom = box.max(axis=0)
    under = [follows for follows, (t, x1, b, x2) in pair.worst if t < bottom and b > top and x1 < right and x2 > left]
    return (min(under) if under else 1.0) + float(bottom - top) / 1000
