"""Fills row tables through their dialogs: education, work history, family.

Promises: a row that is already there is recognised by what tells it from others (`match_on`) and never added twice; what
its table has no column for is left to the person; a row is only confirmed when every value its dialog holds is right,
otherwise it is cancelled whole and said so; a dialog is judged before the first value is written into it, and one that is
refused is not opened again for the next row; where rows stand there that can't be told, none is added; each field of each
row gets one outcome.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assistant.normalize import same_label
from assistant.outcome import Reason
from assistant.page.engine import KINDS, is_refusal
from assistant.page.form_page import FormPage
from assistant.page.snapshot import PageTable, Snapshot
from assistant.page.stability import Stability
from assistant.run.fill import section_filler
from assistant.run.fill.result import BLANK_CELLS, Event, FieldResult
from assistant.run.plan import RowPlan, Step, TablePlan

Scope = Callable[[Snapshot], Snapshot]
Judge = Callable[[Snapshot], Reason | None]
"""Why an open dialog is not to be written into, or None."""

# How long, and over how many looks, a dialog may stand there, or stay away, without a request under way before that counts
# as the page's answer. A busy machine gets few looks into its seconds, a quick one many.
_STILL_SECONDS, _STILL_LOOKS = 3.0, 20


def fill_table(
    page: FormPage,
    plan: TablePlan,
    scope: Scope,
    *,
    overwrite: bool,
    judge: Judge = lambda _: None,
    before_write: Callable[[Snapshot], None] = lambda _: None,
    into: list[FieldResult] | None = None,
) -> list[FieldResult]:
    """Brings the table's rows to what the plan says; rows the plan does not know are left alone. `before_write` may stop
    the run before a row is added (identity lock). `into` has the results of the rows that are done when the run is stopped
    in between."""
    results: list[FieldResult] = [] if into is None else into
    if not plan.rows:
        return results
    seen = scope(page.look())
    table = find_table(plan, seen)
    pairs, doubled = pair_rows(plan, table)
    why = _untold(plan, seen) if table is None else None
    if len(pairs) < len(plan.rows) and why is None:
        before_write(seen)
    for row in plan.rows:
        present = pairs.get(row.index)
        if row.index in doubled:
            results += [FieldResult.of(step, "kept", "doubled") for step in row.steps]
        elif present is not None:
            results += _compare(row, present)
        elif why is not None:
            results += _refused(row, why)
        else:
            added, why = _add(page, plan, row, overwrite=overwrite, judge=judge)
            results += added
    return results


def find_table(plan: TablePlan, snapshot: Snapshot) -> PageTable | None:
    """The one table whose headers name what tells the rows apart; None when there is none, or more than one."""
    keys = [field for field in plan.table.fields if field.key in plan.table.match_on]
    found = [
        table
        for table in snapshot.tables
        if all(any(same_label(header, label) for header in table.headers for label in field.labels) for field in keys)
    ]
    return found[0] if len(found) == 1 else None


def _untold(plan: TablePlan, snapshot: Snapshot) -> Reason | None:
    """Why no row is added where no table is the one for sure: rows stand in what looks like it, by most of its columns, and
    nothing tells whether they are the planned ones. Once more, they would stand there twice."""
    fields = plan.table.fields
    alike = [
        table
        for table in snapshot.tables
        if 2 * sum(any(same_label(header, label) for header in table.headers for label in one.labels) for one in fields)
        > len(fields)
    ]
    filled = any(
        text.strip() not in BLANK_CELLS for table in alike for row in table.row_texts() for text in row.values()
    )
    return ("ambiguous" if len(alike) > 1 else "not-found") if filled else None


class Paired(NamedTuple):
    """Which planned rows stand in a table already, by their planned index."""

    cells: dict[int, dict[str, str]]
    """Their cells by header; a row of the table serves once."""
    doubled: frozenset[int]
    """Those that stand there more often than they are planned: a browser sends again what got no answer."""


def pair_rows(plan: TablePlan, table: PageTable | None) -> Paired:
    """Finds the planned rows in the table."""
    pairs: dict[int, dict[str, str]] = {}
    left = table.row_texts() if table else []
    for row in plan.rows:
        found = next((cells for cells in left if _is_row(plan, row, cells)), None)
        if found is not None:
            pairs[row.index] = found
            left.remove(found)
    doubled = (row.index for row in plan.rows if any(_is_row(plan, row, cells) for cells in left))
    return Paired(pairs, frozenset(doubled))


class FoundTable(NamedTuple):
    """A planned table as one look shows it; `table` is None where it does not, or more than one could be meant."""

    plan: TablePlan
    table: PageTable | None
    rows: Paired


def found_table(plan: TablePlan, snapshot: Snapshot) -> FoundTable:
    table = find_table(plan, snapshot)
    return FoundTable(plan, table, pair_rows(plan, table))


def _is_row(plan: TablePlan, row: RowPlan, cells: dict[str, str]) -> bool:
    """Whether these cells are the planned row's, by what tells rows apart."""
    keys = [step for step in row.steps if step.field.key in plan.table.match_on]
    return bool(keys) and all(_cell_holds(step, cells) for step in keys)


def unsettled(results: Sequence[FieldResult], found: FoundTable) -> list[tuple[FieldResult, Reason]]:
    """Settled fields of rows that a later look at their table no longer shows as right, or shows twice."""
    pairs, doubled = found.rows
    changed: list[tuple[FieldResult, Reason]] = []
    for one in results:
        if one.right and one.planned.row is not None:
            cells = pairs.get(one.planned.row)
            if cells is None or _cell_holds(one.planned, cells) is False:
                changed.append((one, "changed-after-save"))
            elif one.planned.row in doubled:
                changed.append((one, "doubled"))
    return changed


def _add(
    page: FormPage, plan: TablePlan, row: RowPlan, *, overwrite: bool, judge: Judge
) -> tuple[list[FieldResult], Reason | None]:
    """One row through its dialog, and why no further one is to be tried, if so."""
    pressed, seen = page.press_and_look(plan.table.add)
    if pressed is not None:
        # What is not there was waited for: for each further row it would be waited for in vain again.
        return _refused(
            row, pressed if is_refusal(pressed) else "not-found"
        ), "not-found" if pressed == "not-found" else None
    dialog = _wait_for_dialog(page, seen, open_=True)
    if dialog is None:
        return _give_up(page, plan, [FieldResult.of(step, "not-added") for step in row.steps]), None
    why = judge(dialog.in_dialog())
    if why is not None:
        return _give_up(page, plan, _refused(row, why)), why
    results = section_filler.fill(page, row.steps, Snapshot.in_dialog, overwrite=overwrite, shown=dialog)
    if all(one.right or one.status == "refused" for one in results):
        pressed, seen = page.press_and_look(plan.table.confirm, in_dialog=True)
        if pressed is None and _wait_for_dialog(page, seen, open_=False):
            return results, None
    return _give_up(page, plan, results), None


def _refused(row: RowPlan, why: Reason) -> list[FieldResult]:
    return [FieldResult.of(step, "refused", why) for step in row.steps]


def _give_up(page: FormPage, plan: TablePlan, results: list[FieldResult]) -> list[FieldResult]:
    """Cancels a row that would be wrong or that the page does not accept; nothing of it counts as written."""
    # A window that has not come by now may still come late: it is cancelled then, but not waited for as one that is there.
    there = bool(page.look().dialogs)
    _, seen = page.press_and_look(plan.table.cancel, in_dialog=True, within=8.0 if there else 1.0)
    _wait_for_dialog(page, seen, open_=False)
    for one in results:
        one.settle("row-cancelled")
    return results


def _wait_for_dialog(page: FormPage, seen: Snapshot, *, open_: bool) -> Snapshot | None:
    """Waits until a dialog is fully there, or gone; answers with the look that saw it, None when it never was so."""
    stability = Stability(_STILL_SECONDS, _STILL_LOOKS)
    while True:
        ready = (
            any(control.dialog is not None and control.visible for control in seen.controls)
            if open_
            else not seen.dialogs
        )
        if ready:
            return seen
        if stability.ran_out(moved=page.busy):
            return None
        page.pause(20)
        seen = page.settled_look()


def _compare(row: RowPlan, cells: dict[str, str]) -> list[FieldResult]:
    """Outcomes of a row that is already there. What the table has no column for may hold anything."""
    events: dict[bool | None, Event] = {True: "found-right", False: "kept", None: "no-column"}
    return [FieldResult.of(step, events[_cell_holds(step, cells)]) for step in row.steps]


def _cell_holds(step: Step, cells: dict[str, str]) -> bool | None:
    """Whether the step's column shows its value; None when the table has no such column."""
    for header, text in cells.items():
        if any(same_label(header, label) for label in step.field.labels):
            return KINDS[step.field.control].holds(step.value, step.accepted, text)
    return None
