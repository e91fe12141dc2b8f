"""Under attack: what the tool does about each kind of fault, judged by the mock server, and a short campaign of mixes.

`python -m benchmarks faults` is the long one; docs/reliability.md tells every kind with the test that shows it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.run.options import Options
from benchmarks.faults import TODAY, Campaign, Run, explain
from benchmarks.faults.mixes import CITY_OF, Mix, make_mix
from fixtures.fault_kinds import REGISTRY
from fixtures.faults import Faults
from fixtures.forms import load_form
from fixtures.server import HERE, MockPortal

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def campaign(browser: Browser, shenzhen_portal: MockPortal) -> Iterator[Campaign]:
    with MockPortal(city=CITY_OF["national"], auto_login=True, on=TODAY) as national_portal:
        yield Campaign(browser, {"shenzhen": shenzhen_portal, "national": national_portal})
    shenzhen_portal.reset()


def under(campaign: Campaign, *sections: str, kinds: tuple[str, ...] = (), **faults: object) -> Run:
    """One run of sample-lee over these sections; whatever happens, the rules hold."""
    wanted = Faults.model_validate(faults)
    mix = Mix(1, "shenzhen", "sample-lee", sections, "fresh", overwrite=False, kinds=kinds, faults=wanted, late=False)
    result = campaign.run(mix)
    assert not result.broken, explain(result)
    return result


def said(result: Run) -> dict[str, tuple[str, str | None]]:
    """What is not calm in the report, by label; what nobody planned bears the label as the page writes it."""
    assert result.report is not None
    return {one.label.rstrip("：:"): (one.status, one.reason) for _, one in result.report.for_the_person}


def test_every_changed_field_is_said_and_the_others_are_filled(campaign: Campaign) -> None:
    result = under(
        campaign,
        "personal",
        clip={"label": "出生地", "to": 3},
        reformat={"label": "在中国工作电话", "how": "grouped"},
        rename={"婚姻状况": "家庭状况"},
        remove=["汉语水平"],
        duplicate=["详细地址"],
        new_required={"个人信息": "宗教信仰"},
        filterable=["最高学位（学历）"],
        swap_labels=[["姓", "名"]],
        reorder=["个人信息"],
    )
    told = said(result)
    assert set(told) >= {"出生地", "在中国工作电话", "婚姻状况", "汉语水平", "详细地址", "宗教信仰"}
    assert told["详细地址"] == ("refused", "ambiguous")
    assert told["宗教信仰"] == ("by-hand", "not-planned")
    assert not {"姓", "名", "最高学位（学历）", "国籍", "护照号码"} & set(told)


def test_a_shorter_limit_is_seen_before_anything_is_written(campaign: Campaign) -> None:
    assert said(under(campaign, "personal", clip={"label": "出生地", "to": 3, "shown": True}))["出生地"] == (
        "refused",
        "too-long",
    )


@pytest.mark.parametrize("how", ["drop", "500", "502", "login"])
def test_a_save_that_the_portal_did_not_take_is_never_called_verified(campaign: Campaign, how: str) -> None:
    result = under(
        campaign, "personal", "residence", answers=[{"path": "/api/applications/", "method": "PUT", "how": how}]
    )
    assert {"姓", "护照号码", "出生地"} <= set(said(result))
    assert result.verdict.right <= 3, "what the authority filled in, and the photo, which is sent at once"


def test_what_was_stored_without_an_answer_is_not_claimed_and_not_stored_twice(campaign: Campaign) -> None:
    saves = {"path": "/api/applications/", "method": "PUT", "how": "lost"}
    first_files = {"path": "/api/applications/", "method": "POST", "how": "lost", "times": 2}
    told = said(under(campaign, "education", "attachments", answers=[saves, first_files]))
    assert {"学校名称", "专业", "外国人工作许可证"} <= set(told)
    mock = campaign.mocks["shenzhen"]
    before = stored(mock)
    assert before["rows"], "the save did reach the server"
    mock.faults()
    options = Options(mock.url, login_seconds=60, sections=("education", "attachments"))
    with campaign._filler("shenzhen", "sample-lee", options, None) as filler:
        report = filler.run(command="fill", city=mock.city)
    assert report.exit_code == 0
    finished = campaign.reference("shenzhen", "sample-lee")[0]
    assert stored(mock) == {
        "rows": [dict(row) for row in finished.rows["education", "education"]],
        "files": {
            label: sorted(name for name, _ in files) for label, files in finished.files.items() if label != "照片"
        },
    }


def stored(mock: MockPortal) -> dict[str, object]:
    """The rows and files of the one application there is, the photo left out: it stands in another section."""
    (held,) = mock.held().values()
    files = {label: sorted(name for name, _ in files) for label, files in held.files.items() if label != "照片"}
    return {"rows": [dict(row) for row in held.rows["education", "education"]], "files": files}


def test_a_firewalls_block_page_leaves_nothing_claimed(campaign: Campaign) -> None:
    assert "护照号码" in said(under(campaign, "personal", throttle=2))


def test_an_expired_session_leaves_nothing_claimed_that_was_not_saved(campaign: Campaign) -> None:
    result = under(campaign, "personal", "residence", expire_after=9)
    assert result.ended == "SessionLost"
    assert result.report is not None
    assert [section.key for section in result.report.sections] == ["personal", "residence"], "also what was not come to"


@pytest.mark.parametrize("lists", ["late", "empty", "near-duplicates"])
def test_lists_that_are_late_empty_or_full_of_look_alikes_give_no_wrong_choice(campaign: Campaign, lists: str) -> None:
    result = under(campaign, "personal", dictionaries=lists)
    if lists == "empty":
        assert {"国籍", "性别", "婚姻状况"} <= set(said(result))
    else:
        assert "国籍" not in said(result)


def test_another_applicants_draft_stays_as_it_is(campaign: Campaign) -> None:
    victim = campaign.victims["shenzhen", "sample-lee"]
    result = under(
        campaign, "personal", "residence", kinds=("other-draft",), other_draft={"passport": victim, "after": 1}
    )
    assert result.ended == "WrongPerson"
    assert result.wrong_person == 0


@pytest.mark.parametrize("after", [1, 2, 3])
def test_another_applicants_draft_that_comes_up_in_a_frame_stays_as_it_is(campaign: Campaign, after: int) -> None:
    """The frame states nothing of whose form it is, and the name above it came before it."""
    faults = {"iframe": ["业务信息"], "delay_ms": {"/api/session": 200}}
    other = {"passport": campaign.victims["shenzhen", "sample-lee"], "after": after}
    result = under(campaign, "business", kinds=("other-draft", "iframe"), other_draft=other, **faults)
    assert result.ended == "WrongPerson"
    assert result.wrong_person == 0


def test_a_stopped_run_names_the_sections_it_has_not_read_once_more(campaign: Campaign) -> None:
    result = under(
        campaign,
        "residence",
        "education",
        "attachments",
        throttle=4,
        revert={"label": "数字相片采集检测回执号", "on": "reload"},
    )
    assert result.report is not None and result.report.stopped is not None
    assert "居留许可申请信息" in result.report.unread_sections


def test_a_section_in_a_frame_is_filled_or_said(campaign: Campaign) -> None:
    result = under(campaign, "personal", iframe=["个人信息"])
    whole = result.verdict.right == result.verdict.planned > 20
    assert whole or {"姓", "护照号码", "出生地", "照片"} <= set(said(result))


def test_slow_requests_change_nothing(campaign: Campaign) -> None:
    result = under(campaign, "personal", delay_ms={"/api/applications": 700})
    assert (result.ended, said(result)) == ("calm", {})


def test_a_message_over_the_form_leads_to_no_wrong_value(campaign: Campaign) -> None:
    result = under(campaign, "personal", modal={"after_ms": 600})
    assert result.report is not None
    if result.report.stopped is None:
        assert result.verdict.right == result.verdict.planned > 20
    else:
        assert {"姓", "护照号码", "出生地", "照片"} <= set(said(result))
        assert "系统通知" in result.report.stopped.what.zh, "the window is named"


@pytest.mark.parametrize("script", ["click", "submit", "panel"])
def test_no_script_of_the_page_gets_an_application_submitted(campaign: Campaign, script: str) -> None:
    assert under(campaign, "personal", script=script).submits == 0


def test_refused_files_are_said_and_halved_ones_are_beyond_the_pages_word(campaign: Campaign) -> None:
    result = under(
        campaign,
        "attachments",
        kinds=("truncate-upload",),
        reject_upload=["聘用合同原件"],
        truncate_upload=["外国人工作许可证"],
    )
    assert "聘用合同原件" in said(result)
    assert result.verdict.truncated == ["attachments.外国人工作许可证"], "no page of the portal shows a file's size"


def test_a_login_lost_while_a_file_arrives_is_said_for_each_slot(campaign: Campaign) -> None:
    assert "外国人工作许可证" in said(under(campaign, "attachments", log_out_mid_upload=1))


# Who is filled where, in how many sections, and under what: every sample and both portals, in six runs.
SHORT_ATTACK = (
    ("shenzhen", "sample-lee", 2, "other-draft"),
    ("shenzhen", "sample-lee", 1, "answer-lost"),
    ("shenzhen", "sample-delacruz", 3, ""),
    ("national", "sample-okafor", 1, "rename"),
    ("national", "sample-okafor", 2, ""),
    ("national", "sample-okafor", 1, "other-draft"),
)


@pytest.mark.parametrize(("portal", "sample", "sections", "kind"), SHORT_ATTACK)
def test_a_short_attack_of_random_mixes_breaks_no_rule(
    campaign: Campaign, portal: str, sample: str, sections: int, kind: str
) -> None:
    """The first mix of the seed that is such a run; waiting for every list of every row would take minutes."""
    mix = next(
        mix
        for mix in (make_mix(9, number, campaign.forms, campaign.victims) for number in range(0, 4000, 2))
        if (mix.portal, mix.sample, len(mix.sections)) == (portal, sample, sections)
        and (not kind or kind in mix.kinds)
        and "dictionaries-empty" not in mix.kinds
    )
    result = campaign.run(mix)
    assert not result.broken, f"{mix.describe()}\n{explain(result)}"


def test_the_same_seed_gives_the_same_mix() -> None:
    forms = {portal: load_form(HERE / portal / "form.yaml") for portal in ("shenzhen", "national")}
    victims = {
        (portal, sample): "X" for portal in forms for sample in ("sample-lee", "sample-okafor", "sample-delacruz")
    }
    assert make_mix(5, 17, forms, victims) == make_mix(5, 17, forms, victims)
    kinds = {kind for number in range(400) for kind in make_mix(5, number, forms, victims).kinds}
    assert kinds == set(REGISTRY), "every kind of fault is among the mixes"


def test_the_table_of_reliability_tells_every_kind_of_fault_and_tests_that_exist() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|(.*)\|$", DOCUMENT, re.MULTILINE)
    assert [name for name, _ in rows] == list(REGISTRY)
    for name, rest in rows:
        kind, cells = REGISTRY[name], [cell.strip() for cell in rest.split("|")]
        assert cells[0] == f"{kind.meaning.zh}<br>{kind.meaning.en}", name
        tests = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cells[-1])
        assert tests, name
        for file, test in tests:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), (name, test)
