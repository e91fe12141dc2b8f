"""What a run promises when a field, the draft, the session or the page is not as it should be."""

import dataclasses
import re
import time
from datetime import date

import pytest
from playwright.sync_api import Page

from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import Companion, Profile
from assistant.run.fill.filler import Filler
from assistant.run.handover import Given, Unattended
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.session import guarded_page
from fixtures.expected import filled
from fixtures.onlooker import Onlooker
from tests.support.seeds import seed_filled


def changed(profile: Profile, part: str, **values: object) -> Profile:
    """The profile with some values of one part changed, without checking them again."""
    return profile.model_copy(update={part: getattr(profile, part).model_copy(update=values)})


def statuses(report, section: str) -> dict[str, tuple[str, str | None]]:
    found = next(one for one in report.sections if one.key == section)
    return {one.label: (one.status, one.reason) for one in found.outcomes}


def held(mock, section: str) -> dict:
    return mock.state()["applications"][0]["sections"].get(section, {})


def test_a_different_value_is_kept_until_overwriting_is_asked_for(running, mock, lee):
    seed_filled(mock, changed(lee, "applicant", birth_place="BUSAN"), "personal")

    kept = running.fill(lee, sections=("personal",))
    assert statuses(kept, "personal")["出生地"] == ("kept", "different-value")
    assert kept.exit_code == 1
    assert held(mock, "personal")["出生地"] == "BUSAN"

    overwritten = running.fill(lee, sections=("personal",), overwrite=True)
    assert statuses(overwritten, "personal")["出生地"] == ("verified", None)
    assert held(mock, "personal")["出生地"] == lee.applicant.birth_place


def test_nothing_is_written_into_another_persons_draft(running, mock, lee):
    portal = load_portal("shenzhen")
    plan = dataclasses.replace(make_plan(lee, portal), opening="A00000000")
    mock.register("A00000000", surname="ANOTHER", given_names="PERSON", permit_number="EXAMPLE44039999")

    report = Filler(running.page, running.guard, portal, plan, Options(mock.url, login_seconds=20), Onlooker()).run(
        command="fill", city="shenzhen"
    )
    assert report.stopped is not None and "applicant" in report.stopped.what.en
    assert report.exit_code == 1
    assert not any(one["method"] in ("PUT", "DELETE") for one in mock.state()["requests"])


def test_one_field_in_trouble_never_stops_the_others(running, mock, lee):
    odd = changed(lee, "employment", occupation="软件工程", duties="职" * 501)
    report = running.fill(odd, sections=("personal", "business"))

    found = statuses(report, "business")
    assert found["工作岗位（职业）"] == ("refused", "no-such-option")
    assert found["工作内容"] == ("refused", "too-long")
    others = {label: status for label, (status, _) in found.items() if label not in ("工作岗位（职业）", "工作内容")}
    assert set(others.values()) <= {"verified", "already", "skipped"}
    assert "工作内容" not in held(mock, "business") and "工作岗位（职业）" not in held(mock, "business")


@pytest.mark.parametrize("moment", ["300ms", "blur", "save", "reload"])
def test_a_value_that_the_page_changes_later_is_said(running, mock, lee, moment):
    mock.faults(revert={"label": "出生地", "on": moment})
    report = running.fill(lee, sections=("personal",))
    status, _ = statuses(report, "personal")["出生地"]
    assert status == "mismatched"
    assert [one.label for _, one in report.for_the_person] == ["出生地"]


def test_an_expired_login_ends_the_run_with_what_to_do(running, mock, lee):
    mock.faults(expire_after=12)
    report = running.fill(lee)
    assert report.stopped is not None
    assert "login" in report.stopped.what.en
    assert mock.state()["submits"] == 0


def test_after_hand_over_the_persons_own_click_submits_once(running, mock, lee):
    seed_filled(mock, lee)
    running.fill(lee, sections=("attachments",))
    page: Page = running.page.page
    page.get_by_role("tab", name="附件信息").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_role("button", name="确认提交").click()
    page.get_by_text("申请已提交").wait_for()
    assert mock.state()["submits"] == 1
    assert mock.state()["applications"][0]["status"] == "submitted"


class Handler(Onlooker):
    """A person who does what an unverified portal leaves to them: opens the form, saves, goes from section to section."""

    def __init__(self, page: Page, guard, passport: str, titles: list[str]) -> None:
        self.page, self.guard, self.passport, self.titles = page, guard, passport, titles
        self.holders: list[str] = []

    def ask(self, what: Text) -> Given[bool]:
        self.holders.append(self.guard.holder)
        view = self.page
        if "open this applicant" in what.en:
            view.get_by_text("工作许可", exact=True).click()
            view.get_by_role("menuitem", name="工作许可延期").click()
            view.get_by_text("跳过指引,直接办理").click()
            view.locator("label.el-checkbox", has_text="居留许可(延期)").click()
            view.get_by_role("button", name="立即办理业务").click()
            view.get_by_placeholder("请输入申请人护照号码").fill(self.passport)
            view.get_by_role("button", name="下一步").click()
            view.get_by_role("tab", name="个人信息").wait_for()
        elif "save/next" in what.en:
            view.get_by_role("button", name="暂存").click()
            view.wait_for_load_state("networkidle")
        else:
            title = next(title for title in self.titles if title in what.en)
            view.get_by_role("tab", name=title).click()
        view.wait_for_timeout(300)
        return Given(True)


def test_on_an_unverified_portal_the_person_saves_and_the_tool_fills(open_context, mock, lee):

    portal = unverified(load_portal("shenzhen"))
    plan = make_plan(lee, portal)
    titles = [section.title for section in portal.sections]
    with open_context() as context:
        page, guard = guarded_page(context, portal, mock.url)
        handler = Handler(page.page, guard, lee.passport.number, titles)
        options = Options(mock.url, login_seconds=20, sections=("personal", "residence", "education"))
        report = Filler(page, guard, portal, plan, options, handler).run(command="fill", city="shenzhen")

    assert report.stopped is None
    assert set(handler.holders) == {"person"}
    # Without an allow-list not even a dictionary or an upload passes, so these are the person's and are said to be.
    left = {one.label for _, one in report.for_the_person}
    assert left <= {"照片", "居住地派出所"}
    assert held(mock, "personal")["护照号码"] == lee.passport.number
    assert held(mock, "residence")["证件号码"] == lee.residence_permit.number
    assert held(mock, "education") == filled("shenzhen", lee)["sections"]["education"]
    # A file would be sent at once, so none is: the slot is said to be without one.
    assert statuses(report, "personal")["照片"][0] in ("mismatched", "failed") and "照片" in report.missing_slots
    assert mock.state()["applications"][0]["attachments"] == {}
    assert mock.state()["submits"] == 0


def test_those_who_share_the_passport_are_rows_of_their_own(running, mock, lee):
    """No sample has any, so this one is given two."""
    two = [
        Companion(surname="KIM", given_names="HA NEUL", sex="female", birth_date=date(2019, 5, 4), relation="child"),
        Companion(surname="LEE", given_names="BO RAM", sex="male", birth_date=date(2021, 8, 30), relation="child"),
    ]
    family = lee.model_copy(update={"companions": tuple(two)})
    assert running.fill(family, sections=("residence",)).for_the_person == []
    assert held(mock, "residence") == filled("shenzhen", family)["sections"]["residence"]
    assert len(held(mock, "residence")["偕行人"]) == 2
    assert set(running.fill(family, sections=("residence",)).counts) == {"already"}


def test_what_the_city_requires_and_the_page_does_not_hold_is_said_at_hand_over(command, mock, copy_of):
    """The page does not mark the letter on a change of position as required: only the city's rules do."""
    folder = copy_of("sample-lee")
    text = (folder / "profile.yaml").read_text(encoding="utf-8")
    assert "change: none" in text and "  contract: " in text
    text = re.sub(r"  contract: .*\n", "", text.replace("change: none", "change: within_entity"))
    (folder / "profile.yaml").write_text(text, encoding="utf-8")

    ran = command.fill(folder, mock.url, "--section", "attachments")
    assert ran.status == 1
    assert ran.document["missing_slots"] == ["聘用合同原件", "岗位变更申请函及证明材料"]
    assert ran.document["unseen_slots"] == ["照片"]
    assert "Still without a file: 聘用合同原件, 岗位变更申请函及证明材料" in ran.said
    assert "岗位变更申请函及证明材料" in command.report.read_text(encoding="utf-8")


def unverified(portal: Portal) -> Portal:
    """The pack as if the mock's address were a live host that nobody has verified."""
    hosts = tuple(host.model_copy(update={"kind": "live", "allow": ()}) for host in portal.hosts if host.kind == "mock")
    return dataclasses.replace(portal, file=portal.file.model_copy(update={"hosts": hosts}))


def test_round_trips_do_not_grow_with_plain_fields(page: Page, tmp_path):
    """Ten or a hundred text, choice and date fields cost the same number of calls to the browser."""
    from assistant.page.snapshot import Snapshot
    from assistant.portal.section import Field
    from assistant.run.fill import section_filler
    from assistant.run.plan import Step

    def steps(count: int) -> list[Step]:
        made = []
        for number in range(count):
            kind, value = [("text", f"v{number}"), ("select", "乙"), ("radio", "乙"), ("date", "2026-05-17")][
                number % 4
            ]
            field = Field.model_validate(
                {
                    "key": f"f{number}",
                    "labels": (f"栏{number}",),
                    "control": kind,
                    "evidence": "I",
                    "value": "passport.number",
                }
            )
            made.append(Step(field, value, (value,)))
        return made

    def form(count: int) -> str:
        rows = []
        for number in range(count):
            control = [
                f'<input name="f{number}">',
                f'<select name="f{number}"><option value=""></option><option>甲</option><option>乙</option></select>',
                f'<span role="radiogroup"><label><input type="radio" name="f{number}" value="a">甲</label><label><input type="radio" name="f{number}" value="b">乙</label></span>',
                f'<input type="date" name="f{number}">',
            ][number % 4]
            rows.append(f"<tr><td>栏{number}</td><td>{control}</td></tr>")
        return f"<form><table>{''.join(rows)}</table></form>"

    trips = []
    for count in (10, 100):
        page.set_content(form(count))
        form_page = FormPage(page)
        filled = section_filler.fill(form_page, steps(count), lambda seen: seen, overwrite=False)
        assert {one.status for one in filled} == {"verified"}
        trips.append(form_page.round_trips)
        assert isinstance(form_page.look(), Snapshot)
    assert trips[0] == trips[1]


def test_every_call_that_waits_for_the_browser_is_counted(page: Page, monkeypatch):
    """The figure in the report is the number of messages that Playwright sends and waits for."""
    from playwright._impl.connection import Connection

    from assistant.page.form_page import Order

    page.set_content('<label>姓名 <input></label><label>日期 <input type="date"></label>')
    form_page = FormPage(page)
    sent = []
    original = Connection.send_message_to_server

    def send(self, owner, method, params, options):
        # Subscriptions and clean-up are sent without waiting.
        if method not in ("__waitInfo__", "dispose", "updateSubscription"):
            sent.append(method)
        return original(self, owner, method, params, options)

    monkeypatch.setattr(Connection, "send_message_to_server", send)
    name, day = form_page.look().controls
    form_page.write([Order(name, "LEE"), Order(day, "2026-05-17")])
    form_page.insert_text(name, "KIM")
    form_page.settle()
    form_page.sees(["姓名"])
    assert form_page.round_trips == len(sent)


def test_where_nobody_takes_over_no_script_gets_the_page_to_itself(running, mock, lee):
    """A script that submits, and once more when its page is closed, finds no moment between the tool and the end."""
    mock.faults(script="submit")
    report = running.fill(lee, observer=Unattended(), sections=("family",))
    assert report.handed_over and report.stopped is None
    until = time.monotonic() + 1.0
    while time.monotonic() < until and not mock.state()["submits"]:
        time.sleep(0.05)
    assert mock.state()["submits"] == 0
    assert running.page.page.is_closed()
