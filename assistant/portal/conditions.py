"""`when:` — under which condition a field, table or upload is asked for at all.

    when: {work_permit.category: [A3, A6, B4, B6]}     one of these values
    when: {family: present}                            the profile has something there (`absent`: it has nothing)

Equality only, all lines must hold; there is no expression language. Promises: a condition names the paths it reads, and
what is missing in the profile equals no value. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.portal.sources import PATH, Look, as_text, is_missing
from assistant.validation import sentence

PRESENT, ABSENT = "present", "absent"


@dataclass(frozen=True)
class Test:
    """One line of a condition; `values` is empty when only presence is asked (`present`: the answer wanted)."""

    path: str
    values: tuple[str, ...] = ()
    present: bool = True

    def holds(self, look: Look) -> bool:
        found = look(self.path)
        if not self.values:
            return is_missing(found) != self.present
        return not is_missing(found) and as_text(found) in self.values


@dataclass(frozen=True)
class When:
    """A whole condition; one without tests always holds."""

    tests: tuple[Test, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(test.path for test in self.tests)

    def holds(self, look: Look) -> bool:
        return all(test.holds(look) for test in self.tests)


ALWAYS = When()


def when_of(raw: object) -> When:
    """Reads a `when:`; for use as a pydantic validator."""
    if isinstance(raw, When):
        return raw
    if not isinstance(raw, Mapping) or not raw:
        raise sentence("条件应写成「资料路径: 值」", "a condition is written as `profile path: value`")
    return When(tuple(_test(path, wanted) for path, wanted in raw.items()))


def _test(path: object, wanted: object) -> Test:
    if not isinstance(path, str) or not PATH.fullmatch(path):
        raise sentence(
            "条件的键应是资料路径，如 work_permit.category", "the key must be a path like work_permit.category"
        )
    if wanted in (PRESENT, ABSENT):
        return Test(path, present=wanted == PRESENT)
    values = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(values, list) and values and all(isinstance(value, str) and value for value in values):
        return Test(path, tuple(values))
    raise sentence("条件应是一个值、一列值、present 或 absent", "give one value, a list of values, present or absent")
