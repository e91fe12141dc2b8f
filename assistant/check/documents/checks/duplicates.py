"""Does the same file, or the same picture, stand in two places? Compared across all slots, after all files were looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.check.documents.paper import Page

_SIDE = 16
_NEAR = 6

TWICE = Kind(
    "same.file-twice",
    "error",
    Text("与另一项「{other}」是同一个文件。", "it is the same file as in the slot “{other}”."),
    Text("同一个文件放在了两处。", "One file stands in two places."),
    Text("多半有一处放错了文件。", "One of the two is most likely wrong."),
    Text("请换成各自的文件。", "Put the right file in each."),
)
PICTURE = Kind(
    "same.picture-twice",
    "error",
    Text("与另一项「{other}」的内容看上去完全一样。", "its page looks exactly like the one in the slot “{other}”."),
    Text("两个不同的文件里是同一个画面。", "Two files show the same page."),
    Text("多半是同一份材料另存后放错了位置。", "Most likely one paper saved again and put in the wrong place."),
    Text("请换成各自的文件。", "Put the right file in each."),
)
KINDS = (TWICE, PICTURE)


@dataclass(frozen=True)
class FileLikeness:
    """What two files are compared by: content hash, and the first page's difference hash (hex, "" when not drawn)."""

    path: Path
    slot: str
    digest: str
    picture: str


def doubles(files: Sequence[FileLikeness], labels: Mapping[str, str]) -> list[tuple[FileLikeness, Found]]:
    """Every file that repeats an earlier one, with the earlier one's slot named."""
    found = []
    for place, file in enumerate(files):
        for earlier in files[:place]:
            if file.digest and file.digest == earlier.digest:
                found.append((file, TWICE.found(other=labels.get(earlier.slot, earlier.slot))))
                break
            if near(file.picture, earlier.picture):
                found.append((file, PICTURE.found(other=labels.get(earlier.slot, earlier.slot))))
                break
    return found


def near(one: str, other: str) -> bool:
    """Whether two likenesses are one picture saved twice: layouts and letters alike, but for compression's noise."""
    if not one or not other:
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= _NEAR and one.count("0") < len(one) - 4


def likeness_of(page: "Page") -> str:
    """A difference hash in two directions over ink, 2 × 16 × 16 bits a stripe of the page's eighths, as hex.

    Eight stripes, since papers of one form differ in a few words only.
    """
    import numpy as np
    from PIL import Image

    from assistant.check.documents.pixels import grey_of

    grey = grey_of(page.picture)
    bits: list[bool] = []
    for stripe in np.array_split(grey, 8):
        small = np.asarray(
            Image.fromarray(stripe.astype(np.uint8)).resize((_SIDE + 1, 4), Image.Resampling.BOX), dtype=np.int16
        )
        # Steps below the noise count as none, so that plain paper gives the same bits every time.
        bits += [bool(step) for step in (np.diff(small, axis=1) > 6).ravel()]
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):0{len(bits) // 4}x}"
