"""The review cards: the riskiest first, what is wrong never folded, at most twelve where nothing is."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant.outcome import Outcome, Reason, Status
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.review.cards import MOST_CALM, Card, above_the_fold, cards
from assistant.run.fill.read_back import ReadBack, read_back
from assistant.run.plan import Plan, make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._pages import outcomes_of, page_of

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))


def reviewed(
    plan: Plan,
    key: str = "",
    change: Callable[[Snapshot, list[Outcome]], Snapshot] = lambda seen, _: seen,
) -> list[Card]:
    """The cards of a run in which section `key` went otherwise than planned."""
    work: list[ReadBack] = []
    for section in plan.sections:
        seen, outcomes = page_of(section), outcomes_of(section)
        if section.section.key == key:
            seen = change(seen, outcomes)
        work.append(read_back(section, outcomes, seen))
    return cards(work)


def with_value(label: str, value: str) -> Callable[[Snapshot, list[Outcome]], Snapshot]:
    def change(seen: Snapshot, _: list[Outcome]) -> Snapshot:
        assert any(one.label == label for one in seen.controls)
        controls = tuple(replace(one, value=value) if one.label == label else one for one in seen.controls)
        return replace(seen, controls=controls)

    return change


def with_outcome(field: str, status: Status, reason: Reason) -> Callable[[Snapshot, list[Outcome]], Snapshot]:
    def change(seen: Snapshot, outcomes: list[Outcome]) -> Snapshot:
        outcomes[:] = [replace(one, status=status, reason=reason) if one.field == field else one for one in outcomes]
        return seen

    return change


def named(every: Sequence[Card], label: str) -> Card:
    return next(one for one in every if one.label == label)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("portal", ["shenzhen", "national"])
def test_a_renewal_in_which_nothing_is_in_doubt_has_at_most_twelve_cards(sample: str, portal: str) -> None:
    calm = make_plan(load_profile(PlainFolder(PROFILES / sample)), load_portal(portal))
    calm = replace(calm, sections=tuple(replace(one, skipped=()) for one in calm.sections))
    every = reviewed(calm)
    assert 0 < len(above_the_fold(every)) <= MOST_CALM < len(every)


def test_identity_numbers_come_first_then_dates_then_conversions(plan: Plan) -> None:
    top = above_the_fold(reviewed(plan))
    kinds = [one.kind for one in top]
    assert kinds == sorted(kinds, key=["identity", "date", "transformed"].index)
    assert [one.field for one in top if one.kind == "identity"] == [
        "passport.number",
        "work_permit.number",
        "residence_permit.number",
    ]
    assert "applicant.nationality" in {one.field for one in top if one.kind == "transformed"}


def test_every_planned_value_has_a_card_folded_or_not(plan: Plan) -> None:
    every = reviewed(plan)
    told = {(one.field, one.row) for one in every} | {("", None)}
    steps = [step for section in plan.sections for step in section.steps]
    merged = sum(len(one.also) for one in every)
    missing = [step.field.key for step in steps if (step.field.key, step.row) not in told]
    assert len(missing) <= merged


def test_an_identity_number_said_twice_is_one_card_that_names_both_places(plan: Plan) -> None:
    def again(seen: Snapshot, _: list[Outcome]) -> Snapshot:
        return seen

    twice = replace(plan, sections=(plan.sections[0], *plan.sections))
    numbers = [one for one in reviewed(twice, change=again) if one.field == "passport.number"]
    assert len(numbers) == 1 and len(numbers[0].also) == 1


@pytest.mark.parametrize(
    ("section", "label", "shown"),
    [
        ("personal", "国籍", "朝鲜"),
        ("personal", "婚姻状况", "离婚"),
        ("personal", "护照签发日期", "2022-05-09"),
        ("personal", "在华住址", "广东省 / 深圳市 / 福田区"),
        ("residence", "使用同一护照的偕行人", "有"),
        ("residence", "联系人姓名和电话", "陈样例 0755-86000002"),
        ("business", "人才类别", "外国专业人才（B类） / (六)计点积分在60分以上的专业人才"),
    ],
)
def test_a_value_the_run_called_right_is_above_the_fold_when_it_reads_otherwise(
    plan: Plan, section: str, label: str, shown: str
) -> None:
    card = named(reviewed(plan, section, with_value(label, shown)), label)
    assert not card.folded and card.kind in ("transformed", "date")
    assert card.shown == shown and "second way" in card.why.en


def test_a_wrong_plan_is_found_though_the_page_holds_it(plan: Plan) -> None:
    """The option table is wrong: planned and shown agree, and both are not what the profile says."""
    wrong = replace(
        plan,
        sections=tuple(
            replace(
                section,
                steps=tuple(
                    replace(step, value="朝鲜", accepted=("朝鲜", "韩国"))
                    if step.field.key == "applicant.nationality"
                    else step
                    for step in section.steps
                ),
            )
            for section in plan.sections
        ),
    )
    card = named(reviewed(wrong), "国籍")
    assert not card.folded and card.rank < named(reviewed(plan), "国籍").rank
    assert (card.planned, card.shown) == ("KOR", "朝鲜")


def test_a_wrong_value_in_a_row_is_above_the_fold(plan: Plan) -> None:
    def change(seen: Snapshot, _: list[Outcome]) -> Snapshot:
        (table,) = seen.tables
        rows = tuple(tuple("子女" if cell == "配偶" else cell for cell in row) for row in table.rows)
        return replace(seen, tables=(replace(table, rows=rows),))

    card = named(reviewed(plan, "family", change), "与申请人关系")
    assert not card.folded and card.row == 0 and card.name == "[1] 与申请人关系"


def test_an_alias_is_shown_with_the_profiles_own_word(plan: Plan) -> None:
    card = named(reviewed(plan, "personal", with_value("国籍", "大韩民国")), "国籍")
    assert card.kind == "transformed" and "another wording" in card.why.en
    assert card.planned == "KOR → 韩国" and card.shown == "大韩民国"


@pytest.mark.parametrize(
    ("status", "reason", "kind"),
    [
        ("kept", "different-value", "conflict"),
        ("mismatched", "changed-after-save", "conflict"),
        ("refused", "not-found", "refused"),
        ("failed", "page-error", "refused"),
        ("by-hand", "on-purpose", "by-hand"),
    ],
)
def test_what_is_not_calm_is_never_folded(plan: Plan, status: Status, reason: Reason, kind: str) -> None:
    card = named(reviewed(plan, "personal", with_outcome("applicant.email", status, reason)), "申请人电子邮箱")
    assert not card.folded and card.kind == kind


def test_trouble_with_an_identity_number_comes_before_everything(plan: Plan) -> None:
    first = reviewed(plan, "personal", with_outcome("passport.number", "kept", "different-value"))[0]
    assert first.field == "passport.number" and first.outcome is not None and first.outcome.status == "kept"


def test_a_row_or_a_file_or_a_value_the_profile_does_not_have_is_a_conflict(plan: Plan) -> None:
    def extra_row(seen: Snapshot, _: list[Outcome]) -> Snapshot:
        (table,) = seen.tables
        return replace(seen, tables=(replace(table, rows=(*table.rows, tuple("旧" for _ in table.headers))),))

    def extra_file(seen: Snapshot, _: list[Outcome]) -> Snapshot:
        first, *others = seen.controls
        return replace(seen, controls=(replace(first, value=[*first.value, "old.pdf"]), *others))  # type: ignore[misc]

    def extra_value(seen: Snapshot, _: list[Outcome]) -> Snapshot:
        return replace(seen, controls=(*seen.controls, Control(0, 77, "number", "native", "年薪", value="300000")))

    row = named(reviewed(plan, "work", extra_row), "工作经历")
    assert row.kind == "conflict" and "旧" in row.shown
    files = [one for one in reviewed(plan, "attachments", extra_file) if one.kind == "conflict"]
    assert len(files) == 1 and "old.pdf" in files[0].shown
    assert named(reviewed(plan, "business", extra_value), "年薪").kind == "conflict"


def test_a_question_the_pack_does_not_know_is_shown_when_it_holds_something(plan: Plan) -> None:
    def change(seen: Snapshot, _: list[Outcome]) -> Snapshot:
        unknown = Control(0, 78, "text", "native", "新问题", value="x")
        fixed = Control(0, 79, "text", "native", "受理编号", value="x", read_only=True)
        return replace(seen, controls=(*seen.controls, unknown, fixed))

    every = reviewed(plan, "personal", change)
    assert named(every, "新问题").kind == "conflict"
    assert named(every, "受理编号").folded


def test_no_value_is_in_a_repr(plan: Plan) -> None:
    work = [read_back(section, outcomes_of(section), page_of(section)) for section in plan.sections]
    every = cards(work)
    for text in ("M98765432", "MINJUN", "KIM", "contract.pdf"):
        assert text in "".join(one.shown for one in every)
        assert text not in repr(every) and text not in repr(work)
