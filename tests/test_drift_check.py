"""Promises of assistant/drift_check.py: what a run learns of a section, and of a row's window, before it writes there."""

import pytest

from assistant.drift_check import DriftCheck, SectionDrifted, dialog_of
from assistant.messages import Text
from assistant.portal import load_portal
from assistant.section_model import Section, Table
from assistant.snapshot import Control, Snapshot

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
