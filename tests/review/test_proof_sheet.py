"""The proof sheet: everything that was read back from the page, nothing else, in the applicant's language, every name of a pack and every code of an option
among it."""

from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markupsafe import escape

from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import load_profile
from assistant.review.proof_sheet import PROOF_LANGUAGES, ProofLanguage, ProofLine, labels_in, parts, proof_sheet
from assistant.run.fill.read_back import ReadBack, read_back
from assistant.run.plan import Plan, make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._pages import outcomes_of, page_of


@pytest.fixture(scope="module")
def portal() -> Portal:
    return load_portal("shenzhen")


@pytest.fixture(scope="module")
def plan(portal: Portal) -> Plan:
    return make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), portal)


def held(plan: Plan, pages: dict[str, Snapshot] | None = None) -> list[ReadBack]:
    """What every section held: as planned, but for the pages given."""
    return [read_back(one, outcomes_of(one), (pages or {}).get(one.section.key, page_of(one))) for one in plan.sections]


def lines(work: Sequence[ReadBack], language: ProofLanguage = "zh") -> list[ProofLine]:
    return [line for part in parts(work, language) for block in part.blocks for line in block.lines]


def values_of(plan: Plan) -> list[str]:
    """Every text the plan would write, each row's too."""
    steps = [
        step
        for section in plan.sections
        for step in (*section.steps, *(step for table in section.tables for row in table.rows for step in row.steps))
    ]
    return [text for step in steps for text in (step.value if isinstance(step.value, tuple) else (str(step.value),))]


class _Loads(HTMLParser):
    """What a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href", "srcset", "action")]
        if tag in ("script", "link", "iframe", "object", "form"):
            self.found.append(tag)


@pytest.mark.parametrize("language", PROOF_LANGUAGES)
def test_every_value_read_back_is_on_the_sheet(plan: Plan, portal: Portal, language: ProofLanguage) -> None:
    sheet = proof_sheet(held(plan), plan, portal, language)
    for value in values_of(plan):
        assert value in sheet


def test_nothing_is_on_the_sheet_that_was_not_read_back(plan: Plan, portal: Portal) -> None:
    """The page shows other values than the profile's throughout: only those are on the sheet."""

    def other(page: Snapshot) -> Snapshot:
        controls = tuple(
            replace(one, value=[f"页面{one.id}"] if isinstance(one.value, list) else f"页面{one.id}")
            for one in page.controls
        )
        return replace(page, controls=controls, tables=())

    pages = {one.section.key: other(page_of(one)) for one in plan.sections}
    sheet = proof_sheet(held(plan, pages), plan, portal, "en")
    labels = {field.label for section in plan.sections for field in section.section.fields}
    personal = {value for value in values_of(plan) if len(value) > 3} - labels
    assert "M98765432" in personal and "页面3" in sheet
    assert [value for value in personal if value in sheet] == []
    assert "contract.pdf" not in sheet


def test_what_the_page_does_not_show_is_named_and_not_made_up(plan: Plan, portal: Portal) -> None:
    education = next(one for one in plan.sections if one.section.key == "education")
    page = page_of(education)
    (table,) = page.tables
    shown = replace(table, headers=table.headers[:-1], rows=tuple(row[:-1] for row in table.rows))
    work = held(plan, {"education": replace(page, tables=(shown,))})
    blocks = next(part for part in parts(work, "zh") if part.title == "教育经历").blocks
    rows = [block for block in blocks if block.heading]
    assert len(rows) == 2 and all(block.not_listed == ("学位",) for block in rows)
    assert all(line.name != "学位" for block in rows for line in block.lines)
    assert "没有列出：学位" in proof_sheet(work, plan, portal, "zh")


def test_a_section_that_was_not_read_and_an_early_end_are_said(plan: Plan, portal: Portal) -> None:
    sheet = proof_sheet(held(plan)[:2], plan, portal, "en", stopped=True)
    assert "not on this sheet: Residence permit application、Education" in sheet
    assert "not complete" in sheet
    assert "not complete" not in proof_sheet(held(plan), plan, portal, "en")


def test_rows_files_and_unknown_questions_of_the_page_are_listed_too(plan: Plan) -> None:
    work = next(one for one in plan.sections if one.section.key == "work")
    page = page_of(work)
    (table,) = page.tables
    stale = tuple("旧公司" for _ in table.headers)
    unknown = Control(0, 77, "text", "native", "新问题", value="页面自带")
    pages = {"work": replace(page, tables=(replace(table, rows=(*table.rows, stale)),), controls=(unknown,))}
    values = [line.value for line in lines(held(plan, pages))]
    assert "旧公司" in values and "页面自带" in values and "contract.pdf" in values


def test_an_option_is_explained_by_what_the_page_says(plan: Plan) -> None:
    personal = page_of(plan.sections[0])
    controls = tuple(replace(one, value="朝鲜") if one.label == "国籍" else one for one in personal.controls)
    wrong = held(plan, {"personal": replace(personal, controls=controls)})
    nationality = next(line for line in lines(wrong, "en") if line.name == "Nationality")
    assert (nationality.value, nationality.original) == ("朝鲜", "国籍")
    assert "North Korea" in nationality.meaning or "Democratic People" in nationality.meaning
    assert next(line for line in lines(held(plan), "ja") if line.name == "国籍").meaning == "韓国"
    assert next(line for line in lines(held(plan), "ko") if line.original == "婚姻状况").meaning == "기혼"


def test_a_label_without_a_translation_is_the_portals_own(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = labels_in("en")
    less = labels.model_copy(update={"labels": {key: text for key, text in labels.labels.items() if "sex" not in key}})
    monkeypatch.setattr("assistant.review.proof_sheet.labels_in", lambda _: less)
    assert next(line for line in lines(held(plan), "en") if line.value == "男").name == "性别"


@pytest.mark.parametrize("language", PROOF_LANGUAGES)
def test_the_sheet_loads_and_runs_nothing_and_has_a_place_to_sign(
    plan: Plan, portal: Portal, language: ProofLanguage
) -> None:
    sheet = proof_sheet(held(plan), plan, portal, language)
    reader = _Loads()
    reader.feed(sheet)
    assert reader.found == [] and "default-src 'none'" in sheet and "url(" not in sheet
    words = labels_in(language).words
    assert escape(words.signature) in sheet and words.statement in sheet and "size: A4" in sheet


def test_markup_in_a_value_stays_text(plan: Plan, portal: Portal) -> None:
    personal = page_of(plan.sections[0])
    controls = tuple(replace(one, value="<b>x</b>") if one.label == "出生地" else one for one in personal.controls)
    sheet = proof_sheet(held(plan, {"personal": replace(personal, controls=controls)}), plan, portal, "zh")
    assert "&lt;b&gt;x&lt;/b&gt;" in sheet and "<b>x</b>" not in sheet


def test_no_value_is_in_a_repr(plan: Plan) -> None:
    assert "M98765432" not in repr(parts(held(plan), "en"))


# -- the label tables -----------------------------------------------------------------------------------------------------

OTHERS = tuple(language for language in PROOF_LANGUAGES if language != "zh")


def keys_of(portal: Portal) -> set[str]:
    found: set[str] = set()
    for section in portal.sections:
        found |= {field.key for field in section.fields}
        found |= {key for table in section.tables for key in (table.key, *(field.key for field in table.fields))}
        found |= {f"documents.{upload.slot}" for upload in section.uploads}
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_everything_the_packs_ask_has_a_label(language: ProofLanguage) -> None:
    labels = labels_in(language)
    portals = [load_portal("shenzhen"), load_portal("national")]
    wanted = set().union(*(keys_of(portal) for portal in portals))
    assert wanted - set(labels.labels) == set()
    assert {section.key for portal in portals for section in portal.sections} - set(labels.sections) == set()
    for portal in portals:
        for name, table in portal.tables.items():
            if name != "country":
                assert set(table.options) <= set(labels.options[name]), name


@pytest.mark.parametrize("language", OTHERS)
def test_no_label_is_for_nothing(language: ProofLanguage) -> None:
    portals = [load_portal("shenzhen"), load_portal("national")]
    known = set().union(*(keys_of(portal) for portal in portals))
    assert set(labels_in(language).labels) - known == set()


def test_a_file_speaks_its_own_language() -> None:
    for language in PROOF_LANGUAGES:
        assert labels_in(language).language == language
    assert {labels_in(language).words.title for language in PROOF_LANGUAGES}.__len__() == len(PROOF_LANGUAGES)


def test_an_option_nobody_can_read_twice_is_not_explained() -> None:
    assert labels_in("en").explained("country", "刚果（布）") == ""
    assert labels_in("en").explained("sex", "不详") == ""
    assert labels_in("zh").explained("sex", "男") == ""
    assert labels_in("en").explained(None, "男") == ""
