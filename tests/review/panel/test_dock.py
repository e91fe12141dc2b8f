"""The panel has room of its own: on a small screen it covers nothing that the person has to read."""

from playwright.sync_api import Page

from assistant.page.engine.scripts import page_script
from assistant.review.panel.host import HERE

TITLE = "延期填报助手"
# Left and right of what is to be read or pressed, as far as the page itself shows it.
WORDS = """() => [...document.querySelectorAll("label, input, button, th, [role=tab]")].map((one) => {
    const { left, right, height } = one.getBoundingClientRect();
    const edges = [];
    for (let up = one.parentElement; up; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== "visible") edges.push(up.getBoundingClientRect().right);
    return [left, Math.min(right, ...edges), height];
}).filter(([left, right, height]) => right - left > 1 && height > 1)"""


def covered(page: Page, box: tuple[float, float, float, float]) -> list[list[float]]:
    """Where something to be read or pressed reaches under the panel, at whatever height the page is scrolled to."""
    found = page.evaluate(WORDS)
    assert len(found) > 20, "there is a form"
    return [one for one in found if one[0] < box[2] and box[0] < one[1]]


def test_on_a_small_screen_it_covers_nothing_of_the_form_on_either_side_and_leaves_the_page_as_it_was(session, lee):
    page = session.page.page
    seen: dict[str, object] = {}

    def script(person):
        yield
        seen["right"] = covered(page, person.box(TITLE, "region"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            "and nothing needs scrolling sideways"
        )
        assert page.evaluate("document.documentElement.getAttribute('style')") is None
        person.press("把面板移到另一侧")
        yield
        box = person.box(TITLE, "region")
        assert box[0] < 100
        seen["left"] = covered(page, box)
        person.press("收起面板")
        yield
        seen["folded"] = page.evaluate("getComputedStyle(document.documentElement).paddingLeft")

    report = session.fill(lee, sections=("personal",))
    session.review(report, script)
    assert seen == {"right": [], "left": [], "folded": "0px"}
    session.close()
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


DOCK = page_script(HERE / "dock.js")


def test_a_page_that_cannot_be_so_narrow_is_scrolled_out_from_under_it(page):
    page.set_viewport_size({"width": 1366, "height": 768})
    page.set_content("<div style='width:1300px;text-align:right'><label>护照号码</label></div>")
    page.evaluate(f"() => ({DOCK})().take(380, true)")
    page.evaluate("scrollTo(5000, 0)")
    assert page.evaluate("document.querySelector('label').getBoundingClientRect().right") <= 1366 - 380


def test_in_a_window_with_too_little_room_the_page_stays_as_it_is(page):
    page.set_viewport_size({"width": 900, "height": 700})
    page.set_content("<p>x</p>")
    page.evaluate(f"() => ({DOCK})().take(380, true)")
    assert page.evaluate("getComputedStyle(document.documentElement).paddingRight") == "0px"
