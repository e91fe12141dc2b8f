"""The form as a page shows it: each question with its answer, its faults, and what else is known of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.desk.forms.faults import Fault
from assistant.desk.forms.posted import at, shown_text
from assistant.desk.forms.shape import FormPart, FormQuestion
from assistant.messages import Text
from assistant.strict_yaml import Tree


@dataclass(frozen=True)
class Origin:
    """Where a value was read, if it was: words, and the address of its crop."""

    words: Text
    crop: str = ""
    value: str = field(default="", repr=False)
    doubtful: bool = False


@dataclass(frozen=True)
class ShownField:
    """One input. `others` is what another window has saved meanwhile."""

    name: str
    question: FormQuestion
    value: str = field(repr=False)
    faults: tuple[Fault, ...] = ()
    others: str | None = field(default=None, repr=False)
    origin: Origin | None = None

    @property
    def wrong(self) -> bool:
        return any(fault.severity == "error" for fault in self.faults)

    @property
    def pending(self) -> bool:
        """Whether the person has something to do here."""
        return bool(self.faults) or self.others is not None

    @property
    def unlisted(self) -> bool:
        """Whether the file holds a word that is none of the choices: it is shown as it is."""
        return bool(self.value) and self.value not in {code for code, _ in self.question.choices}


@dataclass(frozen=True)
class ShownPart:
    """One group; of a table each row with its name (`education.0`)."""

    path: str
    title: Text
    fields: tuple[ShownField, ...]
    parts: tuple["ShownPart", ...]
    table: bool = False
    rows: tuple[tuple[str, tuple[ShownField, ...]], ...] = ()
    faults: tuple[Fault, ...] = ()
    begun: bool = False
    """Whether it has just got an empty row."""

    @property
    def pending(self) -> bool:
        """Whether the person has something to do in it."""
        fields = (*self.fields, *(one for _, row in self.rows for one in row))
        here = bool(self.faults) or self.begun or any(one.pending for one in fields)
        return here or any(one.pending for one in self.parts)


class Showing:
    """Lays data, faults and origins over the form's shape. `added` names a table that gets one more, empty row."""

    def __init__(
        self,
        data: Mapping[str, Tree],
        faults: Iterable[Fault] = (),
        *,
        added: str = "",
        others: Mapping[str, Tree] | None = None,
        origins: Mapping[str, Origin] | None = None,
    ) -> None:
        self._data, self._added, self._others, self._origins = data, added, others, origins or {}
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        for fault in faults:
            self._faults[fault.field].append(fault)

    def parts(self, shape: Sequence[FormPart]) -> tuple[ShownPart, ...]:
        return tuple(map(self._part, shape))

    def _part(self, part: FormPart) -> ShownPart:
        if part.table:
            held = at(self._data, part.path)
            count = (len(held) if isinstance(held, list) else 0) + (part.path == self._added)
            rows = tuple((f"{part.path}.{place}", self._row(part, f"{part.path}.{place}")) for place in range(count))
            begun = part.path == self._added
            return ShownPart(part.path, part.title, (), (), True, rows, tuple(self._faults[part.path]), begun)
        fields = tuple(self._field(question.path, question) for question in part.questions)
        return ShownPart(part.path, part.title, fields, tuple(map(self._part, part.parts)))

    def _row(self, part: FormPart, name: str) -> tuple[ShownField, ...]:
        fields = tuple(self._field(f"{name}.{question.path}", question) for question in part.questions)
        about_row = self._faults[name]
        if about_row and fields:
            first = fields[0]
            told = ShownField(first.name, first.question, first.value, (*about_row, *first.faults), first.others)
            fields = (told, *fields[1:])
        return fields

    def _field(self, name: str, question: FormQuestion) -> ShownField:
        value = shown_text(at(self._data, name))
        if question.kind == "yes-no":
            value = {"yes": "true", "是": "true", "no": "false", "否": "false"}.get(value.lower(), value.lower())
        others = shown_text(at(self._others, name)) if self._others is not None else None
        differs = others if others is not None and others != value else None
        return ShownField(name, question, value, tuple(self._faults[name]), differs, self._origins.get(name))
