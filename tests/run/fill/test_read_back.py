"""What a section held at the last look: laid beside the plan, nothing added, nothing lost."""

from dataclasses import replace

import pytest

from assistant.outcome import Outcome
from assistant.page.matching import Match, Wanted, match_all
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill import missing_documents, section_filler
from assistant.run.fill.read_back import ShownSection, read_back, text_of
from assistant.run.fill.result import FieldResult
from assistant.run.plan import Plan, SectionPlan, make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._pages import outcomes_of, page_of


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))


def section(plan: Plan, key: str) -> SectionPlan:
    return next(one for one in plan.sections if one.section.key == key)


def test_each_field_has_its_value_its_step_and_its_outcome(plan: Plan) -> None:
    personal = section(plan, "personal")
    held = read_back(personal, outcomes_of(personal), page_of(personal))
    assert [one.field.key for one in held.fields] == [field.key for field in personal.section.fields]
    for one in held.fields:
        assert one.step is not None and one.shown == one.step.value
        assert one.outcome is not None and one.outcome.field == one.field.key
    assert held.others == () and held.loose == ()


def test_what_the_page_does_not_show_is_none_and_an_empty_control_is_empty(plan: Plan) -> None:
    personal = section(plan, "personal")
    gone, *others = page_of(personal).controls
    held = read_back(personal, outcomes_of(personal), Snapshot((replace(others[0], value=""), *others[1:])))
    assert held.fields[0].shown is None and gone.label == held.fields[0].field.label
    assert held.fields[1].shown == "" and not held.fields[1].holds_something


def test_rows_are_paired_with_the_plan_and_a_row_that_stands_twice_is_known_once(plan: Plan) -> None:
    work = section(plan, "work")
    page = page_of(work)
    (table,) = page.tables
    first, second, third = table.rows
    page = replace(page, tables=(replace(table, rows=(third, first, first)),))
    (shown,) = read_back(work, outcomes_of(work), page).tables
    assert [row.index for row in shown.rows] == [2, 0, None, 1]
    assert shown.rows[-1].cells == {} and all(one.shown is None for one in shown.rows[-1].fields)
    assert second not in [tuple(row.cells.values()) for row in shown.rows]


def test_a_column_the_page_does_not_show_is_none(plan: Plan) -> None:
    work = section(plan, "work")
    page = page_of(work)
    (table,) = page.tables
    less = replace(table, headers=table.headers[:-1], rows=tuple(row[:-1] for row in table.rows))
    (shown,) = read_back(work, outcomes_of(work), replace(page, tables=(less,))).tables
    assert [row.fields[-1].shown for row in shown.rows] == [None, None, None]
    assert all(row.fields[0].shown for row in shown.rows)


def test_files_are_those_the_page_lists(plan: Plan) -> None:
    papers = section(plan, "attachments")
    page = page_of(papers)
    first, *others = page.controls
    held = read_back(
        papers, outcomes_of(papers), replace(page, controls=(replace(first, value=["other.pdf"]), *others))
    )
    assert held.uploads[0].files == ("other.pdf",) and held.uploads[0].plan is not None


def test_controls_nobody_declared_are_kept_when_they_hold_something(plan: Plan) -> None:
    personal = section(plan, "personal")
    page = page_of(personal)
    full, empty = (Control(0, 80 + n, "text", "native", f"新问题{n}", value=text) for n, text in enumerate(("x", "")))
    hidden = Control(0, 90, "text", "native", "隐藏", value="y", visible=False)
    held = read_back(personal, [], replace(page, controls=(*page.controls, full, empty, hidden)))
    assert held.others == (full,)


def test_outcomes_of_no_field_are_kept_apart(plan: Plan) -> None:
    personal = section(plan, "personal")
    new = Outcome("", "新问题", "by-hand", "not-planned", "text")
    assert read_back(personal, [*outcomes_of(personal), new], page_of(personal)).loose == (new,)


def test_a_shown_value_is_one_text() -> None:
    assert [text_of(value) for value in ("x ", True, False, ["a", "b"], None)] == ["x", "是", "否", "a、b", ""]
    assert text_of(True, "yes", "no") == "yes"


def test_a_field_or_slot_is_found_once_in_one_look_whoever_asks(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(wanted: list[tuple[Wanted, str]], seen: Snapshot) -> list[Match]:
        asked.extend(one.labels[0] for one, _ in wanted)
        return match_all(wanted, seen)

    monkeypatch.setattr("assistant.run.fill.read_back.match_all", counted)
    personal = section(plan, "personal")
    look = ShownSection(personal, page_of(personal))
    results = [FieldResult.of(step, "proved") for step in personal.steps]
    assert section_filler.unsettled(results, look.fields) == []
    assert missing_documents.missing(look, ()) == ()
    held = look.read_back(one.outcome for one in results if one.outcome)
    assert [one.control for one in held.fields if one.step] == [look.fields[one.field.key].control for one in results]
    planned = [*(step.field for step in personal.steps), *(one.upload for one in personal.uploads)]
    assert sorted(asked) == sorted(one.labels[0] for one in planned)
