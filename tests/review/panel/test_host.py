"""The panel's place in a page: out of the page's reach, back after every navigation, gone when asked."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from assistant.page.form_page import FormPage
from assistant.review.panel.host import PanelHost

APP = """({ root, make, say }) => {
  const button = make("button", { text: "secret of the panel", weighs: true, on: () => say("pressed", { on: "button" }) });
  Object.assign(button.style, { pointerEvents: "auto", position: "absolute", left: "20px", top: "200px", width: "200px" });
  root.append(button);
  return { hear: (message) => { button.textContent = message.text; return "heard"; }, dragged: () => () => {}, panel: button, covered: () => say("covered") };
}"""
PLACE = (60, 210)


@pytest.fixture
def host(page: Page) -> Iterator[PanelHost]:
    page.goto("data:text/html,<title>form</title><p>page</p>")
    one = PanelHost(FormPage(page), APP, "")
    one.on_ready = lambda: one.tell({"text": "secret of the panel"}) and None
    one.open()
    yield one
    one.close()


def next_heard(host, page) -> list[tuple[str, str]]:
    """What the panel says next; a press in a new document waits for the browser's word that it is in plain sight."""
    for _ in range(150):
        if said := host.heard():
            return [(one.kind, one.text("on")) for one in said]
        page.wait_for_timeout(20)
    return []


def first_heard(host, page) -> str | None:
    return next((kind for kind, _ in next_heard(host, page)), None)


def answers_a_press(host, page) -> bool:
    """Whether the panel hears a person, once, who presses again where nothing happened: what only just came in sight
    hears none."""
    for _ in range(10):
        page.mouse.click(*PLACE)
        said = next_heard(host, page)
        if any(kind == "pressed" for kind, _ in said):
            return said == [("pressed", "button")]
        page.wait_for_timeout(400)
    return False


def test_a_persons_press_is_heard_once_and_the_page_never_sees_it(host, page):
    page.evaluate(
        "() => { for (const type of ['click', 'pointerdown', 'keydown']) addEventListener(type, () => { document.title = 'saw it'; }, true); }"
    )
    assert answers_a_press(host, page)
    page.wait_for_timeout(20)
    assert host.heard() == []
    page.keyboard.press("Enter")
    page.wait_for_timeout(20)
    assert [one.kind for one in host.heard()] == ["pressed"], "the button has the focus: a key presses it too"
    assert page.title() == "form"


def test_what_a_script_of_the_page_makes_up_is_not_heard(host, page):
    page.evaluate(
        """([x, y]) => {
          const element = document.elementFromPoint(x, y);
          const init = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, detail: 1 };
          for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) element.dispatchEvent(new MouseEvent(type, init));
          element.click();
          for (const target of [window, document, element]) target.dispatchEvent(new MouseEvent("click", init));
          for (const key of ["Enter", " ", "F8"]) element.dispatchEvent(new KeyboardEvent("keydown", { ...init, key }));
          for (const type of ["assistantPanel", "pressed", "message"]) window.dispatchEvent(new CustomEvent(type, { detail: { kind: "pressed" } }));
          window.postMessage({ kind: "pressed", data: {} }, "*");
        }""",
        list(PLACE),
    )
    page.wait_for_timeout(50)
    assert host.heard() == []


def test_the_page_finds_neither_the_panels_text_nor_its_channel(host, page):
    found = page.evaluate(
        """() => {
          const names = new Set();
          for (let at = window; at; at = Object.getPrototypeOf(at)) for (const name of Object.getOwnPropertyNames(at)) names.add(name);
          const elements = [...document.querySelectorAll("*")];
          const roots = elements.map((one) => one.shadowRoot).filter(Boolean);
          const texts = [document.documentElement.innerText, document.documentElement.textContent, document.documentElement.outerHTML,
            document.documentElement.getHTML?.({ serializableShadowRoots: true }) || "", String(getSelection())];
          return { names: [...names].filter((name) => /^panel|assistant/i.test(name)), roots: roots.length, texts: texts.join(" "), forms: document.forms.length };
        }"""
    )
    assert found["names"] == [] and found["roots"] == 0 and found["forms"] == 0
    assert "secret of the panel" not in found["texts"]


def test_an_init_script_that_replaces_the_platforms_functions_still_gets_nothing(browser):
    context = browser.new_context()
    context.add_init_script(
        """for (const owner of [Element.prototype, Document.prototype, EventTarget.prototype]) {
          for (const name of ["attachShadow", "append", "createElement", "addEventListener"]) {
            const original = owner[name];
            if (original) owner[name] = function (...parts) { (window.spied ??= []).push(name); return original.apply(this, parts); };
          }
        }
        JSON.stringify = (what) => { (window.spied ??= []).push("stringify"); return "{}"; };"""
    )
    page = context.new_page()
    page.goto("data:text/html,<title>form</title>")
    one = PanelHost(FormPage(page), APP, "")
    one.open()
    page.reload()
    page.mouse.click(*PLACE)
    assert first_heard(one, page) == "pressed"
    assert page.evaluate("window.spied ?? []") == []
    context.close()


def test_it_comes_back_after_navigation_and_when_the_page_takes_it_away(host, page):
    page.goto("data:text/html,<title>next</title><p>next</p>")
    assert answers_a_press(host, page)
    page.evaluate("document.documentElement.lastElementChild.remove()")
    page.wait_for_function("document.documentElement.children.length === 3")
    page.evaluate(
        "() => { const one = document.documentElement.lastElementChild; one.hidePopover(); one.inert = true; }"
    )
    page.evaluate("() => { document.open(); document.write('<title>again</title><p>again</p>'); document.close(); }")
    page.wait_for_function("document.documentElement.children.length === 3")
    assert answers_a_press(host, page)


def test_no_style_of_the_page_hides_it_or_puts_it_under_the_persons_hand(host, page):
    page.add_style_tag(
        content="* { opacity: 0 !important; transform: translate(300px, 0) !important; display: none !important; pointer-events: none !important }"
    )
    page.evaluate(
        "document.documentElement.style.cssText = 'display: block !important; opacity: 1 !important; transform: none !important'"
    )
    page.evaluate(
        "document.documentElement.lastElementChild.style.cssText = 'left: 300px !important; opacity: 0 !important; width: 1px !important'"
    )
    # For a moment it was out of sight, and no press counts then.
    assert answers_a_press(host, page)


LURE = """() => {
  const lure = document.createElement("div");
  lure.popover = "manual";
  lure.textContent = "press here";
  lure.style.cssText = "position: fixed; left: 20px; top: 200px; width: 200px; height: 40px; margin: 0; background: white; pointer-events: none";
  document.body.append(lure);
  window.lure = () => { if (lure.matches(":popover-open")) lure.hidePopover(); lure.showPopover(); };
  window.lure();
  setInterval(window.lure, 40);
}"""


def test_a_press_lured_onto_a_button_that_the_page_drew_over_does_not_count(host, page):
    """What lies on top takes no click itself: the person's real press goes through to the button under it."""
    page.mouse.click(*PLACE)
    page.wait_for_timeout(300)
    assert [one.kind for one in host.heard()] == ["pressed"]
    page.evaluate(LURE)
    page.wait_for_timeout(400)
    page.mouse.click(*PLACE)
    page.wait_for_timeout(100)
    assert [one.kind for one in host.heard()] == ["covered"], "the press reached the panel and was not taken"


def test_while_the_page_shows_a_modal_dialog_the_panel_can_be_used_and_afterwards_too(host, page):
    page.evaluate(
        "() => { document.body.insertAdjacentHTML('beforeend', '<dialog><p>wait</p></dialog>'); document.querySelector('dialog').showModal(); }"
    )
    for step in (
        "while it is open",
        "document.querySelector('dialog').close()",
        "document.querySelector('dialog').remove()",
    ):
        if step.startswith("document"):
            page.evaluate(step)
        page.wait_for_timeout(700)
        page.mouse.click(*PLACE)
        page.wait_for_timeout(100)
        assert [one.kind for one in host.heard()] == ["pressed"], step
    page.evaluate(
        "document.querySelector('dialog') || document.body.insertAdjacentHTML('beforeend', '<dialog></dialog>')"
    )
    page.evaluate("document.querySelector('dialog').showModal()")
    page.wait_for_timeout(200)
    page.evaluate("document.querySelector('dialog').remove()")
    page.wait_for_timeout(700)
    page.mouse.click(*PLACE)
    page.wait_for_timeout(100)
    assert [one.kind for one in host.heard()] == ["pressed"], "taken away together with the page's dialog"


def test_a_word_without_this_runs_secret_is_no_word(host):
    for payload in (
        "not json",
        json.dumps({"secret": "guessed", "kind": "pressed", "data": {}}),
        json.dumps({"kind": "pressed", "data": {}}),
        json.dumps([1]),
    ):
        host._on_word(payload, 1)
    assert host.heard() == []
    host._on_word(json.dumps({"secret": host._secret, "kind": "pressed", "data": {}}), 1)
    assert [one.kind for one in host.heard()] == ["pressed"]


def test_the_tools_own_eyes_do_not_see_it_and_do_not_wait_for_it(host, page):
    page.goto("data:text/html,<title>form</title><h2>Part</h2><label>Name <input></label>")
    form = FormPage(page)
    seen = form.settled_look()
    assert [one.label for one in seen.controls] == ["Name"]
    assert form.sees(["secret of the panel"]) == set()
    assert host.tell({"text": "secret of the panel, moving"}) == "heard"
    assert form.settled_look() == seen


def test_closed_it_leaves_no_trace_and_does_not_come_back(host, page):
    before = page.evaluate("document.documentElement.children.length")
    host.close()
    assert page.evaluate("document.documentElement.children.length") == before - 1
    page.reload()
    assert page.evaluate("document.documentElement.children.length") == before - 1
    assert host.tell({"text": "x"}) is None and not host.shown
