"""One file of a slot, opened once for all its checks, in the child process.

Nothing here judges: `Paper` gives the file's bytes, its type by content, its pages as pictures and as text. Everything
costly is done on first use and kept. Bounds: at most `MOST_PAGES` pages are looked at, no picture is rendered longer than
`LONG_SIDE` pixels.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.file_rules import FileRules

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2  # type: ignore[import-untyped]
    from numpy.typing import NDArray
    from PIL import Image

    Pixels = NDArray[np.uint8]

MOST_PAGES = 24
LONG_SIDE = 1700
READING_SIDE = 2000
MOST_PIXELS = 100_000_000
_MM_PER_POINT = 25.4 / 72


@dataclass
class Page:
    """One page: its picture, what text it carries, how finely it was scanned."""

    number: int
    text: str
    size_mm: tuple[float, float] | None
    """Paper size; None for a picture file, which has none."""
    scan_pixels: tuple[int, int] | None
    """Size of the scanned picture that fills the page; None on a page drawn by a program."""
    _draw: "Drawer"

    @cached_property
    def picture(self) -> "Pixels":
        """RGB, rows × columns × 3, long side at most `LONG_SIDE`."""
        return self._draw(LONG_SIDE)

    def drawn(self, long_side: int) -> "Pixels":
        return self._draw(long_side)

    @property
    def scanned(self) -> bool:
        return self.scan_pixels is not None

    @cached_property
    def mm_per_pixel(self) -> float:
        """Of `picture`. A picture file counts as a scan of an A4 sheet's long side."""
        long_mm = max(self.size_mm) if self.size_mm else 297.0
        return long_mm / float(max(self.picture.shape[:2]))


class Drawer:
    """Draws one page at a wanted size."""

    def __call__(self, long_side: int) -> "Pixels":
        raise NotImplementedError


@dataclass
class PdfDrawer(Drawer):
    page: "pypdfium2.PdfPage"

    def __call__(self, long_side: int) -> "Pixels":
        import numpy as np

        wide, high = self.page.get_size()
        scale = long_side / max(wide, high, 1.0)
        bitmap = self.page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
        pixels: Pixels = np.array(bitmap.to_numpy()[:, :, :3])
        bitmap.close()
        return pixels


@dataclass
class ImageDrawer(Drawer):
    image: "Image.Image"

    def __call__(self, long_side: int) -> "Pixels":
        import numpy as np

        small = self.image.copy()
        small.thumbnail((long_side, long_side))
        return np.asarray(small.convert("RGB"))


@dataclass
class Paper:
    """One file. `marks` is what a check leaves for the verdict over all files of the slot (see `together`)."""

    path: Path
    rules: FileRules
    slot: str
    marks: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    """What one check read and another can use again (never leaves this process)."""
    page_count: int = 0
    crop: "Pixels | None" = None
    """The part of the page that a person should look at when a reading is unsure."""

    @cached_property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def kind(self) -> str | None:
        """The type by content: "pdf", "jpeg", "png", another type's short name, or None when unknown."""
        import filetype  # type: ignore[import-untyped]

        if b"%PDF-" in self.data[:1024]:
            return "pdf"
        guess = filetype.guess(self.data[:8192])
        return None if guess is None else {"jpg": "jpeg", "tif": "tiff"}.get(guess.extension, str(guess.extension))

    @property
    def is_image(self) -> bool:
        return self.kind in ("jpeg", "png", "tiff", "gif", "bmp", "webp")

    @cached_property
    def pages(self) -> list[Page]:
        """The pages that are looked at. Raises what the libraries raise; the check of soundness comes first."""
        return self._pages_of_image() if self.is_image else list(self._pages_of_pdf())

    @cached_property
    def text(self) -> str:
        """The text that the file itself carries, all pages."""
        return "\n".join(page.text for page in self.pages)

    @property
    def has_text_layer(self) -> bool:
        """Every page carries real text (page numbers alone don't count)."""
        return all(len("".join(page.text.split())) >= 40 for page in self.pages)

    def _pages_of_image(self) -> list[Page]:
        from PIL import Image, ImageOps

        with Image.open(io.BytesIO(self.data)) as opened:
            self.page_count = getattr(opened, "n_frames", 1)
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            flat = (
                upright.convert("RGBA")
                if "transparency" in upright.info or upright.mode in ("LA", "RGBA", "PA")
                else None
            )
            if flat is not None:
                ground = Image.new("RGB", flat.size, (255, 255, 255))
                ground.paste(flat, mask=flat.getchannel("A"))
                upright = ground
            return [Page(1, "", None, upright.size, ImageDrawer(upright))]

    def _pages_of_pdf(self) -> Iterator[Page]:
        import pypdfium2

        pdf = pypdfium2.PdfDocument(self.data)
        self.page_count = len(pdf)
        for index in range(min(self.page_count, MOST_PAGES)):
            page = pdf[index]
            wide, high = page.get_size()
            words = page.get_textpage().get_text_range()[:20_000]
            yield Page(
                index + 1,
                words.replace("\r\n", "\n"),
                (wide * _MM_PER_POINT, high * _MM_PER_POINT),
                _scan_of(page, wide * high),
                PdfDrawer(page),
            )


def text_of_pdf(content: bytes) -> str | None:
    """The text that a PDF itself carries, its first pages; None for what is no PDF that opens."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
        return "\n".join(pdf[index].get_textpage().get_text_range() for index in range(min(len(pdf), MOST_PAGES)))
    except pypdfium2.PdfiumError:
        return None


def _scan_of(page: "pypdfium2.PdfPage", area: float) -> tuple[int, int] | None:
    """Pixel size of the picture that covers most of the page, if one does (strips of one scan are added up)."""
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    covered, across, down = 0.0, 0, 0
    for number, item in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)):
        if number >= 400:
            break
        left, bottom, right, top = item.get_bounds()
        share = abs(right - left) * abs(top - bottom) / max(area, 1.0)
        wide, high = item.get_px_size()
        covered += share
        across, down = max(across, wide), down + high if share < 0.6 else max(down, high)
    return (across, down) if covered >= 0.6 else None
