"""The cover of a bundle: a list of its numbered parts with their pages, what must be sealed and signed, what is missing. In Chinese and
English, as text.

Promises: the same list gives the same bytes; signs are those of a Chinese font of this system where one can be taken along, else of the
one that every reader of PDF files brings for Chinese.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.messages import Text

FONTS = (
    Path("C:/Windows/Fonts/msyh.ttc"),
    Path("C:/Windows/Fonts/simsun.ttc"),
    Path("C:/Windows/Fonts/simhei.ttf"),
    Path("/System/Library/Fonts/STHeiti Light.ttc"),
    Path("/Library/Fonts/Arial Unicode.ttf"),
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"),
)
"""TrueType fonts with Chinese signs, as Windows, macOS and Linux bring them; others can't be taken along in part."""
_NOT_TAKEN_ALONG = "STSong-Light"


@dataclass(frozen=True)
class CoverRow:
    """One part of the list."""

    number: str
    name: Text
    pages: str
    marks: Text


@dataclass(frozen=True)
class Cover:
    """All that the cover says."""

    title: Text
    facts: Sequence[tuple[Text, str]]
    rows: Sequence[CoverRow]
    notes: Sequence[tuple[Text, Sequence[Text]]]
    """Lists below: a heading, and what stands under it."""
    foot: Text


HEADS = (Text("序号", "No."), Text("材料", "Document"), Text("页", "Pages"), Text("印章和签名", "Seals and signatures"))


def drawn(cover: Cover) -> tuple[bytes, int]:
    """The cover as a PDF, and how many pages it takes."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    font = _font()
    plain = ParagraphStyle("plain", fontName=font, fontSize=10.5, leading=15, wordWrap="CJK")
    large = ParagraphStyle("large", plain, fontSize=20, leading=28)
    head = ParagraphStyle("head", plain, fontSize=12, leading=18, spaceBefore=10, spaceAfter=4)

    def both(text: Text, style: ParagraphStyle = plain) -> Paragraph:
        english = f'<br/><font size="8.5" color="#555555">{_escaped(text.en)}</font>' if text.en != text.zh else ""
        return Paragraph(_escaped(text.zh) + english, style)

    table = Table(
        [
            [both(one) for one in HEADS],
            *(
                [Paragraph(row.number, plain), both(row.name), Paragraph(row.pages, plain), both(row.marks)]
                for row in cover.rows
            ),
        ],
        colWidths=[14 * mm, 78 * mm, 22 * mm, 60 * mm],
        repeatRows=1,
    )
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    story: list[Flowable] = [both(cover.title, large), Spacer(1, 4 * mm)]
    story += [
        Paragraph(f"{_escaped(name.zh)} {_escaped(name.en)}：{_escaped(value)}", plain) for name, value in cover.facts
    ]
    story += [Spacer(1, 4 * mm), table]
    for heading, lines in cover.notes:
        story += [both(heading, head), *(both(Text(f"· {line.zh}", line.en)) for line in lines)]
    story += [Spacer(1, 6 * mm), both(cover.foot)]
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=18 * mm, bottomMargin=16 * mm,
        title=cover.title.zh, invariant=1,
    )  # fmt: skip
    document.build(story)
    return out.getvalue(), document.page


@cache
def _font() -> str:
    """The name of the font to write in, known to the library from now on."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for path in FONTS:
        if path.is_file():
            try:
                pdfmetrics.registerFont(TTFont(path.stem, path, subfontIndex=0))
                return path.stem
            except (TTFError, OSError):
                continue
    pdfmetrics.registerFont(UnicodeCIDFont(_NOT_TAKEN_ALONG))
    return _NOT_TAKEN_ALONG


def _escaped(words: str) -> str:
    from xml.sax.saxutils import escape

    return escape(words)
