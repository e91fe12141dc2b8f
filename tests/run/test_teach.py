"""From a portal that changed to a clean fill, by a person who only clicks and types."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from assistant.browser import open_browser
from assistant.filler import Filler, Options
from assistant.form_page import FormPage
from assistant.mapping_trial import try_out
from assistant.messages import Text
from assistant.overlay import Laid, Overlay, read_overlay, write_overlay
from assistant.plan import make_plan
from assistant.portal import load_portal
from assistant.probe_run import Prober, plan_without_person
from assistant.run import guarded_page
from assistant.teach import Teacher
from assistant.teach_save import host_patch, listen
from assistant.unattended import Unattended
from assistant.voice import ByLines
from fixtures.drifts import Drift, both, doubled, edited, moved, retitled
from fixtures.server import MockPortal

TODAY = date(2026, 12, 1)
# Five fields under other names, one section under another title and a field moved out of it.
CHANGED = Drift(
    "taught",
    "shenzhen",
    "personal",
    both(
        edited("personal", "passportNumber", label="护照号"),
        edited("personal", "birthPlace", label="Place of birth"),
        edited("personal", "maritalStatus", label="婚姻"),
        edited("business", "duties", label="具体干什么"),
        edited("attachments", "contract", label="聘用合同（原件扫描）"),
        moved("homeAddress", "residence", "personal", "addressDetail"),
        retitled("residence", "居留延期"),
    ),
)


class Person(ByLines):
    """Types what is asked for and clicks on the page; keeps what was said."""

    def __init__(
        self, page: FormPage, answer: Callable[[str], str | None], point: Callable[[FormPage, str], None]
    ) -> None:
        self.page, self._answer, self._point = page, answer, point
        self.heard: list[str] = []
        self.asked = 0

    def say(self, what: Text, style: str = "") -> None:
        self.heard.append(what.en)
        import sys
        import time

        print(time.strftime("%X"), what.en, file=sys.__stderr__, flush=True)

    def table(self, title: Text, headers: object, rows: object) -> None:
        self.heard.append(title.en)

    def ask(self, what: Text) -> str | None:
        self.asked += 1
        assert self.asked < 20, self.heard
        return self._answer("\n".join(self.heard[-6:]))

    def pointing(self, what: Text) -> Callable[[], bool]:
        self._point(self.page, what.en)
        waits = iter(range(100))
        return lambda: next(waits, None) is not None


@pytest.fixture
def changed(mock: MockPortal) -> Iterator[MockPortal]:
    mock.change(CHANGED)
    yield mock
    mock.change(None)


def click(page: FormPage, selector: str, text: str) -> None:
    """A real press of the mouse."""
    target = page.page.locator(selector).filter(has_text=text).first
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def load(laid):
    return load_portal("shenzhen", overlays=laid)


def prober_on(context, mock: MockPortal, lee, portal) -> tuple[Prober, FormPage, object]:
    page, guard = guarded_page(context, portal, mock.url)
    plan = plan_without_person(portal, lee.passport.number)
    return Prober(page, guard, portal, plan, Options(mock.url, login_seconds=60), Unattended()), page, guard


def test_five_renamed_fields_and_a_moved_section_are_mended_by_clicking_and_then_filled(
    playwright: Playwright, changed: MockPortal, lee, tmp_path: Path
) -> None:
    def answer(said: str) -> str:
        # Tabs are pointed at, and so is the field of which only the place is known; the rest is taken as proposed.
        if "具体干什么" in said.rpartition("[")[2] or "居留许可申请信息" in said.rpartition("noted")[2]:
            return "c"
        return "1"

    def point(page: FormPage, what: str) -> None:
        page.page.wait_for_timeout(100)
        if "tab" in what:
            click(page, "[role=tab]", "居留延期")
        else:
            click(page, ".el-form-item", "具体干什么")

    with open_browser(headless=True, driver=playwright) as context:
        prober, page, guard = prober_on(context, changed, lee, load_portal("shenzhen"))
        assert prober.reach() == ()
        person = Person(page, answer, point)
        overlay = Teacher(prober, page, person, load, None, "测试员", TODAY).teach()
        assert overlay is not None
        left = prober.compare()
        guard.hand_over()

    assert [one.what.en for one in left.drifts if one.weight != "note"] == []
    assert not any(one["method"] == "PUT" for one in changed.state()["requests"])
    write_overlay(tmp_path / "shenzhen.yaml", overlay)
    laid = read_overlay(tmp_path / "shenzhen.yaml")
    assert laid.overlay == overlay
    assert overlay.sections["personal"].fields["applicant.address.detail@residence"].moved_from == "residence"

    portal = load((laid,))
    with open_browser(headless=True, driver=playwright) as context:
        page, guard = guarded_page(context, portal, changed.url)
        plan = make_plan(lee, portal)
        report = Filler(page, guard, portal, plan, Options(changed.url, login_seconds=60), Unattended()).run(
            command="fill", city="shenzhen"
        )
    assert [(one.label, one.reason) for _, one in report.for_the_person] == []
    assert report.exit_code == 0
    kept = changed.state()["applications"][0]["sections"]
    assert kept["personal"]["护照号"] == lee.passport.number
    assert kept["personal"]["Place of birth"] == lee.applicant.birth_place


def test_a_button_that_submits_and_the_wrong_kind_and_a_name_that_stands_twice_are_refused(
    playwright: Playwright, mock: MockPortal, lee
) -> None:
    """The person first points at 下一步, then at a date box, then at one of two fields of the same name; then gives up."""
    mock.change(Drift("twice", "shenzhen", "personal", doubled("personal", "addressDetail")))
    targets = iter([("button", "下一步"), (".el-form-item", "出生日期"), (".el-form-item", "详细地址")])
    answers = iter(["c", "c", "c", "q"])
    try:
        with open_browser(headless=True, driver=playwright) as context:
            prober, page, guard = prober_on(context, mock, lee, load_portal("shenzhen"))
            assert prober.reach() == ()
            person = Person(page, lambda _: next(answers), lambda on, _: click(on, *next(targets)))
            assert Teacher(prober, page, person, load, None, "测试员", TODAY).teach() is None
            guard.hand_over()
    finally:
        mock.change(None)
    refused = [one for one in person.heard if one.startswith("refused")]
    assert len(refused) == 3
    assert "no field here" in refused[0]
    assert "wrong kind" in refused[1]
    assert "times" in refused[2]
    assert not any(one["method"] == "PUT" for one in mock.state()["requests"])


def test_an_overlay_changes_nothing_when_it_is_empty() -> None:
    empty = Overlay(overlay="shenzhen", written_on=TODAY, by="测试员")
    assert load((Laid(empty),)).sections == load_portal("shenzhen").sections


def test_what_saves_a_draft_is_learned_from_the_persons_own_save(playwright: Playwright, mock: MockPortal, lee) -> None:
    unverified = "http://portal.example"
    with open_browser(headless=True, driver=playwright) as context:
        prober, page, guard = prober_on(context, mock, lee, load_portal("shenzhen"))
        assert prober.reach() == ()
        heard = listen(page, mock.url)
        guard.hand_over()
        for title, key in (("个人信息", "personal"), ("业务信息", "business")):
            click(page, "[role=tab]", title)
            page.page.locator(f".section-{key}").wait_for()
            with page.page.expect_response(lambda answer: answer.request.method == "PUT"):
                click(page, ".bar button", "暂存")
    offered = heard.offered(load_portal("shenzhen").file.forbidden_paths)
    assert [(method, path) for method, path, _ in offered] == [("PUT", "/api/applications/*/sections/*")]

    patch = host_patch(unverified, [(method, path) for method, path, _ in offered], "测试员", TODAY)
    overlay = Overlay(overlay="shenzhen", written_on=TODAY, by="测试员", hosts=(patch,))
    learned = load((Laid(overlay),)).host_of(unverified + "/x")
    assert learned is not None and learned.trusted
    assert [(one.method, one.path) for one in learned.allow] == [("PUT", "/api/applications/*/sections/*")]


def test_a_trial_leaves_an_empty_field_empty_and_a_filled_one_alone(page: Page) -> None:
    page.set_content(
        '<label>甲 <input id="a" maxlength="3"></label><label>乙 <input id="b" value="原有"></label>'
        '<label>丙 <input id="c" oninput="this.value = this.value && \'别的\'"></label>'
    )
    form = FormPage(page)
    one, other, stubborn = form.look().controls
    assert try_out(form, one) is None
    assert try_out(form, other) is None
    assert [page.locator(f"#{name}").input_value() for name in "ab"] == ["", "原有"]
    refused = try_out(form, stubborn)
    assert refused is not None and "did not take" in refused.en
    assert page.locator("#c").input_value() == ""
