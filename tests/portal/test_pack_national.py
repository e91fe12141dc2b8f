"""The national portal's pack: loads, resolves every sample, and fills its mock so that the server holds the profile."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page

from assistant.check.city.loading import load_city
from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.page.guard.rules import Request, Rules
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.review.card_reasons import said_of
from assistant.run.fill.filler import Filler
from assistant.run.handover import Given, Unattended
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.report import Report
from assistant.run.session import PortalSession, guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.drifts.national import PHOTO_WINDOW
from fixtures.expected import filled, held
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal
from tests.support.browsers import OpenContext

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
SECTIONS = ["category", "basic", "application", "education", "work", "family", "attachments"]


@pytest.fixture
def national() -> Iterator[MockPortal]:
    with MockPortal(city="beijing", auto_login=True, on=date(2026, 12, 1)) as mock:
        yield mock


def test_beijing_files_on_the_national_portal():
    assert load_city("beijing").city == "beijing"
    assert load_city("beijing").portal == "national"


def test_no_live_host_has_an_allow_list_before_somebody_has_seen_it():
    live = [host for host in load_portal("national").hosts if host.kind == "live"]
    assert {origin for host in live for origin in host.origins} == {
        "https://fuwu.most.gov.cn",
        "https://fwp.safea.gov.cn",
        "https://12333.gov.cn",
        "https://www.12333.gov.cn",
    }
    assert not any(host.trusted or host.allow for host in live)


def test_the_mock_lets_drafts_through_and_nothing_that_ends_them():
    portal = load_portal("national")
    (host,) = [host for host in portal.hosts if host.kind == "mock"]
    rules = Rules(["http://127.0.0.1:1"], host.allow, portal.forbidden_paths)

    def refused(method: str, path: str) -> str | None:
        request = Request.of(method, f"http://127.0.0.1:1/lhgzweb/extension/{path}", document=False, headers={})
        return rules.refusal(request, navigating=True)

    assert refused("POST", "save.do?id=1&step=basic") is None
    assert refused("POST", "row.do?id=1&step=work") is None
    assert refused("POST", "removeRow.do?id=1&row=0") == "not-allowed"
    assert refused("POST", "submit.do?id=1") == refused("GET", "submit.do?id=1") == "forbidden-path"


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_has_a_value_for_whatever_the_portal_insists_on(sample: str):
    plan = make_plan(load_profile(PlainFolder(PROFILES / sample)), load_portal("national"))
    assert [section.section.key for section in plan.sections] == SECTIONS
    assert [one for section in plan.sections for one in section.skipped if one.status != "skipped"] == []


def run(page: FormPage, guard: object, mock: MockPortal, profile: Profile, *, sections: tuple[str, ...] = ()) -> Report:
    portal = load_portal("national")
    options = Options(start_url=mock.url, login_seconds=30, sections=sections)
    return Filler(page, guard, portal, make_plan(profile, portal), options, Onlooker()).run(  # type: ignore[arg-type]
        command="fill", city="beijing"
    )


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_server_holds_the_profile_and_a_second_run_writes_nothing(
    open_context: OpenContext, national: MockPortal, sample: str
):
    profile = load_profile(PlainFolder(PROFILES / sample))
    with open_context() as context:
        page, guard = guarded_page(context, load_portal("national"), national.url)
        first = run(page, guard, national, profile)
        assert first.stopped is None and first.for_the_person == [] and first.exit_code == 0
        assert [section.key for section in first.sections] == SECTIONS
        assert first.guard["submit_attempts"] == 0

        state = national.state()
        (application,) = state["applications"]  # type: ignore[misc]
        assert held(application) == filled("beijing", profile)
        assert state["submits"] == 0

        before = len(state["requests"])  # type: ignore[arg-type]
        second = run(page, guard, national, profile)
        assert set(second.counts) == {"already", "skipped"}
        assert second.counts["already"] == first.counts["verified"] + first.counts["already"]
        assert national.state()["requests"][before:] == [{"method": "POST", "path": "/lhgzweb/extension/open.do"}]  # type: ignore[index]
        assert national.state()["applications"] == state["applications"]


def test_a_menu_is_only_pressed_once_its_script_is_there(open_context: OpenContext, national: MockPortal):
    """The menu is on the page before the script that opens it: pressed too soon, it would stay shut."""
    national.faults(delay_ms={"/static/frame.js": 1200})
    profile, portal = load_profile(PlainFolder(PROFILES / "sample-okafor")), load_portal("national")
    with open_context() as context:
        page, guard = guarded_page(context, portal, national.url)
        session = PortalSession.of(
            page, guard, portal, Options(national.url, login_seconds=30), Unattended(), private=()
        )
        session.open()
        session.enter(make_plan(profile, portal).opening)
        assert session.navigator.shows([portal.sections[0].title])


def test_a_passport_number_that_the_page_cuts_opens_nobodys_form(open_context: OpenContext, national: MockPortal):
    national.faults(clip={"label": "护照号码", "to": 5})
    with open_context() as context:
        page, guard = guarded_page(context, load_portal("national"), national.url)
        report = run(page, guard, national, load_profile(PlainFolder(PROFILES / "sample-okafor")))
    assert report.stopped is not None and "护照号码" in report.stopped.what.zh
    assert national.state()["applications"] == []
    assert not any(one["path"].endswith("open.do") for one in national.state()["requests"])  # type: ignore[attr-defined]


def test_a_press_that_the_page_lost_is_made_once_more(open_context: OpenContext, national: MockPortal):
    profile, portal = load_profile(PlainFolder(PROFILES / "sample-okafor")), load_portal("national")
    with open_context() as context:
        context.add_init_script(
            "addEventListener('click', (event) => { if (window === top && !window.lost) { window.lost = true; event.stopImmediatePropagation(); } }, true)"
        )
        page, guard = guarded_page(context, portal, national.url)
        session = PortalSession.of(
            page, guard, portal, Options(national.url, login_seconds=30), Unattended(), private=()
        )
        session.open()
        session.enter(make_plan(profile, portal).opening)
        assert session.navigator.shows([portal.sections[0].title])


def test_a_photo_asked_for_in_a_window_of_the_browsers_own_is_the_persons_and_all_else_goes_on(
    open_context: OpenContext, national: MockPortal
):
    national.change(PHOTO_WINDOW)
    profile = load_profile(PlainFolder(PROFILES / "sample-okafor"))
    with open_context() as context:
        page, guard = guarded_page(context, load_portal("national"), national.url)
        first = run(page, guard, national, profile, sections=("basic",))
        left = [(one.label, one.status, one.reason) for _, one in first.for_the_person]
        assert left == [("照片", "refused", "unsupported")]
        assert "照片" in first.missing_slots and first.stopped is None
        assert "press it and upload there yourself" in said_of(first.for_the_person[0][1]).en
        assert context.pages == [page.page], "the tool opens no window of the browser's own"

        form = page.page.frame_locator("iframe:visible")
        with page.page.expect_popup() as opened:
            form.get_by_text("上传照片").click()
        opened.value.locator("[type=file]").set_input_files(profile.documents["photo"][0])
        with opened.value.expect_event("close"):
            opened.value.get_by_text("上传", exact=True).click()
        second = run(page, guard, national, profile, sections=("basic",))
    (application,) = national.state()["applications"]  # type: ignore[misc]
    assert [file["name"] for file in application["attachments"]["照片"]] == ["photo.jpg"]
    assert application["sections"]["basic"]["护照号码"] == "A00123456"
    assert set(second.counts) <= {"already", "skipped"} and national.state()["submits"] == 0


class ByHand(Onlooker):
    """The person, who opens the draft again through the list and saves; what was asked is remembered."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.page: Page | None = None

    def ask(self, what: Text) -> Given[bool]:
        assert self.page is not None
        self.asked.append(what.en)
        inside = self.page.frame_locator("iframe:visible")
        if "extension form" in what.en:
            self.page.get_by_text("工作许可业务").click()
            self.page.get_by_text("工作许可延期", exact=True).click()
            inside.locator(".menu-button", has_text="操作").hover()
            inside.get_by_text("编辑", exact=True).click()
            inside.get_by_role("heading", name="类别信息").wait_for()
        else:
            inside.get_by_text("保存", exact=True).click()
            inside.get_by_text("保存成功").wait_for()
        return Given(True)


def test_a_draft_that_the_person_opens_again_through_the_list_is_gone_on_with(
    open_context: OpenContext, national: MockPortal
):
    profile, portal = load_profile(PlainFolder(PROFILES / "sample-okafor")), load_portal("national")
    national.restore(national.drafts(profile.passport.number))
    hosts = tuple(one.model_copy(update={"kind": "live", "allow": ()}) for one in portal.hosts if one.kind == "mock")
    unverified = replace(portal, file=portal.file.model_copy(update={"hosts": hosts}))
    person = ByHand()
    with open_context() as context:
        page, guard = guarded_page(context, unverified, national.url)
        person.page = page.page
        options = Options(start_url=national.url, login_seconds=30, sections=("category",))
        report = Filler(page, guard, unverified, make_plan(profile, unverified), options, person).run(
            command="fill", city="beijing"
        )
    assert report.stopped is None and report.for_the_person == [] and report.counts["verified"] > 0
    assert len(person.asked) == 2, "the form is opened and the section saved by the person"
    (application,) = national.state()["applications"]  # type: ignore[misc]
    assert application["sections"]["category"] == filled("beijing", profile)["sections"]["category"]  # type: ignore[index]
    assert national.state()["submits"] == 0 and report.guard["allowed"] == []
