"""The words of papers: one meaning each, and only what a profile knows."""

import pytest

from assistant.intake.papers.words import OTHER, PERIOD, book_of, letters, words
from assistant.profile.model import Profile
from assistant.profile.paths import places_of


@pytest.mark.parametrize("kind", words().labels)
def test_a_wording_stands_for_one_path_of_the_profile(kind: str) -> None:
    paths = places_of(Profile)
    seen: dict[str, str] = {}
    for path, many in words().labels[kind].items():
        assert path in paths
        for word in many:
            assert seen.setdefault(letters(word), path) == path, word


def test_titles_name_one_paper_each() -> None:
    kinds = [(letters(word), kind) for kind, many in words().titles.items() for word in many]
    assert len(dict(kinds)) == len(set(kinds))


def test_a_bare_label_means_nothing_without_its_heading() -> None:
    book = book_of("form")
    assert {book.labels[word] for word in book.bare} == {OTHER}
    assert set(book.blocks.values()) == {block for pairs in book.bare.values() for block, _ in pairs}


def test_a_head_for_both_ends_of_a_stretch_is_known_in_every_table() -> None:
    assert all(PERIOD in columns.values() for columns in book_of("form").rows.values())
