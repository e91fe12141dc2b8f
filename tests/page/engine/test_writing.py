"""Text is inserted whole, never typed as keys: a key meets whatever has the focus, and a line break is an Enter."""

import pytest
from playwright.sync_api import Page

from assistant import write_label
from assistant.page.form_page import FormPage

FORM = """<form action="#" onsubmit="window.submits = (window.submits || 0) + 1; return false">
  <p><label>收件人 <input id=a></label></p><p><label>寄送地址 <input id=b TYPE></label></p>
  <p><label>说明 <textarea id=c></textarea></label></p><button>提交</button></form>"""
# What a page does to make the tool try again, the way a person would enter it.
DISTRUST = """<script>
  for (const box of document.querySelectorAll("input,textarea"))
    box.addEventListener("input", (event) => { if (!event.isTrusted) box.value = ""; });
</script>"""


@pytest.mark.parametrize("after", ["", DISTRUST], ids=["believing", "distrusting"])
@pytest.mark.parametrize("kind", ["type=text", "type=tel", "type=search", "type=email", "role=spinbutton"])
def test_a_control_character_is_refused_for_a_one_line_box_before_anything_is_written(
    page: Page, kind: str, after: str
) -> None:
    page.set_content(FORM.replace("TYPE", kind) + after)
    page.evaluate("window.inputs = 0; addEventListener('input', () => window.inputs++)")
    for sign in ("\n", "\r\n", "\t", "\u2028", "\x0b", "\x1b", "\x00", "\x85"):
        outcome = write_label(page, "寄送地址", f"长江路1号{sign}3幢")
        assert (outcome.status, outcome.reason) == ("refused", "unsupported"), repr(sign)
        assert page.evaluate("[window.submits || 0, window.inputs, b.value]") == [0, 0, ""], repr(sign)


@pytest.mark.parametrize("after", ["", DISTRUST], ids=["believing", "distrusting"])
def test_several_lines_go_into_a_box_of_several_lines_and_submit_nothing(page: Page, after: str) -> None:
    page.set_content(FORM.replace("TYPE", "") + after)
    assert write_label(page, "说明", "第一行\n\t第二行").status == "verified"
    assert page.evaluate("[window.submits || 0, c.value]") == [0, "第一行\n\t第二行"]


def test_what_a_person_would_enter_is_entered_without_a_key(page: Page) -> None:
    page.set_content(FORM.replace("TYPE", "") + DISTRUST)
    page.evaluate("window.keys = 0; addEventListener('keydown', (event) => { keys += event.isTrusted; }, true)")
    assert write_label(page, "寄送地址", "长江路1号").status == "verified"
    assert page.evaluate("[b.value, keys]") == ["长江路1号", 0]


THIEVES = {
    "when it is full": """m.addEventListener("input", (event) => {
        if (!event.isTrusted) m.value = ""; else if (m.value.length >= 3) { m.value = m.value.slice(0, 3); n.focus(); } });""",
    "at once": """m.addEventListener("input", (event) => { if (!event.isTrusted) m.value = ""; });
        m.addEventListener("focus", () => n.focus());""",
    "a little later": """m.addEventListener("input", (event) => { if (!event.isTrusted) m.value = ""; else m.value = ""; });
        m.addEventListener("focus", () => { for (const ms of [0, 1, 5, 20]) setTimeout(() => n.focus(), ms); });""",
}


@pytest.mark.parametrize("thief", THIEVES)
def test_a_page_that_moves_the_focus_on_gets_nothing_into_the_next_box(page: Page, thief: str) -> None:
    page.set_content(
        "<p><label>区号 <input id=m></label></p><p><label>分机 <input id=n></label></p>"
        f"<button id=z onclick='window.pressed = 1'>查询</button><script>{THIEVES[thief]}</script>"
    )
    outcome = write_label(page, "区号", "057 12")
    assert (outcome.status, outcome.reason) == ("mismatched", "not-taken")
    assert page.evaluate("[n.value, window.pressed || 0]") == ["", 0]


def test_a_text_the_tool_enters_is_not_taken_for_the_persons(page: Page) -> None:
    page.set_content(FORM.replace("TYPE", ""))
    form = FormPage(page)
    name = form.look().controls[0]
    form.watch_person()
    assert form.insert_text(name, "KIM") is None
    form.stop_for_person()
    assert page.evaluate("a.value") == "KIM"


@pytest.mark.parametrize("shadow", [False, True])
def test_entered_text_replaces_what_stood_there_also_in_a_shadow_root(page: Page, shadow: bool) -> None:
    page.set_content("<div id=host></div>")
    page.evaluate(
        """(shadow) => { const place = shadow ? host.attachShadow({ mode: "open" }) : host;
          place.innerHTML = "<label>姓名 <input value=OLD></label>";
          window.box = place.querySelector("input"); window.changes = 0; box.addEventListener("change", () => changes++); }""",
        shadow,
    )
    form = FormPage(page)
    assert form.insert_text(form.look().controls[0], "李 KIM") is None
    assert page.evaluate("[box.value, changes > 0]") == ["李 KIM", True]
