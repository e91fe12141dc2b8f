"""Promises of assistant/run/plan.py."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.outcome import Outcome
from assistant.portal.loading import Portal, load_portal
from assistant.portal.options import OptionTable
from assistant.profile.loading import Month, Profile, load_profile
from assistant.run.plan import Plan, SectionPlan, Step, make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

SAMPLES = sorted(folder.name for folder in PROFILES.glob("sample-*"))


@pytest.fixture(scope="module")
def portal() -> Portal:
    return load_portal("shenzhen")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Profile]:
    """A sample's profile, beside stand-ins for its documents: a plan never opens them."""
    home = tmp_path_factory.mktemp("profiles")
    shutil.copy(PROFILES / "employer.yaml", home)

    def load(name: str) -> Profile:
        folder = home / name
        if not folder.exists():
            folder.mkdir()
            shutil.copy(PROFILES / name / "profile.yaml", folder)
            text = (folder / "profile.yaml").read_text(encoding="utf-8")
            for file in re.findall(r"documents/[\w.-]+", text):
                (folder / file).parent.mkdir(exist_ok=True)
                (folder / file).write_bytes(b"stand-in")
        return load_profile(PlainFolder(folder))

    return load


@pytest.fixture
def lee(sample: Callable[[str], Profile]) -> Profile:
    return sample("sample-lee")


def section_of(plan: Plan, key: str) -> SectionPlan:
    return next(section for section in plan.sections if section.section.key == key)


def step_of(section: SectionPlan, field: str) -> Step:
    return next(step for step in section.steps if step.field.key == field)


def outcome_of(section: SectionPlan, field: str) -> Outcome:
    return next(outcome for outcome in section.skipped if outcome.field == field)


def without(profile: Profile, group: str, **changes: object) -> Profile:
    return profile.model_copy(update={group: getattr(profile, group).model_copy(update=changes)})


@pytest.mark.parametrize("name", SAMPLES)
def test_every_field_of_the_shipped_pack_is_planned_or_explained(
    name: str, portal: Portal, sample: Callable[[str], Profile]
) -> None:
    profile = sample(name)
    plan = make_plan(profile, portal)
    assert [section.section.key for section in plan.sections] == [section.key for section in portal.sections]
    for section in plan.sections:
        planned = [step.field.key for step in section.steps] + [
            f"documents.{one.upload.slot}" for one in section.uploads
        ]
        explained = [outcome.field for outcome in section.skipped if outcome.row is None]
        asked = [field.key for field in section.section.fields] + [
            f"documents.{one.slot}" for one in section.section.uploads
        ]
        tables = [table.key for table in section.section.tables if table.key in explained]
        assert sorted(planned + explained) == sorted(asked + tables)
        for table in section.tables:
            for row in table.rows:
                missing = [outcome.field for outcome in section.skipped if outcome.row == row.index]
                assert sorted([step.field.key for step in row.steps] + missing) == sorted(table.table.fields_by_key)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_leave_nothing_to_the_person(name: str, portal: Portal, sample: Callable[[str], Profile]) -> None:
    plan = make_plan(sample(name), portal)
    assert [outcome for section in plan.sections for outcome in section.skipped if not outcome.calm] == []
    assert sum(len(section.steps) for section in plan.sections) > 40


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_has_the_form_its_control_wants(
    name: str, portal: Portal, sample: Callable[[str], Profile]
) -> None:
    forms = {
        "date": r"\d{4}-\d\d-\d\d",
        "month": r"\d{4}-\d\d",
        "number": r"\d+(\.\d+)?",
        "cascader": r"[^/]+( / [^/]+)+",
    }
    checked = 0
    for section in make_plan(sample(name), portal).sections:
        for step in (*section.steps, *(step for table in section.tables for row in table.rows for step in row.steps)):
            assert isinstance(step.value, str)
            assert step.value == step.value.strip() != ""
            if step.field.control in forms:
                assert re.fullmatch(forms[step.field.control], step.value), step.field.key
                checked += 1
            if step.field.options:
                assert step.value == step.accepted[0]
                assert step.transformed == "option"
    assert checked > 15


def test_values_are_the_profiles_own(lee: Profile, portal: Portal) -> None:
    plan = make_plan(lee, portal)
    personal, residence = section_of(plan, "personal"), section_of(plan, "residence")
    assert step_of(personal, "applicant.surname").value == lee.applicant.surname
    assert step_of(personal, "passport.number").value == lee.passport.number
    assert step_of(personal, "applicant.birth_date").value == lee.applicant.birth_date.isoformat()
    assert step_of(personal, "applicant.birth_date").transformed == "date"
    district = lee.applicant.address
    assert (
        step_of(personal, "applicant.address").value == f"{district.province} / {district.city} / {district.district}"
    )
    assert step_of(residence, "employer.contact").value == f"{lee.employer.contact.name} {lee.employer.contact.phone}"
    assert step_of(residence, "residence.held_document").transformed == "option"


def test_a_code_becomes_the_text_of_its_table_with_the_reviewed_others(lee: Profile, portal: Portal) -> None:
    profile = without(lee, "applicant", nationality="COD")
    step = step_of(section_of(make_plan(profile, portal), "personal"), "applicant.nationality")
    assert (step.value, step.accepted[:2]) == ("刚果（金）", ("刚果（金）", "刚果民主共和国"))
    assert "刚果（布）" not in step.accepted and "COG" not in step.accepted


def test_a_code_the_table_lacks_is_refused_never_guessed(lee: Profile, portal: Portal) -> None:
    profile = without(lee, "applicant", nationality="XKX")
    section = section_of(make_plan(profile, portal), "personal")
    assert outcome_of(section, "applicant.nationality").reason == "no-such-option"
    assert outcome_of(section, "applicant.nationality").status == "refused"
    assert "applicant.nationality" not in [step.field.key for step in section.steps]


def test_several_values_keep_the_accepted_texts_of_each(lee: Profile, portal: Portal, tmp_path: Path) -> None:
    from assistant.store.locations import SELECTORS

    selectors = Path(shutil.copytree(SELECTORS, tmp_path / "selectors"))
    file = selectors / "portals/shenzhen/sections/01-personal.yaml"
    line = "  given.passports: {labels: [所有曾授予你护照的国家], control: multi-select, options: country, "
    line += "value: {all: [passport.previous_nationalities, applicant.nationality]}, evidence: F}\n"
    file.write_text(file.read_text(encoding="utf-8").replace("fields:\n", "fields:\n" + line, 1), encoding="utf-8")
    profile = without(without(lee, "passport", previous_nationalities=("KOR", "GBR")), "applicant", nationality="GBR")
    step = step_of(section_of(make_plan(profile, load_portal("shenzhen", selectors)), "personal"), "given.passports")
    assert step.value == ("韩国", "英国")
    assert [texts[:2] for texts in step.accepted_each] == [("韩国", "大韩民国"), ("英国", "大不列颠及北爱尔兰联合王国")]


@pytest.mark.parametrize(
    ("category", "asked"),
    [("A3", True), ("A6", True), ("B4", True), ("B6", True), ("B1", False), ("A1", False), ("C1", False)],
)
def test_the_salary_is_asked_on_the_points_and_salary_paths_only(
    category: str, asked: bool, portal: Portal, sample: Callable[[str], Profile]
) -> None:
    profile = without(sample("sample-okafor"), "work_permit", category=category)
    plan = make_plan(profile, portal)
    business, attachments = section_of(plan, "business"), section_of(plan, "attachments")
    assert ("employment.annual_salary" in [step.field.key for step in business.steps]) is asked
    assert ("salary_proof" in [one.upload.slot for one in attachments.uploads]) is asked
    if not asked:
        assert outcome_of(business, "employment.annual_salary").reason == "condition-false"
        assert outcome_of(attachments, "documents.salary_proof").status == "skipped"


def test_a_required_value_the_profile_lacks_is_the_persons(portal: Portal, sample: Callable[[str], Profile]) -> None:
    profile = without(sample("sample-okafor"), "employment", annual_salary=None)
    outcome = outcome_of(section_of(make_plan(profile, portal), "business"), "employment.annual_salary")
    assert (outcome.status, outcome.reason, outcome.calm) == ("by-hand", "no-value", False)


def test_an_optional_value_the_profile_lacks_is_skipped_calmly(lee: Profile, portal: Portal) -> None:
    profile = without(lee, "applicant", chinese_name=None)
    outcome = outcome_of(section_of(make_plan(profile, portal), "personal"), "applicant.chinese_name")
    assert (outcome.status, outcome.reason, outcome.calm) == ("skipped", "no-value", True)


def test_each_entry_of_a_list_is_a_row_of_its_own(lee: Profile, portal: Portal) -> None:
    (table,) = section_of(make_plan(lee, portal), "education").tables
    assert [row.index for row in table.rows] == list(range(len(lee.education)))
    for row, study in zip(table.rows, lee.education, strict=True):
        values = {step.field.key: step.value for step in row.steps}
        assert values["education.school"] == study.school
        assert values["education.from"] == str(study.from_)
        assert all(step.row == row.index for step in row.steps)
        assert row.keyed(table.table.match_on) == (str(study.from_), study.school)


def test_a_row_that_lasts_until_now_has_no_end(lee: Profile, portal: Portal) -> None:
    jobs = (lee.work_history[0].model_copy(update={"from_": Month(2020, 1), "to": None}),)
    section = section_of(make_plan(lee.model_copy(update={"work_history": jobs}), portal), "work")
    outcome = outcome_of(section, "work_history.to")
    assert (outcome.row, outcome.status, outcome.reason) == (0, "skipped", "no-value")


def test_without_family_the_question_is_answered_and_the_table_left_out(lee: Profile, portal: Portal) -> None:
    alone = section_of(make_plan(lee.model_copy(update={"family": ()}), portal), "family")
    assert step_of(alone, "family.any").value == "否"
    assert alone.tables == ()
    assert outcome_of(alone, "family").reason == "condition-false"
    together = section_of(make_plan(lee, portal), "family")
    assert step_of(together, "family.any").value == "是"
    assert len(together.tables[0].rows) == len(lee.family) > 0


def test_every_file_of_a_slot_is_uploaded_from_the_applicants_folder(
    portal: Portal, sample: Callable[[str], Profile]
) -> None:
    profiles = [sample(name) for name in SAMPLES]
    profile = next(one for one in profiles if len(one.documents["contract"]) > 1)
    uploads = {one.upload.slot: one.files for one in section_of(make_plan(profile, portal), "attachments").uploads}
    assert uploads["contract"] == profile.documents["contract"]
    assert all(file.is_file() for files in uploads.values() for file in files)


def test_a_required_document_the_profile_lacks_is_the_persons(lee: Profile, portal: Portal) -> None:
    documents = {slot: files for slot, files in lee.documents.items() if slot not in ("contract", "company_tax")}
    section = section_of(make_plan(lee.model_copy(update={"documents": documents}), portal), "attachments")
    assert outcome_of(section, "documents.contract").status == "by-hand"
    assert outcome_of(section, "documents.company_tax").status == "skipped"


def test_the_plan_knows_whose_page_it_must_be(lee: Profile, portal: Portal) -> None:
    plan = make_plan(lee, portal)
    assert plan.applicant == "sample-lee"
    assert plan.opening == lee.passport.number
    expected = {f"{lee.applicant.surname} {lee.applicant.given_names}", lee.passport.number}
    assert {step.value for step in plan.identity} == expected


def test_a_person_with_a_single_name_is_locked_by_it(lee: Profile, portal: Portal) -> None:
    plan = make_plan(without(lee, "applicant", given_names=None), portal)
    assert lee.applicant.surname in {step.value for step in plan.identity}
    assert outcome_of(section_of(plan, "personal"), "applicant.given_names").status == "by-hand"


@pytest.mark.parametrize("name", SAMPLES)
def test_no_value_shows_in_a_repr(name: str, portal: Portal, sample: Callable[[str], Profile]) -> None:
    profile = sample(name)
    shown = repr(make_plan(profile, portal))
    secrets = [profile.passport.number, profile.applicant.email, profile.applicant.phone, profile.employer.uscc]
    secrets += [study.school for study in profile.education] + [
        profile.residence_permit.number,
        str(profile.documents["contract"][0]),
    ]
    assert [secret for secret in secrets if secret in shown] == []


def test_planning_twice_gives_the_same_plan(lee: Profile, portal: Portal) -> None:
    assert make_plan(lee, portal) == make_plan(lee, portal)


def test_the_tables_of_the_portal_are_the_ones_used(portal: Portal) -> None:
    used = {field.options for section in portal.sections for field in section.fields if field.options}
    used |= {f.options for section in portal.sections for table in section.tables for f in table.fields if f.options}
    assert used == set(portal.tables)
    assert all(isinstance(table, OptionTable) for table in portal.tables.values())


@pytest.mark.parametrize(
    ("path", "value", "outcome"),
    [
        ("sex", "unspecified", ("refused", "no-such-option")),
        ("nationality", "XXB", ("refused", "no-such-option")),
        ("birth_date_known", "month", ("by-hand", "no-value")),
        ("surname", None, ("by-hand", "no-value")),
    ],
)
def test_what_a_passport_leaves_open_is_the_persons(
    lee: Profile, portal: Portal, path: str, value: str | None, outcome: tuple[str, str]
) -> None:
    person = lee.applicant.model_copy(update={path: value})
    plan = make_plan(lee.model_copy(update={"applicant": person}), portal)
    field = f"applicant.{path.removesuffix('_known')}"
    found = outcome_of(section_of(plan, "personal"), field)
    assert (found.status, found.reason) == outcome
