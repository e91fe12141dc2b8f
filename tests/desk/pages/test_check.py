"""The check as a page: ready or what is missing, each finding with its place."""

import re

PAGE = "/cases/sample-lee/check"


def test_a_case_in_order_is_said_to_be_ready(visitor):
    answer = visitor.get(PAGE)
    assert 'data-ready="true"' in answer.text and "可以申请" in answer.words
    assert 'data-code="slot.unsure" data-severity="warning"' in answer.text


def test_what_is_missing_is_named_linked_and_asked_for_in_the_letter(visitor, desk_folder):
    file = desk_folder / "sample-lee" / "profile.yaml"
    file.write_text(re.sub(r"  contract: .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    answer = visitor.get(PAGE)
    assert 'data-ready="false"' in answer.text
    assert 'href="/cases/sample-lee/documents#slot-contract">聘用合同原件' in answer.text
    visitor.post("/language", {"language": "en", "back": "/"})
    assert 'documents#slot-contract">Employment contract' in visitor.get(PAGE).text
    assert "1. 材料：聘用合同原件" in answer.words and "1. paper: " in answer.words


def test_a_profile_that_can_t_be_used_lists_each_field_with_a_link(visitor, desk_folder):
    file = desk_folder / "sample-lee" / "profile.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2032-05-10\n  mrz", "soon\n  mrz"), encoding="utf-8")
    text = visitor.get(PAGE).text
    assert 'data-code="profile.unusable" data-severity="error"' in text
    assert 'href="/cases/sample-lee/profile#f-passport.expires_on"' in text


def test_a_change_is_seen_at_the_next_look(visitor, desk_folder):
    visitor.get(PAGE)
    file = desk_folder / "sample-lee" / "profile.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2027-01-15", "2026-11-20"), encoding="utf-8")
    assert 'data-ready="false"' in visitor.get(PAGE).text
