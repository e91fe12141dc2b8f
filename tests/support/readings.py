"""What was read in the pages that tests draw, kept as data: reading one page takes seconds, looking it up none.

Kept by a hash of the picture, for one version of the reader (its packages, and the code of `ocr.py` and `ocr_models.py`). A picture that is not
kept, and every picture where the reader is another, is read for real: right all the same, only slow. Each day one in
`EVERY` is read for real beside what is kept, and its test fails where the two differ; tests marked `reads` always read.
`uv run python -m scripts.readings` compares all, with `--write` keeps them anew.
"""

import ast
import difflib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from assistant.check.documents import ocr, worker_pool
from assistant.check.documents.engine import ocr_models
from assistant.check.documents.ocr import TextLine, TextReader
from scripts.readings import COMPARE, KEEP, KEPT, MODE

if TYPE_CHECKING:
    from assistant.check.documents.engine.ocr_models import Boxes
    from assistant.check.documents.pixels import Pixels

_OF_MODELS = ("LineFinder", "LineSigns", "cut_out")
EVERY = 50
ALIKE = 0.9
"""A processor rounds otherwise than another, and a sign in a hundred may come out as its neighbour."""


class KeptReader:
    """Answers as `TextReader` does, which it loads only for what is not kept."""

    def __init__(self, announce: Callable[[], None] = lambda: None) -> None:
        self._announce = announce
        self._real: TextReader | None = None
        self._just_kept: dict[str, list[TextLine]] = {}

    def lines(self, pixels: "Pixels", *, most: int = 220) -> list[TextLine]:
        return self._answer(["lines", most], pixels, lambda real: real.lines(pixels, most=most))

    def again(self, pixels: "Pixels", line: TextLine, stretch: float) -> TextLine:
        corners = [round(number) for corner in line.box for number in corner]
        asked = ["again", *corners, line.text, stretch]
        return self._answer(asked, pixels, lambda real: [real.again(pixels, line, stretch)])[0]

    def places(self, pixels: "Pixels") -> "Boxes":
        found = self._answer(
            ["places"], pixels, lambda real: [TextLine("", 0.0, _corners(box)) for box in real.places(pixels)]
        )
        return np.array([line.box for line in found], np.float32).reshape(-1, 4, 2)

    def lines_at(self, pixels: "Pixels", boxes: "Boxes") -> list[TextLine]:
        asked = ["lines_at", *(round(float(number)) for number in boxes.ravel())]
        return self._answer(asked, pixels, lambda real: real.lines_at(pixels, boxes))

    def _answer(
        self, asked: list[Any], pixels: "Pixels", read: Callable[[TextReader], list[TextLine]]
    ) -> list[TextLine]:
        key = key_of(asked, pixels)
        before = kept().get(key)
        mode = os.environ.get(MODE, "")
        if before is not None and not mode and not due(key, date.today()):
            self._announce()
            return before
        if key in self._just_kept:
            return self._just_kept[key]
        if self._real is None:
            self._real = TextReader(self._announce)
        now = read(self._real)
        if mode.startswith(KEEP):
            folder = Path(mode.removeprefix(KEEP))
            with (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps([engine(), key, *map(as_json, now)], ensure_ascii=False) + "\n")
            self._just_kept[key] = now
        elif before is not None and mode in ("", COMPARE):
            assert likeness(before, now) >= ALIKE, f"kept and read differ: {words(before)!r}, {words(now)!r}"
        return now


def _corners(box: "Boxes") -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in box)


def key_of(asked: list[Any], pixels: "Pixels") -> str:
    """What was asked of which picture."""
    digest = hashlib.blake2b(json.dumps([asked, pixels.shape, str(pixels.dtype)]).encode(), digest_size=12)
    digest.update(pixels.tobytes())
    return digest.hexdigest()


def due(key: str, day: date) -> bool:
    """Whether this picture is read for real on that day."""
    return int(key[:8], 16) % EVERY == day.toordinal() % EVERY


@cache
def engine() -> str:
    """The reader that these readings are of: the packages of the extra `ocr`, and what is done with them."""
    needed = [one.partition(";")[0] for one in metadata.requires("assistant") or () if "extra == 'ocr'" in one]
    names = sorted(one.strip().partition(">")[0].partition("=")[0] for one in needed)
    versions = [f"{name} {metadata.version(name)}" for name in names]
    code = code_of("TextReader", Path(ocr.__file__).read_text(encoding="utf-8"))
    code += "".join(code_of(one, Path(ocr_models.__file__).read_text(encoding="utf-8")) for one in _OF_MODELS)
    return ", ".join([*versions, hashlib.sha256(code.encode()).hexdigest()[:12]])


def code_of(name: str, module: str) -> str:
    """A class and what it uses of its module, comments and docstrings left out."""
    parts: dict[str, ast.stmt] = {}
    for part in ast.parse(module).body:
        for one in ast.walk(part) if isinstance(part, ast.Assign) else [part]:
            if called := getattr(one, "name", getattr(one, "id", "")):
                parts[called] = part
    wanted, used = [name], {name}
    while wanted:
        for node in ast.walk(parts[wanted.pop()]):
            if isinstance(node, ast.Name) and node.id in parts and node.id not in used:
                used.add(node.id)
                wanted.append(node.id)
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
                node.body = node.body[1:]
    return "\n".join(ast.dump(parts[one]) for one in sorted(used))


@cache
def kept() -> dict[str, list[TextLine]]:
    """What is kept of this reader, by key; nothing where it is another's."""
    if not KEPT.exists():
        return {}
    head, *rest = KEPT.read_text(encoding="utf-8").splitlines()
    if json.loads(head) != engine():
        return {}
    return {key: list(map(of_json, lines)) for key, *lines in map(json.loads, rest)}


def as_json(line: TextLine) -> list[Any]:
    return [line.text, round(line.score, 4), *(round(number, 1) for corner in line.box for number in corner)]


def of_json(data: list[Any]) -> TextLine:
    text, score, *numbers = data
    return TextLine(text, score, tuple(zip(numbers[::2], numbers[1::2], strict=True)))


def likeness(one: list[TextLine], other: list[TextLine]) -> float:
    """1 for the same words in the same order."""
    return difflib.SequenceMatcher(None, words(one), words(other), autojunk=False).ratio()


def words(lines: list[TextLine]) -> str:
    return "\n".join(line.text for line in lines)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "reads: reads its pages for real, whatever is kept (tests/support/readings.py)")


@pytest.fixture(scope="session", autouse=True)
def kept_readings() -> Iterator[None]:
    """This process and the ones that `check_documents` starts look up what is kept."""
    ocr.reader.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "TextReader", KeptReader)
        patch.setattr(worker_pool, "RUNS", (sys.executable, "-m", "tests.support.reading_worker"))
        yield
    ocr.reader.cache_clear()


@pytest.fixture(autouse=True)
def _reads_for_real(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("reads") and not os.environ.get(MODE):
        monkeypatch.setenv(MODE, "real")
