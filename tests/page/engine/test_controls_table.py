"""docs/controls.md says what the control pages say."""

from fixtures.control_pages import all_cases, pages
from fixtures.controls_table import PLACE, table


def test_the_table_is_current() -> None:
    assert PLACE.read_text(encoding="utf-8") == table(), "run: python -m fixtures.controls_table"


def test_no_cell_is_silently_missing() -> None:
    rows = [line for line in table().splitlines() if line.startswith(tuple(f"| {case.key} |" for case in all_cases()))]
    assert len(rows) == len(all_cases())
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")][1:]
        assert len(cells) == len(pages())
        assert set(cells) <= {"passes", "–", "refused"}


def test_every_absence_has_a_reason() -> None:
    for page in pages():
        assert all(verdict in ("not available", "refused on purpose") and why for verdict, why in page.absent.values())
