"""One file of a slot, opened once for all its checks, in the child process.

Nothing here judges: `Paper` gives the file's bytes, its type by content, its pages as pictures and as text. Everything
costly is done on first use and kept. Bounds: at most `MOST_PAGES` pages are looked at, no picture is rendered longer than
`LONG_SIDE` pixels.
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.documents.pixels import Sign, marked_share, seen_signs, stand_on_each_other
from assistant.check.file_rules import FileRules

if TYPE_CHECKING:
    import pypdfium2  # type: ignore[import-untyped]
    from PIL import Image

    from assistant.check.documents.pixels import Pixels

MOST_PAGES = 24
LONG_SIDE = 1700
READING_SIDE = 2000
MOST_PIXELS = 100_000_000
MOST_SIGNS = 20_000
PICTURES = ("jpeg", "png", "tiff", "gif", "bmp", "webp", "heic", "avif")
"""The types of picture that can be opened here."""
_TURN, _FIRST_SIDEWAYS = 274, 5
"""EXIF's entry for how a picture was held, and the first of its values that mean a quarter turn."""
_SHORT_NAMES = {"jpg": "jpeg", "tif": "tiff", "heif": "heic"}
_MM_PER_POINT = 25.4 / 72
_A4_MM, _LARGEST_SCAN_MM = 297.0, 430.0
"""Nobody scans more than A3: a larger page was made with a point (or 1/96 inch) for each of the scan's pixels."""
_SMALL_PICTURE = 0.1
"""Of the page: a company's sign or an electronic seal, beside which the text can be taken from the file."""
_MUCH_INK = 0.03
"""Of a page without its text: more than the lines of a table."""


@dataclass
class Page:
    """One page: its picture, what text can be seen on it, how finely it was scanned."""

    number: int
    layer: str
    """What the file says stands here. A file can say anything: only `text` is evidence."""
    size_mm: tuple[float, float] | None
    """Paper size; None for a picture file, which has none."""
    scan_pixels: tuple[int, int] | None
    """Size of the scanned picture that fills the page; None on a page drawn by a program."""
    _draw: "Drawer"
    read: str = ""
    """What was read in the page's picture so far, to be compared with `layer`."""
    kept: dict[str, str] = field(default_factory=dict)
    """What one check found out and another can use again (never leaves this process)."""

    @cached_property
    def picture(self) -> "Pixels":
        """RGB, rows × columns × 3, long side at most `LONG_SIDE`."""
        return self._draw(LONG_SIDE)

    def drawn(self, long_side: int) -> "Pixels":
        return self._draw(long_side)

    @cached_property
    def text(self) -> str:
        """The part of `layer` that is really painted; "" where the page shows something else that only reading tells."""
        return self._draw.painted_text(self.picture) if self.layer.strip() else ""

    @cached_property
    def signs(self) -> "list[Sign]":
        """The characters of `layer` that are really painted, with their places in `picture`."""
        return self._draw.painted_signs(self.picture) if self.layer.strip() else []

    @property
    def scanned(self) -> bool:
        return self.scan_pixels is not None

    @cached_property
    def long_mm(self) -> float:
        """The long side of the paper. A picture file, and a page measured in pixels, count as an A4 sheet."""
        return max(self.size_mm) if self.size_mm and max(self.size_mm) <= _LARGEST_SCAN_MM else _A4_MM

    @cached_property
    def mm_per_pixel(self) -> float:
        """Of `picture`."""
        return self.long_mm / float(max(self.picture.shape[:2]))


class Drawer:
    """Draws one page at a wanted size."""

    def __call__(self, long_side: int) -> "Pixels":
        raise NotImplementedError

    def painted_text(self, picture: "Pixels") -> str:
        return ""

    def painted_signs(self, picture: "Pixels") -> "list[Sign]":
        return []


@dataclass
class PdfDrawer(Drawer):
    """A page with its form fields, stamps and signatures, as every viewer shows it."""

    page: "pypdfium2.PdfPage"

    def __call__(self, long_side: int) -> "Pixels":
        import numpy as np

        wide, high = self.page.get_size()
        scale = long_side / max(wide, high, 1.0)
        bitmap = self.page.render(scale=scale, rev_byteorder=True, may_draw_forms=True)
        pixels: Pixels = np.array(bitmap.to_numpy()[:, :, :3])
        bitmap.close()
        return pixels

    def painted_text(self, picture: "Pixels") -> str:
        """The characters without which the page looks different where they stand: not those that are invisible, white,
        covered, clipped, switched off or beside the page. "" where a picture or a filled field has to be read anyway."""
        if _picture_share(self.page) > _SMALL_PICTURE or _has_written_notes(self.page):
            return ""
        bare = self._without_text()
        if bare.shape != picture.shape or marked_share(bare) > _MUCH_INK:
            return ""
        signs = list(self._signs(max(picture.shape[:2])))
        if stand_on_each_other(signs):
            return ""
        return "".join(sign.text for sign in seen_signs(picture, bare, signs))

    def painted_signs(self, picture: "Pixels") -> "list[Sign]":
        """The characters that are really painted, each with its place in the picture, whatever else lies on the page; none
        where different ones share their places."""
        bare = self._without_text()
        signs = list(self._signs(max(picture.shape[:2])))
        if bare.shape != picture.shape or stand_on_each_other(signs):
            return []
        return list(seen_signs(picture, bare, signs))

    def _without_text(self) -> "Pixels":
        import pypdfium2.raw as raw  # type: ignore[import-untyped]

        texts = [item.raw for item in self.page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=8)]
        for text in texts:
            raw.FPDFPageObj_SetIsActive(text, False)
        try:
            return self(LONG_SIDE)
        finally:
            for text in texts:
                raw.FPDFPageObj_SetIsActive(text, True)

    def _signs(self, long_side: int) -> "Iterator[Sign]":
        """Every character with its box in pixels of the picture."""
        import ctypes

        import pypdfium2.raw as raw

        wide, high = self.page.get_size()
        scale = long_side / max(wide, high, 1.0)
        size = (math.ceil(wide * scale), math.ceil(high * scale))
        words = self.page.get_textpage()
        x, y = ctypes.c_int(), ctypes.c_int()

        def placed(across: float, up: float) -> tuple[int, int]:
            raw.FPDF_PageToDevice(self.page, 0, 0, *size, 0, across, up, x, y)
            return x.value, y.value

        for place in range(min(words.count_chars(), MOST_SIGNS)):
            sign = chr(raw.FPDFText_GetUnicode(words, place) or 32)
            left, bottom, right, top = words.get_charbox(place, loose=True)
            (x1, y1), (x2, y2) = placed(left, bottom), placed(right, top)
            yield Sign(sign, min(y1, y2), min(x1, x2), max(y1, y2), max(x1, x2))


@dataclass
class ImageDrawer(Drawer):
    image: "Image.Image"

    def __call__(self, long_side: int) -> "Pixels":
        import numpy as np

        small = self.image.copy()
        small.thumbnail((long_side, long_side))
        return np.asarray(small.convert("RGB"))


@dataclass
class FrameDrawer(Drawer):
    """One frame of a picture file with many, decoded anew each time."""

    data: bytes
    index: int

    def __call__(self, long_side: int) -> "Pixels":
        with opened_picture(self.data) as opened:
            opened.seek(self.index)
            return ImageDrawer(upright_frame(opened))(long_side)


@dataclass
class Paper:
    """One file. `marks` is what a check leaves for the verdict over all files of the slot (see `together`)."""

    path: Path
    rules: FileRules
    slot: str
    marks: dict[str, str] = field(default_factory=dict)
    page_count: int = 0
    most_pages: int = MOST_PAGES
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
        return None if guess is None else _SHORT_NAMES.get(guess.extension, str(guess.extension))

    @property
    def is_image(self) -> bool:
        return self.kind in PICTURES

    @cached_property
    def pages(self) -> list[Page]:
        """The pages that are looked at. Raises what the libraries raise; the check of soundness comes first."""
        return self._pages_of_image() if self.is_image else list(self._pages_of_pdf())

    @cached_property
    def text(self) -> str:
        """The text that the file itself carries and shows, all pages."""
        return "\n".join(page.text for page in self.pages)

    def _pages_of_image(self) -> list[Page]:
        """One page; of a TIFF, which a scanner fills with many, as many as are looked at."""
        with opened_picture(self.data) as opened:
            self.page_count = getattr(opened, "n_frames", 1) if self.kind == "tiff" else 1
            if self.page_count > 1:
                return list(self._frames(opened))
            upright = upright_frame(opened)
            return [Page(1, "", None, upright.size, ImageDrawer(upright))]

    def _frames(self, opened: "Image.Image") -> Iterator[Page]:
        """Of many frames none is kept, since all of them together would fill the memory."""
        for index in range(min(self.page_count, self.most_pages)):
            opened.seek(index)
            turned = opened.getexif().get(_TURN, 1) >= _FIRST_SIDEWAYS
            size = (opened.height, opened.width) if turned else opened.size
            yield Page(index + 1, "", None, size, FrameDrawer(self.data, index))

    def _pages_of_pdf(self) -> Iterator[Page]:
        import pypdfium2

        pdf = pypdfium2.PdfDocument(self.data)
        pdf.init_forms()  # before any page is opened: else no field, stamp or signature is drawn
        self.page_count = len(pdf)
        for index in range(min(self.page_count, self.most_pages)):
            page = pdf[index]
            wide, high = page.get_size()
            words = page.get_textpage().get_text_range()[:20_000]
            yield Page(
                index + 1,
                words.replace("\r\n", "\n"),
                (wide * _MM_PER_POINT, high * _MM_PER_POINT),
                scan_of(page, wide * high),
                PdfDrawer(page),
            )


def opened_picture(content: bytes) -> "Image.Image":
    """A picture file opened, phones' HEIC included; nothing is decoded yet. Raises what the library raises."""
    import pi_heif  # type: ignore[import-untyped]
    from PIL import Image

    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None
    return Image.open(io.BytesIO(content))


def upright_frame(opened: "Image.Image") -> "Image.Image":
    """The frame that an opened picture stands at, in plain colours, turned as the camera says."""
    from PIL import ImageOps

    if opened.width * opened.height > MOST_PIXELS:
        raise ValueError("a frame is larger than any scan")
    opened.load()
    return _plain_colours(ImageOps.exif_transpose(opened))


def text_of_pdf(content: bytes) -> str | None:
    """The text that a PDF itself carries, its first pages; None for what is no PDF that opens."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
        return "\n".join(pdf[index].get_textpage().get_text_range() for index in range(min(len(pdf), MOST_PAGES)))
    except pypdfium2.PdfiumError:
        return None


def _plain_colours(image: "Image.Image") -> "Image.Image":
    """The picture as RGB or grey with eight bits a channel, on white paper, however it is kept."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        # Sixteen bits or more: brought down by their own range, since a plain conversion would clip them to white.
        most = 65535.0 if image.mode.startswith("I;16") else float(max(1.0, image.getextrema()[1]))  # type: ignore[arg-type]
        return image.convert("F").point(lambda level: level * (255.0 / most)).convert("L")
    if "transparency" in image.info or image.mode in ("LA", "La", "RGBA", "RGBa", "PA"):
        clear = image.convert("RGBA")
        ground = Image.new("RGB", clear.size, (255, 255, 255))
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return image if image.mode in ("RGB", "L") else image.convert("L" if image.mode == "1" else "RGB")


def _picture_share(page: "pypdfium2.PdfPage") -> float:
    """The part of the page under pictures."""
    import pypdfium2.raw as raw

    wide, high = page.get_size()
    covered = 0.0
    for number, item in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=8)):
        if number >= 400:
            return 1.0
        left, bottom, right, top = item.get_bounds()
        covered += abs(right - left) * abs(top - bottom)
    return float(covered / max(wide * high, 1.0))


def _has_written_notes(page: "pypdfium2.PdfPage") -> bool:
    """Whether anything lies on the page that may hold words of its own: filled fields, stamps, typed notes."""
    import pypdfium2.raw as raw

    wordless = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE)
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), 400)):
        note = raw.FPDFPage_GetAnnot(page, place)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind not in wordless:
            return True
    return False


def scan_of(page: "pypdfium2.PdfPage", area: float) -> tuple[int, int] | None:
    """Pixel size of the picture that covers most of the page, if one does (strips of one scan are added up)."""
    import pypdfium2.raw as raw

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
