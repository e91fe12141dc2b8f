"""The contract of every control kind on every widget library, on pages built with the real library inside a form that
records what the application itself holds."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from assistant import write_label
from assistant.normalize import fold, same_label
from assistant.page import engine
from assistant.page.engine import KINDS, LIBRARIES
from assistant.page.form_page import FormPage, Order
from assistant.page.kinds import empty
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.section import Table
from assistant.run.fill import rows
from assistant.run.plan import RowPlan, Step, TablePlan
from fixtures.control_pages import SURROUNDINGS, Case, ControlPage, all_cases, pages

PAGES = pages()
UPLOADS = ("upload", "upload-visible", "upload-pop-up", "upload-window")
# Where a form is tried, a zoom together with a frame: one page serves both.
PLACES = (("same-origin-frame", "zoom-80"), ("cross-origin-frame", "zoom-150"), ("shadow",))
LONG = "长" * 400 + "𠮷𡈽" + "（完）"


def test_every_library_has_a_page() -> None:
    """A library without a page would be one nobody proved; two of Ant Design's wear one markup."""
    scripts = Path(engine.__file__).parent / "libraries"
    names = [re.search(r'name: "(.+?)"', (scripts / f"{one}.js").read_text(encoding="utf-8")) for one in LIBRARIES]
    assert {page.library for page in PAGES} == {found[1] for found in names if found}
    assert all(names)


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_case_is_on_the_page_or_declared_absent(page: Page, control_site: str, one: ControlPage) -> None:
    open_page(page, control_site, one)
    seen = FormPage(page).look()
    missing = [case.key for case in one.cases() if not shown(seen, case)]
    shown_though_absent = [case.key for case in all_cases() if case.key in one.absent and shown(seen, case)]
    assert (missing, shown_though_absent) == ([], [])
    taken_for = {
        case.key: (control.kind if case.kind else None, control.library)
        for case in one.cases()
        if (control := named(seen, case))
    }
    assert taken_for == {case.key: (case.kind, one.library_of(case)) for case in one.cases() if case.table is None}


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_kind_is_written_and_proved(page: Page, control_site: str, note: Path, one: ControlPage) -> None:
    """Written and read back through `write_label`, held by the application's own model, and nothing else touched."""
    open_page(page, control_site, one)
    form, troubles = FormPage(page), {}
    for case in one.cases():
        trouble = _case_trouble(page, form, case, str(note) if case.key in UPLOADS else case.write)
        if trouble:
            troubles[case.key] = trouble
    troubles |= _locked_troubles(page, form, one, note)
    assert troubles == {}
    assert page.evaluate("recorder.submits") == 0


def _case_trouble(page: Page, form: FormPage, case: Case, value: object) -> str | None:
    """What is wrong with one case, None when its whole contract holds."""
    if case.table:
        return _table_trouble(form, page.main_frame, case)
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
    if case.key in ("remote-select", "cascader") and form.offers(control):
        return f"offers {form.offers(control)} before anything was searched for or opened"
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
    place = control.place
    # The box in an upload's own dialog is a part of it, and stays there.
    boxes = {one.id for one in after.controls if one.kind == "upload"} - {
        one.id for one in before.controls if one.visible
    }
    seen = replace(after, controls=tuple(one for one in after.controls if one.id not in boxes))
    others = {key for key, now in values(seen).items() if now != values(before).get(key)} - {place}
    if others:
        return f"{len(others)} other controls changed"
    if left_open(form):
        return "a pop-up was left open"
    again = write_label(page, case.label, value)
    return None if again.status == "already" else f"a second time: {again.status}"


def _locked_troubles(page: Page, form: FormPage, one: ControlPage, note: Path) -> dict[str, str]:
    """What is wrong once the page has disabled everything: each control is seen as such, refused, and holds what it held."""
    page.evaluate("recorder.lock()")
    form.settle()
    seen, held, orders = form.look(), model(page.main_frame), dict[str, Order]()
    for case in one.cases():
        control = None if case.table or case.refused else named(seen, case)
        if control and control.kind == "upload":
            orders[case.key] = Order(control, [str(note)])
        elif control:
            words = list(case.write) if isinstance(case.write, tuple) else case.write
            orders[case.key] = Order(control, words, (case.write,) if isinstance(case.write, str) else ())
    wanted = [case.key for case in one.cases() if not case.table and not case.refused]
    troubles = {key: "not seen once it is disabled" for key in wanted if key not in orders}
    troubles |= {key: "not seen as disabled" for key, order in orders.items() if order.control.enabled}
    answers = dict(zip(orders, form.write(list(orders.values())), strict=True))
    troubles |= {key: f"disabled, yet {answer}" for key, answer in answers.items() if answer != "read-only"}
    if model(page.main_frame) != held or values(form.look()) != values(seen):
        troubles["all"] = "a disabled control was changed"
    return troubles


def _table_trouble(form: FormPage, frame: Frame, case: Case) -> str | None:
    """What is wrong with one table's rows: each is entered and proved, known again, and nothing else is touched."""
    plan, before = table_plan(case), values(form.look())
    filled = rows.fill_table(form, plan, Snapshot.outside_dialogs, overwrite=False)
    if {one.status for one in filled} != {"verified"}:
        return str([one.outcome for one in filled if one.status != "verified"])
    if model(frame).get(case.key) != case.holds:
        return f"the application holds {model(frame).get(case.key)!r}"
    after = form.look()
    if after.dialogs or left_open(form):
        return "a dialog or pop-up was left open"
    # What stays in a closed dialog is its own.
    seen = replace(after, controls=tuple(one for one in after.controls if one.visible))
    if any(before[key] != now for key, now in values(seen).items() if key in before):
        return "other controls changed"
    again = rows.fill_table(form, plan, Snapshot.outside_dialogs, overwrite=False)
    if {one.status for one in again} != {"already"} or model(frame).get(case.key) != case.holds:
        return f"a second time: {[one.status for one in again]}"
    return None


def table_plan(case: Case) -> TablePlan:
    """The case's table as a pack would declare it, the case's rows as a profile would give them."""
    assert case.table is not None
    fields = {
        header: {"labels": [header], "control": control, "value": "education.school", "evidence": "I"}
        for header, control in case.table.columns.items()
    }
    table = Table.model_validate(
        {
            "key": case.key,
            "each": "education",
            "labels": [case.label],
            "add": [case.table.add],
            "confirm": [case.table.confirm],
            "cancel": ["取消"],
            "edit": ["编辑"],
            "match_on": [next(iter(fields))],
            "fields": fields,
            "evidence": "I",
        }
    )
    return TablePlan(
        table,
        tuple(
            RowPlan(
                index,
                tuple(Step(field, text, (text,), row=index) for field, text in zip(table.fields, row, strict=True)),
            )
            for index, row in enumerate(case.table.rows)
        ),
    )


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_text_arrives_unchanged_however_long_or_rare(page: Page, control_site: str, one: ControlPage) -> None:
    if "text" in one.absent:
        pytest.skip("this library has no text box")
    open_page(page, control_site, one)
    assert write_label(page, "姓名", LONG).status == "verified"
    assert model(page.main_frame)["text"] == LONG
    assert write_label(page, "工作内容", f"{LONG}\n{LONG}").status == "verified"
    assert model(page.main_frame)["textarea"] == f"{LONG}\n{LONG}"


def test_a_list_that_opens_late_is_closed_all_the_same(page: Page, control_site: str) -> None:
    """Its options stand in the page before it is seen again: chosen from too soon, it would open after it was closed."""
    (one,) = [one for one in PAGES if one.name == "ant_design_react"]
    (case,) = [case for case in one.cases() if case.key == "multi-select"]
    open_page(page, control_site, one)
    form = FormPage(page)
    control = named(form.look(), case)
    assert control is not None and form.offers(control)
    page.evaluate(
        """() => addEventListener("mousedown", (event) => {
          if (event.late || !event.target.closest(".ant-select-selector")) return;
          event.stopImmediatePropagation();
          const again = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
          again.late = true;
          setTimeout(() => event.target.dispatchEvent(again), 1000);
        }, true)"""
    )
    assert write_label(page, case.label, case.write).status == "verified"
    form.pause(1200)
    assert form.open_popups() == 0


def test_every_surrounding_is_tried() -> None:
    assert sorted(one for places in PLACES for one in places) == sorted(SURROUNDINGS)


@pytest.mark.parametrize("places", PLACES, ids=" and ".join)
@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_kind_works_wherever_the_form_stands(
    page: Page, control_site: str, note: Path, one: ControlPage, places: tuple[str, ...]
) -> None:
    """One look, one pass of writing, one look: in frames of either origin, in a shadow root, at any zoom. Here, as in a
    run, the page's motion takes no time; on its own page each kind was proved with the motion it has."""
    if places[0] in one.absent:
        pytest.skip(one.absent[places[0]][1])
    for place in places:
        if place.startswith("zoom"):
            zoom(page, int(place[5:]) / 100)
    frame = open_page(page, control_site, one, "?shadow" if "shadow" in places else "", places[0])
    form = FormPage(page)
    form.watch_person()
    seen = form.look()
    orders: dict[str, Order] = {}
    for case in one.cases():
        if case.table or case.key in UPLOADS[1:]:
            continue
        control = named(seen, case)
        assert control is not None, case.key
        if case.key == "upload":
            assert form.attach(control, [note]) is None
        elif not case.refused:
            words = list(case.write) if isinstance(case.write, tuple) else case.write
            orders[case.key] = Order(control, words, (case.write,) if isinstance(case.write, str) else ())
    answers = dict(zip(orders, form.write(list(orders.values())), strict=True))
    form.settle()
    after, held = form.look(), model(frame)
    troubles = {}
    for case in one.cases():
        control = named(after, case)
        if case.refused or control is None or case.key in UPLOADS[1:]:
            continue
        value = ("note.txt",) if case.key == "upload" else case.write
        accepted = (value,) if isinstance(value, str) else ()
        if not KINDS[control.kind].holds(value, accepted, control.value):
            troubles[case.key] = f"{answers.get(case.key)}: shows {control.value!r}"
        elif not _equal(held.get(case.key), case.holds):
            troubles[case.key] = f"the application holds {held.get(case.key)!r}"
    if "cross-origin-frame" in places:
        tables = {case.key: _table_trouble(form, frame, case) for case in one.cases() if case.table}
        troubles |= {key: trouble for key, trouble in tables.items() if trouble}
    assert troubles == {}
    assert (left_open(form), frame.evaluate("recorder.submits")) == (0, 0)


# -- the page --------------------------------------------------------------------------------------------------------


def open_page(page: Page, site: str, one: ControlPage, query: str = "", where: str = "") -> Frame:
    """Opens a library's page, in a frame of the same or of another origin if asked; answers with the form's frame."""
    path = f"/controls/{one.name}.html{query}"
    if where.endswith("origin-frame"):
        other = site.replace("127.0.0.1", "localhost") if where.startswith("cross") else site
        page.goto(f"{site}/controls/frame.html?src={other}{path}")
        # A library may add frames of its own (View UI's tables measure themselves with one).
        frame = next(child for child in page.main_frame.child_frames if path in child.url)
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


def shown(seen: Snapshot, case: Case) -> bool:
    if case.table is None:
        return named(seen, case) is not None
    return any(set(case.table.columns) <= set(one.headers) for one in seen.tables)


def named(seen: Snapshot, case: Case) -> Control | None:
    found = [control for control in seen.controls if same_label(control.label, case.label)]
    return found[0] if len(found) == 1 else None


def values(seen: Snapshot) -> dict[tuple[int, int], object]:
    return {one.place: None if empty(one.value) else one.value for one in seen.controls}


def _equal(held: object, wanted: object) -> bool:
    return held == wanted or (isinstance(wanted, str) and isinstance(held, int | float) and str(held) == wanted)
