"""The contract of every control kind on every widget library, on pages built with the real library inside a form that
records what the application itself holds."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from assistant import write_label
from assistant.controls import KINDS, LIBRARIES
from assistant.controls.kinds import empty, fold
from assistant.form_page import FormPage, Order
from assistant.labels import same_label
from assistant.snapshot import Control, Snapshot
from fixtures.control_pages import SURROUNDINGS, Case, ControlPage, all_cases, pages

PAGES = pages()
LONG = "长" * 400 + "𠮷𡈽" + "（完）"


def test_every_library_has_a_page() -> None:
    """A library without a page would be one nobody proved."""
    names = {page.name for page in PAGES}
    assert len(names) >= len(LIBRARIES)
    assert {"element_ui", "native"} <= names


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_case_is_on_the_page_or_declared_absent(page: Page, control_site: str, one: ControlPage) -> None:
    open_page(page, control_site, one)
    seen = FormPage(page).look()
    missing = [case.key for case in one.cases() if not named(seen, case)]
    shown_though_absent = [case.key for case in all_cases() if case.key in one.absent and named(seen, case)]
    assert (missing, shown_though_absent) == ([], [])


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_kind_is_written_and_proved(page: Page, control_site: str, note: Path, one: ControlPage) -> None:
    """Written and read back through `write_label`, held by the application's own model, and nothing else touched."""
    open_page(page, control_site, one)
    form, troubles = FormPage(page), {}
    for case in one.cases():
        trouble = _case_trouble(page, form, case, str(note) if case.key == "upload" else case.write)
        if trouble:
            troubles[case.key] = trouble
    assert troubles == {}
    assert page.evaluate("recorder.submits") == 0


def _case_trouble(page: Page, form: FormPage, case: Case, value: object) -> str | None:
    """What is wrong with one case, None when its whole contract holds."""
    before = form.look()
    control = named(before, case)
    if control is None:
        return "not on the page"
    if case.refused:
        outcome = write_label(page, case.label, value)
        same = values(form.look()) == values(before)
        return (
            None
            if outcome.status == "refused" and outcome.reason == case.refused and same
            else f"{outcome}, same={same}"
        )
    if case.options:
        offered = form.offers(control)
        if offered is None or sorted(map(fold, offered)) != sorted(map(fold, case.options)):
            return f"offers {offered}"
    if case.wrong:
        wrong = write_label(page, case.label, case.wrong)
        if (wrong.status, wrong.reason) != ("refused", "no-such-option") or values(form.look()) != values(before):
            return f"wrong option: {wrong}"
        if model(page.main_frame).get(case.key) not in (None, "", [], False, [""]):
            return "a refused option reached the application"
    outcome = write_label(page, case.label, value)
    if outcome.status != "verified":
        return str(outcome)
    held = model(page.main_frame).get(case.key)
    if not _equal(held, case.holds):
        return f"the application holds {held!r}"
    after = form.look()
    place = (control.frame, control.id)
    others = {key for key, shown in values(after).items() if shown != values(before).get(key)} - {place}
    if others:
        return f"{len(others)} other controls changed"
    if left_open(form):
        return "a pop-up was left open"
    again = write_label(page, case.label, value)
    return None if again.status == "already" or case.key == "upload" else f"a second time: {again.status}"


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_text_arrives_unchanged_however_long_or_rare(page: Page, control_site: str, one: ControlPage) -> None:
    if "text" in one.absent:
        pytest.skip("this library has no text box")
    open_page(page, control_site, one)
    assert write_label(page, "姓名", LONG).status == "verified"
    assert model(page.main_frame)["text"] == LONG


@pytest.mark.parametrize("where", SURROUNDINGS)
@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_kind_works_wherever_the_form_stands(
    page: Page, control_site: str, note: Path, one: ControlPage, where: str
) -> None:
    """One look, one pass of writing, one look: in frames of either origin, in a shadow root, at any zoom."""
    if where in one.absent:
        pytest.skip(one.absent[where][1])
    if where.startswith("zoom"):
        zoom(page, int(where[5:]) / 100)
    frame = open_page(page, control_site, one, "?shadow" if where == "shadow" else "", where)
    form = FormPage(page)
    seen = form.look()
    orders: dict[str, Order] = {}
    for case in one.cases():
        control = named(seen, case)
        assert control is not None, case.key
        if case.key == "upload":
            assert form.attach(control, [note]) is None
        elif not case.refused:
            value = list(case.write) if isinstance(case.write, tuple) else case.write
            orders[case.key] = Order(control, value, (case.write,) if isinstance(case.write, str) else ())
    answers = dict(zip(orders, form.write(list(orders.values())), strict=True))
    form.settle()
    after, held = form.look(), model(frame)
    troubles = {}
    for case in one.cases():
        control = named(after, case)
        if case.refused or control is None:
            continue
        value = ("note.txt",) if case.key == "upload" else case.write
        accepted = (value,) if isinstance(value, str) else ()
        if not KINDS[control.kind].holds(value, accepted, control.value):
            troubles[case.key] = f"{answers.get(case.key)}: shows {control.value!r}"
        elif not _equal(held.get(case.key), case.holds):
            troubles[case.key] = f"the application holds {held.get(case.key)!r}"
    assert troubles == {}
    assert (left_open(form), frame.evaluate("recorder.submits")) == (0, 0)


# -- the page --------------------------------------------------------------------------------------------------------


def open_page(page: Page, site: str, one: ControlPage, query: str = "", where: str = "") -> Frame:
    """Opens a library's page, in a frame of the same or of another origin if asked; answers with the form's frame."""
    path = f"/controls/{one.name}.html{query}"
    if where.endswith("origin-frame"):
        other = site.replace("127.0.0.1", "localhost") if where.startswith("cross") else site
        page.goto(f"{site}/controls/frame.html?src={other}{path}")
        frame = page.frames[-1]
        frame.wait_for_load_state()
    else:
        page.goto(site + path)
        frame = page.main_frame
    frame.wait_for_function("window.recorder && recorder.ready !== false")
    return frame


def zoom(page: Page, factor: float) -> None:
    """What a browser does at a zoom: the page gets fewer and larger pixels, or more and smaller ones."""
    metrics = {
        "width": round(1366 / factor),
        "height": round(900 / factor),
        "deviceScaleFactor": factor,
        "mobile": False,
    }
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", metrics)


def left_open(form: FormPage) -> int:
    """Pop-ups that stay: one that is fading out under load is given time to be gone."""
    for _ in range(20):
        if not form.open_popups():
            return 0
        form.pause(100)
    return form.open_popups()


def model(frame: Frame) -> Mapping[str, object]:
    held: Mapping[str, object] = frame.evaluate("recorder.model()")
    return held


def named(seen: Snapshot, case: Case) -> Control | None:
    found = [control for control in seen.controls if same_label(control.label, case.label)]
    return found[0] if len(found) == 1 else None


def values(seen: Snapshot) -> dict[tuple[int, int], object]:
    return {(one.frame, one.id): None if empty(one.value) else one.value for one in seen.controls}


def _equal(held: object, wanted: object) -> bool:
    return held == wanted or (isinstance(wanted, str) and isinstance(held, int | float) and str(held) == wanted)
