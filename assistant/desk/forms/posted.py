"""What was posted, laid over what the file held: the file's data as text, with the form's answers in their places.

Promises: what the form does not ask stays as it is; an optional answer that is empty is not added to the file; a row without
a single answer is no row.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy

from assistant.desk.forms.shape import FormPart, FormQuestion
from assistant.strict_yaml import Tree


def merged(
    before: Mapping[str, Tree], parts: Iterable[FormPart], posted: Mapping[str, str], removed: str = ""
) -> dict[str, Tree]:
    """The new data. `removed` is the row to leave out (`education.1`)."""
    data: dict[str, Tree] = deepcopy(dict(before))
    for part in parts:
        _lay(data, part, posted, removed)
    return data


def _lay(data: dict[str, Tree], part: FormPart, posted: Mapping[str, str], removed: str) -> None:
    if part.table:
        rows = _rows(data, part, posted, removed)
        if rows or _at(data, part.path) is not None:
            _put(data, part.path, rows)
        return
    for question in part.questions:
        if question.path in posted:
            _answer(data, question.path, question, posted[question.path])
    for inner in part.parts:
        _lay(data, inner, posted, removed)


def _rows(data: dict[str, Tree], part: FormPart, posted: Mapping[str, str], removed: str) -> list[Tree]:
    was = _at(data, part.path)
    old = was if isinstance(was, list) else []
    rows: list[Tree] = []
    for place in sorted(places_of_rows(part, posted)):
        name = f"{part.path}.{place}"
        if name == removed:
            continue
        kept = old[place] if place < len(old) else {}
        row: dict[str, Tree] = deepcopy(kept) if isinstance(kept, dict) else {}
        for question in part.questions:
            if f"{name}.{question.path}" in posted:
                _answer(row, question.path, question, posted[f"{name}.{question.path}"])
        if any(row.values()):
            rows.append(row)
    return rows if places_of_rows(part, posted) else old


def places_of_rows(part: FormPart, posted: Iterable[str]) -> set[int]:
    """Which rows of a table were posted."""
    begins = f"{part.path}."
    numbers = (name.removeprefix(begins).partition(".")[0] for name in posted if name.startswith(begins))
    return {int(number) for number in numbers if number.isdecimal() and len(number) < 5}


def _answer(data: dict[str, Tree], path: str, question: FormQuestion, text: str) -> None:
    text = text.replace("\r\n", "\n").strip() if question.kind != "long" else text.replace("\r\n", "\n").rstrip()
    if not text and not question.required and _at(data, path) is None:
        return
    if question.kind == "list":
        _put(data, path, [one.strip() for one in text.replace("、", ",").replace("，", ",").split(",") if one.strip()])
    elif text != shown_text(_at(data, path)):
        _put(data, path, text)


def shown_text(value: Tree | None) -> str:
    """A value of the file as one input shows it."""
    if isinstance(value, list):
        return "、".join(one for one in value if isinstance(one, str))
    return "" if not isinstance(value, str) or value == "~" else value.rstrip("\n")


def at(data: Mapping[str, Tree], path: str) -> Tree | None:
    """What stands at a dotted path, rows counted from 0."""
    return _at(dict(data), path)


def _at(data: Tree, path: str) -> Tree | None:
    here: Tree | None = data
    for name in path.split("."):
        if isinstance(here, list) and name.isdecimal() and int(name) < len(here):
            here = here[int(name)]
        elif isinstance(here, dict):
            here = here.get(name)
        else:
            return None
    return here


def _put(data: dict[str, Tree], path: str, value: Tree) -> None:
    *way, last = path.split(".")
    here = data
    for name in way:
        inner = here.get(name)
        if not isinstance(inner, dict):
            inner = here[name] = {}
        here = inner
    here[last] = value
