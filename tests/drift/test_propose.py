"""Promises of assistant/drift/propose.py: what is proposed surely is right field by field; what is not known is listed."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.drift.propose import Draft, draft_section, propose
from assistant.errors import PackError
from assistant.page.form_page import FormPage
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.portal.options import shared_tables
from assistant.store.documents import read_yaml
from assistant.store.locations import SELECTORS
from fixtures.server import HERE

TABLES = shared_tables()
UNSEEN = HERE / "unseen" / "application.html"
# Written after the vocabulary, which was not changed for it: how much is known of a form nobody had in mind.
HELD_OUT = HERE / "unseen" / "onboarding.html"
LEAST_ACCEPTED = {UNSEEN: 0.8, HELD_OUT: 0.6}


def means(form: Path = UNSEEN) -> list[str]:
    """The truth: the profile path of each question, in the page's order; "" where no profile holds it."""
    return re.findall(r'data-means="([^"]*)"', form.read_text(encoding="utf-8").partition("<body>")[2])


def drafted(page: Page, form: Path) -> Draft:
    page.set_content(form.read_text(encoding="utf-8"))
    return propose(FormPage(page).look(), TABLES, {"contract": ["聘用合同原件"], "passport": ["申请人护照"]})


@pytest.fixture
def draft(page: Page) -> Draft:
    return drafted(page, UNSEEN)


@pytest.mark.parametrize("form", LEAST_ACCEPTED, ids=lambda one: one.stem)
def test_what_is_accepted_of_a_proposal_for_an_unseen_form_is_right_field_by_field(
    page: Page, form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth, draft = means(form), drafted(page, form)
    controls = sorted([*(one.control for one in draft.proposed), *draft.unknown], key=lambda one: one.id)
    assert len(controls) == len(truth)
    right = {one.place: path for one, path in zip(controls, truth, strict=True)}

    accepted = [one for one in draft.proposed if one.sure]
    wrong = [one.label for one in accepted if right[one.control.frame, one.control.id] != one.path]
    known = sum(bool(path) for path in truth)
    with capsys.disabled():
        print(
            f"\nunseen form {form.stem}: {len(truth)} questions, {known} of them in a profile; proposed {len(draft.proposed)} "
            f"({len(draft.proposed) / len(truth):.0%}), accepted {len(accepted)} ({len(accepted) / known:.0%} of what a "
            f"profile holds), wrong {len(wrong)}"
        )
    assert wrong == []
    assert len(accepted) >= LEAST_ACCEPTED[form] * known


def test_what_no_profile_holds_is_listed_and_not_guessed(draft: Draft) -> None:
    unknown = {one.name for one in draft.unknown}
    assert {"法定代表人", "Former name", "Religion", "Passport number of spouse", "有效期至"} <= unknown


def test_a_draft_is_refused_until_it_is_reviewed(draft: Draft, tmp_path) -> None:
    import shutil

    shutil.copytree(SELECTORS, tmp_path / "selectors")
    file = tmp_path / "selectors" / "portals" / "shenzhen" / "sections" / "01-personal.yaml"
    text = draft_section(draft, "personal", "个人信息", "2026-11-22")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_portal("shenzhen", tmp_path / "selectors")
    assert any("nobody has reviewed" in problem.what.en for problem in refused.value.problems)
    assert {problem.key for problem in refused.value.problems} == {"personal › reviewed"}

    file.write_text(text.replace("reviewed: false", "reviewed: true"), encoding="utf-8")
    section = load_portal("shenzhen", tmp_path / "selectors").section("personal")
    assert section.fields_by_key["passport.number"].labels == ("Passport no.",)


def control(number: int, label: str, kind: str = "text", context: tuple[str, ...] = (), **more: object) -> Control:
    return Control(0, number, kind, "native", label, context=context, **more)  # type: ignore[arg-type]


def test_two_questions_for_one_datum_are_both_left_to_the_person() -> None:
    draft = propose(Snapshot((control(1, "护照号码"), control(2, "Passport number"))), TABLES)
    assert draft.proposed == ()
    assert len(draft.unknown) == 2


def test_the_kind_of_control_must_be_able_to_ask_for_it() -> None:
    assert propose(Snapshot((control(1, "出生日期", "upload"),)), TABLES).proposed == ()


def test_a_list_of_other_options_is_another_question() -> None:
    odd = control(1, "性别", "select", options=("公", "母", "不详"))
    assert propose(Snapshot((odd,)), TABLES).proposed == ()


def test_a_bare_word_needs_its_heading() -> None:
    under = propose(Snapshot((control(1, "电话", context=("紧急联系人",)),)), TABLES)
    assert [one.path for one in under.proposed] == ["applicant.emergency_contact.phone"]
    assert propose(Snapshot((control(1, "姓名"),)), TABLES).proposed == ()


def test_uploads_are_proposed_by_the_very_name_of_a_paper_and_tables_are_listed(page: Page, tmp_path: Path) -> None:
    draft = drafted(page, HELD_OUT)
    assert [(one.path, one.label) for one in draft.proposed if one.control.kind == "upload"] == [
        ("documents.contract", "聘用合同原件")
    ]
    text = draft_section(draft, "onboarding", "onboarding", "2026-11-28")
    (tmp_path / "draft.yaml").write_text(text, encoding="utf-8")
    document = read_yaml(tmp_path / "draft.yaml", PackError).data
    assert document["uploads"]["contract"]["labels"] == ["聘用合同原件"]
    assert not any(path.startswith("documents.") for path in document["fields"])
    assert "Flight ticket (upload)" in text and "Education: From | To | School | Degree" in text
