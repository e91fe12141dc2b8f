"""Promises of selectors/vocabulary.yaml: every path exists, and no wording stands for two of them."""

from collections import defaultdict

from assistant.drift.vocabulary import vocabulary, wordings
from assistant.normalize import plain
from assistant.page.engine import KINDS
from assistant.portal.lint_sections import profile_places
from assistant.portal.loading import load_portal, portals


def test_every_path_is_one_of_the_profiles() -> None:
    assert [path for path in vocabulary() if path not in profile_places()] == []


def test_no_wording_stands_for_two_paths() -> None:
    owners = defaultdict(set)
    for path, entry in vocabulary().items():
        for word in entry.words:
            owners[plain(word)].add(path)
    assert {word: paths for word, paths in owners.items() if len(paths) > 1} == {}


def test_bare_wordings_come_with_the_headings_that_make_them_certain() -> None:
    assert [path for path, entry in vocabulary().items() if bool(entry.bare) != bool(entry.under)] == []


def test_kinds_and_option_tables_exist() -> None:
    tables = load_portal("shenzhen").tables
    assert [path for path, entry in vocabulary().items() if not set(entry.kinds) <= set(KINDS)] == []
    assert [path for path, entry in vocabulary().items() if entry.options and entry.options not in tables] == []


def test_the_vocabulary_agrees_with_every_pack() -> None:
    """A label that a pack gives one path must not be a certain wording of another."""
    clashes = []
    for name in portals():
        for section in load_portal(name).sections:
            for field in section.fields:
                for label in field.labels:
                    others = [
                        path
                        for path, entry in vocabulary().items()
                        if path not in field.source.paths and plain(label) in map(plain, entry.words)
                    ]
                    clashes += [(label, field.key, other) for other in others]
    assert clashes == []


def test_a_path_without_an_entry_has_no_wordings() -> None:
    assert wordings("no.such.path") == ()
    assert "护照号" in wordings("passport.number")
