"""What of a page is really seen: painted text, fields and stamps, pictures of every make."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from assistant.check.documents.checks.seal import seal_on
from assistant.check.documents.checks.signature import signed
from assistant.check.documents.paper import Page, Paper
from assistant.check.file_rules import FileRules
from fixtures.papers.pdf import printed_pdf
from fixtures.papers.sheet import Sheet

SHOWN, HIDDEN = "THESE WORDS EVERYBODY SEES ON THE PAGE", "NOBODY SEES SALARY AND PLACE OF WORK"
SEEN = f"BT /F 12 Tf 72 700 Td ({SHOWN}) Tj ET\n"
TELL = f"({HIDDEN}) Tj"
ANY = FileRules(types=("pdf", "jpeg", "png", "tiff", "gif", "bmp", "webp"))
Change = Callable[[pikepdf.Pdf, pikepdf.Dictionary], None]


def pdf_with(content: str, change: Change = lambda pdf, page: None) -> bytes:
    """One A4 page with this content; `/F` is Helvetica, `/Small` a small picture, `/None` an invisible ink."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        helvetica = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        picture = pdf.make_stream(bytes([250, 240, 200]) * 64)
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=helvetica),
            XObject=pikepdf.Dictionary(Small=picture),
            ExtGState=pikepdf.Dictionary({"/None": pikepdf.Dictionary(ca=0, CA=0)}),
        )
        page.Contents = pdf.make_stream(content.encode())
        change(pdf, page)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def first_page(folder: Path, data: bytes, name: str = "paper.pdf") -> Page:
    (folder / name).write_bytes(data)
    return Paper(folder / name, ANY, "x").pages[0]


def switched_off(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="layer"))
    page.Resources.Properties = pikepdf.Dictionary(Off=group)
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(Order=[group], OFF=[group]))


def in_a_form(inner: str) -> Change:
    def change(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        form = pdf.make_stream(inner.encode())
        form.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842], Resources=page.Resources
        )
        page.Resources.XObject.Form = pdf.make_indirect(form)

    return change


def nothing(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
    pass


UNSEEN: dict[str, tuple[str, Change]] = {
    "invisible ink": (f"BT 3 Tr /F 12 Tf 72 500 Td {TELL} ET", nothing),
    "only a clip": (f"q BT 7 Tr /F 12 Tf 72 500 Td {TELL} ET Q", nothing),
    "white on white": (f"1 1 1 rg BT /F 12 Tf 72 500 Td {TELL} ET", nothing),
    "nearly white": (f".97 .97 1 rg BT /F 12 Tf 72 500 Td {TELL} ET", nothing),
    "beside the page": (f"BT /F 12 Tf 72 -300 Td {TELL} ET", nothing),
    "above the page": (f"BT /F 12 Tf 72 2000 Td {TELL} ET", nothing),
    "under white": (f"BT /F 12 Tf 72 500 Td {TELL} ET 1 1 1 rg 60 480 480 50 re f", nothing),
    "under a picture": (f"BT /F 12 Tf 72 500 Td {TELL} ET q 400 0 0 40 60 490 cm /Small Do Q", nothing),
    "without size": (f"BT /F 0 Tf 72 500 Td {TELL} ET", nothing),
    "too small to see": (f"BT /F .2 Tf 72 500 Td {TELL} ET", nothing),
    "shrunk": (f"q .01 0 0 .01 72 500 cm BT /F 12 Tf {TELL} ET Q", nothing),
    "clipped away": (f"q 10 10 5 5 re W n BT /F 12 Tf 72 500 Td {TELL} ET Q", nothing),
    "transparent": (f"q /None gs BT /F 12 Tf 72 500 Td {TELL} ET Q", nothing),
    "switched off": (f"/OC /Off BDC BT /F 12 Tf 72 500 Td {TELL} ET EMC", switched_off),
    "invisible in a form": ("/Form Do", in_a_form(f"BT 3 Tr /F 12 Tf 72 500 Td {TELL} ET")),
}


@pytest.mark.parametrize("how", UNSEEN)
def test_text_that_is_not_painted_is_no_text(how: str, tmp_path: Path) -> None:
    hidden, change = UNSEEN[how]
    page = first_page(tmp_path, pdf_with(SEEN + hidden, change))
    assert page.text.strip() == SHOWN


@pytest.mark.parametrize("content", [SEEN, f".5 0 0 rg {SEEN}", f"0 0 .4 rg 60 690 400 30 re f 1 1 1 rg {SEEN}"])
def test_text_that_is_painted_is_text_in_whatever_colour(content: str, tmp_path: Path) -> None:
    assert first_page(tmp_path, pdf_with(content)).text.strip() == SHOWN
    form = first_page(tmp_path, pdf_with("/Form Do", in_a_form(content)), "form.pdf")
    assert form.text.strip() == SHOWN


def test_text_on_a_turned_page_is_found_where_it_is_painted(tmp_path: Path) -> None:
    def turned(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        page.Rotate = 90

    hidden, _ = UNSEEN["white on white"]
    assert first_page(tmp_path, pdf_with(SEEN + hidden, turned)).text.strip() == SHOWN


def a_field(pdf: pikepdf.Pdf, page: pikepdf.Dictionary, kind: str = "Tx", paint: str = "") -> None:
    look = pdf.make_stream(paint.encode() or f"BT /F 12 Tf 4 6 Td ({HIDDEN}) Tj ET".encode())
    look.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 120, 120], Resources=page.Resources
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name(f"/{kind}"),
            T="field",
            Rect=[400, 200, 520, 320],
            F=4,
            Ff=65536 if kind == "Btn" else 0,
            AP=pikepdf.Dictionary(N=look),
            P=page,
        )
    )
    page.Annots = pdf.make_indirect(pikepdf.Array([field]))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3 if kind == "Sig" else 0)


@pytest.mark.parametrize(
    ("content", "change"),
    [
        (f"q 500 0 0 700 40 80 cm /Small Do Q {SEEN}", nothing),
        (f"BT 3 Tr /F 12 Tf 72 700 Td ({SHOWN}) Tj ET q 595 0 0 842 0 0 cm /Small Do Q", nothing),
        (SEEN + f"BT /F 12 Tf 72 700 Td 3 Tr ({HIDDEN}) Tj ET", nothing),
        (SEEN, a_field),
        (SEEN + "0 0 0 rg 100 100 300 300 re f", nothing),
    ],
    ids=["on a picture", "under a picture", "on other text", "beside a filled field", "beside drawings"],
)
def test_a_page_that_shows_more_than_its_text_must_be_read(content: str, change: Change, tmp_path: Path) -> None:
    assert first_page(tmp_path, pdf_with(content, change)).text == ""


RING = ".8 .1 .12 RG .8 .1 .12 rg 5 w 60 4 m 91 4 116 29 116 60 c 116 91 91 116 60 116 c 29 116 4 91 4 60 c 4 29 29 4 60 4 c S 40 40 40 40 re f"
STROKE = ".1 .15 .5 RG 1.4 w 5 20 m 30 60 40 0 60 40 c 80 70 90 10 115 30 c S"


@pytest.mark.parametrize("kind", ["Sig", "Tx", "Btn"])
def test_a_seal_in_a_field_is_seen(kind: str, tmp_path: Path) -> None:
    page = first_page(tmp_path, pdf_with(SEEN, lambda pdf, page: a_field(pdf, page, kind, RING)))
    assert seal_on(page) == "yes"
    assert not page.scanned


@pytest.mark.parametrize("subtype", ["Stamp", "Ink", "FreeText"])
def test_a_stamp_is_seen(subtype: str, tmp_path: Path) -> None:
    def stamped(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        a_field(pdf, page, "Sig", RING)
        page.Annots[0].Subtype = pikepdf.Name(f"/{subtype}")
        del pdf.Root.AcroForm

    assert seal_on(first_page(tmp_path, pdf_with(SEEN, stamped))) == "yes"


def test_a_hidden_field_is_not_seen(tmp_path: Path) -> None:
    def hidden(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        a_field(pdf, page, "Sig", RING)
        page.Annots[0].F = 2

    assert seal_on(first_page(tmp_path, pdf_with(SEEN, hidden))) == "no"


def test_a_signature_in_a_field_is_seen_and_an_empty_field_shows_no_tint(tmp_path: Path) -> None:
    signature = first_page(tmp_path, pdf_with(SEEN, lambda pdf, page: a_field(pdf, page, "Sig", STROKE)))
    assert signed(signature)
    empty = first_page(tmp_path, pdf_with(SEEN, lambda pdf, page: a_field(pdf, page, "Tx", "n")), "empty.pdf")
    assert not signed(empty) and int(empty.picture[1200:1500, 1000:1150].min()) == 255


def test_a_sheet_printed_by_an_office_program_is_taken_from_its_text(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(26, 30, "合同期限：自2026年2月11日起至2028年2月10日止。", 11)
    sheet.text(26, 40, "第一条 工作地点：深圳市福田区。", 11)
    sheet.seal(150, 200, "示例科技有限公司", "合同专用章")
    page = first_page(tmp_path, printed_pdf(sheet))
    assert page.text.split() == ["合同期限：自2026年2月11日起至2028年2月10日止。", "第一条", "工作地点：深圳市福田区。"]
    assert seal_on(page) == "yes"


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _scan() -> Image.Image:
    sheet = Sheet(dpi=60)
    for line in range(12):
        sheet.text(26, 30 + line * 12, "合同期限：自2026年2月11日起至2028年2月10日止。", 14)
    return sheet.image


MAKES: dict[str, Callable[[Image.Image], bytes]] = {
    "png-16-bit": lambda scan: _saved(Image.fromarray(np.asarray(scan.convert("L")).astype(np.uint16) * 257), "PNG"),
    "tiff-16-bit": lambda scan: _saved(Image.fromarray(np.asarray(scan.convert("L")).astype(np.uint16) * 257), "TIFF"),
    "tiff-float": lambda scan: _saved(scan.convert("F"), "TIFF"),
    "palette": lambda scan: _saved(scan.quantize(32), "PNG"),
    "gif": lambda scan: _saved(scan, "GIF"),
    "cmyk-jpeg": lambda scan: _saved(scan.convert("CMYK"), "JPEG", quality=92),
    "cmyk-tiff": lambda scan: _saved(scan.convert("CMYK"), "TIFF"),
    "alpha": lambda scan: _saved(scan.convert("RGBA"), "PNG"),
    "grey-alpha": lambda scan: _saved(scan.convert("LA"), "PNG"),
    "one-bit-png": lambda scan: _saved(scan.convert("1", dither=Image.Dither.NONE), "PNG"),
    "one-bit-tiff": lambda scan: _saved(scan.convert("1", dither=Image.Dither.NONE), "TIFF", compression="group4"),
    "webp": lambda scan: _saved(scan, "WEBP", quality=92),
    "bmp": lambda scan: _saved(scan, "BMP"),
}


@pytest.mark.parametrize("make", MAKES)
def test_a_scan_shows_the_same_however_its_pixels_are_kept(make: str, tmp_path: Path) -> None:
    scan = _scan()
    page = first_page(tmp_path, MAKES[make](scan), f"scan.{make}")
    plain, got = np.asarray(scan.convert("L")).astype(float), page.picture.astype(float).mean(axis=2)
    assert got.shape == plain.shape
    assert float(np.abs(got - plain).mean()) < 14
    assert np.corrcoef(got.ravel(), plain.ravel())[0, 1] > 0.9


@pytest.mark.parametrize("points", [(595, 842), (1240, 1754), (2480, 3508), (1860, 2631)])
def test_a_page_measured_in_pixels_counts_as_a_sheet(points: tuple[int, int], tmp_path: Path) -> None:
    def sized(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> None:
        page.MediaBox = [0, 0, *points]

    page = first_page(tmp_path, pdf_with(f"q {points[0]} 0 0 {points[1]} 0 0 cm /Small Do Q", sized))
    assert page.scanned and 290 < page.long_mm < 300
