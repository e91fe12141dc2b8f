"""Travel documents as scanners give them: read, and nothing wrong said to be sure. The other ways, and thousands more, are nightly."""

from pathlib import Path

from benchmarks.papers import judged
from fixtures.papers.travel import FORMS, travel_page


def test_documents_in_every_form_of_zone_are_read_and_nothing_wrong_is_sure(tmp_path: Path) -> None:
    for seed in range(2, 2 + len(set(FORMS))):
        seen = judged(travel_page(seed), tmp_path)
        assert seen.whole, seed
        assert seen.wrong_sure == (), seed
        assert "applicant.birth_date" in seen.right


def test_a_document_is_drawn_the_same_each_time_and_differently_for_each_number() -> None:
    assert travel_page(5).image.tobytes() == travel_page(5).image.tobytes()
    assert len({travel_page(seed).truth["applicant.birth_date"] for seed in range(7)}) == 7
