"""One PDF made of pages: whole pages of other PDF files, and pictures, neither encoded anew. In the child only.

Promises: the same pages give the same bytes; nothing of the original files comes along but the pages: no password, no script, no
attachment, no form to fill in (what was filled in is painted), no record of who made them.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.intake.prepare.copies.pages import CopiedPage, frame_of

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

_POINTS = 72 / 25.4
_JPEG_SPACES = {"L": "DeviceGray", "RGB": "DeviceRGB"}


@dataclass(frozen=True)
class Picture:
    """A page that is one JPEG: its bytes, its size in pixels, its mode, the size of the paper in mm."""

    jpeg: bytes
    pixels: tuple[int, int]
    mode: str
    size_mm: tuple[float, float]
    turned: int = 0
    """Quarters against the clock that a viewer must turn it by, where the picture is taken as the camera made it."""


def pdf_of(pages: "Sequence[CopiedPage | Picture]") -> bytes:
    """The PDF of these pages. Raises what the libraries raise where an original can't be taken over."""
    import pikepdf

    with pikepdf.new() as pdf:
        opened: dict[int, pikepdf.Pdf] = {}
        for page in pages:
            if isinstance(page, Picture):
                _add_picture(pdf, page)
            elif page.is_pdf:
                key = id(page.paper)
                if key not in opened:
                    opened[key] = pikepdf.open(io.BytesIO(flattened(page.paper.data)))
                _add_page(pdf, opened[key], page)
            elif page.paper.kind == "jpeg" and (taken := _as_made(page)) is not None:
                _add_picture(pdf, taken)
            else:
                _add_lossless(pdf, page)
        pdf.remove_unreferenced_resources()
        return saved(pdf)


def flattened(content: bytes) -> bytes:
    """The same PDF with filled fields, stamps and notes painted on its pages; as it is where it has none."""
    import pikepdf
    import pypdfium2  # type: ignore[import-untyped]
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    with pikepdf.open(io.BytesIO(content)) as pdf:
        noted = "/AcroForm" in pdf.Root or any("/Annots" in page.obj for page in pdf.pages)
        if not noted:
            return content
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    for index in range(len(document)):
        page = document[index]
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_page(pdf: "pikepdf.Pdf", original: "pikepdf.Pdf", source: CopiedPage) -> None:
    pdf.pages.append(original.pages[source.number - 1])
    page = pdf.pages[-1]
    if source.quarters:
        page.rotate(-90 * source.quarters, relative=True)
    for key in ("/Annots", "/AA", "/Metadata", "/PieceInfo", "/Thumb", "/B"):
        if key in page.obj:
            del page.obj[key]


def _as_made(source: CopiedPage) -> Picture | None:
    """A camera's JPEG, byte for byte, where every viewer paints it alike: grey or in three colours."""
    from assistant.check.documents.paper import opened_picture

    if source.corners is not None:
        return None
    with opened_picture(source.paper.data) as opened:
        if opened.mode not in _JPEG_SPACES or opened.format not in ("JPEG", "MPO"):
            return None
        held = {1: 0, 8: 1, 3: 2, 6: 3}.get(opened.getexif().get(274, 1))
        if held is None:
            return None
        wide, high = opened.size
        mode = opened.mode
    turned = (held + source.quarters) % 4
    across, down = source.size_mm
    size = (down, across) if turned % 2 else (across, down)
    return Picture(_bare_jpeg(source.paper.data), (wide, high), mode, size, turned)


def _bare_jpeg(data: bytes) -> bytes:
    """The JPEG without what cameras add: where and when it was taken, small previews, a second picture behind the first. What says
    how to paint it stays (JFIF, Adobe, colour profiles)."""
    out, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xDA:
            end = data.find(b"\xff\xd9", at)
            return bytes(out + data[at : end + 2 if end > 0 else len(data)])
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if kind not in (0xE1, 0xED, 0xFE) and not (kind == 0xE2 and data[at + 4 : at + 7] == b"MPF"):
            out += data[at : at + 2 + length]
        at += 2 + length
    return data


def _add_lossless(pdf: "pikepdf.Pdf", source: CopiedPage) -> None:
    """Any other picture: its pixels packed without loss."""
    import pikepdf

    image = frame_of(source)
    rows = zlib.compress(image.tobytes(), 9)
    space = pikepdf.Name("/" + _JPEG_SPACES[image.mode])
    _add(pdf, rows, image.size, space, pikepdf.Name.FlateDecode, source.size_mm, 0)


def _add_picture(pdf: "pikepdf.Pdf", picture: Picture) -> None:
    import pikepdf

    space = pikepdf.Name("/" + _JPEG_SPACES[picture.mode])
    _add(pdf, picture.jpeg, picture.pixels, space, pikepdf.Name.DCTDecode, picture.size_mm, picture.turned)


def _add(
    pdf: "pikepdf.Pdf",
    data: bytes,
    pixels: tuple[int, int],
    space: "pikepdf.Name",
    packed: "pikepdf.Name",
    size_mm: tuple[float, float],
    turned: int,
) -> None:
    import pikepdf

    wide, high = (round(side * _POINTS, 4) for side in size_mm)
    stream = pikepdf.Stream(pdf, data)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = pixels
    stream.ColorSpace, stream.BitsPerComponent, stream.Filter = space, 8, packed
    page = pdf.add_blank_page(page_size=(wide, high))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    page.Contents = pdf.make_stream(f"q {wide} 0 0 {high} 0 0 cm /Im0 Do Q\n".encode("ascii"))
    if turned:
        page.rotate(-90 * turned, relative=False)


def saved(pdf: "pikepdf.Pdf") -> bytes:
    """The file's content; the same pages give the same bytes."""
    import pikepdf

    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=False,
    )
    return out.getvalue()


def pictures_of(
    images: "Sequence[Image.Image]", sources: Sequence[CopiedPage], jpegs: Sequence[bytes]
) -> Iterator[Picture]:
    """Pages that were encoded anew."""
    for image, source, jpeg in zip(images, sources, jpegs, strict=True):
        # Dots are square: the paper's size follows the picture's shape to the last dot.
        per_dot = max(source.size_mm) / max(image.size)
        yield Picture(jpeg, image.size, image.mode, (image.width * per_dot, image.height * per_dot))
