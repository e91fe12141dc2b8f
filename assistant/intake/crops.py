"""The part of a page that a value was read from, as a picture to compare by eye."""

import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.intake.draft import PageBox, ReadValue, SourceFile
from assistant.messages import Text
from assistant.store.files import try_writing, write_private

if TYPE_CHECKING:
    from PIL import Image

_WIDEST = 1600
_AROUND = 0.15
"""Of the box's height, left visible above and below it."""


def crop(file: SourceFile, box: PageBox) -> bytes | None:
    """The box as a PNG; None where the file shows nothing there."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    with suppress(OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        if file.content.startswith(b"%PDF"):
            page = _drawn(file.content, box.page)
        else:
            page = ImageOps.exif_transpose(Image.open(io.BytesIO(file.content))).convert("RGB")
        around = _AROUND * (box.bottom - box.top)
        cut = page.crop(
            (
                int(max(0.0, box.left) * page.width),
                int(max(0.0, box.top - around) * page.height),
                int(min(1.0, box.right) * page.width),
                int(min(1.0, box.bottom + around) * page.height),
            )
        )
        if cut.width < 1 or cut.height < 1:
            return None
        cut.thumbnail((_WIDEST, _WIDEST))
        out = io.BytesIO()
        cut.save(out, "PNG")
        return out.getvalue()
    return None


def _drawn(content: bytes, number: int) -> "Image.Image":
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(content)
    try:
        if not 1 <= number <= len(document):
            raise ValueError(number)
        page: Image.Image = document[number - 1].render(scale=2).to_pil()
        return page.convert("RGB")
    except pypdfium2.PdfiumError:
        raise ValueError(number) from None
    finally:
        document.close()


def crops_of(
    folder: Path | None, applicant: str, values: Sequence[ReadValue], files: Sequence[SourceFile]
) -> Mapping[str, Path]:
    """A private picture for each value that has a box and is not sure."""
    if folder is None:
        return {}
    found = {}
    by_name = {file.name: file for file in files}
    for number, one in enumerate(values):
        file = by_name.get(one.source.partition("#")[0])
        if one.box is None or file is None or one.state == "sure":
            continue
        if picture := crop(file, one.box):
            place = folder / f"{applicant}-{one.path}-{number}.png"
            try:
                try_writing(place)
                write_private(place, picture)
            except OSError:
                raise InputError(
                    Text("无法写入这个文件夹；请换一个位置", "this folder can't be written; choose another place"),
                    where="--crops",
                ) from None
            found[f"{one.path} {one.source}"] = place
    return found
