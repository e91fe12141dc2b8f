"""Every page of the desk under an accessibility checker, in both languages; with the keyboard alone; without JavaScript."""

import shutil

import pytest
from playwright.sync_api import Browser, Page

from assistant.desk.runs.preparing import Preparing
from assistant.store.base import ApplicantIn, ApplicantRef
from fixtures.libraries_for_tests import fetch_test_libraries

CASE = "/cases/sample-lee"
PAGES = (
    "/",
    "/cases/new",
    "/intake",
    "/employer",
    "/settings",
    "/problem",
    "/welcome",
    "/packs",
    *(f"{CASE}/{page}" for page in ("profile?add=family", "documents", "check", "fill", "after")),
)
SERIOUS = ("serious", "critical")


def faults_of(page: Page) -> list[object]:
    checker = (fetch_test_libraries() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {checker} }}")
    found = page.evaluate("axe.run(document)")
    assert "button-name" in {one["id"] for one in found["passes"]}, "the checker looked at the page"
    return [
        (one["id"], [node["target"] for node in one["nodes"]][:3], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_a_serious_fault_or_breaks_its_own_policy(page, served, desk, language):
    desk.language = language
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.goto(served)
    own = served.partition("/start")[0]
    elsewhere: list[str] = []
    page.on("request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(own) else None)
    faults = {}
    for path in PAGES:
        page.goto(own + path)
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
        faults[path] = faults_of(page)
    assert {path: found for path, found in faults.items() if found} == {}
    assert refused == [] and elsewhere == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_with_work_under_way_has_a_serious_fault(page, served, desk, begun, heap_by_name, language):
    """A heap that was sorted, a run that asks, another that waits for the same login, what the doctor can mend."""
    desk.language = language
    heap = Preparing(ApplicantIn(desk.store, ApplicantRef("sample-lee")), desk.on())
    contract = (desk.folder / "sample-lee" / "documents" / "contract.pdf").read_bytes()
    for name in ("contract.pdf", "odd.pdf"):
        heap.take(name, contract)
    desk.heap_anew("sample-lee", heap)
    heap.begin()
    heap.wait(30)
    shutil.copytree(desk.folder / "sample-lee", desk.folder / "other")
    for name in ("sample-lee", "other"):
        desk.runs.start(name, "fill", "live", "shenzhen", language)
    run = begun["sample-lee"][0]
    run.hear({"event": "section", "title": "个人信息", "number": 1, "total": 7})
    run.hear({"event": "ask", "kind": "yes-no", "zh": "是这个表单吗？", "en": "Is it this form?"})
    desk.examination.checks = [{"name": "python", "state": "warning", "message": "x", "remedy": "y", "mend": "ocr"}]
    page.goto(served)
    own, faults = served.partition("/start")[0], {}
    for path in ("/", f"{CASE}/documents", f"{CASE}/fill", "/cases/other/fill", "/settings"):
        page.goto(own + path)
        for closed in page.locator("details:not([open]) > summary").all():
            closed.click()
        faults[path] = faults_of(page)
    assert {path: found for path, found in faults.items() if found} == {}


def test_a_wrong_answer_is_found_and_mended_with_the_keyboard_alone(page, served):
    page.goto(served)
    page.goto(served.partition("/start")[0] + f"{CASE}/profile")
    number = page.get_by_label("护照号码").first
    number.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    summary.wait_for()
    link = summary.get_by_role("link").first
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "passport.number"
    page.keyboard.press("Control+A")
    page.keyboard.type("M98765432")
    page.keyboard.press("Enter")
    page.get_by_text("已保存。").wait_for()
    assert page.get_by_role("alert").count() == 0


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page, served):
    page.goto(served)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_leaving_a_field_tells_what_is_wrong_with_it(page, served):
    page.goto(served)
    page.goto(served.partition("/start")[0] + f"{CASE}/profile")
    field = page.get_by_label("护照有效期至")
    field.fill("soon")
    field.press("Tab")
    page.get_by_text("日期应写作 YYYY-MM-DD").first.wait_for()
    assert field.get_attribute("aria-invalid") == "true"


@pytest.fixture
def without_script(browser: Browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_javascript_data_are_edited_papers_uploaded_and_the_case_checked(without_script, served, tmp_path):
    page = without_script
    page.goto(served)
    page.get_by_role("link", name="LEE MINJUN 李敏俊").click()
    page.get_by_label("出生地").fill("BUSAN")
    page.get_by_role("button", name="保存").click()
    assert page.get_by_label("出生地").input_value() == "BUSAN"
    page.get_by_role("button", name="添加一行教育经历").click()
    assert page.get_by_role("group", name="教育经历 3").count() == 1
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.4\n")
    page.get_by_role("link", name="材料", exact=True).click()
    slot = page.get_by_role("region", name="薪资证明材料")
    slot.get_by_label("选择文件").set_input_files(paper)
    slot.get_by_role("button", name="上传").click()
    page.get_by_text("已保存 1 个文件").wait_for()
    page.get_by_role("link", name="核对", exact=True).click()
    page.get_by_text("可以申请：").wait_for()
    page.get_by_role("button", name="English", exact=True).click()
    page.get_by_text("Ready: data, rules and required papers are in order.").wait_for()
