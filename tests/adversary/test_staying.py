"""Verified is what stays: a page that takes a value back, or cuts it, a while after the box was left is waited for."""

import pytest
from playwright.sync_api import Page

from assistant import write_label
from assistant.page.engine import engine_source

BOX = "<p><label>入境口岸 <input id=port autocomplete=off></label></p><script>{}</script>"
LATE = {
    "emptied 0.6 s after leaving": "port.addEventListener('blur', () => setTimeout(() => { port.value = ''; }, 600));",
    "emptied after a promise": """const wait = (ms) => new Promise((done) => setTimeout(done, ms));
        port.addEventListener('change', async () => { await wait(900); port.value = ''; });""",
    "cut 1.5 s after the input": """port.addEventListener('input', () => setTimeout(() => { port.value = port.value.slice(0, 4); }, 1500));""",
    "emptied by a clock": """port.addEventListener('blur', () => { const clock = setInterval(() => { clearInterval(clock); port.value = ''; }, 700); });""",
    "emptied two steps later": """port.addEventListener('blur', () => setTimeout(() => setTimeout(() => { port.value = ''; }, 400), 400));""",
}


@pytest.mark.parametrize("how", LATE)
def test_a_value_that_the_page_takes_back_later_is_not_called_verified(page: Page, how: str) -> None:
    page.set_content(BOX.format(LATE[how]))
    outcome = write_label(page, "入境口岸", "Shekou Port")
    assert (outcome.status, outcome.reason) == ("mismatched", "not-taken")
    assert page.evaluate("port.value") != "Shekou Port"


PUT_OFF = """async (engine, [milliseconds, given_up]) => {
  const own = [setTimeout, setInterval, clearTimeout];
  await engine.write([]);
  const timer = setTimeout(() => {}, milliseconds);
  if (given_up) clearTimeout(timer);
  const began = performance.now();
  await engine.calm(50, 100000);
  return { waited: performance.now() - began, restored: [setTimeout, setInterval, clearTimeout].every((one, at) => one === own[at]) };
}"""


@pytest.mark.parametrize(
    ("milliseconds", "given_up", "least", "most"),
    [(2900, False, 2850, 60000), (2900, True, 0, 2800), (60000, False, 0, 30000)],
    ids=["put off", "given up", "a notice that goes away"],
)
def test_only_what_may_still_change_a_value_is_waited_for(
    page: Page, milliseconds: int, given_up: bool, least: int, most: int
) -> None:
    """A box that asks its server a moment after the last key sets a timer for every key, and gives up all but the last."""
    page.set_content("<p></p>")
    told = page.evaluate_handle(engine_source()).evaluate(PUT_OFF, [milliseconds, given_up])
    assert least < told["waited"] < most
    assert told["restored"]


CHOSEN = """<p><label>入境口岸 <input id=port {marks}></label></p><{tag} id=list {role} style="display:none"></{tag}>
<script>
  // What was only typed is cleared when the box is left; what was pressed in the list stays.
  let held = "";
  const offered = ["Shekou Port", "Shekou Port North", "Shekou Port"], list = document.getElementById("list");
  port.addEventListener("input", () => {{
    const typed = port.value;
    setTimeout(() => {{
      list.replaceChildren(...offered.slice(0, {many}).filter((one) => one.startsWith(typed)).map((one) => {{
        const item = document.createElement("{item}");
        item.textContent = one; item.className = "item"; {option}
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => {{ held = one; port.value = one; list.style.display = "none"; }});
        return item;
      }}));
      list.style.display = list.children.length ? "block" : "none";
    }}, 150);
  }});
  port.addEventListener("blur", () => setTimeout(() => {{ port.value = held; list.style.display = "none"; }}, 300));
</script>"""
MARKS = {
    "aria-autocomplete": (
        "aria-autocomplete=list aria-controls=list",
        "ul",
        "role=listbox",
        "li",
        'item.setAttribute("role", "option");',
    ),
    "aria-haspopup": ("aria-haspopup=listbox", "div", "role=listbox", "div", 'item.setAttribute("role", "option");'),
    "jQuery UI": (
        "class=ui-autocomplete-input",
        "ul",
        "class=ui-autocomplete",
        "li",
        'item.className = "ui-menu-item";',
    ),
    "typeahead": ("class=tt-input", "div", "class=tt-menu", "div", 'item.className = "tt-suggestion";'),
    "combobox": (
        "role=combobox aria-controls=list",
        "ul",
        "role=listbox",
        "li",
        'item.setAttribute("role", "option");',
    ),
}


def chosen(mark: str, many: int) -> str:
    marks, tag, role, item, option = MARKS[mark]
    return CHOSEN.format(marks=marks, tag=tag, role=role, item=item, option=option, many=many)


@pytest.mark.parametrize("mark", MARKS)
def test_a_box_that_must_be_chosen_from_its_list_is_chosen_from(page: Page, mark: str) -> None:
    page.set_content(chosen(mark, 2))
    assert write_label(page, "入境口岸", "Shekou Port").status == "verified"
    page.wait_for_timeout(500)
    assert page.evaluate("[held, port.value]") == ["Shekou Port", "Shekou Port"]


@pytest.mark.parametrize("mark", MARKS)
def test_of_two_equal_entries_of_such_a_list_none_is_guessed(page: Page, mark: str) -> None:
    page.set_content(chosen(mark, 3))
    assert write_label(page, "入境口岸", "Shekou Port").status in ("refused", "mismatched")
    page.wait_for_timeout(500)
    assert page.evaluate("[held, port.value]") == ["", ""]


def test_a_box_that_only_suggests_keeps_what_was_written(page: Page) -> None:
    page.set_content(
        "<p><label>地址 <input id=a aria-autocomplete=list list=some></label></p>"
        "<datalist id=some><option>深圳</option></datalist>"
    )
    assert write_label(page, "地址", "广州").status == "verified"
    assert page.evaluate("a.value") == "广州"
