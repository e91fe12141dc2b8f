"""Every button of the review in a window on a display, in both languages and at both common sizes of a screen."""

import re

import pytest

from assistant.review.panel.review import ReviewPanel
from assistant.review.panel.state import BUTTONS, WORDS
from assistant.run.plan import make_plan


@pytest.fixture(scope="module")
def window(window_session, shenzhen_portal, sample_lee):
    """One filled section in one window, for all four."""
    session = window_session
    shenzhen_portal.reset()
    report = session.fill(sample_lee, sections=("personal",))
    readings = list(session.panel._readings.values())
    session.close()
    return session, report, readings


def field(page, label):
    asked = page.locator("label", has_text=re.compile(rf"^\s*{label}\s*[:：]?\s*$"))
    return page.locator(".el-form-item:visible", has=asked).last.locator("input").first


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=["1366x768", "1920x1080"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_button_of_the_review_does_its_work_in_a_window(window, sample_lee, language, size):
    session, report, readings = window
    page, place = session.page.page, sample_lee.applicant.birth_place
    word = {key: text.say(language) for key, text in WORDS.items()} | {
        key: text.say(language) for key, text in BUTTONS.items()
    }
    page.set_viewport_size({"width": size[0], "height": size[1]})
    session.panel = ReviewPanel(
        session.page, session.guard, make_plan(sample_lee, session.portal), language, sections=("personal",)
    )
    for one in readings:
        session.panel.read(one)

    def script(person):
        def button(key, label):
            return f"{word[key]}{word['colon']}{label}"

        yield
        field(page, "出生地").click()
        person.keys("Control+a")
        page.keyboard.type("PARIS")
        page.wait_for_timeout(600)
        yield
        person.press(word["collapse"])
        person.press(word["open"])
        left = person.box(word["title"], role="region")[0]
        person.press(word["side"])
        assert person.box(word["title"], role="region")[0] != left
        person.press(word["side"])
        person.press(word["sections"])
        assert person.sees("个人信息")
        person.press(button("show", "出生地"))
        yield
        yield
        assert field(page, "出生地").bounding_box()["y"] > 0
        person.press(button("copy", "出生地"))
        assert person.sees(word["copied"].replace("%", "出生地"))
        page.wait_for_timeout(400)
        person.press(button("use", "出生地"))
        for _ in range(3):
            yield
        assert field(page, "出生地").input_value() == place
        page.wait_for_timeout(400)
        person.press(button("checked", "护照号码"))
        yield
        person.press(button("undone", "护照号码"))
        yield
        assert button("checked", "护照号码") in person.buttons()
        person.press(word["checkNext"])
        yield
        person.press(word["rest"].split("%")[0].strip())
        assert person.sees("minjun.lee@example.com")
        person.press(word["close"])
        yield
        raise AssertionError("the review goes on without its panel")

    try:
        session.review(report, script)
    finally:
        session.close()
