"""After submission: the tool finds, the person books, the form is filed only when it is the right one."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import keyring
import pytest
from keyring.errors import KeyringLocked
from playwright.sync_api import Page, Playwright

from assistant.check.documents.paper import text_of_pdf
from assistant.errors import LeftThePortal, PersonActed
from assistant.jobs import probe as probe_job
from assistant.jobs.target import Target
from assistant.messages import Text
from assistant.page.browser.launch import open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.run.fill.filler import Filler
from assistant.run.follow_up import AfterReport, AfterRun
from assistant.run.handover import Given
from assistant.run.login import TYPED, login_typing
from assistant.run.options import Options
from assistant.run.plan import make_plan, private_values
from assistant.run.session import PortalSession, guarded_page
from assistant.store import credentials, folders, sealing
from assistant.store.applicant_folder import PlainFolder
from assistant.store.base import Applicant
from assistant.store.credentials import PortalLogin
from assistant.store.locations import PROFILES
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal
from tests.support.browsers import OpenContext

USER, PASSWORD = "handler-canary", "Canary#Secret1"


class Person(Onlooker):
    """Does what is asked, with what can be seen and pressed and nothing else; what nobody told them to do is declined."""

    def __init__(self, page: Page, *acts: Callable[[Page], None]) -> None:
        self._page, self._acts = page, list(acts)
        self.asked: list[str] = []
        self.told: list[Text] = []

    def tell(self, what: Text) -> None:
        self.told.append(what)
        if what is TYPED:
            logs_in(self._page)

    def ask(self, what: Text) -> Given[bool]:
        self.asked.append(what.zh)
        if not self._acts:
            return Given(False)
        self._acts.pop(0)(self._page)
        return Given(True)


def logs_in(page: Page) -> None:
    """Account and password stand there already; the code and the press are the person's."""
    page.get_by_role("button", name="获取验证码").click()
    shown = page.get_by_text("验证码：").inner_text()
    page.get_by_placeholder("短信验证码").fill(shown.rpartition("：")[2])
    page.get_by_role("button", name="登录", exact=True).click()


def submits(page: Page) -> None:
    page.get_by_role("tab", name="附件信息").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_role("button", name="确认提交").click()
    page.get_by_text("申请已提交").wait_for()


def opens_the_list(page: Page) -> None:
    if not page.get_by_role("menubar").is_visible():
        page.get_by_role("link", name="首页").last.click()
        page.get_by_role("menubar").wait_for()
    listed = page.get_by_role("menuitem", name="申请业务查询")
    if not listed.is_visible():
        page.get_by_role("menubar").get_by_text("查询", exact=True).click()
    listed.click()


def passes_the_review(page: Page) -> None:
    """The authority's part; the mock has a button for it."""
    opens_the_list(page)
    page.get_by_role("button", name="模拟预审通过").click()
    page.get_by_text("预审通过", exact=True).wait_for()


def books(page: Page) -> None:
    page.get_by_role("button", name="预约", exact=True).click()
    page.get_by_role("radio").nth(1).check(force=True)
    page.get_by_role("button", name="确认预约").click()
    page.get_by_text("预约已提交").wait_for()


def opens_the_query(page: Page) -> None:
    page.get_by_role("menuitem", name="首页").click()
    page.get_by_role("button", name="预约查询/取消预约").click()
    page.get_by_text("在深外籍人员预约").click()
    page.get_by_role("tab", name="查询方式二").click()


def looks_up(page: Page) -> None:
    page.get_by_role("button", name="查询", exact=True).click()


def prints(page: Page) -> None:
    with page.expect_download():
        page.get_by_role("button", name="打印申请表").click()


class Running:
    """One browser on one mock portal, and who was asked last."""

    def __init__(self, page: FormPage, guard: Guard, mock: MockPortal) -> None:
        self.page, self.guard, self.mock = page, guard, mock
        self.person = Person(page.page)


@contextmanager
def seated(open_context: OpenContext, mock: MockPortal, portal: Portal) -> Iterator[Running]:
    with open_context() as context:
        page, guard = guarded_page(context, portal, mock.url)
        yield Running(page, guard, mock)


@pytest.fixture
def running(open_context: OpenContext, mock: MockPortal) -> Iterator[Running]:
    with seated(open_context, mock, load_portal("shenzhen")) as one:
        yield one


def folder_of(profile: Profile) -> Path:
    return profile.documents["contract"][0].parents[1]


def look_after(
    running: Running,
    profile: Profile,
    *acts: Callable[[Page], None],
    portal: Portal | None = None,
    kept: Applicant | None = None,
) -> AfterReport:
    """One `after`; `running.person` is who was asked."""
    portal = portal or load_portal("shenzhen")
    running.person = person = Person(running.page.page, *acts)
    log_in = login_typing(portal, "shenzhen", person.tell)
    options = Options(running.mock.url, login_seconds=20, log_in=log_in)
    private = private_values(make_plan(profile, portal))
    session = PortalSession.of(running.page, running.guard, portal, options, person, private=private)
    return AfterRun(session, running.page, profile, kept or PlainFolder(folder_of(profile))).run()


@pytest.fixture
def submitted(mock: MockPortal, copy_of) -> Profile:
    """A submitted application that the authority has not looked at yet."""
    profile = load_profile(PlainFolder(copy_of("sample-lee")))
    mock._truth.open(profile.passport.number).submitted = True
    return profile


def approve(mock: MockPortal) -> None:
    (application,) = mock._truth.applications.values()
    application.approved = True


def posted(mock: MockPortal, word: str) -> list[dict]:
    return [one for one in mock.state()["requests"] if word in one["path"]]


@pytest.fixture
def asking(open_context: OpenContext) -> Iterator[Running]:
    """A browser on a mock that lets in one account only, by password and code."""
    with MockPortal(city="shenzhen", on=date(2026, 12, 1)) as mock:
        mock.account(USER, PASSWORD)
        with seated(open_context, mock, load_portal("shenzhen")) as one:
            yield one


@pytest.mark.timeout(240)
def test_from_login_to_the_filed_form(asking: Running, copy_of) -> None:
    """One joined way: every press that logs in, submits, books or cancels is the person's."""
    profile, mock, portal = load_profile(PlainFolder(copy_of("sample-lee"))), asking.mock, load_portal("shenzhen")
    credentials.keep_login("shenzhen", PortalLogin(USER, PASSWORD))
    person = Person(asking.page.page)
    options = Options(mock.url, login_seconds=20, log_in=login_typing(portal, "shenzhen", person.tell))
    filler = Filler(asking.page, asking.guard, portal, make_plan(profile, portal), options, person)
    filled = filler.run(command="fill", city="shenzhen")
    assert filled.stopped is None and filled.exit_code == 0
    assert TYPED in person.told and mock.state()["submits"] == 0
    submits(asking.page.page)

    waiting = look_after(asking, profile)
    assert (waiting.status, waiting.booking, waiting.exit_code) == ("已提交", "", 1)
    assert asking.person.asked == []
    passes_the_review(asking.page.page)

    report = look_after(asking, profile, books)
    assert report.stopped is None and report.trouble is None
    assert (report.status, report.booking, report.exit_code) == ("预审通过", "预约成功", 0)
    assert len(asking.person.asked) == 1
    assert [one["method"] for one in posted(mock, "appointments")] == ["POST"]
    assert mock.state()["submits"] == 1
    assert asking.guard.holder == "person"

    filed = folder_of(profile) / report.form
    text = text_of_pdf(filed.read_bytes())
    assert text is not None and profile.passport.number in text
    assert re.search(r"预约号：SZ\d+", text)
    assert os.name != "posix" or filed.stat().st_mode & 0o077 == 0
    assert profile.passport.number not in str(report.as_json())
    assert profile.applicant.surname not in str(report.as_json())

    again = look_after(asking, profile)
    assert (again.status, again.form) == ("已预约", "documents/visa_form_booked (1).pdf")


@pytest.mark.parametrize("store", ["missing", "locked"])
def test_without_a_keyring_that_opens_the_person_logs_in_and_the_run_goes_on(
    store: str, asking: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = load_portal("shenzhen")
    credentials.keep_login("shenzhen", PortalLogin(USER, PASSWORD))

    def locked(*_words: str) -> str:
        raise KeyringLocked

    class ByHand(Person):
        def tell(self, what: Text) -> None:
            self.told.append(what)
            if "Please log in" in what.en:
                self._page.get_by_text("账号登录").click()
                self._page.get_by_placeholder("账号").fill(USER)
                self._page.get_by_placeholder("密码").fill(PASSWORD)
                logs_in(self._page)

    if store == "missing":
        monkeypatch.setattr(keyring, "get_keyring", lambda: object())
    else:
        monkeypatch.setattr(type(keyring.get_keyring()), "get_password", locked)
    person = ByHand(asking.page.page)
    log_in = login_typing(portal, "shenzhen", person.tell)
    options = Options(asking.mock.url, login_seconds=20, log_in=log_in)
    session = PortalSession.of(asking.page, asking.guard, portal, options, person, private=())
    session.open()
    assert asking.page.sees(portal.login.logged_in)
    assert TYPED not in person.told
    assert len(person.told) == (2 if store == "locked" else 1)


def test_a_probe_types_the_kept_login_as_a_fill_does(
    asking: Running, playwright: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    credentials.keep_login("shenzhen", PortalLogin(USER, PASSWORD))
    monkeypatch.setattr(probe_job, "open_browser", lambda **words: open_browser(**words, driver=playwright))
    lee, portal, target = (
        load_profile(PlainFolder(PROFILES / "sample-lee")),
        load_portal("shenzhen"),
        Target.of(asking.mock.url),
    )
    with probe_job.opened(target, "shenzhen", lee, portal, Console("zh"), headless=True) as here:
        person = Person(here.page.page)
        monkeypatch.setattr(here.prober._session.handover, "_observer", person)
        assert here.prober.reach() == ()
    assert person.told.count(TYPED) == 1
    assert posted(asking.mock, "sections") == []


def test_what_the_person_printed_is_filed_and_not_printed_again(
    running: Running, mock: MockPortal, submitted: Profile
) -> None:
    approve(mock)
    asked: list[str] = []
    running.page.page.on("request", lambda request: asked.append(request.url))

    def all_of_it(page: Page) -> None:
        books(page)
        opens_the_query(page)
        page.get_by_role("textbox").nth(0).fill(f"{submitted.applicant.surname} {submitted.applicant.given_names}")
        page.get_by_role("textbox").nth(1).fill(submitted.passport.number)
        looks_up(page)
        prints(page)

    report = look_after(running, submitted, all_of_it)
    assert (report.trouble, report.exit_code) == (None, 0)
    assert (folder_of(submitted) / report.form).read_bytes().startswith(b"%PDF")
    assert sum(url.endswith("/form") for url in asked) == 1


def unverified(portal: Portal) -> Portal:
    """The same portal as nobody has checked it: no allow-list, nothing is pressed."""
    hosts = tuple(
        one.model_copy(update={"kind": "live", "allow": ()}) if one.kind == "mock" else one for one in portal.hosts
    )
    return replace(portal, file=portal.file.model_copy(update={"hosts": hosts}))


@pytest.fixture
def on_unverified(open_context: OpenContext, mock: MockPortal) -> Iterator[Running]:
    with seated(open_context, mock, unverified(load_portal("shenzhen"))) as one:
        yield one


def test_where_nobody_verified_the_host_the_person_presses_and_the_tool_reads_fills_checks_and_files(
    on_unverified: Running, mock: MockPortal, submitted: Profile
) -> None:
    approve(mock)
    portal = unverified(load_portal("shenzhen"))
    acts = (opens_the_list, books, opens_the_query, looks_up, prints)
    report = look_after(on_unverified, submitted, *acts, portal=portal)
    assert (report.stopped, report.trouble) == (None, None)
    assert (report.status, report.booking, report.exit_code) == ("预审通过", "预约成功", 0)
    assert len(on_unverified.person.asked) == len(acts)
    assert report.guard is not None and report.guard["allowed"] == []
    assert submitted.passport.number in (text_of_pdf((folder_of(submitted) / report.form).read_bytes()) or "")


def test_what_the_person_printed_of_somebody_else_is_refused(
    on_unverified: Running, mock: MockPortal, submitted: Profile
) -> None:
    approve(mock)
    mock.faults(print_as={"name": "ANOTHER PERSON"})
    before = sorted(folder_of(submitted).rglob("*"))
    acts = (opens_the_list, books, opens_the_query, looks_up, prints)
    report = look_after(on_unverified, submitted, *acts, portal=unverified(load_portal("shenzhen")))
    assert report.booking == "预约成功" and report.exit_code == 1
    assert report.trouble is not None and "ANOTHER" not in str(report.trouble)
    assert sorted(folder_of(submitted).rglob("*")) == before


def test_on_another_site_nothing_is_typed(running: Running, mock: MockPortal, submitted: Profile) -> None:
    approve(mock)
    elsewhere = mock.url.replace("127.0.0.1", "localhost")

    def wanders_off(page: Page) -> None:
        page.goto(f"{elsewhere}/#/visits")

    report = look_after(running, submitted, wanders_off)
    assert isinstance(report.stopped, LeftThePortal)
    assert posted(mock, "visits/query") == []


def test_a_question_of_the_page_is_said_and_answered_with_no(
    running: Running, mock: MockPortal, submitted: Profile
) -> None:
    approve(mock)
    asks = """addEventListener("click", (event) => {
      if (event.target.closest("[role=tab]")) setTimeout(() => { sessionStorage.answer = confirm("确定离开 M12345678 吗？"); });
    }, true)"""

    def books_and_is_asked(page: Page) -> None:
        books(page)
        page.add_init_script(asks)

    report = look_after(running, submitted, books_and_is_asked)
    assert report.stopped is not None and report.exit_code == 1
    assert "确定离开 … 吗" in report.stopped.what.en and "M12345678" not in report.stopped.what.en
    assert running.page.page.evaluate("sessionStorage.answer") == "false"
    assert posted(mock, "visits/query") == []
    assert running.guard.holder == "person"


def test_a_persons_typing_stops_it_and_stays(running: Running, mock: MockPortal, submitted: Profile) -> None:
    """Real input, brought by the browser, into the second field of the query while the tool writes the first."""
    approve(mock)
    tells = """let told = false; addEventListener("change", (event) => {
      if (event.target.type !== "text" || told) return;
      const box = [...document.querySelectorAll("input[type=text]")].find((one) => one !== event.target).getBoundingClientRect();
      told = true; globalThis.written(box.x + box.width / 2, box.y + box.height / 2);
    }, true)"""
    view = running.page.page
    session = view.context.new_cdp_session(view)

    def types(_source: object, x: float, y: float) -> None:
        at = {"x": x, "y": y, "button": "left", "clickCount": 1}
        session.send("Input.dispatchMouseEvent", {"type": "mousePressed", **at})
        session.send("Input.dispatchMouseEvent", {"type": "mouseReleased", **at})
        session.send("Input.insertText", {"text": "TYPED"})

    def books_and_types(page: Page) -> None:
        books(page)
        page.expose_binding("written", types)
        page.add_init_script(tells)

    report = look_after(running, submitted, books_and_types)
    assert isinstance(report.stopped, PersonActed)
    assert view.get_by_role("textbox").nth(1).input_value() == "TYPED"
    assert posted(mock, "visits/query") == []


@pytest.mark.parametrize(
    ("part", "value"), [("number", "SZ000000000000"), ("name", "ANOTHER PERSON"), ("passport", "A00000000")]
)
def test_a_form_of_somebody_or_something_else_is_refused(
    running: Running, mock: MockPortal, submitted: Profile, part: str, value: str
) -> None:
    approve(mock)
    mock.faults(print_as={part: value})
    before = sorted(folder_of(submitted).rglob("*"))
    report = look_after(running, submitted, books)
    assert report.booking == "预约成功"
    assert report.trouble is not None and report.exit_code == 1
    assert value not in str(report.trouble)
    assert sorted(folder_of(submitted).rglob("*")) == before


def test_a_sealed_folder_gets_the_form_without_opening(running: Running, mock: MockPortal, submitted: Profile) -> None:
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    folder = folder_of(submitted)
    sealing.seal(folder, key)
    approve(mock)
    with folders.opened(folder) as kept:
        report = look_after(running, load_profile(kept), books, kept=kept)
    assert report.exit_code == 0
    assert [path.name for path in folder.iterdir()] == [sealing.SEALED]
    assert sealing.read_archive(folder / sealing.SEALED, key)[report.form].startswith(b"%PDF")


def test_where_nobody_books_nothing_is_booked(running: Running, mock: MockPortal, submitted: Profile) -> None:
    approve(mock)
    report = look_after(running, submitted)
    assert report.stopped is not None
    assert report.status == "预审通过"
    assert posted(mock, "appointments") == []


def test_who_is_not_in_the_list_is_said(running: Running, mock: MockPortal, submitted: Profile) -> None:
    other = submitted.model_copy(update={"passport": submitted.passport.model_copy(update={"number": "A00000000"})})
    report = look_after(running, other)
    assert report.stopped is not None and "exactly once" in report.stopped.what.en


def test_the_tool_can_neither_book_nor_cancel(running: Running, mock: MockPortal, submitted: Profile) -> None:
    """While the tool holds the pen, whatever the page or a script tries; the menu text that is let through opens only."""
    approve(mock)
    look_after(running, submitted)
    page = running.page.page
    page.goto(mock.url + "/#/query")
    page.get_by_role("button", name="预约", exact=True).wait_for()
    running.guard.take_pen()
    assert running.page.press(["预约"]) is None
    page.wait_for_timeout(200)
    assert page.locator(".slots").count() == 0
    for method, path in (("POST", "/api/appointments"), ("DELETE", "/api/appointments/SZ1")):
        page.evaluate("([method, path]) => fetch(path, {method, body: '{}'}).catch(() => {})", [method, path])
        page.evaluate("path => navigator.sendBeacon(path, '{}')", path)
        page.wait_for_timeout(100)
    running.guard.hand_over()
    assert posted(mock, "appointments") == []


def test_a_booking_on_the_screen_cannot_be_cancelled_by_the_tool(
    running: Running, mock: MockPortal, submitted: Profile
) -> None:
    approve(mock)
    assert look_after(running, submitted, books).booking == "预约成功"
    running.guard.take_pen()
    assert running.page.press(["取消预约"]) is None
    running.page.pause(200)
    running.guard.hand_over()
    assert [one["method"] for one in posted(mock, "appointments")] == ["POST"]
    running.page.page.get_by_role("button", name="取消预约").click()
    running.page.pause(300)
    assert [one["method"] for one in posted(mock, "appointments")] == ["POST", "DELETE"]
