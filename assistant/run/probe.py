"""A probe in the browser: goes through the portal's sections, looks, compares, takes pictures. It writes nothing.

Promises: what is pressed are the pack's declared way to the form and its section titles, nothing else; no drop-down is
opened, no dialog (which ones is said; a fill looks at them, see drift_check.py); a section that can't be reached is said
with what the page shows instead; whatever ends the probe, the person holds the pen afterwards.
"""

from dataclasses import dataclass, field
from datetime import date

from assistant.drift.baseline import Fingerprint, last_good, take
from assistant.drift.compare import SectionProbe, probe_section
from assistant.drift.kinds import Candidate, Drift, Verdict, most_pressing_first, verdict_of
from assistant.drift.similarity import similarity
from assistant.errors import AssistantError, PageNotAsExpected, RunStopped
from assistant.messages import Text
from assistant.normalize import same_label
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.snapshot import ElementRef, Snapshot
from assistant.portal.loading import Portal
from assistant.portal.section import Section
from assistant.run.handover import RunObserver
from assistant.run.options import Options
from assistant.run.plan import Plan, private_values
from assistant.run.session import PortalSession
from assistant.run.teach import picker
from assistant.run.teach.picker import Box


@dataclass(frozen=True)
class SectionLook:
    """One section as it was seen; values are in the snapshot, so it never leaves the run."""

    snapshot: Snapshot = field(repr=False)
    boxes: dict[ElementRef, Box]
    picture: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Probed:
    """What a probe found. `entry` holds what kept the form from being reached, if anything did."""

    portal: str
    sections: tuple[SectionProbe, ...]
    looks: dict[str, SectionLook] = field(repr=False)
    entry: tuple[Drift, ...] = ()
    stopped: AssistantError | None = None

    @property
    def drifts(self) -> tuple[Drift, ...]:
        """Every difference, the most pressing first."""
        found = [*self.entry, *(drift for section in self.sections for drift in section.drifts)]
        return tuple(most_pressing_first(found))

    @property
    def verdict(self) -> Verdict:
        return "stop" if self.stopped else verdict_of(self.drifts)

    @property
    def exit_code(self) -> int:
        return 0 if self.verdict == "go" else 1

    def as_json(self, city: str) -> dict[str, object]:
        """The probe's contract: labels, kinds and options of shared dictionaries, never a value."""
        stopped = self.stopped
        return {
            "schema": 1,
            "command": "probe",
            "city": city,
            "portal": self.portal,
            "verdict": self.verdict,
            "first": [
                {"section": one.section, "kind": one.kind, "label": one.label} for one in self.drifts if one.pressing
            ],
            "entry": [one.as_json() for one in self.entry],
            "sections": [one.as_json() for one in self.sections],
            "stopped": None if stopped is None else {"zh": stopped.what.zh, "en": stopped.what.en},
        }


class Prober:
    """Goes the filler's way to the form and through its sections, with hands in pockets."""

    def __init__(
        self, page: FormPage, guard: Guard, portal: Portal, plan: Plan | None, options: Options, observer: RunObserver
    ) -> None:
        """`plan` says whose form is opened, and what must not be repeated when the page's words are told; None where no
        form is anybody's."""
        private = private_values(plan) if plan else frozenset[str]()
        self._session = PortalSession.of(page, guard, portal, options, observer, private=private)
        self._page, self._opening = page, plan.opening if plan else None

    def probe(self, *, pictures: bool = False) -> Probed:
        """Looks at every section and compares. Expected endings are in the result, not raised."""
        try:
            entry = self.reach()
            if entry:
                return Probed(self._session.portal.name, (), {}, entry)
            return self.compare(pictures=pictures)
        except RunStopped as error:
            return Probed(self._session.portal.name, (), {}, stopped=error)
        finally:
            self._session.handover.end()

    def reach(self) -> tuple[Drift, ...]:
        """Opens the form; answers with what kept it from being opened."""
        self._session.open()
        try:
            self._session.enter(self._opening)
        except PageNotAsExpected as error:
            # Only the first section may have another name: then the form is open all the same.
            if not any(self._shows_or_offers(section) for section in self._session.portal.sections):
                return (Drift("no-entry", "", "", self._session.portal.title.zh, "stop", error.what),)
        return ()

    def compare(self, *, pictures: bool = False) -> Probed:
        """Goes from section to section. The tool holds the pen."""
        looks: dict[str, SectionLook] = {}
        missing: dict[str, Drift] = {}
        for section in self._session.portal.sections:
            try:
                self._session.navigator.go_to(section.names)
            except PageNotAsExpected:
                missing[section.key] = self._missing(section)
                continue
            looks[section.key] = self.look_at(section, picture=pictures)
        known = last_good(self._session.portal, self._session.url)
        seen = {key: look.snapshot for key, look in looks.items()}
        probes = []
        for section in self._session.portal.sections:
            if section.key in missing:
                probes.append(SectionProbe(section.key, section.title, (), (missing[section.key],)))
                continue
            elsewhere = {key: snapshot for key, snapshot in seen.items() if key != section.key}
            shape = known.sections.get(section.key) if known else None
            probes.append(probe_section(section, seen[section.key], self._session.portal.tables, shape, elsewhere))
        return Probed(self._session.portal.name, tuple(probes), looks)

    def look_at(self, section: Section, *, picture: bool = False) -> SectionLook:
        """The section that the page shows now."""
        self._page.settle(quiet=120)
        snapshot = self._page.look().of(section)
        visible = [one for one in snapshot.controls if one.visible]
        boxes = picker.boxes(self._page, visible) if picture else {}
        if not picture:
            return SectionLook(snapshot, boxes)
        facts = self._page.facts([label for mark in self._session.portal.identity for label in mark.labels])
        return SectionLook(snapshot, boxes, self._page.picture(text for texts in facts.values() for text in texts))

    def go_to(self, section: Section) -> SectionLook:
        """Opens a section and looks at it."""
        self._session.navigator.go_to(section.names)
        return self.look_at(section)

    def use(self, portal: Portal) -> None:
        """Goes on with a corrected pack."""
        self._session.use(portal)

    def fingerprint(self, result: Probed, on: date) -> Fingerprint:
        """The shape of what was seen; worth keeping when the verdict is `go`."""
        titles = {one.key: one.names for one in self._session.portal.sections}
        seen = {key: (look.snapshot, titles[key]) for key, look in result.looks.items()}
        return take(self._session.portal, self._session.url, seen, on)

    def _shows_or_offers(self, section: Section) -> bool:
        titles = section.names
        return self._session.navigator.shows(titles) or self._page.can_press(titles)

    def _missing(self, section: Section) -> Drift:
        """A section that can't be reached, with the tabs that nobody else claims."""
        titles = [one.names for one in self._session.portal.sections]
        known = [title for one in titles for title in one]
        mine = section.names
        strange = [text for text in picker.tabs(self._page) if not any(same_label(text, title) for title in known)]
        near = sorted(strange, key=lambda text: -max(similarity(text, title) for title in mine))[:3]
        found = tuple(
            Candidate(one, section.key, "", "section", ("similar-words",) if similarity(one, mine[0]) else ())
            for one in near
        )
        detail = Text(f"可能是「{near[0]}」", f"maybe “{near[0]}”") if near else Text("", "")
        return Drift("section-missing", section.key, "", section.title, "stop", detail, found)
