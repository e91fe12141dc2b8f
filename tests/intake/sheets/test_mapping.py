"""What the person says of columns: read strictly, remembered by the heads, kept without a value of anybody."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.intake.draft import Column
from assistant.intake.sheets.mapping import columns_in, fingerprint, proposal, remember, remembered


def test_what_is_proposed_is_read_back_as_it_was(tmp_path: Path) -> None:
    columns = [
        Column("r", "护照号码 Passport No.", "passport.number", "sure"),
        Column("r", "工号: 新", None, "unknown"),
    ]
    (tmp_path / "map.yaml").write_text(proposal(columns), encoding="utf-8")
    assert columns_in(tmp_path / "map.yaml") == {"护照号码 Passport No.": "passport.number", "工号: 新": ""}


@pytest.mark.parametrize(
    "text", ["护照号码: pasport.number", "护照号码: passport", "护照号码: [passport.number]", "护照号码", ""]
)
def test_a_path_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        columns_in(tmp_path / "map.yaml")


@pytest.mark.parametrize(
    "path", ["applicant.full_name", "education.1.school", "employer.name", "passport.previous_nationalities"]
)
def test_every_value_of_a_person_can_be_meant(tmp_path: Path, path: str) -> None:
    (tmp_path / "map.yaml").write_text(f"x: {path}\n", encoding="utf-8")
    assert columns_in(tmp_path / "map.yaml") == {"x": path}


def test_heads_are_known_again_in_any_order_and_no_other_ones() -> None:
    remember(fingerprint(["a", "B："]), {"a": "passport.number"})
    assert remembered(fingerprint(["b", " a *"])) == {"a": "passport.number"}
    assert remembered(fingerprint(["a"])) == {}
