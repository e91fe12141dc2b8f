"""After submission: the tool finds, the person books, the form is filed only when it is the right one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from assistant import credentials, sealing
from assistant.after_run import AfterReport, AfterRun
from assistant.documents.paper import text_of_pdf
from assistant.form_page import FormPage
from assistant.messages import Text
from assistant.portal import load_portal
from assistant.profile import Profile, load_profile
from assistant.visit import Visit


class Person:
    """Does what is asked with what can be seen and pressed; `picks` is what to do when asked to book."""

    def __init__(self, picks: Callable[[Page], None] | None = None) -> None:
        self.picks = picks
        self.asked: list[str] = []

    def tell(self, what: Text) -> None: ...
    def section(self, title: str, number: int, total: int) -> None: ...
    def finished(self, section: object) -> None: ...

    def wants_pause(self) -> bool:
        return False

    def taken_over(self) -> bool:
        return False

    def ask(self, what: Text, page: FormPage) -> bool:
        self.asked.append(what.en)
        if "预约查询" in what.zh:
            page.page.get_by_role("menuitem", name="首页").click()
            page.page.get_by_role("button", name="预约查询/取消预约").click()
            return True
        if self.picks is None:
            return False
        self.picks(page.page)
        return True


def books(page: Page) -> None:
    page.get_by_role("button", name="预约", exact=True).click()
    page.locator(".slots .el-radio").first.click()
    page.get_by_role("button", name="确认预约").click()
    page.get_by_text("预约已提交").wait_for()


def submits(page: Page) -> None:
    page.get_by_role("tab", name="附件信息").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_role("button", name="确认提交").click()
    page.get_by_text("申请已提交").wait_for()


def look_after(running, profile: Profile, person: Person) -> AfterReport:
    portal = load_portal("shenzhen")
    visit = Visit(running.page, running.guard, portal, running.mock.url, person, login_seconds=20)
    return AfterRun(visit, running.page, running.guard, portal, profile).run()


@pytest.fixture
def submitted(running, mock, copy_of) -> Profile:
    """A submitted application that the authority has not looked at yet."""
    profile = load_profile(copy_of("sample-lee"))
    mock._truth.open(profile.passport.number).submitted = True
    return profile


def approve(mock) -> None:
    (application,) = mock._truth.applications.values()
    application.approved = True


def posted(mock, word: str) -> list[dict]:
    return [one for one in mock.state()["requests"] if word in one["path"]]


def test_from_login_to_the_filed_form(running, mock, copy_of) -> None:
    submitted = load_profile(copy_of("sample-lee"))
    assert running.fill(submitted).stopped is None
    submits(running.page.page)
    waiting = look_after(running, submitted, Person())
    assert (waiting.status, waiting.booking, waiting.exit_code) == ("已提交", "", 1)

    approve(mock)
    person = Person(books)
    report = look_after(running, submitted, person)
    assert report.stopped is None and report.trouble is None
    assert (report.status, report.booking, report.exit_code) == ("预审通过", "预约成功", 0)
    assert len(person.asked) == 2
    assert [one["method"] for one in posted(mock, "appointments")] == ["POST"]
    assert running.guard.holder == "person"

    filed = submitted.folder / report.form
    text = text_of_pdf(filed.read_bytes())
    assert submitted.passport.number in text
    assert re.search(r"预约号：SZ\d+", text)
    assert filed.stat().st_mode & 0o077 == 0
    assert submitted.passport.number not in str(report.as_json())
    assert submitted.applicant.surname not in str(report.as_json())

    again = look_after(running, submitted, Person())
    assert (again.status, again.form) == ("已预约", "documents/visa_form_booked (1).pdf")


@pytest.mark.parametrize(
    ("part", "value"), [("number", "SZ000000000000"), ("name", "ANOTHER PERSON"), ("passport", "A00000000")]
)
def test_a_form_of_somebody_or_something_else_is_refused(
    running, mock, submitted: Profile, part: str, value: str
) -> None:
    approve(mock)
    mock.faults(print_as={part: value})
    before = sorted(submitted.folder.rglob("*"))
    report = look_after(running, submitted, Person(books))
    assert report.booking == "预约成功"
    assert report.trouble is not None and report.exit_code == 1
    assert value not in str(report.trouble)
    assert sorted(submitted.folder.rglob("*")) == before


def test_a_sealed_folder_gets_the_form_without_opening(running, mock, submitted: Profile) -> None:
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    sealing.seal(submitted.folder, key)
    approve(mock)
    report = look_after(running, load_profile(submitted.folder), Person(books))
    assert report.exit_code == 0
    assert [path.name for path in submitted.folder.iterdir()] == [sealing.SEALED]
    assert sealing.contents(submitted.folder)[report.form].startswith(b"%PDF")
    sealing.close()


def test_where_nobody_books_nothing_is_booked(running, mock, submitted: Profile) -> None:
    approve(mock)
    report = look_after(running, submitted, Person())
    assert report.stopped is not None
    assert report.status == "预审通过"
    assert posted(mock, "appointments") == []


def test_who_is_not_in_the_list_is_said(running, mock, submitted: Profile) -> None:
    other = submitted.model_copy(update={"passport": submitted.passport.model_copy(update={"number": "A00000000"})})
    report = look_after(running, other, Person())
    assert report.stopped is not None and "exactly once" in report.stopped.what.en


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/appointments"), ("DELETE", "/api/appointments/SZ1")])
@pytest.mark.parametrize("way", ["fetch", "beacon", "click"])
def test_the_tool_can_neither_book_nor_cancel(
    running, mock, submitted: Profile, method: str, path: str, way: str
) -> None:
    """While the tool holds the pen, whatever the page or a script tries."""
    approve(mock)
    look_after(running, submitted, Person())
    page = running.page.page
    page.goto(mock.url + "/#/query")
    button = page.get_by_role("button", name="预约", exact=True)
    button.wait_for()
    running.guard.take_pen()
    if way == "click":
        if running.page.press(["预约"]) is None:
            page.wait_for_timeout(300)
        assert page.locator(".slots").count() == 0
    elif way == "fetch":
        page.evaluate("([method, path]) => fetch(path, {method, body: '{}'}).catch(() => {})", [method, path])
    else:
        page.evaluate("([, path]) => navigator.sendBeacon(path, '{}')", [method, path])
        page.wait_for_timeout(200)
    running.guard.hand_over()
    assert posted(mock, "appointments") == []
