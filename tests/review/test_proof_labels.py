"""The proof sheet's label tables are complete: every field, table, slot and section of every pack, every option code."""

import pytest

from assistant.portal.loading import Portal, load_portal
from assistant.review.proof_labels import PROOF_LANGUAGES, ProofLanguage, labels_in

OTHERS = tuple(language for language in PROOF_LANGUAGES if language != "zh")


def keys_of(portal: Portal) -> set[str]:
    found: set[str] = set()
    for section in portal.sections:
        found |= {field.key for field in section.fields}
        found |= {key for table in section.tables for key in (table.key, *(field.key for field in table.fields))}
        found |= {f"documents.{upload.slot}" for upload in section.uploads}
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_everything_the_packs_ask_has_a_label(language: ProofLanguage) -> None:
    labels = labels_in(language)
    portals = [load_portal("shenzhen"), load_portal("national")]
    wanted = set().union(*(keys_of(portal) for portal in portals))
    assert wanted - set(labels.labels) == set()
    assert {section.key for portal in portals for section in portal.sections} - set(labels.sections) == set()
    for portal in portals:
        for name, table in portal.tables.items():
            if name != "country":
                assert set(table.options) <= set(labels.options[name]), name


@pytest.mark.parametrize("language", OTHERS)
def test_no_label_is_for_nothing(language: ProofLanguage) -> None:
    portals = [load_portal("shenzhen"), load_portal("national")]
    known = set().union(*(keys_of(portal) for portal in portals))
    assert set(labels_in(language).labels) - known == set()


def test_a_file_speaks_its_own_language() -> None:
    for language in PROOF_LANGUAGES:
        assert labels_in(language).language == language
    assert {labels_in(language).words.title for language in PROOF_LANGUAGES}.__len__() == len(PROOF_LANGUAGES)


def test_an_option_nobody_can_read_twice_is_not_explained() -> None:
    assert labels_in("en").explained("country", "刚果（布）") == ""
    assert labels_in("en").explained("sex", "不详") == ""
    assert labels_in("zh").explained("sex", "男") == ""
    assert labels_in("en").explained(None, "男") == ""
