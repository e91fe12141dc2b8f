"""Which planned row stands in a table already, told by what tells rows apart; no row serves twice."""

import time
from collections.abc import Sequence

import pytest

from assistant.page.snapshot import PageTable, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill import rows
from assistant.run.fill.result import FieldResult
from assistant.run.fill.rows import fill_table, find_table, found_table, pair_rows, unsettled
from assistant.run.plan import make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

PLAN = make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))
EDUCATION = next(one for one in PLAN.sections if one.section.key == "education").tables[0]
HEADERS = ("序号", "起始时间", "结束时间", "学校名称", "国家", "专业", "学历", "学位", "操作")
SCHOOL = ("1", "2004-03", "2007-02", "HANGANG MODEL HIGH SCHOOL", "韩国", "普通高中", "高中", "无", "编辑 删除")
UNIVERSITY = (
    "2",
    "2007年03月",
    "2013-02",
    "HANGANG MODEL UNIVERSITY",
    "韩国",
    "计算机科学",
    "学士",
    "学士",
    "编辑 删除",
)


def page(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS, copies: int = 1) -> Snapshot:
    return Snapshot(tables=tuple(PageTable(0, number, headers, rows) for number in range(copies)))


def test_rows_that_are_there_are_recognised_however_dates_are_written():
    assert sorted(pair_rows(EDUCATION, find_table(EDUCATION, page(UNIVERSITY, SCHOOL))).cells) == [0, 1]


def test_a_row_that_differs_in_what_tells_rows_apart_is_another_row():
    other = (*SCHOOL[:3], "HANGANG MODEL HIGH SCHOOL ANNEX", *SCHOOL[4:])
    assert pair_rows(EDUCATION, find_table(EDUCATION, page(other))).cells == {}


def test_one_row_of_the_page_never_stands_for_two_of_the_plan():
    twice = type(EDUCATION)(
        EDUCATION.table, (EDUCATION.rows[0], EDUCATION.rows[0].__class__(1, EDUCATION.rows[0].steps))
    )
    assert len(pair_rows(twice, find_table(twice, page(SCHOOL))).cells) == 1


def test_two_tables_of_the_same_columns_are_no_table_to_trust():
    assert find_table(EDUCATION, page(SCHOOL, copies=2)) is None
    assert find_table(EDUCATION, page(SCHOOL, headers=("序号", "公司"))) is None


def test_what_a_table_does_not_show_of_a_row_that_is_there_is_left_to_the_person():
    """A table of fewer columns proves less: nothing unseen counts as right."""
    without = tuple(index for index, header in enumerate(HEADERS) if header != "专业")

    class Page:
        def look(self) -> Snapshot:
            shown = (tuple(row[index] for index in without) for row in (SCHOOL, UNIVERSITY))
            return page(*shown, headers=tuple(HEADERS[index] for index in without))

    filled = fill_table(Page(), EDUCATION, lambda seen: seen, overwrite=False)
    assert {(one.step.field.label, one.status, one.reason) for one in filled if one.status != "already"} == {
        ("专业", "by-hand", "not-shown")
    }
    assert len([one for one in filled if one.status == "by-hand"]) == 2


def test_a_row_that_vanished_or_changed_after_saving_is_said():
    results = [FieldResult.of(step, "proved") for row in EDUCATION.rows for step in row.steps]
    assert unsettled(results, found_table(EDUCATION, page(SCHOOL, UNIVERSITY))) == []
    gone = unsettled(results, found_table(EDUCATION, page(SCHOOL)))
    assert {one.step.row for one, _ in gone} == {1}
    changed = (*UNIVERSITY[:5], "数学", *UNIVERSITY[6:])
    assert [one.step.field.label for one, _ in unsettled(results, found_table(EDUCATION, page(SCHOOL, changed)))] == [
        "专业"
    ]


def test_a_row_that_stands_there_twice_is_said_before_and_after_and_nothing_is_added_to_it():
    """A browser sends again by itself what got no answer: a portal may then have stored the row twice."""

    class Page:
        def look(self) -> Snapshot:
            return page(SCHOOL, UNIVERSITY, ("3", *UNIVERSITY[1:]))

    before = fill_table(Page(), EDUCATION, lambda seen: seen, overwrite=False)
    assert {(one.step.row, one.status, one.reason) for one in before} == {
        (0, "already", None),
        (1, "kept", "doubled"),
    }
    results = [FieldResult.of(step, "proved") for row in EDUCATION.rows for step in row.steps]
    after = unsettled(results, found_table(EDUCATION, Page().look()))
    assert {(one.step.row, reason) for one, reason in after} == {(1, "doubled")}
    assert len(after) == len(EDUCATION.rows[1].steps)


def test_rows_planned_twice_may_stand_there_twice():
    twice = type(EDUCATION)(
        EDUCATION.table, (EDUCATION.rows[0], EDUCATION.rows[0].__class__(1, EDUCATION.rows[0].steps))
    )
    assert pair_rows(twice, find_table(twice, page(SCHOOL, SCHOOL))).doubled == set()
    assert pair_rows(twice, find_table(twice, page(SCHOOL, SCHOOL, SCHOOL))).doubled == {0, 1}


@pytest.mark.parametrize(("answer", "tries"), [("not-found", 1), ("read-only", 2)])
def test_a_button_that_is_not_there_is_waited_for_once_and_not_for_every_row(answer: str, tries: int):
    pressed: list[str] = []

    class Page:
        def look(self) -> Snapshot:
            return page()

        def press_and_look(self, texts: Sequence[str]) -> tuple[str | None, Snapshot]:
            pressed.append(texts[0])
            return answer, self.look()

    filled = fill_table(Page(), EDUCATION, lambda seen: seen, overwrite=False)
    assert {(one.step.row, one.status, one.reason) for one in filled} == {
        (0, "refused", answer),
        (1, "refused", answer),
    }
    assert len(pressed) == tries


def test_a_row_whose_window_never_comes_is_given_up_and_nothing_is_confirmed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows, "_STILL_SECONDS", 0.01)
    pressed: list[tuple[str, float]] = []

    class Page:
        busy = False

        def look(self) -> Snapshot:
            return page(SCHOOL)

        settled_look = look

        def pause(self, milliseconds: int) -> None:
            time.sleep(milliseconds / 1000)

        def press_and_look(
            self, texts: Sequence[str], *, in_dialog: bool = False, within: float = 8.0
        ) -> tuple[str | None, Snapshot]:
            pressed.append((texts[0], within))
            return ("not-found" if in_dialog else None), self.look()

    filled = fill_table(Page(), EDUCATION, lambda seen: seen, overwrite=False)
    assert {(one.status, one.reason) for one in filled if one.step.row == 1} == {("failed", "row-not-added")}
    assert pressed == [(EDUCATION.table.add[0], 8.0), (EDUCATION.table.cancel[0], 1.0)]


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (page((*SCHOOL[:3], *SCHOOL[4:]), headers=(*HEADERS[:3], *HEADERS[4:])), "not-found"),
        (page(SCHOOL, headers=(*HEADERS[:3], "毕业院校（全称）", *HEADERS[4:])), "not-found"),
        (page(SCHOOL, UNIVERSITY, copies=2), "ambiguous"),
    ],
    ids=["a column is gone", "a column has another name", "two tables"],
)
def test_where_rows_stand_that_can_t_be_told_none_is_added(shown: Snapshot, reason: str) -> None:
    """They may be the planned ones: nothing is pressed on this page, which has nothing to press."""

    class Page:
        def look(self) -> Snapshot:
            return shown

    results = fill_table(Page(), EDUCATION, lambda seen: seen, overwrite=False)
    assert {(one.status, one.reason) for one in results} == {("refused", reason)}
    assert len(results) == sum(len(row.steps) for row in EDUCATION.rows)


def test_another_tables_rows_keep_none_from_being_added() -> None:
    work = page(
        ("1", "2013-03", "2016-02", "HAN Ltd", "韩国", "工程师"),
        headers=("序号", "起始时间", "结束时间", "工作单位", "国家", "职务"),
    )
    pressed: list[object] = []

    class Page:
        busy = False

        def look(self) -> Snapshot:
            return work

        def press_and_look(self, texts: object, **_: object) -> tuple[str, Snapshot]:
            pressed.append(texts)
            return "not-found", work

    fill_table(Page(), EDUCATION, lambda seen: seen, overwrite=False)
    assert pressed == [EDUCATION.table.add]
