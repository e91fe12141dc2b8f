"""Promises of assistant/drift/compare.py: every kind of change is named from one look, before a write; looks alone are no change."""

from collections.abc import Mapping
from functools import cache

import pytest

from assistant.drift.baseline import SectionShape, shape_of
from assistant.drift.compare import SectionProbe, probe_section
from assistant.drift.kinds import DRIFT_KINDS, verdict_of
from assistant.page.snapshot import Snapshot
from assistant.portal.loading import Portal, load_portal
from assistant.review.console import Console
from assistant.review.probe_report import probe_page, show
from assistant.run.probe import Probed
from fixtures.dictionaries import Dictionary, load_dictionaries
from fixtures.drifts import DRIFTS, Drift, both, edited, followed, question
from fixtures.forms import Form, load_form
from fixtures.server import HERE, SHARED
from fixtures.shown import shown

# What only a browser can show: navigation, and files the page's own script words.
IN_BROWSER_ONLY = {"section-missing"}
QUICK = [one for one in DRIFTS.values() if one.kind not in IN_BROWSER_ONLY and one.portal == "shenzhen"]


@cache
def mock_form() -> tuple[Form, Mapping[str, Dictionary]]:
    folder = HERE / "shenzhen"
    return load_form(folder / "form.yaml"), {**load_dictionaries(SHARED), **load_dictionaries(folder / "dictionaries")}


@cache
def portal() -> Portal:
    return load_portal("shenzhen")


def looks(drift: Drift | None = None) -> dict[str, Snapshot]:
    form, dictionaries = mock_form()
    changed = drift.change(form) if drift else form
    words = drift.dictionaries(dictionaries) if drift else dictionaries
    accept = {"paper": ".pdf", "photo": ".jpg,.jpeg,.png"}
    for old, new in drift.rewrites if drift else ():
        accept = {name: new.strip("'") if value == old.strip("'") else value for name, value in accept.items()}
    return {section.key: shown(changed, section.key, words, accept=accept) for section in changed.sections}


def shapes() -> dict[str, SectionShape]:
    return {key: shape_of(snapshot) for key, snapshot in looks().items()}


def probed(drift: Drift | None = None, *, known: bool = True) -> dict[str, SectionProbe]:
    seen, before = looks(drift), shapes() if known else {}
    return {
        section.key: probe_section(
            section,
            seen[section.key].of(section),
            portal().tables,
            before.get(section.key),
            {key: snapshot for key, snapshot in seen.items() if key != section.key},
        )
        for section in portal().sections
    }


def named(probes: Mapping[str, SectionProbe]) -> set[tuple[str, str]]:
    return {(drift.kind, drift.label) for probe in probes.values() for drift in probe.drifts}


@pytest.mark.parametrize("known", [True, False], ids=["with-fingerprint", "first-time"])
def test_the_unchanged_portal_has_no_drift(known: bool) -> None:
    probes = probed(known=known)
    assert named(probes) == set()
    assert {state.state for probe in probes.values() for state in probe.fields} == {"found", "not-asked"}


@pytest.mark.parametrize("name", [one.name for one in QUICK])
def test_each_change_is_named_and_looks_alone_are_none(name: str) -> None:
    drift = DRIFTS[name]
    probes = probed(drift)
    assert set(drift.names) <= named(probes)
    assert verdict_of(one for probe in probes.values() for one in probe.drifts) == drift.verdict
    if drift.kind == "cosmetic":
        assert named(probes) == set()


def test_every_kind_of_drift_has_two_changed_copies_and_looks_have_some() -> None:
    counted = {kind: sum(one.kind == kind for one in DRIFTS.values()) for kind in (*DRIFT_KINDS, "cosmetic")}
    del counted["no-entry"]
    assert len(DRIFTS) >= 40
    assert {kind: count for kind, count in counted.items() if count < 2} == {}


def test_nothing_but_the_change_itself_is_reported() -> None:
    assert named(probed(DRIFTS["new-required: a text"])) == {("new-required", "宗教信仰")}
    assert named(probed(DRIFTS["renamed: passport number"])) == {("renamed", "护照号码")}
    assert named(probed(DRIFTS["missing: remarks"])) == {("missing", "备注")}


def test_a_successor_is_named_with_reasons() -> None:
    probes = probed(DRIFTS["renamed: place of birth, in English"])
    (drift,) = [one for one in probes["personal"].drifts if one.kind == "renamed"]
    assert drift.field == "applicant.birth_place"
    assert drift.candidates[0].label == "Place of birth"
    assert {"known-wording", "same-neighbours", "same-kind"} <= set(drift.candidates[0].reasons)


def test_a_moved_field_is_named_with_its_new_section() -> None:
    probes = probed(DRIFTS["moved: phone to another section"])
    (drift,) = [one for one in probes["personal"].drifts if one.kind == "moved"]
    assert [one.section for one in drift.candidates] == ["business"]


def test_what_is_asked_under_a_condition_is_not_missed() -> None:
    states = {one.field: one.state for one in probed()["business"].fields}
    assert states["employment.annual_salary"] == "not-asked"
    assert states["employment.duties"] == "found"


def test_a_probe_in_json_says_what_and_what_to_do_in_both_languages() -> None:
    document = probed(DRIFTS["options-removed: marital status"])["personal"].as_json()
    (drift,) = document["drifts"]  # type: ignore[misc]
    assert drift["kind"] == "options-removed"
    assert "丧偶" in drift["what"]["zh"] and drift["todo"]["zh"] and drift["todo"]["en"]


def test_a_new_required_question_is_the_first_thing_reported_wherever_it_stands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its section, over all sections, in the terminal, in JSON and as the first number on the page's picture."""
    late = both(
        DRIFTS["renamed: passport number"].change,
        DRIFTS["length-changed: place of birth"].change,
        edited("personal", "chineseName", required=True),
        followed("personal", "emergencyPhone", question("religion", "宗教信仰", max=40)),
        DRIFTS["new-required: an upload"].change,
    )
    probes = probed(Drift("late", "shenzhen", "personal", late))
    assert [one.kind for one in probes["personal"].drifts][:2] == ["new-required", "now-required"]
    result = Probed("shenzhen", tuple(probes.values()), {})
    assert [(one.kind, one.label) for one in result.drifts[:3]] == [
        ("new-required", "宗教信仰"),
        ("new-required", "无犯罪记录证明"),
        ("now-required", "中文姓名"),
    ]
    document = result.as_json("shenzhen")
    assert list(document).index("first") < list(document).index("sections")
    assert document["first"] == [
        {"section": one.section, "kind": one.kind, "label": one.label} for one in result.drifts[:3]
    ]
    monkeypatch.setenv("COLUMNS", "240")
    show(Console("en"), result.sections, (), result.verdict)
    text = capsys.readouterr().out
    assert text.index("宗教信仰") < text.index("护照号码")
    page = probe_page(result.sections, (), result.verdict, {}, "shenzhen", "zh")
    assert page.index("宗教信仰") < page.index("无犯罪记录证明") < page.index("护照号码")
    assert page.rindex("宗教信仰") < page.index("护照号码"), "first in its own section too"
