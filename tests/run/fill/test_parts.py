"""Nothing of a section is written before its gate was asked, and one field alone passes the same lock."""

from dataclasses import dataclass, field

import pytest

from assistant.errors import SectionDrifted, WrongPerson
from assistant.page.snapshot import Control, Snapshot
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill.identity_lock import IdentityLock
from assistant.run.fill.parts import PARTS, OpenSection, WriteGate, fill_one, write
from assistant.run.fill.progress import SectionWork
from assistant.run.plan import make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._pages import page_of

PLAN = make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))
SECTION = next(section for section in PLAN.sections if section.tables and section.steps)
STEP = SECTION.steps[0]
NUMBER = next(step for step in PLAN.identity if step.value == "".join(step.value.split()) and step.value[-1].isdigit())


@dataclass
class Page:
    """A page that states whose form it is, and notes what is asked of it."""

    states: str
    seen: Snapshot = field(default_factory=Snapshot)
    apart: bool = False
    done: list[str] = field(default_factory=list)

    def facts(self, labels: list[str]) -> dict[str, set[str]]:
        self.done.append("facts")
        return {label: {self.states} if label in NUMBER.mark.labels else set() for label in labels}

    def stands_apart(self, seen: Snapshot, labels: list[str]) -> bool:
        return self.apart

    def look(self) -> Snapshot:
        return self.seen

    def settled_look(self, **_: object) -> Snapshot:
        return self.seen

    def write_and_look(self, orders: list[object]) -> tuple[list[None], Snapshot]:
        self.done.append("write")
        return [None] * len(orders), self.seen

    def stop_for_person(self) -> None: ...

    def type_by_hand(self, *_: object) -> None: ...


@dataclass
class Drifts:
    """Compares nothing; says what it was told to say."""

    different: bool = False
    compared: int = 0

    def check(self, section, seen, again):
        self.compared += 1
        if self.different:
            raise SectionDrifted(())
        return ()


@dataclass
class Pen:
    holder: str = "person"

    def take_pen(self) -> None:
        self.holder = "tool"

    def hand_over(self) -> None:
        self.holder = "person"


def gate_of(page: Page, drifts: Drifts | None = None, facts_anew=None) -> WriteGate:
    return WriteGate(page, SectionWork(SECTION), IdentityLock(PLAN.identity), drifts, facts_anew)


def test_the_owner_is_asked_for_each_time_and_the_pack_is_compared_once() -> None:
    page, drifts = Page(NUMBER.value), Drifts()
    gate = gate_of(page, drifts)
    for _ in range(3):
        gate.check(Snapshot())
    gate.check_owner(Snapshot())
    assert (page.done, drifts.compared) == (["facts"] * 4, 1)


def test_another_persons_form_is_not_even_compared() -> None:
    drifts = Drifts()
    with pytest.raises(WrongPerson):
        gate_of(Page("M00000000"), drifts).check(Snapshot())
    assert drifts.compared == 0


def test_a_form_in_a_frame_of_its_own_is_asked_anew_whose_it_is_once_a_section() -> None:
    asked: list[object] = []

    def anew(labels):
        asked.append(labels)
        return {label: {NUMBER.value} if label in NUMBER.mark.labels else set() for label in labels}

    gate = gate_of(Page(NUMBER.value, apart=True), facts_anew=anew)
    gate.check_owner(Snapshot())
    gate.check_owner(Snapshot())
    assert len(asked) == 1
    with pytest.raises(WrongPerson):
        gate_of(Page(NUMBER.value, apart=True), facts_anew=lambda labels: {}).check_owner(Snapshot())


@pytest.mark.parametrize(("states", "different"), [("M00000000", False), (NUMBER.value, True)])
def test_no_part_writes_what_the_gate_does_not_let_through(states: str, different: bool) -> None:
    page = Page(states, page_of(SECTION))
    gate = gate_of(page, Drifts(different))
    with pytest.raises((WrongPerson, SectionDrifted)):
        write(OpenSection(page, gate.work, gate, Snapshot(), overwrite=True))  # type: ignore[arg-type]
    assert "write" not in page.done and len(PARTS) == 3


def test_one_field_is_written_with_the_pen_taken_for_it_alone() -> None:
    control = Control(0, 1, STEP.field.control, "native", STEP.field.label, context=(SECTION.section.title,), value="")
    page, pen = Page(NUMBER.value, Snapshot((control,), headings=(SECTION.section.title,))), Pen()
    result = fill_one(page, pen, PLAN, SECTION, STEP)  # type: ignore[arg-type]
    assert "write" in page.done and pen.holder == "person"
    assert not result.right, "the page took nothing, so nothing is called right"


def test_one_field_of_another_persons_form_is_not_written_and_the_pen_is_given_back() -> None:
    page, pen = Page("M00000000", page_of(SECTION)), Pen()
    with pytest.raises(WrongPerson):
        fill_one(page, pen, PLAN, SECTION, STEP)  # type: ignore[arg-type]
    assert pen.holder == "person" and "write" not in page.done
