"""Promises of assistant/run/fill/drift_gate.py: what a run learns of a section, and of a row's window, before it writes there."""

import pytest

from assistant.errors import SectionDrifted
from assistant.messages import Text
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.portal.section import Section, Table
from assistant.run.fill.drift_gate import DriftCheck, dialog_of
from fixtures.dictionaries import load_dictionaries
from fixtures.drifts import DRIFTS, Drift, moved
from fixtures.forms import load_form
from fixtures.server import HERE, SHARED
from fixtures.shown import shown

PORTAL = load_portal("shenzhen")
EDUCATION = PORTAL.section("education")
(TABLE,) = EDUCATION.tables


class Heard:
    def __init__(self) -> None:
        self.said: list[Text] = []
        self.check = DriftCheck(PORTAL, "https://portal.example", self.said.append)

    def dialog(self, *controls: Control, section: Section = EDUCATION, table: Table = TABLE) -> str | None:
        return self.check.check_dialog(section, table, Snapshot(controls, dialogs=("添加教育经历",)))


def declared(*, without: int = 0) -> list[Control]:
    """A window that asks what the pack says, the last so many left out."""
    fields = TABLE.fields[: len(TABLE.fields) - without]
    return [
        Control(0, number, one.control, "native", f"{one.label}：", required=True, dialog=0)
        for number, one in enumerate(fields)
    ]


def test_a_window_as_the_pack_describes_it_is_written_into_without_a_word() -> None:
    heard = Heard()
    assert heard.dialog(*declared()) is None
    assert heard.said == [] and heard.check.in_dialogs(EDUCATION) == []


def test_a_window_with_a_new_required_question_is_told_and_left_to_the_person() -> None:
    heard = Heard()
    new = Control(0, 90, "radio", "native", "*是否全日制：", required=True, dialog=0)
    assert heard.dialog(*declared(), new) == "drifted"
    assert "是否全日制" in heard.said[0].zh and "是否全日制" in heard.said[0].en
    (asked,) = heard.check.in_dialogs(EDUCATION)
    assert (asked.status, asked.reason, asked.label, asked.control) == ("by-hand", "not-planned", "是否全日制", "radio")
    assert heard.check.in_dialogs(PORTAL.section("work")) == []


def test_a_new_question_that_may_stay_empty_stops_no_row() -> None:
    assert Heard().dialog(*declared(), Control(0, 90, "text", "native", "备注", dialog=0)) is None


def test_a_window_of_which_most_is_unknown_is_left_to_the_person() -> None:
    heard = Heard()
    assert heard.dialog(*declared(without=len(TABLE.fields) - 1)) == "drifted"
    assert "window for adding a row" in heard.said[0].en


def test_a_window_is_compared_with_its_own_table_alone() -> None:
    family = PORTAL.section("family")
    assert [one.label for one in dialog_of(family, family.tables[0]).fields] == [
        one.label for one in family.tables[0].fields
    ]


def test_a_section_that_is_another_one_is_not_written() -> None:
    personal = PORTAL.section("personal")
    strangers = tuple(Control(0, number, "text", "native", f"栏目{number}") for number in range(5))
    heard = Heard()
    with pytest.raises(SectionDrifted):
        heard.check.check(personal, Snapshot(strangers))
    assert "assistant teach" in heard.said[-1].en


class Run:
    """A fill's looks at the mock portal's sections, in the form's order, each before its first write."""

    def __init__(self, drift: Drift | None = None) -> None:
        folder = HERE / "shenzhen"
        form = load_form(folder / "form.yaml")
        words = {**load_dictionaries(SHARED), **load_dictionaries(folder / "dictionaries")}
        form, words = (drift.change(form), drift.dictionaries(words)) if drift else (form, words)
        self.said: list[Text] = []
        self.changes: dict[str, list[str]] = {}
        check = DriftCheck(PORTAL, "http://127.0.0.1:8000", self.said.append)
        for section in PORTAL.sections:
            accept = {"paper": ".pdf", "photo": ".jpg,.jpeg,.png"}
            for old, new in drift.rewrites if drift else ():
                accept = {name: new.strip("'") if value == old.strip("'") else value for name, value in accept.items()}
            seen = shown(form, section.key, words, accept=accept).of(section)
            try:
                self.changes[section.key] = [one.en for one in check.check(section, seen)]
            except SectionDrifted as drifted:
                self.changes[section.key] = [one.en for one in drifted.changes]


def test_the_unchanged_portal_is_filled_without_a_word() -> None:
    run = Run()
    assert run.said == []
    assert not any(run.changes.values())


NAMED = [one for one in DRIFTS.values() if one.portal == "shenzhen" and one.names and one.kind != "section-missing"]


@pytest.mark.parametrize("drift", NAMED, ids=lambda one: one.name)
def test_a_fill_tells_what_a_probe_names_before_it_writes_there(drift: Drift) -> None:
    run = Run(drift)
    told = "\n".join(one.zh for one in run.said)
    if drift.kind == "order-changed":
        assert run.said == []
        return
    assert [label for _, label in drift.names if f"「{label}」" not in told] == []
    assert run.changes[drift.section], "what was told is kept for the report"


@pytest.mark.parametrize("drift", [one for one in DRIFTS.values() if one.portal == "shenzhen" and one.cosmetic])
def test_other_looks_are_no_news_to_a_fill(drift: Drift) -> None:
    assert Run(drift).said == []


def test_a_field_that_moved_to_a_section_seen_before_is_told_with_the_place() -> None:
    run = Run(Drift("back", "shenzhen", "business", moved("industry", "business", "personal", "emergencyPhone")))
    told = run.said[-1]
    assert "单位所属行业" in told.en and "moved (business → personal)" in told.en


def test_a_section_gone_over_again_says_nothing_twice() -> None:
    heard, section = Heard(), PORTAL.section("personal")
    controls = tuple(
        Control(0, number, one.control, "native", one.label) for number, one in enumerate(section.fields[1:])
    )
    for _ in range(2):
        heard.check.check(section, Snapshot(controls))
    assert len(heard.said) == 1


def test_what_differs_in_a_rows_window_is_told_once_and_the_row_is_written() -> None:
    heard = Heard()
    for _ in range(2):
        assert heard.dialog(*declared(without=1)) is None
    (told,) = heard.said
    assert TABLE.fields[-1].label in told.zh and "添加窗口" in told.zh
