"""Whether a picture shows nothing but a person, before which ground; and what can be measured of such a photo. In the child only.

The figure is what differs from the ground. From its outline come the top of the head, how wide the head is, where its middle lies and,
by the narrowest place below it, the neck. Eyes, glances, glasses and a tilted head are not measured: no kept library here finds a face.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.check.documents.pixels import chroma_of, in_hues
from assistant.intake.prepare.heap import Ground

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.check.documents.paper import Page
    from assistant.check.documents.pixels import Pixels

    Mask = NDArray[np.bool_]

_SHAPES = (0.55, 0.95)
_EVEN, _FIGURE = 14.0, 28
_SMALL = (18, 24)
_SAME_MEAN, _SAME_MOST = 3.0, 24
"""Levels by which a photo that was compressed or made smaller may differ, on the whole and in a spot."""
_LEAST, _MOST = 0.08, 0.85
"""How much of the picture the figure fills."""


@dataclass(frozen=True)
class Figure:
    """The outline of a person, in shares of the picture: crown, neck and the head's sides; how even the ground is around it."""

    crown: float
    neck: float
    left: float
    right: float
    ground: Ground
    evenness: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def head(self) -> float:
        """Crown to neck, a little more than to the chin."""
        return self.neck - self.crown


def ground_of_portrait(page: "Page") -> Ground | None:
    """The ground of a portrait; None where the picture is something else."""
    wide, high = page.picture.shape[1], page.picture.shape[0]
    if not _SHAPES[0] <= wide / high <= _SHAPES[1]:
        return None
    figure = figure_in(page.picture)
    return figure.ground if figure is not None else None


def likeness_of_portrait(page: "Page") -> str:
    """A small picture in colours as hex: portraits of two persons are laid out alike, and only their colours and features differ."""
    import numpy as np
    from PIL import Image

    small = Image.fromarray(page.picture).resize(_SMALL, Image.Resampling.BOX)
    return np.asarray(small.convert("RGB")).tobytes().hex()


def same_portrait(one: str, other: str) -> bool:
    """Whether two such small pictures are one photo, saved twice.

    >>> same_portrait("80" * 12, "82" * 12), same_portrait("80" * 12, "80" * 9 + "c0" * 3), same_portrait("", "")
    (True, False, False)
    """
    if not one or len(one) != len(other):
        return False
    differences = [abs(a - b) for a, b in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)]
    return sum(differences) / len(differences) <= _SAME_MEAN and max(differences) <= _SAME_MOST


def figure_in(picture: "Pixels") -> Figure | None:
    """The figure before an even ground; None where the edges are not even, or what stands there has no head and shoulders."""
    import numpy as np

    step = max(1, max(picture.shape[:2]) // 400)
    small = picture[::step, ::step]
    high, wide = small.shape[:2]
    top, side = max(1, high // 20), max(1, wide // 14)
    edge = np.concatenate(
        [part.reshape(-1, 3) for part in (small[:top], small[: high // 3, :side], small[: high // 3, -side:])]
    )
    ground = np.median(edge, axis=0)
    evenness = float(np.percentile(np.abs(edge.astype(np.int16) - ground).max(axis=1), 90))
    if evenness > _EVEN * 2:
        return None
    mask: Mask = np.abs(small.astype(np.int16) - ground).max(axis=2) > _FIGURE
    filled = float(mask.mean())
    if not _LEAST <= filled <= _MOST:
        return None
    rows = np.nonzero(mask.mean(axis=1) > 0.06)[0]
    if not len(rows) or rows[-1] < high * 0.9:
        return None
    widths, lefts, rights = _spans(mask)
    crown = int(rows[0])
    shoulders = int(np.argmax(widths[crown:] > 0.62 * widths[crown:].max())) + crown
    head_rows = range(crown, max(crown + 2, shoulders))
    widest = max(head_rows, key=lambda row: widths[row] if row < crown + (shoulders - crown) * 0.8 else 0)
    neck = min(range(widest, max(widest + 1, shoulders)), key=lambda row: widths[row])
    if widths[widest] < 0.15 * wide or widths.max() < widths[widest] * 1.15 or neck - crown < high * 0.15:
        return None
    return Figure(
        crown / high, neck / high, float(lefts[widest]) / wide, float(rights[widest]) / wide, _ground(edge), evenness
    )


def _spans(mask: "Mask") -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]":
    """Row by row how wide the figure is, from where to where."""
    import numpy as np

    there = mask.any(axis=1)
    lefts = np.where(there, mask.argmax(axis=1), 0)
    rights = np.where(there, mask.shape[1] - mask[:, ::-1].argmax(axis=1), 0)
    return rights - lefts, lefts, rights


def _ground(edge: "Pixels") -> Ground:
    patch = edge.reshape(-1, 1, 3).astype("uint8")
    if float(((patch.min(axis=2) >= 185) & (chroma_of(patch) <= 26)).mean()) >= 0.7:
        return "white"
    return "blue" if float(in_hues(patch, 190, 250, saturation=0.25, value=(90, 255)).mean()) >= 0.7 else "other"
