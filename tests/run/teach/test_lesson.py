"""From a portal that changed to a clean fill, by a person who only clicks and types."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.cli.main import main
from assistant.drift.expected import Asked
from assistant.jobs.probe import Opened
from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.portal.loading import Portal, load_portal
from assistant.portal.options import OptionTable
from assistant.portal.overlay import Laid, Overlay, read_overlay
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.review.lesson_dialogue import TerminalDialogue
from assistant.run.handover import Unattended
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.probe import Prober
from assistant.run.session import guarded_page
from assistant.run.teach.lesson import Teacher
from assistant.run.teach.picker import Picked, pick
from assistant.run.teach.save_recorder import host_patch, listen
from assistant.run.teach.trial import Trial, refusal_of, try_out
from assistant.store.applicant_folder import PlainFolder
from fixtures.drifts import Drift, both, doubled, edited, moved, retitled
from fixtures.server import MockPortal
from tests.support.browsers import OpenContext

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


class Person(Console):
    """Reads the terminal, types what is asked for and clicks on the page; keeps what was said."""

    ended = False

    def __init__(
        self, page: FormPage, answer: Callable[[str], str | None], point: Callable[[FormPage, str], None]
    ) -> None:
        super().__init__("en")
        self.page, self._answer, self._point = page, answer, point
        self.heard: list[str] = []
        self.asked = 0

    def line(self, text: str | Text = "", *, style: str = "") -> None:
        self.heard.append(self.say(text))

    def table(self, title: str | Text | None, headers: object, rows: object, *, styles: object = ()) -> None:
        self.heard.append(self.say(title or ""))

    def listen(self) -> None: ...

    def take(self) -> str | None:
        """The next line they type; None where they click on the page instead."""
        if "(Enter gives up)" in self.heard[-1]:
            self._point(self.page, self.heard[-1])
            self.heard.append("clicked")
            return None
        if self.heard[-1] == "clicked":
            return None
        self.asked += 1
        assert self.asked < 20, self.heard
        line = self._answer("\n".join(self.heard[-6:]))
        self.ended = line is None
        return line


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
    plan = make_plan(lee, portal)
    return Prober(page, guard, portal, plan, Options(mock.url, login_seconds=60), Unattended()), page, guard


def test_five_renamed_fields_and_a_moved_section_are_mended_by_clicking_and_then_filled(
    open_context: OpenContext, changed: MockPortal, copy_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verb itself: opened, mended by clicks and typed words, its diff accepted, kept on the disk beside the applicants;
    `assistant fill` then finds it there, and the server holds what it holds of a fill of the unchanged portal."""
    folder = copy_of("sample-lee")
    lee = load_profile(PlainFolder(folder))

    def answer(said: str) -> str:
        # Tabs are pointed at, and so is the field of which only the place is known; the rest is taken as proposed.
        if "Save these changes?" in said:
            return "y"
        if "具体干什么" in said.rpartition("[")[2] or "居留许可申请信息" in said.rpartition("noted")[2]:
            return "c"
        return "1"

    def point(page: FormPage, what: str) -> None:
        page.page.wait_for_timeout(100)
        if "tab" in what:
            click(page, "[role=tab]", "居留延期")
        else:
            click(page, ".el-form-item", "具体干什么")

    people: list[Person] = []

    def in_the_terminal(console: Console) -> TerminalDialogue:
        return TerminalDialogue(people[0], people[0])

    @contextmanager
    def here(
        target: object, city: str, applicant: object, portal: Portal, *_: object, **__: object
    ) -> Iterator[Opened]:
        with open_context() as context:
            prober, page, guard = prober_on(context, changed, lee, portal)
            people.append(Person(page, answer, point))
            yield Opened(prober, page, guard, portal, changed.url, False)

    monkeypatch.setattr("assistant.review.lesson_dialogue.TerminalDialogue", in_the_terminal)
    monkeypatch.setattr("assistant.jobs.teach.opened", here)
    words = ["teach", "--city", "shenzhen", "--url", changed.url, "--profile", str(folder), "--by", "测试员"]
    # What is left is the row tables' business: everything that was asked for is mapped.
    assert main([*words, "--lang", "en"]) == 0
    assert "Save these changes?" in "\n".join(people[0].heard)
    assert not any(one["method"] == "PUT" for one in changed.state()["requests"])

    overlay = read_overlay(folder.parent / "overlays" / "shenzhen.yaml").overlay
    assert overlay.by == "测试员"
    assert overlay.sections["personal"].fields["applicant.address.detail@residence"].moved_from == "residence"
    told = folder.parent / "report.json"
    command = ["fill", str(folder), "--url", changed.url, "--headless", "--json", str(told)]
    # A command of its own has a Playwright of its own.
    done = subprocess.run([sys.executable, "-m", "assistant", *command], timeout=250, check=False)
    assert done.returncode == 0, told.read_text(encoding="utf-8")
    (application,) = changed.state()["applications"]
    kept = application["sections"]
    assert kept["personal"]["护照号"] == lee.passport.number
    assert kept["personal"]["Place of birth"] == lee.applicant.birth_place
    plan = make_plan(lee, load((read_overlay(folder.parent / "overlays" / "shenzhen.yaml"),)))
    for section in plan.sections:
        held = kept.get(section.section.key, {})
        for step in section.steps:
            value = held[step.field.label]
            as_written = step.field.control in ("text", "textarea", "number", "date")
            assert value == step.value if as_written else value, step.field.label
        for table in section.tables:
            rows = held if isinstance(held, list) else held[table.table.label]
            assert len(rows) == len(table.rows), table.table.label
        for planned in section.uploads:
            assert len(application["attachments"][planned.upload.label]) == len(planned.files), planned.upload.label


def test_a_button_that_submits_and_the_wrong_kind_and_a_name_that_stands_twice_are_refused(
    open_context: OpenContext, mock: MockPortal, lee
) -> None:
    """The person first points at 下一步, then at a date box, then at one of two fields of the same name; then gives up."""
    mock.change(Drift("twice", "shenzhen", "personal", doubled("personal", "addressDetail")))
    targets = iter([("button", "下一步"), (".el-form-item", "出生日期"), (".el-form-item", "详细地址")])
    answers = iter(["c", "c", "c", "q"])
    try:
        with open_context() as context:
            prober, page, guard = prober_on(context, mock, lee, load_portal("shenzhen"))
            assert prober.reach() == ()
            person = Person(page, lambda _: next(answers), lambda on, _: click(on, *next(targets)))
            assert Teacher(prober, page, TerminalDialogue(person, person), load, None, "测试员", TODAY).teach() is None
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


def test_what_saves_a_draft_is_learned_from_the_persons_own_save(
    open_context: OpenContext, mock: MockPortal, lee
) -> None:
    unverified = "http://portal.example"
    with open_context() as context:
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


def test_what_submits_books_or_pays_is_refused_whatever_stands_beside_it(page: Page) -> None:
    """Pressed with a real mouse while the person points: the page gets nothing of it, and the reason names the button."""
    page.set_content(
        "<form onsubmit='window.sent = true; return false'><p><label>姓名 <input></label></p>"
        "<p><label>材料 <input type=file></label> <button type=button onclick='window.sent = true'>提 交</button></p>"
        "<p><a href='#' onclick='window.sent = true'>在线预约</a></p><p><button>去缴费</button></p>"
        "<p><span onclick='window.sent = true'>Submit application</span></p></form>"
    )
    form = FormPage(page)
    seen = form.look()
    for selector, words in (
        ("button", "提 交"),
        ("a", "在线预约"),
        ("button", "去缴费"),
        ("span", "Submit application"),
    ):

        def invite(selector: str = selector, words: str = words) -> Callable[[], bool]:
            click(form, selector, words)
            waits = iter(range(100))
            return lambda: next(waits, None) is not None

        picked = pick(form, seen, invite)
        assert picked is not None
        refused = refusal_of(picked, ())
        assert refused is not None and f"“{words}”, which could submit, book or pay" in refused.en, words
        assert f"「{words}」" in refused.zh
    assert page.evaluate("window.sent") is None


def test_a_button_is_named_when_only_the_button_is_known() -> None:
    refused = refusal_of(Picked(None, button="提交"), ())
    assert refused is not None and "「提交」" in refused.zh and "“提交”" in refused.en


def asked_for(kind: str, *options: str) -> Asked:
    table = {
        "table": "t",
        "meaning": "t",
        "source": "t",
        "as_of": "t",
        "options": {f"O{n}": o for n, o in enumerate(options)},
    }
    return Asked("x", ("x",), None, kind, False, False, OptionTable.model_validate(table) if options else None)


def test_a_trial_leaves_an_empty_field_empty_and_a_filled_one_alone(page: Page) -> None:
    page.set_content(
        '<label>甲 <input id="a" maxlength="3"></label><label>乙 <input id="b" value="原有"></label>'
        '<label>丙 <input id="c" oninput="this.value = this.value && \'别的\'"></label>'
    )
    form = FormPage(page)
    one, other, stubborn = form.look().controls
    assert try_out(form, asked_for("text"), one) == Trial()
    kept = try_out(form, asked_for("text"), other)
    assert kept.refused is None and kept.note is not None and "not tried: it holds something" in kept.note.en
    assert [page.locator(f"#{name}").input_value() for name in "ab"] == ["", "原有"]
    refused = try_out(form, asked_for("text"), stubborn).refused
    assert refused is not None and "did not take" in refused.en
    assert page.locator("#c").input_value() == ""


def test_the_options_of_a_choice_are_read_and_none_is_chosen(page: Page) -> None:
    page.set_content(
        "<label>甲 <select onchange='window.chosen = true'><option value=''>请选择<option>未婚<option>已婚<option>离婚</select></label>"
        "<fieldset><legend>乙</legend><label><input type=radio name=r>是</label><label><input type=radio name=r>否</label></fieldset>"
        "<label>丙 <select><option>唯一</select></label>"
    )
    form = FormPage(page)
    married, yes_no, single = form.look().controls
    assert try_out(form, asked_for("select", "未婚", "已婚", "离婚"), married) == Trial()
    other = try_out(form, asked_for("select", "甲类", "乙类"), married).refused
    assert other is not None and "none of those" in other.en
    less = try_out(form, asked_for("select", "未婚", "已婚", "丧偶"), married)
    assert less.refused is None and less.note is not None and "丧偶" in less.note.zh and "未婚" not in less.note.zh
    assert try_out(form, asked_for("radio", "是", "否"), yes_no) == Trial()
    for asked, control, why in (
        (asked_for("select", "唯一"), single, "can't be read"),
        (asked_for("radio"), yes_no, "no table"),
    ):
        note = try_out(form, asked, control).note
        assert note is not None and note.en.startswith("not tried") and why in note.en
    assert page.evaluate("window.chosen") is None and page.locator("input:checked").count() == 0


def test_a_control_that_can_not_be_emptied_again_is_not_touched_and_that_is_said(page: Page) -> None:
    page.set_content("<label>甲 <input type=checkbox></label><label>乙 <input type=date></label>")
    form = FormPage(page)
    tick, day = form.look().controls
    for control, kind in ((tick, "a tick box"), (day, "a date box")):
        note = try_out(form, asked_for(control.kind), control).note
        assert note is not None and "没有试填" in note.zh and f"not tried: {kind}" in note.en
    assert not page.locator("input").first.is_checked() and page.locator("input").last.input_value() == ""
