"""A lesson on the panel: what does not match on one side, the form on the other; the person only clicks and types."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest
from playwright.sync_api import Page

from assistant.drift.kinds import Candidate
from assistant.messages import Language, Text
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.portal.loading import Portal, load_portal
from assistant.portal.overlay import Laid
from assistant.profile.loading import Profile
from assistant.review.console import Console
from assistant.review.lesson_dialogue import PanelDialogue
from assistant.review.panel.lesson import LessonPanel
from assistant.run.handover import Unattended, answered
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.probe import Prober
from assistant.run.session import guarded_page
from assistant.run.teach.dialogue import LessonAnswer, LessonEntry, Offer
from assistant.run.teach.lesson import Teacher
from fixtures.drifts import Drift, both, doubled, edited, retitled
from fixtures.server import MockPortal
from tests.support.browsers import OpenContext
from tests.support.reviews import Person

TODAY = date(2026, 12, 1)
CHANGED = Drift(
    "taught",
    "shenzhen",
    "personal",
    both(
        edited("personal", "passportNumber", label="护照号"),
        edited("business", "duties", label="具体干什么"),
        doubled("personal", "addressDetail"),
        retitled("residence", "居留延期"),
    ),
)
ENTRIES = (
    LessonEntry("个人信息", Text("「护照号码」可能改名", "“护照号码”: probably renamed")),
    LessonEntry("业务信息", Text("「工作内容」可能改名", "“工作内容”: probably renamed")),
)
OFFER = Offer(
    (Candidate("护照号", "personal", "护照信息", "text", ("similar-words",)),),
    (Candidate("原籍何处", "personal", "", "text", ()),),
    Text("点选", "click"),
    (("business", "业务信息"),),
)


class Desk:
    """A panel, and a person at the page whose script goes on step by step while the tool waits for them."""

    def __init__(self, form: FormPage, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
        self.form, self.person = form, Person(form.page)
        self.console = Console(language)
        self.console._rich.file = io.StringIO()
        self.voice = PanelDialogue(self.console, form)
        self._steps: Iterator[None] = iter(())
        monkeypatch.setattr(FormPage, "wait_for_person", lambda form, until: self._live_on(form.page, until))
        pointing = LessonPanel.pointing

        def pointing_with_person(panel: LessonPanel, what: Text) -> Callable[[], bool]:
            go_on = pointing(panel, what)
            return lambda: (next(self._steps, None), go_on())[1]

        monkeypatch.setattr(LessonPanel, "pointing", pointing_with_person)

    def follow(self, script: Iterator[None]) -> None:
        self._steps = script

    def _live_on(self, page: Page, until: Callable[[], bool]) -> bool:
        for _ in range(400):
            if until():
                return True
            next(self._steps, None)
            page.wait_for_timeout(30)
        raise AssertionError(f"nobody answered; on the panel: {self.person.reads()[-40:]}")

    def click(self, selector: str, text: str) -> None:
        """With the mouse on the page; where the panel is in the way, the person moves it first."""
        target = self.form.page.locator(selector).filter(has_text=text).first
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        left, _, right, _ = self.person.box("重新对应栏目", "region")
        if left - 5 < x < right + 5:
            self.person.press("把面板移到另一侧")
        self.form.page.mouse.click(x, y)


@pytest.fixture
def desk(page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Language], Desk]]:
    desks: list[Desk] = []

    def one(language: Language = "zh") -> Desk:
        page.set_content("<form><label>护照号 <input></label><button>提交</button></form>")
        desks.append(Desk(FormPage(page), language, monkeypatch))
        return desks[-1]

    yield one
    for made in desks:
        made.voice.close()


def pressing(desk: Desk, *names: str) -> Iterator[None]:
    for name in names:
        desk.person.press(name)
        yield


@pytest.mark.parametrize(
    ("press", "meant"),
    [
        ("选用「护照号」文字相近", LessonAnswer("take", 0)),
        ("选用「原籍何处」", LessonAnswer("take", 1)),
        ("在页面上点选", LessonAnswer("point")),
        ("在另一段：业务信息", LessonAnswer("point", section="business")),
        ("跳过，到时手工填写", LessonAnswer("skip")),
        ("结束", LessonAnswer("end")),
        ("业务信息：「工作内容」可能改名（待对应）", LessonAnswer("turn-to", 1)),
    ],
)
def test_each_button_says_what_is_on_it(desk: Callable[[], Desk], press: str, meant: LessonAnswer) -> None:
    here = desk()
    here.follow(pressing(here, press))
    assert answered(here.form, here.voice.answer(ENTRIES, 0, OFFER)) == meant
    assert here.form.page.evaluate("document.forms[0].innerText + document.forms.length").endswith("提交1")


def test_the_keyboard_alone_is_enough_in_english_too(desk: Callable[[Language], Desk]) -> None:
    here = desk("en")

    def keys() -> Iterator[None]:
        here.person.keys("F9")
        yield
        assert here.person.focused().startswith("Take「护照号」")
        here.person.keys("Tab", "Enter")
        yield

    here.follow(keys())
    assert answered(here.form, here.voice.answer(ENTRIES, 0, OFFER)) == LessonAnswer("point")

    def gives_up() -> Iterator[None]:
        assert here.person.focused() == "Give up clicking (Esc)"
        here.person.keys("Escape")
        yield

    here.follow(gives_up())
    go_on = here.voice.pointing(Text("点", "Click it"))
    for _ in range(20):
        if not go_on():
            break
        here.form.page.wait_for_timeout(30)
    else:
        raise AssertionError("Escape was not heard")


def test_rows_are_ticked_and_changes_accepted_by_the_person_alone(desk: Callable[[], Desk]) -> None:
    here = desk()
    rows = [("PUT", "/api/save", "2"), ("POST", "/api/dictionary", "5")]
    asked, headers = Text("哪些？", "which?"), (Text("方法", "method"),)

    def ticks() -> Iterator[None]:
        here.person.press("PUT /api/save 2", "checkbox")
        yield
        here.person.press("就是勾选的这些")
        yield

    here.follow(ticks())
    assert answered(here.form, here.voice.several(asked, asked, headers, rows)) == (0,)
    here.follow(pressing(here, "就是勾选的这些"))
    assert answered(here.form, here.voice.several(asked, asked, headers, rows)) == ()
    here.follow(pressing(here, "不保存"))
    assert answered(here.form, here.voice.accepts(asked, asked, headers, [("哪里", "原来", "现在")])) is False
    here.follow(pressing(here, "保存"))
    assert answered(here.form, here.voice.accepts(asked, asked, headers, [("哪里", "原来", "现在")])) is True


def test_a_page_that_was_closed_gives_no_answer(
    page: Page,
) -> None:
    form = FormPage(page)
    voice = PanelDialogue(Console("zh"), form)
    voice.say(Text("一", "one"))
    page.close()
    assert answered(form, voice.answer(ENTRIES, 0, OFFER)) is None
    assert answered(form, voice.accepts(Text("一", "one"), Text("一", "one"), (), [])) is False


def load(laid: Sequence[Laid]) -> Portal:
    return load_portal("shenzhen", overlays=laid)


@contextmanager
def lesson(open_context: OpenContext, mock: MockPortal, lee: Profile) -> Iterator[tuple[Prober, FormPage, Guard]]:
    portal = load_portal("shenzhen")
    with open_context() as context:
        page, guard = guarded_page(context, portal, mock.url)
        plan = make_plan(lee, portal)
        yield Prober(page, guard, portal, plan, Options(mock.url, login_seconds=60), Unattended()), page, guard


def test_a_changed_portal_is_mended_on_the_panel_and_nothing_of_it_reaches_the_portal(
    open_context: OpenContext, mock: MockPortal, lee, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tab and a field are pointed at, one is taken as proposed; a button and a name that stands twice are refused where
    the person sees it; what is left is skipped."""
    mock.change(CHANGED)
    heard: list[str] = []
    try:
        with lesson(open_context, mock, lee) as (prober, page, guard):
            assert prober.reach() == ()
            elements = page.page.evaluate("document.documentElement.children.length")
            desk = Desk(page, "zh", monkeypatch)
            person = desk.person

            def until(text: str) -> Iterator[None]:
                while not person.sees(text):
                    yield

            def script() -> Iterator[None]:
                yield from until("「居留许可申请信息」找不到这一段")
                person.press("在页面上点选")
                yield from until("点一下这一段的标签")
                desk.click("[role=tab]", "居留延期")
                yield from until("未对应的栏目（还剩 3 项）")
                heard.append("list")
                # A button of the page first, then one of two of the same name.
                person.press("在页面上点选")
                yield from until("现在所在的栏目")
                desk.click("button", "暂存")
                yield from until("不能采用：这里不是可填写的栏目")
                heard.append("button")
                person.press("在页面上点选")
                yield from until("现在所在的栏目")
                desk.click(".el-form-item", "详细地址")
                yield from until("无法确定是哪一个")
                heard.append("twice")
                person.press("跳过，到时手工填写")
                yield from until("未对应的栏目（还剩 2 项）")
                (taken,) = person.buttons("选用「护照号」")
                person.press(taken)
                yield from until("未对应的栏目（还剩 1 项）")
                person.press("在页面上点选")
                yield from until("「工作内容」现在所在的栏目")
                desk.click(".el-form-item", "具体干什么")
                yield from until("保存这些吗")
                person.press("保存")
                yield

            desk.follow(script())
            overlay = Teacher(prober, page, desk.voice, load, None, "测试员", TODAY).teach()
            assert overlay is not None
            question = Text("保存这些吗", "save these?")
            assert answered(
                desk.form, desk.voice.accepts(question, question, (), [("业务信息", "工作内容", "具体干什么")])
            )
            desk.voice.close()
            assert page.page.evaluate("document.documentElement.children.length") == elements
            prober.use(load((Laid(overlay),)))
            left = prober.compare()
            guard.hand_over()
    finally:
        mock.change(None)
    assert heard == ["list", "button", "twice"]
    assert [(one.kind, one.label) for one in left.drifts if one.weight != "note"] == [("ambiguous", "详细地址")]
    assert overlay.sections["residence"].title == "居留延期"
    assert overlay.sections["personal"].fields["passport.number"].labels == ("护照号", "护照号码")
    assert overlay.sections["business"].fields["employment.duties"].labels == ("具体干什么", "工作内容")
    assert not any(one["method"] == "PUT" for one in mock.state()["requests"])


def test_what_saves_a_draft_is_learned_with_the_panel_from_the_persons_own_saves(
    open_context: OpenContext, mock: MockPortal, lee, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.jobs.probe import Opened
    from assistant.jobs.teach import TeachJob, learn_save

    with lesson(open_context, mock, lee) as (prober, page, guard):
        assert prober.reach() == ()
        desk = Desk(page, "zh", monkeypatch)

        def script() -> Iterator[None]:
            for title, key in (("个人信息", "personal"), ("业务信息", "business")):
                desk.click("[role=tab]", title)
                page.page.locator(f".section-{key}").wait_for()
                with page.page.expect_response(lambda answer: answer.request.method == "PUT"):
                    desk.click(".bar button", "暂存")
                yield
            desk.person.press("我做好了，继续")
            while not desk.person.sees("刚才看到的请求"):
                yield
            desk.person.press("PUT /api/applications/*/sections/*", "checkbox")
            yield
            desk.person.press("就是勾选的这些")
            yield

        desk.follow(script())
        here = Opened(prober, page, guard, load(()), mock.url, True)
        overlay = learn_save(TeachJob(by="测试员"), here, desk.voice, None)
        guard.hand_over()
    assert overlay is not None
    (host,) = overlay.hosts
    assert [(one.method, one.path) for one in host.allow] == [("PUT", "/api/applications/*/sections/*")]
    assert (host.origin, host.verified_by) == (mock.url, "测试员")
