"""Where controls stand on the page, and which one a person points at.

Promises: while a person points, nothing they press reaches the page; the page is as before when they have pointed or
given up. Playwright's own picker (`page.pick_locator`) answers with a selector; here the control of the snapshot is wanted,
with the label and section a person sees.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.page.engine.scripts import page_script
from assistant.page.form_page import FormPage
from assistant.page.snapshot import Control, Snapshot

_TAKE = "(engine) => engine.picking ? engine.picking.picked : null"
_STOP = "(engine) => { engine.picking?.stop(); return true; }"
_BOXES = """(engine, [frame, ids]) => (ids[frame] || []).map((id) => {
  const root = engine.element(id), box = root && root.getBoundingClientRect();
  let left = box ? box.left + scrollX : 0, top = box ? box.top + scrollY : 0;
  for (let at = window; box && at !== at.parent; at = at.parent) {
    let holder = null;
    try { holder = at.frameElement; } catch { return null; }
    if (!holder) return null;
    const outer = holder.getBoundingClientRect();
    left += outer.left + at.parent.scrollX - at.scrollX; top += outer.top + at.parent.scrollY - at.scrollY;
  }
  return box && box.width > 0 ? [left, top, box.width, box.height] : null;
})"""
_TABS = """() => {
  const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1;
  const all = [...document.querySelectorAll("[role=tab],.tabs-title,[class*=step][class*=title],nav a")].filter(shown);
  return all.map((one) => (one.innerText || "").replace(/\\s+/g, " ").trim()).filter((text) => text && text.length <= 30);
}"""


@dataclass(frozen=True)
class Picked:
    """What a person pointed at: a control, or the words of whatever else it was. `button`: the text of a button or link."""

    control: Control | None
    text: str = ""
    button: str = ""


@dataclass(frozen=True)
class Box:
    """Where a control stands, in pixels of the whole page."""

    left: float
    top: float
    width: float
    height: float


def pick(page: FormPage, seen: Snapshot, invite: Callable[[], Callable[[], bool]]) -> Picked | None:
    """Waits until the person presses something on the page. `invite` is called when the page is ready for it, and answers
    with what says whether to go on waiting; None when that says no."""
    page.in_frames(page_script(Path(__file__).with_suffix(".js")), _ids(page, seen.controls))
    try:
        go_on = invite()
        while not page.closed and go_on():
            for index, answer in enumerate(page.in_frames(_TAKE)):
                if answer:
                    found = [one for one in seen.controls if one.place == (index, answer["id"])]
                    return Picked(found[0] if found else None, str(answer["text"]), str(answer["button"]))
            page.pause(60)
        return None
    finally:
        page.in_frames(_STOP)


def boxes(page: FormPage, controls: Sequence[Control]) -> dict[tuple[int, int], Box]:
    """Where these controls stand; those that stand nowhere are left out."""
    ids = _ids(page, controls)
    found: dict[tuple[int, int], Box] = {}
    for index, answers in enumerate(page.in_frames(_BOXES, ids)):
        for id_, answer in zip(ids[index], answers or (), strict=False):
            if answer:
                found[index, id_] = Box(*answer)
    return found


def tabs(page: FormPage) -> tuple[str, ...]:
    """The texts of what looks like tabs or steps, in the page's order, each once."""
    return tuple(dict.fromkeys(text for texts in page.in_frames(_TABS) for text in texts or ()))


def _ids(page: FormPage, controls: Sequence[Control]) -> list[list[int]]:
    """Control ids frame by frame."""
    last = max((one.frame for one in controls), default=0)
    frames = max(last + 1, page.frame_count)
    return [[one.id for one in controls if one.frame == index] for index in range(frames)]
