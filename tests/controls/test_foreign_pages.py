"""`write_label` on example pages nobody here wrote, as they ship inside npm packages, without any network."""

import pytest
from playwright.sync_api import Page

from assistant import write_label
from assistant.controls.kinds import empty
from assistant.form_page import FormPage
from fixtures.control_pages import ForeignControl, foreign_controls

CONTROLS = foreign_controls()
PATHS = list(dict.fromkeys(one.path for one in CONTROLS))


def test_enough_pages_of_strangers_are_tried() -> None:
    assert len({one.set for one in CONTROLS}) >= 3
    assert len(CONTROLS) >= 60
    assert all(one.why for one in CONTROLS if one.refused)


@pytest.mark.parametrize("path", PATHS)
def test_every_control_is_written_or_refused_as_explained(page: Page, control_site: str, path: str) -> None:
    """Never a wrong value: what is not verified is refused, and then nothing on the page has changed."""
    page.route(lambda url: not url.startswith(control_site), lambda route: route.abort())
    page.goto(f"{control_site}/libraries/{path}")
    page.wait_for_load_state("networkidle", timeout=90_000)
    troubles = {
        f"{one.name} = {one.write}": trouble for one in CONTROLS if one.path == path if (trouble := _try(page, one))
    }
    assert troubles == {}


def _try(page: Page, one: ForeignControl) -> str | None:
    start = FormPage(page)
    # Some calendars stand open on the page for good.
    standing = start.open_popups()
    before = _values(start)
    outcome = write_label(page, one.name, one.write, one.within)
    form = FormPage(page)
    after = _values(form)
    changed = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    if form.open_popups() > standing:
        return "a pop-up was left open"
    if one.refused:
        status = "mismatched" if one.refused == "not-taken" else "refused"
        right = (outcome.status, outcome.reason) == (status, one.refused) and not changed
        return None if right else f"{outcome.status}, {outcome.reason}; {len(changed)} controls changed"
    if outcome.status not in ("verified", "already"):
        return f"{outcome.status}, {outcome.reason}"
    # The demo pages also show the settings that were chosen in a box of their own.
    others = [key for key in changed if key[1] != "Configuration"]
    return None if len(others) <= 1 else f"{len(others)} controls changed"


def _values(form: FormPage) -> dict[tuple[int, str], object]:
    return {
        (index, one.label): None if empty(one.value) else one.value
        for index, one in enumerate(form.look().controls)
        if one.visible
    }
