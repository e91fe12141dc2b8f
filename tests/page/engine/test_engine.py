"""The engine's own guard, with every other layer off: a writer clicks nothing but the parts of its control, and never a
submit button, whatever its library's script asks for."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.page import engine
from assistant.page.engine import LIBRARIES, PARTS, EngineClock, engine_source
from assistant.page.form_page import FormPage

HERE = Path(engine.__file__).parent
FORM = """<form onsubmit="window.submits = (window.submits || 0) + 1; return false">
  <label id="own">姓名 <input id="a"><button id="inside"><b id="deep">提交</b></button></label>
  <button id="submit">提交</button><button type="button" id="other" onclick="window.clicks = 1">其他</button>
</form>"""

# A library whose writer presses what it should not.
ROGUE = """(core) => ({ name: "rogue", kinds: [{
  kind: "text", selector: "#own", read: (root) => root.querySelector("input").value, readOnly: () => false,
  write: (root, { value }) => core.tap(document.querySelector(value)) }] })"""


@pytest.mark.parametrize("target", ["#submit", "#other", "#inside", "#deep", "body"])
def test_a_writer_that_reaches_outside_its_control_or_for_a_submit_button_clicks_nothing(page: Page, target: str):
    page.set_content(FORM)
    source = engine_source().replace("core.assemble([", f"core.assemble([({ROGUE}),", 1)
    assert ROGUE in source
    engine = page.evaluate_handle(source)
    seen = engine.evaluate("(engine) => engine.look()")
    (control,) = [one for one in seen["controls"] if one["library"] == "rogue"]
    order = {"id": control["id"], "value": target, "accepted": [target]}
    (answer,) = engine.evaluate("(engine, order) => engine.write([order])", order)
    assert answer["reason"] in ("page-error", "unsupported")
    assert page.evaluate("[window.submits || 0, window.clicks || 0]") == [0, 0]


def test_the_engine_leaves_no_name_in_the_page(page: Page):
    """The page can't call what the tool holds: it finds nothing new among its globals."""
    page.set_content(FORM)
    before = page.evaluate("Object.getOwnPropertyNames(window).length")
    page.evaluate_handle(engine_source()).evaluate("(engine) => engine.look()")
    assert page.evaluate("Object.getOwnPropertyNames(window).length") == before


def test_a_pages_motion_takes_no_time_while_the_tool_works_and_is_as_it_was_in_the_persons_hands(page: Page):
    """Its events come all the same: many libraries take a window away only when its fade has ended."""
    page.set_content(
        """<style>#a { transition: opacity 5s 1s } @keyframes k { to { opacity: 0 } } #b { animation: k 5s 1s infinite }</style>
        <p id=a>a</p><p id=b>b</p>
        <script>
          const ended = [];
          for (const name of ["transitionend", "animationend"]) addEventListener(name, () => ended.push(name), true);
        </script>"""
    )
    times = "() => [getComputedStyle(a).transitionDuration, getComputedStyle(b).animationDuration]"
    own = page.evaluate(times)
    form = FormPage(page)
    form.look()
    assert page.evaluate(times) == own == ["5s", "5s"]
    form.watch_person()
    form.look()
    page.evaluate("a.style.opacity = 0")
    page.wait_for_function("ended.includes('transitionend') && ended.includes('animationend')", timeout=3000)
    form.leave_person()
    assert page.evaluate(times) == own
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


def test_how_long_the_engine_waits_is_said_in_one_place(page: Page):
    """A list that never opens is given up at a tenth of the clock in a tenth of the time."""
    page.set_content(
        "<label>国籍 <div role=combobox tabindex=0 aria-label=国籍 aria-controls=none>请选择</div></label>"
    )
    engine = page.evaluate_handle(engine_source(EngineClock().times(0.01)))
    (control,) = engine.evaluate("(engine) => engine.look()")["controls"]
    (answer,) = engine.evaluate(
        "(engine, id) => engine.write([{ id, value: '中国', accepted: ['中国'] }])", control["id"]
    )
    assert answer["reason"] == "not-taken"
    assert answer["ms"] < EngineClock().opening
    places = (*PARTS, *(f"libraries/{one}" for one in LIBRARIES))
    shared = [part for part in places if re.search(r"until\([^;]*, \d{3,}\)", (HERE / f"{part}.js").read_text("utf-8"))]
    assert shared == []
