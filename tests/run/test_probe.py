"""Promises of the probe in a browser: looks without writing, names what changed before a write; a fill then goes wrong nowhere."""

import json
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.check.city.loading import load_city
from assistant.cli.probe import run as probe_command
from assistant.drift.baseline import shape_of
from assistant.jobs.probe import Opened
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile
from assistant.review.console import Console
from assistant.review.probe_report import probe_page
from assistant.run.handover import Unattended
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.probe import Probed, Prober
from assistant.run.session import guarded_page
from assistant.store.locations import SELECTORS
from fixtures.dictionaries import load_dictionaries
from fixtures.drifts import DRIFTS, Drift, both, column_added, followed
from fixtures.drifts import edited as edit
from fixtures.forms import Question, load_form
from fixtures.onlooker import Listener, Onlooker
from fixtures.server import HERE, SHARED, MockPortal
from fixtures.shown import shown
from tests.support.browsers import OpenContext


@pytest.fixture
def copies(mock: MockPortal) -> Iterator[MockPortal]:
    yield mock
    mock.change(None)


def probe(open_context: OpenContext, mock: MockPortal, lee: Profile, *, pictures: bool = False) -> Probed:
    portal = load_portal("shenzhen")
    with open_context() as context:
        page, guard = guarded_page(context, portal, mock.url)
        plan = make_plan(lee, portal)
        return Prober(page, guard, portal, plan, Options(mock.url, login_seconds=60), Unattended()).probe(
            pictures=pictures
        )


def test_the_unchanged_portal_is_as_its_pack_its_fingerprint_and_its_quick_copy_say(
    open_context: OpenContext, mock: MockPortal, lee
) -> None:
    result = probe(open_context, mock, lee)
    assert (result.verdict, [one.what.en for one in result.drifts]) == ("go", [])
    assert not any(one["method"] == "PUT" for one in mock.state()["requests"])

    shipped = json.loads((SELECTORS / "portals" / "shenzhen" / "fingerprint.json").read_text(encoding="utf-8"))
    folder = HERE / "shenzhen"
    form = load_form(folder / "form.yaml")
    dictionaries = {**load_dictionaries(SHARED), **load_dictionaries(folder / "dictionaries")}
    for key, look in result.looks.items():
        seen = shape_of(look.snapshot)
        assert seen.model_dump(mode="json") == shipped["sections"][key], f"renew fingerprint.json: {key}"
        assert seen == shape_of(shown(form, key, dictionaries)), key


def test_changes_in_several_sections_are_named_and_a_picture_shows_where(
    open_context: OpenContext, copies: MockPortal, lee
) -> None:
    changes = [DRIFTS["renamed: passport number"], DRIFTS["new-required: a choice"], DRIFTS["accept-changed: papers"]]
    changes += [DRIFTS["section-missing: family"], DRIFTS["cosmetic: class names"]]
    rewrites = tuple(pair for one in changes for pair in one.rewrites)
    copies.change(Drift("several", "shenzhen", "personal", both(*(one.change for one in changes)), rewrites=rewrites))
    result = probe(open_context, copies, lee, pictures=True)
    named = {(one.kind, one.label) for one in result.drifts}
    assert {name for one in changes for name in one.names} <= named
    assert result.verdict == "stop"
    assert not any(one["method"] == "PUT" for one in copies.state()["requests"])
    missing = next(one for one in result.drifts if one.kind == "section-missing")
    assert [one.label for one in missing.candidates] == ["随行人员"]

    pictures = {key: (look.picture, look.boxes) for key, look in result.looks.items()}
    html = probe_page(result.sections, result.entry, result.verdict, pictures, "shenzhen", "zh")
    assert html.count('class="mark') >= 2
    assert "没有打开添加窗口，里面的栏目没有核对：教育经历" in html
    assert "护照号" in html and lee.passport.number not in html
    assert "http" not in html.replace('http-equiv="Content-Security-Policy"', "")


def test_a_fill_names_a_new_question_and_puts_nothing_into_another_field(running, copies: MockPortal, lee) -> None:
    new = Question(key="religion", label="宗教信仰", kind="text", required=True)
    change = both(
        followed("personal", "birthPlace", new),
        edit("personal", "birthPlace", label="原籍何处"),
        edit("personal", "maritalStatus", label="婚姻"),
    )
    copies.change(Drift("fill", "shenzhen", "personal", change))
    report = running.fill(lee, sections=("personal",))
    outcomes = {one.label.rstrip("："): (one.status, one.reason) for one in report.outcomes}
    assert outcomes["出生地"] == ("refused", "not-found")
    assert outcomes["婚姻状况"] == ("refused", "not-found")
    assert outcomes["宗教信仰"] == ("by-hand", "not-planned")
    assert outcomes["姓"][0] == "verified"
    kept = copies.state()["applications"][0]["sections"]["personal"]
    assert not {"原籍何处", "婚姻", "宗教信仰"} & set(kept)


def test_a_section_that_is_another_one_is_left_unwritten_and_said(running, copies: MockPortal, lee) -> None:
    copies.change(DRIFTS["too-different: business"])
    report = running.fill(lee, sections=("business", "residence"))
    business, residence = report.sections
    found = {(one.status, one.reason) for one in business.outcomes if one.field and one.status != "skipped"}
    assert found == {("refused", "drifted")}
    assert {one.status for one in residence.outcomes} <= {"verified", "already", "skipped"}
    assert report.exit_code == 1
    held = copies.state()["applications"][0]["sections"].get("business", {})
    assert not [
        label
        for label in held
        if label.startswith("栏目") and held[label] in (lee.employment.position, lee.employment.duties)
    ]
    assert [one["path"].rpartition("/")[2] for one in copies.state()["requests"] if one["method"] == "PUT"] == [
        "residence"
    ]


def test_a_new_question_of_a_rows_window_is_told_before_anything_is_written_there_and_no_row_is_added(
    running, copies: MockPortal, lee
) -> None:
    new = Question(key="thesis", label="毕业论文题目", kind="text", required=True)
    copies.change(Drift("dialog", "shenzhen", "education", column_added("education", "education", new)))
    listener = Listener()
    report = running.fill(lee, sections=("education", "work"), observer=listener)
    assert [one for one in listener.told if "毕业论文题目" in one.en]
    education, work = report.sections
    asked = [one for one in education.outcomes if not one.field]
    assert [(one.label.strip("*：: "), one.status, one.reason) for one in asked] == [
        ("毕业论文题目", "by-hand", "not-planned")
    ]
    assert {(one.status, one.reason) for one in education.outcomes if one.field} == {("refused", "drifted")}
    assert {one.status for one in work.outcomes} <= {"verified", "skipped"}
    kept = copies.state()["applications"][0]["sections"]
    assert not kept.get("education") and len(kept["work"]) == len(lee.work_history)


def test_the_command_answers_with_a_verdict_in_json_without_a_value(copies: MockPortal, lee, tmp_path: Path) -> None:
    copies.change(DRIFTS["now-required: remarks"])
    target = tmp_path / "probe.json"
    words = ["probe", "--city", "shenzhen", "--url", copies.url, "--headless", "--json", str(target)]
    # A command of its own has a Playwright of its own.
    code = subprocess.run([sys.executable, "-m", "assistant", *words], timeout=200, check=False).returncode
    text = target.read_text(encoding="utf-8")
    document = json.loads(text)
    assert (code, document["schema"], document["command"], document["verdict"]) == (1, 1, "probe", "go-with-list")
    drifts = [one for section in document["sections"] for one in section["drifts"]]
    assert [(one["kind"], one["label"]) for one in drifts] == [("now-required", "备注")]
    unopened = {section["key"]: section["unopened"] for section in document["sections"]}
    assert unopened["education"] == ["教育经历"] and unopened["family"] == ["随行家属"]
    assert unopened["personal"] == []
    for value in (lee.passport.number, lee.applicant.surname, lee.employer.name):
        assert value not in text


@pytest.mark.parametrize("city", ["shenzhen", "beijing"])
def test_a_good_probe_is_kept_and_the_next_one_compares_with_it(
    open_context: OpenContext, lee, city: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first probe is of a copy whose questions stand in another order, the second of the portal as its pack has it:
    only what the first one kept can tell that anything has changed."""
    monkeypatch.setattr("assistant.drift.baseline.private_data", lambda: tmp_path)
    portal = load_portal(load_city(city).portal)
    copy = next(one for one in DRIFTS.values() if one.kind == "order-changed" and one.portal == portal.name)
    on = lee.work_permit.expires_on - timedelta(days=60)

    with (
        MockPortal(city=city, auto_login=True, on=on) as mock,
        open_context() as context,
    ):
        page, guard = guarded_page(context, portal, mock.url)
        plan = make_plan(lee, portal)
        # Somebody is there, so the page stays open for the second probe.
        prober = Prober(page, guard, portal, plan, Options(mock.url, login_seconds=60), Onlooker())

        @contextmanager
        def here(*_: object, **__: object) -> Iterator[Opened]:
            yield Opened(prober, page, guard, portal, mock.url, False)

        monkeypatch.setattr("assistant.jobs.probe.opened", here)
        told: list[dict[str, object]] = []
        monkeypatch.setattr("assistant.jobs.outputs.write_json", lambda _, document: told.append(document))
        words = Namespace(
            city=city,
            url=mock.url,
            dry_run=False,
            headless=True,
            profile=None,
            report=None,
            json="-",
            lang="zh",
            console=Console("zh"),
        )
        mock.change(copy)
        assert probe_command(words) == 0
        kept = tmp_path / "fingerprints" / portal.name / "127.0.0.1.json"
        assert lee.passport.number not in kept.read_text(encoding="utf-8")
        mock.change(None)
        assert probe_command(words) == 0

    first, second = (
        {(one["kind"], one["label"]) for part in found["sections"] for one in part["drifts"]} for found in told
    )
    assert first == second == set(copy.names)


def test_a_probe_that_nobody_watches_ends_with_its_pages_closed_under_the_pen(open_context, mock, lee):
    held: list[str] = []
    with open_context() as context:
        portal = load_portal("shenzhen")
        page, guard = guarded_page(context, portal, mock.url)
        guard.on_change.append(held.append)
        plan = make_plan(lee, portal)
        options = Options(mock.url, login_seconds=60)
        assert Prober(page, guard, portal, plan, options, Unattended()).probe().stopped is None
        assert set(held) == {"tool"} and page.page.is_closed()
