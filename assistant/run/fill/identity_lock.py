"""The identity lock: nothing is written into a form that is, or may be, another person's.

Evidence is what the page states about whose form it is (marks outside the fields) and what its identity fields hold.
One piece of contradicting evidence stops the run; a section without any evidence is only written after the passport
number was seen right in this run, or when it is the blank form that asks for it.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.errors import WrongPerson
from assistant.messages import Text
from assistant.normalize import fold
from assistant.page.form_page import FormPage
from assistant.page.kinds import empty
from assistant.page.matching import match
from assistant.page.snapshot import Snapshot
from assistant.run.fill.section_filler import holds
from assistant.run.plan import IdentityStep, SectionPlan, Step


class IdentityLock:
    """One lock for one run."""

    def __init__(self, marks: Sequence[IdentityStep]) -> None:
        self._marks = marks
        self._labels = [label for step in marks for label in step.mark.labels]
        self._proved = False

    @property
    def labels(self) -> list[str]:
        return self._labels

    def facts(self, page: FormPage) -> dict[str, set[str]]:
        """What the page states about whose form it is."""
        return page.facts(self._labels) if self._labels else {}

    def check(self, section: SectionPlan, snapshot: Snapshot, facts: Mapping[str, set[str]]) -> None:
        """Raises WrongPerson when the page is another's, or when it can't be told whose it is."""
        self.check_marks(facts)
        asked = self._check_fields([step for step in section.steps if step.field.identity], snapshot)
        if not self._proved and not asked:
            raise _untold(section.section.title)

    def check_marks(self, facts: Mapping[str, set[str]], *, needed: bool = False) -> None:
        """Raises WrongPerson when what the page states outside its fields is another's, or nothing where it is needed."""
        if needed and self._marks and not any(facts.values()):
            raise _untold()
        for step in self._marks:
            shown = {
                text
                for label in step.mark.labels
                for text in facts.get(label, ())
                if not empty(text) and text not in ("-", "—", "/")
            }
            for text in shown:
                if not same_identity(step.value, text):
                    raise _wrong(step.mark.labels[0])
                self._proved = True

    def _check_fields(self, steps: Sequence[Step], snapshot: Snapshot) -> bool:
        """Whether the section asks for identity at all; what it already holds must be the applicant's."""
        asked = False
        for step in steps:
            control = match(step.field, step.field.control, snapshot).control
            if control is None:
                continue
            asked = True
            if not empty(control.value) and not holds(step, control):
                raise _wrong(step.field.label)
        return asked

    def prove(self) -> None:
        """The identity fields were written and read back right."""
        self._proved = True


def same_identity(wanted: str, shown: str) -> bool:
    """Whether a shown name or number is the wanted one: order of name parts, case and separators don't count; a number
    that the page masks with stars must agree in every character that it shows.

    >>> same_identity("LEE MIN A", "Min A, LEE"), same_identity("M12345678", "M12****78"), same_identity("M12345678", "M12345679")
    (True, True, False)
    """
    if "*" in shown and "*" not in wanted:
        bare, masked = fold(wanted).upper(), fold(shown).upper()
        return (
            len(bare) == len(masked)
            and all(y in ("*", x) for x, y in zip(bare, masked, strict=True))
            and masked.strip("*") != ""
        )
    return _parts(wanted) == _parts(shown)


def _parts(text: str) -> list[str]:
    return sorted(part for part in re.split(r"[\s,，、·/'’-]+", text.upper()) if part)


def _untold(where: str = "") -> WrongPerson:
    return WrongPerson(
        Text(
            "无法确认页面上的申请人是谁（页面没有显示姓名和护照号码），因此没有填写。请先打开并填写个人信息，或确认打开的是该申请人的申请。",
            "It can't be told whose application this is (the page shows neither name nor passport number), so nothing "
            "was written. Open the personal section first, or make sure this applicant's application is open.",
        ),
        where=where,
    )


def _wrong(label: str) -> WrongPerson:
    return WrongPerson(
        Text(
            f"页面上的「{label}」不是该申请人的，已停止，没有再写入任何内容。请打开正确的申请，或检查选择的申请人文件夹。",
            f"“{label}” on the page is not this applicant's: stopped, nothing more was written. Open the right application, "
            "or check which applicant's folder was chosen.",
        )
    )
