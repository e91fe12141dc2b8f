"""What is missing: what the model requires, a row at a time, and nothing else."""

from pathlib import Path

import pytest

from assistant.errors import ProfileError
from assistant.intake.needed import is_required, missing
from assistant.intake.trees import flat
from assistant.store.locations import PROFILES
from assistant.strict_yaml import parse


@pytest.mark.parametrize("sample", sorted(path.name for path in PROFILES.glob("sample-*")))
def test_of_a_valid_profile_nothing_is_missing(sample: str) -> None:
    text = (PROFILES / sample / "profile.yaml").read_text(encoding="utf-8")
    known = dict(flat(parse(text, Path("profile.yaml"), ProfileError).data))
    assert missing(known) == ()
    for path in ("passport.number", "city", "employer"):
        assert missing([one for one in known if one != path]) == (path,)


def test_a_list_that_needs_a_row_is_named_as_a_whole_and_a_row_by_its_values() -> None:
    assert "education" in missing(["city"])
    found = missing(["education.1.school"])
    assert "education" not in found and "education.1.from" in found and "education.1.to" not in found
    assert not [path for path in found if path.startswith("family")], "nobody must come along"


def test_one_name_is_enough() -> None:
    assert "applicant.surname" in missing([])
    assert "applicant.surname" not in missing(["applicant.given_names"])
    assert is_required("education.3.school") and not is_required("education.3.to")
