"""The probe's comparison within a run: each section is looked at before its first value is written.

Promises: whatever differs from the pack is told to the person, in one message a section, before anything is written there
(that questions stand in another order is no difference to a fill, and looks are none); a section that is not the one its
pack describes is left unwritten, and each of its fields says so. A row's dialog, which a probe never opens, is looked at
when it is open and before anything is written into it: a row whose dialog insists on something the pack does not know
can't be added whole, so it is left to the person. A single field that is missing or renamed is refused by the filler itself.
"""

from collections.abc import Callable, Sequence

from assistant.drift.baseline import last_good
from assistant.drift.compare import SectionProbe, probe_section
from assistant.drift.kinds import Drift
from assistant.errors import SectionDrifted
from assistant.messages import Text
from assistant.outcome import Outcome, Reason
from assistant.page.snapshot import Snapshot
from assistant.portal.loading import Portal
from assistant.portal.section import Section, Table
from assistant.run.fill.result import settle
from assistant.run.plan import SectionPlan, Step, UploadPlan

# More than a person reads while the form is being filled; `assistant probe` lists all.
_MOST_TOLD = 8


LookAgain = Callable[[], Snapshot]
"""A patient look at the page."""


class DriftCheck:
    """What one run knows of the portal's last good shape, and of the sections it has come through."""

    def __init__(self, portal: Portal, url: str, tell: Callable[[Text], None]) -> None:
        self._portal, self._tell = portal, tell
        known = last_good(portal, url)
        self._shapes = known.sections if known else {}
        self._seen: dict[str, Snapshot] = {}
        self._told: set[tuple[str, str]] = set()
        self._in_dialogs: dict[str, list[Outcome]] = {}

    def check(self, section: Section, seen: Snapshot, again: LookAgain | None = None) -> tuple[Text, ...]:
        """Compares the section with a look at it, narrowed to it; what differs, in words, after it was told. `again` is
        asked before that. Raises SectionDrifted for one not to be written."""
        elsewhere = {key: snapshot for key, snapshot in self._seen.items() if key != section.key}

        def probe(seen: Snapshot) -> SectionProbe:
            return probe_section(section, seen, self._portal.tables, self._shapes.get(section.key), elsewhere)

        seen, found = _patiently(probe, seen, again and (lambda: again().of(section)))
        self._seen[section.key] = seen
        worth_telling = _worth_telling(found)
        changes = tuple(one.what for one in worth_telling)
        if worth_telling:
            self._tell_once(section.key, _differences(f"「{section.title}」", f"“{section.title}”", worth_telling))
        if found.verdict == "stop":
            self._tell(
                Text(
                    f"「{section.title}」与资料包差别过大，本段不填写。请运行 assistant probe 查看差异，再用 assistant teach 更新。",
                    f"“{section.title}” is not as the pack describes it: nothing is written there. `assistant probe` shows "
                    "the differences, `assistant teach` mends them.",
                )
            )
            raise SectionDrifted(changes)
        return changes

    def check_dialog(
        self, section: Section, table: Table, seen: Snapshot, again: LookAgain | None = None
    ) -> Reason | None:
        """Compares a row's open dialog with its table's fields; why no row is to be written there, or None."""
        asked = dialog_of(section, table)

        def probe(seen: Snapshot) -> SectionProbe:
            return probe_section(asked, seen, self._portal.tables)

        seen, found = _patiently(probe, seen, again and (lambda: again().in_dialog()))
        new = [one for one in found.drifts if one.kind == "new-required"]
        worth_telling = [one for one in _worth_telling(found) if one.kind != "new-required"]
        if worth_telling and found.verdict != "stop":
            where = Text(f"「{table.label}」的添加窗口", f"the window for adding to “{table.label}”")
            self._tell_once(f"{section.key}.{table.key}", _differences(where.zh, where.en, worth_telling))
        if not new and found.verdict != "stop":
            return None
        kinds = {one.place: one.kind for one in seen.controls}
        self._in_dialogs.setdefault(section.key, []).extend(
            Outcome("", one.label, "by-hand", "not-planned", kinds.get(one.place or (-1, -1), "text")) for one in new
        )
        self._tell(_rows_by_hand(section, table, new))
        return "drifted"

    def _tell_once(self, place: str, what: Text) -> None:
        """A section that is gone over again after an interruption, and every further row, says nothing new."""
        if (place, what.en) not in self._told:
            self._told.add((place, what.en))
            self._tell(what)

    def in_dialogs(self, section: Section) -> list[Outcome]:
        """The questions that dialogs of this section were found to insist on: the person's."""
        return list(self._in_dialogs.get(section.key, ()))


def dialog_of(section: Section, table: Table) -> Section:
    """What a row's dialog asks, as a section of its own: its fields are looked for in the dialog alone."""
    return section.model_copy(update={"fields_by_key": table.fields_by_key, "tables_by_key": {}, "uploads_by_slot": {}})


def unwritten(plan: SectionPlan) -> list[Outcome]:
    """One outcome for everything that was planned in a section that was left alone."""
    planned: list[Step | UploadPlan] = [*plan.every_step, *plan.uploads]
    return [settle(one.not_reached, "refused", "drifted") for one in planned]


def _patiently(
    probe: Callable[[Snapshot], SectionProbe], seen: Snapshot, again: LookAgain | None
) -> tuple[Snapshot, SectionProbe]:
    """What differs, and the look it was found by: a page still being drawn is not called different before a second one."""
    found = probe(seen)
    if again is not None and _worth_telling(found):
        seen = again()
        found = probe(seen)
    return seen, found


def _worth_telling(found: SectionProbe) -> list[Drift]:
    return [one for one in found.drifts if one.kind != "order-changed"]


def _differences(where_zh: str, where_en: str, drifts: Sequence[Drift]) -> Text:
    """One message for a place: what differs, the most pressing first, and what becomes of it."""
    told, more = drifts[:_MOST_TOLD], len(drifts) - _MOST_TOLD
    zh, en = "；".join(one.what.zh for one in told), "; ".join(one.what.en for one in told)
    if more > 0:
        zh, en = f"{zh}；另有 {more} 项，见 assistant probe", f"{en}; {more} more, see `assistant probe`"
    zh, en = f"{where_zh}与资料包不同：{zh}。", f"{where_en} is not as the pack describes it: {en}."
    if any(one.kind == "new-required" for one in drifts):
        return Text(f"{zh}新必填项请在移交后手工填写。", f"{en} Fill new required questions by hand after hand-over.")
    return Text(f"{zh}对不上的栏目不会填写。", f"{en} What does not match is not filled.")


def _rows_by_hand(section: Section, table: Table, new: list[Drift]) -> Text:
    labels = [one.label for one in new]
    if labels:
        return Text(
            f"「{section.title}」添加一行时有资料包不知道的必填项：{'、'.join(labels)}。「{table.label}」未填写，请在移交后手工添加。",
            f"“{section.title}”: adding a row has required questions the pack does not know: {', '.join(labels)}. No row of "
            f"“{table.label}” was written; add them by hand after hand-over.",
        )
    return Text(
        f"「{section.title}」添加一行的窗口与资料包差别过大。「{table.label}」未填写，请在移交后手工添加。",
        f"“{section.title}”: the window for adding a row is not as the pack describes it. No row of “{table.label}” was "
        "written; add them by hand after hand-over.",
    )
