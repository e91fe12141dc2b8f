"""The judge of the attack sees what it is there for: defects planted in a sound run, each of which must be caught."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from assistant.outcome import Outcome, Reason, Status
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.plan import Plan, Step, make_plan
from assistant.run.report import Report, SectionReport
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks.faults.judgement import Judge, Judged, strangers_touched
from fixtures.held import Held, HeldAnswer, Row

PLAN: Plan = make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))
ASKED = ("personal", "education", "attachments")
STUDIES = ("education", "education")
JOBS = ("work", "work")
BIRTHPLACE = "applicant.birth_place"


def text_of(step: Step) -> str:
    return step.accepted[0] if step.accepted else str(step.value)


def whole(plan: Plan = PLAN) -> Held:
    """Everything that the plan wants, as a server would hold it."""
    answers: list[HeldAnswer] = []
    rows: dict[tuple[str, str], tuple[Row, ...]] = {}
    tables: dict[tuple[str, str], str] = {}
    files: dict[str, tuple[tuple[str, str], ...]] = {}
    for one in plan.sections:
        key = one.section.key
        answers += [HeldAnswer(key, step.field.key, step.field.label, text_of(step)) for step in one.steps]
        for table in one.tables:
            place = key, key
            tables[place] = table.table.label
            rows[place] = tuple({step.field.label: text_of(step) for step in row.steps} for row in table.rows)
        files |= {up.upload.label: tuple((file.name, "sha") for file in up.files) for up in one.uploads}
    return Held(tuple(answers), rows, tables, files)


def asked_only(held: Held) -> Held:
    return Held(
        tuple(one for one in held.answers if one.section in ASKED), {STUDIES: held.rows[STUDIES]}, {}, held.files
    )


def all_verified() -> dict[str, list[Outcome]]:
    told: dict[str, list[Outcome]] = {}
    for one in PLAN.sections:
        if one.section.key in ASKED:
            steps = [*one.steps, *(step for table in one.tables for row in table.rows for step in row.steps)]
            told[one.section.key] = [
                *(Outcome(step.field.key, step.field.label, "verified", row=step.row) for step in steps),
                *(Outcome(f"documents.{up.upload.slot}", up.upload.label, "verified") for up in one.uploads),
            ]
    return told


@dataclass
class Case:
    """One run as the judge gets it: sound, until a defect is planted."""

    before: Held = field(default_factory=Held)
    after: Held = field(default_factory=lambda: asked_only(whole()))
    told: dict[str, list[Outcome]] = field(default_factory=all_verified)
    truncating: tuple[str, ...] = ()
    holds_back: bool = False
    unread: tuple[str, ...] = ()

    def judged(self) -> Judged:
        sections = tuple(SectionReport(key, key, 0.0, 0, tuple(told)) for key, told in self.told.items())
        report = Report("fill", "", "", "", 0.0, sections, {}, handed_over=True, unread_sections=self.unread)
        judge = Judge(PLAN, report, self.before, self.after, whole(), self.truncating, holds_back=self.holds_back)
        return judge.judge(ASKED)

    def answer(
        self, key: str, text: str | None, *, section: str = "personal", label: str = "", was: bool = False
    ) -> None:
        held = self.before if was else self.after
        label = label or next((one.label for one in whole().answers if (one.section, one.key) == (section, key)), key)
        kept = [one for one in held.answers if (one.section, one.key) != (section, key)]
        more = [] if text is None else [HeldAnswer(section, key, label, text)]
        self._put(was, replace(held, answers=(*kept, *more)))

    def rows(self, *rows: Row, place: tuple[str, str] = STUDIES, was: bool = False) -> None:
        held = self.before if was else self.after
        self._put(was, replace(held, rows={**held.rows, place: rows}))

    def files(self, label: str, *files: tuple[str, str], was: bool = False) -> None:
        held = self.before if was else self.after
        self._put(was, replace(held, files={**held.files, label: files}))

    def _put(self, was: bool, held: Held) -> None:
        self.before, self.after = (held, self.after) if was else (self.before, held)

    def say(self, field: str, status: Status, reason: Reason | None = None, row: int | None = None) -> None:
        self.told = {
            key: [
                replace(one, status=status, reason=reason) if (one.field, one.row) == (field, row) else one
                for one in told
            ]
            for key, told in self.told.items()
        }


def studies() -> tuple[Row, ...]:
    return whole().rows[STUDIES]


def wrong_study() -> Row:
    return {**studies()[0], "学校名称": "another"}


CONTRACT = next(up.upload for one in PLAN.sections for up in one.uploads if up.upload.slot == "contract")


def wrong_value(case: Case) -> None:
    case.answer(BIRTHPLACE, "elsewhere")


def missing_value(case: Case) -> None:
    case.answer(BIRTHPLACE, None)


def wrong_under_kept(case: Case) -> None:
    case.answer(BIRTHPLACE, "elsewhere")
    case.say(BIRTHPLACE, "kept", "different-value")


def wrong_under_refused(case: Case) -> None:
    case.answer(BIRTHPLACE, "elsewhere")
    case.say(BIRTHPLACE, "refused", "read-only")


def erased_under_kept(case: Case) -> None:
    case.answer(BIRTHPLACE, "theirs", was=True)
    case.answer(BIRTHPLACE, None)
    case.say(BIRTHPLACE, "kept", "different-value")


def written_where_not_reached(case: Case) -> None:
    case.answer(BIRTHPLACE, "elsewhere")
    case.say(BIRTHPLACE, "failed", "not-reached")


def excused_by_another_field(case: Case) -> None:
    case.answer(BIRTHPLACE, "elsewhere")
    case.say("passport.number", "mismatched", "not-taken")


def unplanned_answer_written(case: Case) -> None:
    case.answer("remarks", "who knows")


def unplanned_answer_erased(case: Case) -> None:
    case.answer("remarks", "theirs", was=True)


def wrong_cells_and_no_outcomes(case: Case) -> None:
    case.rows(*({**row, "国家": "另一国"} for row in studies()))
    case.told.clear()


def wrong_cell(case: Case) -> None:
    case.rows(wrong_study(), *studies()[1:])


def wrong_cell_under_another_rows_refusal(case: Case) -> None:
    case.rows(wrong_study(), *studies()[1:])
    school = next(one.field for one in case.told["education"] if one.label == "学校名称")
    case.say(school, "mismatched", "not-taken", row=1)


def unplanned_cell(case: Case) -> None:
    case.rows({**studies()[0], "备注": "who knows"}, *studies()[1:])


def rows_doubled_with_one_refusal(case: Case) -> None:
    case.rows(*studies(), *studies())
    case.say(case.told["education"][0].field, "refused", "no-such-option", row=0)


def present_row_doubled(case: Case) -> None:
    case.rows(*studies(), was=True)
    case.rows(*studies(), studies()[0])


def strange_row_gone(case: Case) -> None:
    case.rows({"学校名称": "theirs"}, was=True)


def row_gone(case: Case) -> None:
    case.rows(*studies(), was=True)
    case.rows(*studies()[1:])


def rows_written_where_not_asked(case: Case) -> None:
    case.rows(whole().rows[JOBS][0], place=JOBS)


def rows_erased_where_not_asked(case: Case) -> None:
    case.rows(whole().rows[JOBS][0], place=JOBS, was=True)


def value_written_where_not_asked(case: Case) -> None:
    case.answer("residence_request.entry_port", "罗湖", section="residence")


def value_erased_where_not_asked(case: Case) -> None:
    case.answer("residence_request.entry_port", "罗湖", section="residence", was=True)


def wrong_file(case: Case) -> None:
    case.files(CONTRACT.label, ("other.pdf", "sha"))


def half_a_file_where_nothing_truncates(case: Case) -> None:
    case.truncating = ("照片",)
    case.files(CONTRACT.label, *((name, "half") for name, _ in whole().files[CONTRACT.label]))


def file_doubled(case: Case) -> None:
    case.files(CONTRACT.label, *whole().files[CONTRACT.label] * 2)


def file_where_not_asked(case: Case) -> None:
    case.files("其他材料", ("a.pdf", "sha"))


def file_erased_where_not_asked(case: Case) -> None:
    case.files("其他材料", ("a.pdf", "sha"), was=True)


UNREPORTED: tuple[Callable[[Case], None], ...] = (
    wrong_value,
    missing_value,
    wrong_under_kept,
    wrong_under_refused,
    erased_under_kept,
    written_where_not_reached,
    excused_by_another_field,
    unplanned_answer_written,
    unplanned_answer_erased,
    wrong_cells_and_no_outcomes,
    wrong_cell,
    wrong_cell_under_another_rows_refusal,
    unplanned_cell,
    rows_doubled_with_one_refusal,
    present_row_doubled,
    strange_row_gone,
    row_gone,
    rows_written_where_not_asked,
    rows_erased_where_not_asked,
    value_written_where_not_asked,
    value_erased_where_not_asked,
    wrong_file,
    half_a_file_where_nothing_truncates,
    file_doubled,
    file_where_not_asked,
    file_erased_where_not_asked,
)


@pytest.mark.parametrize("plant", UNREPORTED, ids=lambda one: one.__name__)
def test_every_planted_defect_is_caught(plant: Callable[[Case], None]) -> None:
    case = Case()
    plant(case)
    assert case.judged().unreported


def test_a_sound_run_is_not_blamed() -> None:
    found = Case().judged()
    assert (found.unreported, found.unnamed, found.truncated) == ([], [], [])
    assert found.right == found.planned > 40


def test_a_draft_that_was_right_before_counts_for_nothing() -> None:
    found = Case(before=asked_only(whole())).judged()
    assert (found.unreported, found.unnamed, found.planned, found.right) == ([], [], 0, 0)


@pytest.mark.parametrize("section", ASKED)
def test_a_section_missing_from_the_report_is_unnamed_even_where_all_is_right(section: str) -> None:
    case = Case()
    del case.told[section]
    assert case.judged().unnamed


def test_a_run_without_a_report_names_nothing() -> None:
    found = Judge(PLAN, None, Held(), Held(), whole()).judge(ASKED)
    assert len(found.unnamed) == found.planned > 40 and found.unreported == []


@pytest.mark.parametrize(("status", "reason"), [("mismatched", "changed-after-save"), ("failed", "not-saved")])
def test_what_is_called_wrong_may_be_wrong(status: Status, reason: Reason) -> None:
    case = Case()
    wrong_value(case)
    case.say(BIRTHPLACE, status, reason)
    assert case.judged().unreported == []


@pytest.mark.parametrize(("status", "reason"), [("kept", "different-value"), ("failed", "not-reached")])
def test_what_is_called_left_alone_may_be_as_it_was(status: Status, reason: Reason) -> None:
    case = Case()
    case.answer(BIRTHPLACE, "theirs", was=True)
    case.answer(BIRTHPLACE, "theirs")
    case.say(BIRTHPLACE, status, reason)
    assert (case.judged().unreported, case.judged().unnamed) == ([], [])


def test_a_strange_row_that_stays_and_a_right_row_beside_it_are_no_defect() -> None:
    case = Case()
    case.rows(wrong_study(), was=True)
    case.rows(wrong_study(), *studies())
    assert case.judged().unreported == []


@pytest.mark.parametrize(
    ("holds_back", "text", "reason", "excused"),
    [
        (True, None, "not-found", True),
        (True, None, "no-such-option", True),
        (False, None, "not-found", False),
        (False, None, "no-such-option", False),
        (True, "elsewhere", "not-found", False),
        (True, "elsewhere", "no-such-option", False),
        (True, None, "read-only", False),
    ],
)
def test_only_what_a_page_holds_back_may_be_saved_as_empty_by_it(
    holds_back: bool, text: str | None, reason: Reason, excused: bool
) -> None:
    case = Case(holds_back=holds_back)
    case.answer(BIRTHPLACE, "theirs", was=True)
    case.answer(BIRTHPLACE, text)
    case.say(BIRTHPLACE, "refused", reason)
    assert (case.judged().unreported == []) is excused


@pytest.mark.parametrize(("status", "reason"), [("verified", None), ("already", None), ("refused", "not-found")])
@pytest.mark.parametrize("unread", [True, False])
def test_of_a_section_named_as_not_read_once_more_all_is_left_to_the_person(
    status: Status, reason: Reason | None, unread: bool
) -> None:
    case = Case(unread=("personal",) if unread else ())
    case.answer(BIRTHPLACE, "elsewhere")
    case.say(BIRTHPLACE, status, reason)
    assert (case.judged().unreported == []) is unread


def test_half_a_file_is_excused_in_the_slot_that_truncates_and_nowhere_else() -> None:
    case = Case(truncating=(CONTRACT.label,))
    case.files(CONTRACT.label, *((name, "half") for name, _ in whole().files[CONTRACT.label]))
    assert (case.judged().truncated, case.judged().unreported) == ([f"attachments.{CONTRACT.label}"], [])


ONE, OTHER = Held((HeldAnswer("personal", "surname", "姓", "LEE"),)), Held()


@pytest.mark.parametrize(
    ("before", "after", "there", "touched"),
    [
        ({"M1": OTHER, "V1": ONE}, {"M1": ONE, "V1": ONE}, {"V1"}, 0),
        ({"V1": ONE}, {"V1": OTHER}, {"V1"}, 1),
        ({"V1": ONE}, {}, {"V1"}, 1),
        ({"V1": ONE}, {}, set(), 0),
        ({}, {"X9": OTHER}, set(), 1),
        ({"V1": Held(rows={("a", "b"): ({"x": "1"},)})}, {"V1": OTHER}, {"V1"}, 1),
        ({"V1": Held(files={"合同": (("a", "b"),)})}, {"V1": OTHER}, {"V1"}, 1),
    ],
    ids=["untouched", "changed", "lost", "never-there", "made", "rows", "files"],
)
def test_a_strangers_draft_that_changed_came_or_went_is_counted(
    before: Mapping[str, Held], after: Mapping[str, Held], there: set[str], touched: int
) -> None:
    assert strangers_touched(before, after, there=there, me="M1") == touched
