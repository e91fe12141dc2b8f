"""`write_label` on example pages nobody here wrote, as they ship inside npm packages, without any network."""

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page

from assistant import write_label
from assistant.normalize import plain
from assistant.page.form_page import FormPage
from assistant.page.kinds import empty
from fixtures.control_pages import ForeignControl, distinct, foreign_controls, foreign_left_out

CONTROLS = foreign_controls()
PATHS = list(dict.fromkeys(one.path for one in CONTROLS))


def test_enough_pages_of_strangers_are_tried() -> None:
    assert len({one.set for one in CONTROLS}) >= 3
    assert distinct(CONTROLS) >= 60
    assert all(one.why for one in CONTROLS if one.refused)


@pytest.mark.parametrize("path", PATHS)
def test_every_control_is_written_or_refused_as_explained(page: Page, control_site: str, path: str) -> None:
    """Never a wrong value: what is not verified is refused, and then nothing on the page has changed."""
    page.route(lambda url: not url.startswith(control_site), lambda route: route.abort())
    page.goto(f"{control_site}/libraries/{path}")
    page.wait_for_load_state("networkidle", timeout=90_000)
    shown = Counter(plain(one.label) for one in FormPage(page).look().controls if one.visible)
    assert shown == _accounted_for(path), "every control that the page shows is asked for or left out with a reason"
    troubles = {
        f"{one.name} = {one.write}": trouble for one in CONTROLS if one.path == path if (trouble := _try(page, one))
    }
    assert troubles == {}


def _accounted_for(path: str) -> Counter[str]:
    """By label, how many controls of a page are asked for or left out."""
    asked = {(one.name, one.within): one.of for one in CONTROLS if one.path == path}
    named = [(name, number) for (name, _), number in asked.items()]
    named += [(one.name, one.number) for one in foreign_left_out() if one.path == path]
    counts: Counter[str] = Counter()
    for name, number in named:
        counts[plain(name)] += number
    return +counts


# What the page's own fields hold, read by nothing of the tool: ticks, the texts of chosen options, else the value; and
# whether the name a person would use stands by it, at most six elements up.
_FIELDS = """(name) => [...document.querySelectorAll("input,select,textarea")].map((one) => {
  const plain = (text) => (text || "").replace(/[\\s*:：]+/g, "");
  let near = plain(one.placeholder).includes(plain(name));
  for (let up = one, n = 0; up && n < 6 && !near; up = up.parentElement, n++) near = plain(up.innerText).includes(plain(name));
  const held = /checkbox|radio/.test(one.type) ? one.checked : one.matches("select") ? [...one.selectedOptions].map((option) => option.text.trim()).join() : one.value;
  return { near, held, says: /checkbox|radio/.test(one.type) ? [one.value, one.title, plain(one.closest("label")?.innerText), plain(one.nextSibling?.textContent)] : null, report: one.id === "config-text" };
})"""


def _fields_trouble(before: list[dict[str, Any]], after: list[dict[str, Any]], one: ForeignControl) -> str | None:
    """What the page's own fields say against it: another field changed than the named one, or it holds something else."""
    if len(before) != len(after):
        return "fields came or went"
    changed = [
        now for then, now in zip(before, after, strict=True) if then["held"] != now["held"] and not now["report"]
    ]
    if not changed:
        return None if before == after else "the page's report alone changed"
    if not all(now["near"] for now in changed):
        return f"{sum(not now['near'] for now in changed)} fields of another name changed"
    wanted = one.write if isinstance(one.write, str) else ",".join(one.write) if isinstance(one.write, tuple) else True
    ticked = [now["says"] for now in changed if now["says"] and now["held"]]
    if wanted is True or ticked:
        names = one.write if isinstance(one.write, tuple) else (one.write,)
        right = wanted is True or all(any(name in says for name in names) for says in ticked)
        return None if ticked and right else "another answer is ticked than was written"
    bare = re.sub(r"\D", "", str(wanted)) if re.fullmatch(r"\d{4}-\d\d-\d\d", str(wanted)) else ""
    if any(wanted == now["held"] or (bare and re.sub(r"\D", "", now["held"]) == bare) for now in changed):
        return None
    return "no field holds what was written"


def _try(page: Page, one: ForeignControl) -> str | None:
    start = FormPage(page)
    # Some calendars stand open on the page for good.
    standing = start.open_popups()
    before = _values(start)
    fields = page.evaluate(_FIELDS, one.name)
    outcome = write_label(page, one.name, one.write, one.within)
    now = page.evaluate(_FIELDS, one.name)
    form = FormPage(page)
    after = _values(form)
    changed = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    if form.open_popups() > standing:
        return "a pop-up was left open"
    if one.refused:
        status = "mismatched" if one.refused == "not-taken" else "refused"
        untouched = [field["held"] for field in fields] == [field["held"] for field in now]
        right = (outcome.status, outcome.reason) == (status, one.refused) and not changed and untouched
        return None if right else f"{outcome.status}, {outcome.reason}; {len(changed)} controls changed"
    if outcome.status not in ("verified", "already"):
        return f"{outcome.status}, {outcome.reason}"
    if trouble := _fields_trouble(fields, now, one):
        return trouble
    # The demo pages also show the settings that were chosen in a box of their own.
    others = [key for key in changed if key[1] != "Configuration"]
    return None if len(others) <= 1 else f"{len(others)} controls changed"


def _values(form: FormPage) -> dict[tuple[int, str], object]:
    return {
        (index, one.label): None if empty(one.value) else one.value
        for index, one in enumerate(form.look().controls)
        if one.visible
    }
