"""One filled form, reviewed again and again on the panel by a person who only reads, points and presses."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from assistant.portal.loading import load_portal
from assistant.review.panel.review import ReviewPanel
from assistant.run.plan import make_plan


@pytest.fixture(scope="module")
def filled(module_session, shenzhen_portal, sample_lee):
    """The first section, filled and proved once for all tests here, with what it held."""
    shenzhen_portal.reset()
    report = module_session.fill(sample_lee, sections=("personal",))
    readings = list(module_session.panel._readings.values())
    module_session.close()
    return module_session, report, readings


class Form:
    """The filled form; `review` is one review of it, with a panel as new."""

    def __init__(self, session, report, readings, profile):
        self.page, self._session, self._report, self._readings = session.page, session, report, readings
        self._plan = make_plan(profile, load_portal("shenzhen"))

    def review(self, script, *, language="zh"):
        session = self._session
        session.close()
        session.panel = ReviewPanel(session.page, session.guard, self._plan, language, sections=("personal",))
        for one in self._readings:
            session.panel.read(one)
        try:
            session.review(self._report, script)
        finally:
            session.close()


@pytest.fixture
def form(filled, sample_lee):
    session, report, readings = filled
    session.page.page.set_viewport_size({"width": 1366, "height": 768})
    return Form(session, report, readings, sample_lee)


@pytest.fixture
def lee(sample_lee):
    return sample_lee


def item(page, label):
    """One question of the mock's page with all that belongs to it."""
    asked = page.locator("label", has_text=re.compile(rf"^\s*{label}\s*[:：]?\s*$"))
    return page.locator(".el-form-item:visible", has=asked).last


def field(page, label):
    """The input of one field of the mock's page, as the person sees it."""
    return item(page, label).locator("input:not([type=file]), textarea").first


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_what_the_person_mends_on_the_page_leaves_the_list_and_what_they_spoil_comes_onto_it(form, lee):
    page = form.page.page

    def script(person):
        yield
        assert not person.sees("不一致")
        field(page, "出生地").click()
        person.keys("Control+a")
        page.keyboard.type("PARIS")
        page.wait_for_timeout(600)
        yield
        assert person.sees("PARIS") and person.buttons("改用资料的值") == ["改用资料的值：出生地"]
        person.keys("Control+a")
        page.keyboard.type(lee.applicant.birth_place)
        page.wait_for_timeout(600)
        yield
        assert not person.buttons("改用资料的值") and not person.sees("PARIS")

    form.review(script)


def test_where_the_page_keeps_the_copying_to_itself_nothing_is_said_to_be_copied(form):
    page = form.page.page
    page.evaluate(
        "addEventListener('copy', window.keep = (event) => { event.clipboardData.setData('text/plain', 'other'); event.preventDefault(); event.stopImmediatePropagation(); }, true)"
    )

    def script(person):
        yield
        person.press("复制：护照号码")
        yield
        assert not person.sees("已复制「护照号码」")

    form.review(script)
    page.evaluate("removeEventListener('copy', window.keep, true)")


def test_copy_puts_the_profiles_value_on_the_clipboard_and_done_marks_the_card(form, lee):
    page = form.page.page
    page.evaluate(
        "addEventListener('copy', (event) => { event.clipboardData.setData('text/plain', 'other'); event.preventDefault(); }, true)"
    )

    def script(person):
        yield
        person.press("复制：护照号码")
        yield
        assert person.sees("已复制「护照号码」")
        target = field(page, "中文姓名")
        target.click()
        person.keys("Control+a", "Control+v")
        assert target.input_value() == lee.passport.number, "a page that meddles with copying changes nothing"
        target.fill(lee.applicant.chinese_name)
        page.wait_for_timeout(600)
        yield
        before = len(person.buttons("已核对："))
        person.press("已核对：护照号码")
        yield
        assert len(person.buttons("已核对：")) == before - 1
        person.press("撤销：护照号码")
        yield
        assert len(person.buttons("已核对：")) == before
        person.press("其余", role="button")
        assert person.sees("minjun.lee@example.com"), "the folded fields are there for who wants them"

    form.review(script)


@pytest.mark.parametrize(("language", "size"), [("zh", (1366, 768)), ("en", (1920, 1080))])
def test_the_panel_never_covers_the_field_it_talks_about(form, lee, language, size):
    page = form.page.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show = {"zh": "在页面上查看：", "en": "Show on page: "}[language]
    name = {"zh": "延期填报助手", "en": "Renewal assistant"}[language]

    def script(person):
        yield
        every = person.buttons(show)
        assert 3 <= len(every) <= 12
        for one in every:
            person.press(one)
            yield
            yield
            box = field(page, one.removeprefix(show)).bounding_box()
            there = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
            assert there[1] >= 0 and there[3] <= size[1], f"{one}: scrolled into view"
            assert apart(person.box(name, role="region"), there), one

    form.review(script, language=language)


def test_with_the_keyboard_alone_the_person_gets_in_acts_and_gets_back(form, lee):
    page = form.page.page

    def script(person):
        yield
        field(page, "出生地").focus()
        person.keys("F9")
        assert person.focused().startswith("Show on page: 护照号码")
        person.keys("Tab")
        assert person.focused() == "Copy: 护照号码"
        person.keys("Tab", "Enter")
        yield
        assert person.focused().startswith("Undo: 护照号码"), "the focus stays where it was"
        person.keys("Shift+Tab", "Shift+Tab", " ")
        yield
        person.keys("Escape")
        assert page.evaluate("document.activeElement.value") == lee.applicant.birth_place
        person.keys("F9")
        for _ in range(40):
            if person.focused() == "Collapse the panel":
                break
            person.keys("Shift+Tab")
        before = person.box("Renewal assistant", role="region")
        person.keys("Enter")
        assert person.focused() == "Open the panel"
        after = person.box("Renewal assistant", role="region")
        assert after[3] - after[1] < (before[3] - before[1]) / 2
        person.keys("Shift+Tab", "Enter")
        moved = person.box("Renewal assistant", role="region")
        assert (moved[0] < 683) != (before[0] < 683), "to the other side, without a mouse"

    form.review(script, language="en")


def test_the_panel_is_moved_by_hand_and_leaves_no_trace_when_sent_away(form, lee):
    page = form.page.page
    children = page.evaluate("document.documentElement.children.length")

    def script(person):
        yield
        left, top, _, _ = person.box("延期填报助手", role="heading")
        page.mouse.move(left + 5, top + 5)
        page.mouse.down()
        page.mouse.move(left - 195, top + 5, steps=4)
        page.mouse.up()
        assert abs(person.box("延期填报助手", role="heading")[0] - left + 200) < 3
        person.press("撤下面板")
        yield
        raise AssertionError("the review goes on without its panel")

    form.review(script)
    assert page.evaluate("document.documentElement.children.length") == children
    page.evaluate("document.body.append('')")
    page.wait_for_timeout(150)
    assert page.evaluate("document.documentElement.children.length") == children


def differing(one: bytes, other: bytes, columns: tuple[int, int] | None = None) -> tuple[int, int, int, int] | None:
    """The part in which two pictures differ (within these columns), as left, top, right, bottom; None where they don't."""
    first, second = (Image.open(BytesIO(data)).convert("RGB") for data in (one, other))
    if columns:
        first, second = (each.crop((columns[0], 0, columns[1], each.height)) for each in (first, second))
    return ImageChops.difference(first, second).getbbox()


def test_pictures_of_the_form_show_nothing_of_the_panel(form, lee):
    page = form.page

    def at_rest():
        """A picture without what the page shows of a moment: a message that fades, the focus, what the mouse is on."""
        page.page.evaluate("document.activeElement?.blur()")
        page.page.locator(".el-message").first.wait_for(state="detached")
        page.page.evaluate("scrollTo(0, 0)")
        page.page.mouse.move(1365, 1)
        page.settle(quiet=300)
        return page.picture()

    def script(person):
        yield
        # Between its left and its right edge, all the way down: elsewhere a field of the page's own may be drawn anew.
        left, right = page.page.evaluate(
            "() => { const box = document.documentElement.lastElementChild.getBoundingClientRect(); return [box.left, box.right]; }"
        )
        assert right - left > 200
        shown = at_rest()
        person.press("撤下面板")
        assert differing(shown, at_rest(), (int(left), int(right))) is None
        yield

    form.review(script)


def test_on_a_picture_of_the_form_one_persons_identity_looks_like_anothers(form, lee):
    """Blurred digits could be told apart; what is on the picture must not depend on them."""
    page, number = form.page, lee.passport.number
    other = "M12345678"
    change = """([old, now]) => {
      const at = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (at.nextNode()) if (at.currentNode.data.includes(old)) at.currentNode.data = at.currentNode.data.replace(old, now);
      const boxes = [...document.querySelectorAll("input")].filter((one) => one.value === old);
      for (const one of boxes) one.value = now;
      return boxes.length;
    }"""
    before = page.picture([number])
    assert page.page.evaluate(change, [number, other]) >= 1
    try:
        assert differing(page.picture([other]), before) is None
    finally:
        page.page.evaluate(change, [other, number])


def test_one_key_checks_card_after_card_and_passes_by_what_is_wrong(form, lee):
    page = form.page.page

    def types(person, text):
        field(page, "出生地").click()
        person.keys("Control+a")
        page.keyboard.type(text)
        page.wait_for_timeout(600)

    def script(person):
        yield
        types(person, "PARIS")
        yield
        every = len(person.buttons("在页面上查看："))
        for _ in range(every + 1):
            person.keys("F2")
            yield
            yield
        left = person.buttons("已核对："), person.buttons("已手工处理：")
        types(person, lee.applicant.birth_place)
        assert every > 3 and left == ([], ["已手工处理：出生地"]), "what differs is not ticked off by habit"

    form.review(script)
