"""What was filled into the fields of a PDF form. In the child process only."""

import io
from collections.abc import Iterator
from typing import Any

from assistant.intake.pages.lines import Line

_MOST_FIELDS = 3000
TICKED, UNTICKED = "☑", "☐"


def fields_of(content: bytes) -> dict[int, list[Line]]:
    """Page number → its filled fields as lines, each with the name that the file gives it; ticked boxes as `☑`, others as `☐`."""
    import pikepdf

    found: dict[int, list[Line]] = {}
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        if "/AcroForm" not in pdf.Root:
            return {}
        for number, page in enumerate(pdf.pages, 1):
            left, bottom, right, top = (float(side) for side in page.cropbox)
            size = (left, bottom, max(1.0, right - left), max(1.0, top - bottom))
            for note in list(page.obj.get("/Annots", []))[:_MOST_FIELDS]:
                line = _line(note, size)
                if line is not None:
                    found.setdefault(number, []).append(line)
    return found


def _line(note: Any, size: tuple[float, float, float, float]) -> Line | None:
    if not _is_dictionary(note) or note.get("/Subtype") != "/Widget" or "/Rect" not in note:
        return None
    text = _text(note)
    if text is None:
        return None
    x, y, wide, high = size
    sides = [float(side) for side in note.Rect]
    left, right = sorted((sides[0], sides[2]))
    low, up = sorted((sides[1], sides[3]))
    return Line(
        text, (left - x) / wide, 1 - (up - y) / high, (right - x) / wide, 1 - (low - y) / high, 1.0, "form-field", _name(note)
    )  # fmt: skip


def _text(note: Any) -> str | None:
    """What the field holds; None for buttons that press, and fields without a value."""
    kind, value = str(_inherited(note, "/FT") or ""), _inherited(note, "/V")
    if kind == "/Btn":
        states = [str(name) for name in note.get("/AP", {}).get("/N", {})] if "/AP" in note else []
        if not states:
            return None
        return TICKED if str(note.get("/AS", "/Off")) not in ("/Off", "") else UNTICKED
    if kind not in ("/Tx", "/Ch") or value is None:
        return None
    try:
        text = str(value)
    except ValueError:  # a list of several choices
        text = "、".join(str(one) for one in value)
    return text.strip() or None


def _name(note: Any) -> str:
    """The field's title for people where it has one, else its own name."""
    told, own = _inherited(note, "/TU"), _inherited(note, "/T")
    return str(told or own or "")


def _family(note: Any) -> Iterator[Any]:
    """The field and those it is a part of."""
    here, steps = note, 0
    while here is not None and steps < 10:
        yield here
        here, steps = here.get("/Parent"), steps + 1


def _inherited(note: Any, key: str) -> Any:
    return next((value for one in _family(note) if (value := one.get(key)) is not None), None)


def _is_dictionary(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Dictionary)
