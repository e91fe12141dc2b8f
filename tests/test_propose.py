"""Promises of assistant/propose.py: what is proposed surely is right field by field; what is not known is listed."""

import re

import pytest
from playwright.sync_api import Page

from assistant.errors import PackError
from assistant.form_page import FormPage
from assistant.locations import SELECTORS
from assistant.portal import load_portal
from assistant.propose import Draft, bare, draft_section, propose
from assistant.snapshot import Control, Snapshot
from fixtures.server import HERE

TABLES = list(load_portal("shenzhen").tables.values())
UNSEEN = HERE / "unseen" / "application.html"


def means() -> dict[str, str]:
    """The truth: label → profile path, in the page's order; "" where no profile holds it."""
    text = UNSEEN.read_text(encoding="utf-8")
    labels = dict(re.findall(r'<label for="(\w+)">(.*?)</label>', text))
    paths = dict(re.findall(r'id="(\w+)"[^>]*?data-means="([^"]*)"', text))
    assert labels.keys() == paths.keys()
    return {key: paths[key] for key in labels}


@pytest.fixture
def draft(page: Page) -> Draft:
    page.set_content(UNSEEN.read_text(encoding="utf-8"))
    return propose(FormPage(page).look(), TABLES)


def test_what_is_accepted_of_a_proposal_for_an_unseen_form_is_right_field_by_field(
    draft: Draft, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = list(means().values())
    controls = sorted([*(one.control for one in draft.proposed), *draft.unknown], key=lambda one: one.id)
    assert len(controls) == len(truth)
    right = {(one.frame, one.id): path for one, path in zip(controls, truth, strict=True)}

    accepted = [one for one in draft.proposed if one.sure]
    wrong = [one.label for one in accepted if right[one.control.frame, one.control.id] != one.path]
    known = sum(bool(path) for path in truth)
    with capsys.disabled():
        print(
            f"\nunseen form: {len(truth)} questions, {known} of them in a profile; proposed {len(draft.proposed)} "
            f"({len(draft.proposed) / len(truth):.0%}), accepted {len(accepted)} ({len(accepted) / known:.0%} of what a "
            f"profile holds), wrong {len(wrong)}"
        )
    assert wrong == []
    assert len(accepted) >= 0.8 * known


def test_what_no_profile_holds_is_listed_and_not_guessed(draft: Draft) -> None:
    unknown = {bare(one.label) for one in draft.unknown}
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
