"""A whole life at the desk in a real browser, by roles and names only, as somebody who has never seen it: from an empty folder to
next year's renewal. The run's own window is used with the mouse, as a person uses it.
"""

import re
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.desk.desk import Desk
from assistant.messages import Language
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks.intake import roster_of, sample_values
from fixtures.server import MockPortal
from tests.support.handlers import Handler, KeyboardHandler, Opened, closes_the_window, employer_values

SAMPLE = PROFILES / "sample-lee"
CASE = "lee-minjun"
RIGHT = {"passport.expires_on": "2032-05-10", "applicant.phone": "13800000011"}
"""What the roster has wrong, and what the person reads on the papers."""
WRONG = {"passport.expires_on": "2032-15-10", "applicant.phone": "138"}
RUN = 240
"""Seconds a run may take on a busy machine."""
TITLES = {"shenzhen": ("深圳", "Shenzhen"), "beijing": ("北京", "Beijing")}


@pytest.fixture
def portal(city: str) -> Iterator[MockPortal]:
    with MockPortal(city=city, auto_login=True, on=date(2026, 12, 1)) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_stays(desk: Desk) -> Iterator[None]:
    """A run of a test that failed ends with it, and its window."""
    yield
    for run in desk.runs.active:
        run.stop()


@pytest.fixture
def handler(page: Page, language: Language, hands: type[Handler]) -> Handler:
    return hands(page, language)


@pytest.mark.parametrize(
    ("city", "language", "hands"),
    [
        pytest.param(city, language, hands, id=f"{city}-{language}{ending}")
        for city, language, hands, ending in (
            ("shenzhen", "zh", Handler, ""),
            ("shenzhen", "en", Handler, ""),
            ("beijing", "zh", Handler, ""),
            ("beijing", "en", Handler, ""),
            ("beijing", "zh", KeyboardHandler, "-keyboard"),
        )
    ],
)
@pytest.mark.timeout(600)
def test_from_an_empty_folder_to_next_year(
    handler: Handler,
    served: str,
    desk,
    desk_folder: Path,
    tmp_path: Path,
    city: str,
    portal: MockPortal,
    run_window: Opened,
):
    shutil.rmtree(desk_folder)
    desk_folder.mkdir()
    desk.language = handler.language
    roster = tmp_path / "名册 roster.xlsx"
    roster.write_bytes(roster_of([{**sample_values(), **WRONG}]))

    handler.page.goto(served)
    fills_in_the_employer(handler)
    imports(handler, roster, TITLES[city])
    corrects_two_fields(handler)
    brings_in_the_papers(handler)
    handler.follow("核对", "Check")
    handler.reads("可以申请：", "Ready:")
    handler.follow("下一步", "Next")
    rehearses(handler, run_window)
    fills_for_real(handler, portal, run_window)
    assert portal.state()["submits"] == 1
    handler.follow("提交之后", "After filing")
    handler.reads("填写了一次", "filled")
    if city == "shenzhen":
        looks_after_it(handler, portal, run_window)
    else:
        is_told_to_look_by_hand(handler, portal)
    takes_the_on_site_page(handler)
    begins_next_year(handler)
    kept, sample = (load_profile(PlainFolder(home)) for home in (desk_folder / CASE, SAMPLE))
    assert kept.applicant == sample.applicant and kept.education == sample.education
    assert kept.passport == sample.passport.model_copy(update={"mrz": None})
    assert (desk_folder / f"{CASE}-2026" / "profile.yaml").is_file()


def test_the_same_each_day_unseen(
    page: Page, served: str, desk: Desk, desk_folder: Path, tmp_path: Path, heap_by_name: None
):
    """Without reading scans and without a window: the rehearsal ends by itself, and the person sets the stage."""
    shutil.rmtree(desk_folder)
    desk_folder.mkdir()
    roster = tmp_path / "名册 roster.xlsx"
    roster.write_bytes(roster_of([{**sample_values(), **WRONG}]))
    handler = Handler(page, "zh")
    page.goto(served)
    fills_in_the_employer(handler)
    imports(handler, roster, TITLES["shenzhen"])
    corrects_two_fields(handler)
    brings_in_the_papers(handler)
    handler.follow("核对", "Check")
    handler.reads("可以申请：", "Ready:")
    handler.follow("下一步", "Next")
    handler.tick(page.get_by_label("演练："))
    handler.press("开始填写", "Start filling")
    handler.heading("演练：已结束", "Rehearsal: over", RUN)
    expect(handler.region("结果", "Result")).to_contain_text("提交次数 0")
    handler.follow("提交之后", "After filing")
    handler.choose(handler.field("现在到了", "The case is at"), "已提交")
    handler.press("更改阶段", "Set the stage")
    takes_the_on_site_page(handler)
    begins_next_year(handler)
    assert (desk_folder / f"{CASE}-2026" / "profile.yaml").is_file()


def fills_in_the_employer(handler: Handler) -> None:
    handler.follow("单位资料", "employer's data")
    for question, value in employer_values():
        answer = handler.page.locator("form").get_by_label(handler.say(question.label)).first
        if question.kind == "choice":
            handler.choose(answer, handler.say(dict(question.choices)[value]))
        else:
            handler.write(answer, value)
    handler.press("保存", "Save")
    handler.reads("已保存。", "Saved.")
    assert handler.page.get_by_role("alert").count() == 0


def imports(handler: Handler, roster: Path, title: tuple[str, str]) -> None:
    handler.follow("导入", "Import")
    handler.give(handler.field("选择文件，或拖到这里", "Choose files, or drop them here"), roster)
    handler.choose(handler.field("城市", "City"), handler.words(*title))
    handler.press("读取", "Read")
    handler.heading("LEE MINJUN", "LEE MINJUN")
    handler.press("确认导入", "Confirm the import")
    handler.reads("已导入 1 位申请人", "1 applicants imported")
    handler.follow("名册", "Roster")
    handler.follow("补全资料", "complete the data")


def brings_in_the_papers(handler: Handler) -> None:
    handler.follow("材料", "Papers")
    handler.give(handler.field("选择扫描件", "Choose the scans"), *sorted((SAMPLE / "documents").iterdir()))
    handler.press("整理扫描件", "Sort the scans")
    keep = handler.page.get_by_role("button", name=handler.words("采用", "Keep these"))
    expect(keep).to_be_visible(timeout=RUN * 1000)
    handler.activate(handler.page.locator("summary").filter(has_text=handler.words("对照：", "Compare: ")).first)
    pictures = handler.page.locator("details[open] img")
    expect(pictures.nth(1)).to_be_visible()
    assert pictures.evaluate_all("(all) => Promise.all(all.map((one) => one.decode())).then(() => all.length >= 2)")
    handler.activate(keep)
    expect(handler.page.get_by_role("button", name=handler.words("撤销整理", "Take the sorting back"))).to_be_visible()


def corrects_two_fields(handler: Handler) -> None:
    handler.follow("资料", "Data")
    expect(handler.page.get_by_role("alert")).to_contain_text(handler.words("有 2 处需要修改", "2 to be mended"))
    handler.write(handler.field("护照有效期至", "Date of expiry"), RIGHT["passport.expires_on"])
    handler.write(handler.field("在中国工作电话", "Applicant's own phone"), RIGHT["applicant.phone"])
    handler.press("保存", "Save")
    expect(handler.page.get_by_role("alert")).to_have_count(0)


def rehearses(handler: Handler, run_window: Opened) -> None:
    handler.tick(handler.page.get_by_label(handler.words("演练：", "Rehearse:")))
    handler.press("开始填写", "Start filling")
    handler.heading("演练：已移交", "Rehearsal: handed over", RUN)
    result = handler.region("结果", "Result")
    expect(result).to_contain_text(handler.words("提交次数 0", "submitted by this tool: 0"))
    with run_window() as window:
        closes_the_window(window)
    handler.heading("演练：已结束", "Rehearsal: over", 60)
    sheet = handler.opens("核对单", "Proof sheet")
    expect(sheet.get_by_text("M98765432").first).to_be_visible()
    sheet.close()


def fills_for_real(handler: Handler, portal: MockPortal, run_window: Opened) -> None:
    """On the mock in the portal's place, seen in a window; reviewed and submitted there by hand."""
    handler.tick(handler.page.get_by_label(handler.words("正式：", "Live:")))
    handler.activate(handler.page.get_by_text(handler.words("更多选择", "More"), exact=True))
    handler.write(handler.field("代替平台的网址", "Address instead of the portal's"), portal.url)
    handler.press("开始填写", "Start filling")
    answers_until_handed_over(handler)
    assert portal.state()["submits"] == 0
    with run_window() as window:
        submits(window, portal)
        closes_the_window(window)
    handler.heading("正式填写：已结束", "Live: over", 60)


def answers_until_handed_over(handler: Handler) -> None:
    """Whatever the run asks is answered on the desk."""
    over = handler.page.get_by_role("heading", name=handler.words("正式填写：已移交", "Live: handed over"))
    yes = handler.page.get_by_role("button", name=re.compile(handler.words("^(是|继续)$", "^(Yes|Go on)$")))
    for _ in range(4):
        expect(over.or_(yes).first).to_be_visible(timeout=RUN * 1000)
        if over.is_visible():
            return
        handler.activate(yes)
        expect(yes).to_have_count(0)
    raise AssertionError("it asked and asked")


def submits(window: Page, portal: MockPortal) -> None:
    """By hand, with the portal's own buttons."""
    if portal.city == "shenzhen":
        window.get_by_role("tab", name="附件信息").click()
        window.get_by_role("button", name="下一步").click()
        window.get_by_role("button", name="提交", exact=True).click()
        window.get_by_role("button", name="确认提交").click()
        window.get_by_text("申请已提交").wait_for()
        return
    (form,) = [frame for frame in window.frames if frame.get_by_text("提交", exact=True).count()]
    form.get_by_text("提交", exact=True).click()
    form.get_by_text("确定", exact=True).last.click()
    until = time.monotonic() + 30
    while not portal.state()["submits"] and time.monotonic() < until:
        window.wait_for_timeout(100)


def pass_the_review(portal: MockPortal) -> None:
    """The authority's part."""
    for application in portal._truth.applications.values():
        application.approved = True


def looks_after_it(handler: Handler, portal: MockPortal, run_window: Opened) -> None:
    """The authority passes the application; the run finds it, the person books, the form is filed."""
    pass_the_review(portal)
    handler.activate(handler.page.get_by_text(handler.words("更多选择", "More"), exact=True))
    handler.write(handler.field("代替平台的网址", "Address instead of the portal's"), portal.url)
    handler.press("查询审核与预约", "Look up status and booking")
    asked = handler.page.get_by_role("button", name=handler.words("继续", "Go on"))
    expect(asked).to_be_visible(timeout=RUN * 1000)
    handler.reads("预审已通过", "The pre-review is passed")
    with run_window() as window:
        books(window)
    handler.activate(asked)
    status = handler.region("审核与预约", "Status and booking")
    expect(status).to_contain_text(handler.words("已存入材料", "filed among the papers"), timeout=RUN * 1000)
    expect(status).to_contain_text("预约成功")
    handler.reads("阶段改为「预约」", "stage set to “booked”")


def books(window: Page) -> None:
    window.get_by_role("button", name="预约", exact=True).click()
    window.get_by_role("radio").nth(1).check(force=True)
    window.get_by_role("button", name="确认预约").click()
    window.get_by_text("预约已提交").wait_for()


def is_told_to_look_by_hand(handler: Handler, portal: MockPortal) -> None:
    handler.press("查询审核与预约", "Look up status and booking")
    handler.reads("没有打开浏览器", "no browser was opened", 60)
    handler.choose(handler.field("现在到了", "The case is at"), handler.words("已提交", "submitted"))
    handler.press("更改阶段", "Set the stage")
    handler.reads("阶段改为「已提交」", "stage set to “submitted”")


def takes_the_on_site_page(handler: Handler) -> None:
    sheet = handler.opens("现场办理清单", "On-site checklist")
    expect(sheet.get_by_role("heading", level=1)).to_be_visible()
    sheet.close()


def begins_next_year(handler: Handler) -> None:
    handler.press("建立明年的资料", "Make next year's profile")
    expect(handler.page.get_by_role("alert")).to_be_visible()
