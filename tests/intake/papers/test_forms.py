"""Filled application forms, drawn by code that knows nothing of how they are read: what was filled in is read, and nothing else for sure."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.check.documents import ocr
from assistant.intake.draft import ReadValue, SourceFile
from assistant.intake.pages import child, reading
from assistant.intake.readers import papers
from tests.support.filled_forms import FilledForm, visa_form, work_permit_form

TODAY = date(2026, 12, 1)
FORMS = [(make, layout) for make in (work_permit_form, visa_form) for layout in range(3)]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read in this process, and no picture is."""

    def read_pages(path: Path, name: str) -> reading.PagesRead:
        found = reading.PagesRead()
        for answer in child.answers_to({"path": str(path)}):
            reading.take(answer, found, name)
        return found

    monkeypatch.setattr(ocr, "installed", lambda: False)
    monkeypatch.setattr(papers, "read_pages", read_pages)


def values_of(content: bytes, folder: Path) -> dict[str, ReadValue]:
    path = folder / "form.pdf"
    path.write_bytes(content)
    (draft,) = papers.read(SourceFile(path), "", TODAY).drafts
    return {one.path: one for one in draft.values}


def judge(form: FilledForm, found: dict[str, ReadValue]) -> tuple[int, list[str]]:
    """How many values are right; which are wrong and said to be sure."""
    truth = form.truth
    right = sum(path in found and found[path].value == value for path, value in truth.items())
    wrong = [path for path, one in found.items() if one.state == "sure" and one.value != truth.get(path)]
    return right, wrong


@pytest.mark.parametrize("fields", [False, True], ids=["text", "fields"])
@pytest.mark.parametrize(("make", "layout"), FORMS)
def test_what_was_filled_in_is_read_and_nothing_wrong_is_sure(
    make: Callable[[int, int], FilledForm], layout: int, fields: bool, tmp_path: Path, here: None
) -> None:
    form = make(1, layout)
    right, wrong = judge(form, values_of(form.pdf(fields=fields), tmp_path))
    assert wrong == []
    assert right >= 0.85 * len(form.truth)


def test_of_all_forms_with_text_or_fields_nine_in_ten_values_are_right(tmp_path: Path, here: None) -> None:
    right = total = 0
    for make, layout in FORMS:
        for fields in (False, True):
            form = make(3, layout)
            right += judge(form, values_of(form.pdf(fields=fields), tmp_path))[0]
            total += len(form.truth)
    assert right >= 0.9 * total


def test_each_value_has_its_box_where_it_stands(tmp_path: Path, here: None) -> None:
    found = values_of(visa_form(1, 0).pdf(), tmp_path)
    boxes = [one.box for one in found.values()]
    assert all(box is not None and 0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1 for box in boxes)
    assert len({(box.left, box.top) for box in boxes if box}) == len(found)


@pytest.mark.parametrize(("make", "layout"), [
    pytest.param(make, layout, marks=() if (make, layout) == (visa_form, 0) else pytest.mark.nightly) for make, layout in FORMS
])  # fmt: skip
def test_a_scanned_form_is_read_and_nothing_of_it_is_sure_unseen(
    make: Callable[[int, int], FilledForm], layout: int, tmp_path: Path
) -> None:
    form = make(4, layout)
    found = values_of(form.scan(layout), tmp_path)
    right, wrong = judge(form, found)
    assert wrong == []
    assert right >= 0.7 * len(form.truth)
    assert {one.state for one in found.values()} <= {"doubtful", "error"}
