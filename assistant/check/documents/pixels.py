"""Measuring pictures with numpy: ink, colour, connected patches. Pictures are RGB arrays, rows × columns × 3."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Patch:
    """A connected patch of a mask: its box in pixels (bottom and right excluded)."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


def grey_of(pixels: "Pixels") -> "NDArray[np.float32]":
    """Brightness 0–255 (ITU-R 601)."""
    import numpy as np

    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)
    grey: NDArray[np.float32] = pixels.astype(np.float32) @ weights
    return grey


def chroma_of(pixels: "Pixels") -> "NDArray[np.int16]":
    """Distance between a pixel's strongest and weakest channel: 0 is grey."""
    import numpy as np

    red, green, blue = (pixels[:, :, channel] for channel in range(3))
    strongest, weakest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    chroma: NDArray[np.int16] = strongest.astype(np.int16) - weakest
    return chroma


def in_hues(
    pixels: "Pixels", low: float, high: float, *, saturation: float, value: tuple[int, int] = (0, 255)
) -> "Mask":
    """Pixels whose hue (degrees; `low` may be negative) lies between, at least so saturated, with `value` in the range."""
    import numpy as np

    red, green, blue = (pixels[:, :, channel].astype(np.float32) for channel in range(3))
    strongest = np.maximum(np.maximum(red, green), blue)
    spread = strongest - np.minimum(np.minimum(red, green), blue)
    safe = np.where(spread == 0, 1, spread)
    hue = np.where(
        strongest == red,
        ((green - blue) / safe) % 6,
        np.where(strongest == green, (blue - red) / safe + 2, (red - green) / safe + 4),
    )
    degrees = hue * 60
    between = (degrees >= low % 360) | (degrees <= high) if low < 0 else (degrees >= low) & (degrees <= high)
    mask: Mask = (
        between & (spread >= saturation * np.maximum(strongest, 1)) & (strongest >= value[0]) & (strongest <= value[1])
    )
    return mask


def patches(mask: "Mask", cell: int, *, share: float = 0.08, reach: int = 1) -> list[Patch]:
    """Connected patches, on a grid of `cell`-pixel squares of which at least `share` is set; gaps up to `reach` squares join."""
    import numpy as np

    rows, columns = mask.shape[0] // cell, mask.shape[1] // cell
    if not rows or not columns:
        return []
    squares = mask[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell).mean(axis=(1, 3)) >= share
    left = {(int(y), int(x)) for y, x in np.argwhere(squares)}
    found = []
    while left:
        todo = [left.pop()]
        group = list(todo)
        while todo:
            y, x = todo.pop()
            for dy in range(-1 - reach, 2 + reach):
                for dx in range(-1 - reach, 2 + reach):
                    near = (y + dy, x + dx)
                    if near in left:
                        left.remove(near)
                        todo.append(near)
                        group.append(near)
        ys, xs = [y for y, _ in group], [x for _, x in group]
        found.append(Patch(min(ys) * cell, min(xs) * cell, (max(ys) + 1) * cell, (max(xs) + 1) * cell))
    return found


@dataclass(frozen=True)
class Sign:
    """A character of a file's text and its box in pixels."""

    text: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """Its longer side: 一 and - are flat."""
        return max(self.bottom - self.top, self.right - self.left)


_LEAST_SIZE, _LEAST_CHANGE = 3, 40


def seen_signs(picture: "Pixels", bare: "Pixels", signs: Sequence[Sign]) -> Iterator[Sign]:
    """The characters where the picture differs from the one without text, with the blanks between them."""
    import numpy as np

    change = np.abs(picture.astype(np.int16) - bare.astype(np.int16)).max(axis=2)
    for sign in signs:
        if sign.text.isspace() or not sign.text.isprintable():
            if sign.text in " \n":
                yield sign
            continue
        box = change[max(0, sign.top) : max(0, sign.bottom), max(0, sign.left) : max(0, sign.right)]
        if box.size and sign.size >= _LEAST_SIZE and int(box.max()) >= _LEAST_CHANGE:
            yield sign


def stand_on_each_other(signs: Sequence[Sign]) -> bool:
    """Whether different characters share one place often, so that nobody can say which of them is seen."""
    at: dict[tuple[int, int], str] = {}
    clashes = 0
    for sign in signs:
        if sign.text.isspace() or sign.size < _LEAST_SIZE:
            continue
        middle = ((sign.top + sign.bottom) // 8, (sign.left + sign.right) // 8)
        clashes += at.setdefault(middle, sign.text) != sign.text
    return clashes > max(3, len(at) // 50)


def marked_share(pixels: "Pixels") -> float:
    """The part of a picture that differs clearly from its own ground."""
    import numpy as np

    grey = grey_of(pixels[::2, ::2])
    return float((np.abs(grey - np.median(grey)) > 40).mean())
