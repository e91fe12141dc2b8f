"""How the engine is put together: no part calls one that comes after it, and every answer is one of the closed list."""

import itertools
import re
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Browser

from assistant.outcome import REASONS
from assistant.page import engine
from assistant.page.engine import KINDS, LIBRARIES, PARTS, EngineAnswer, Refusal, engine_source

HERE = Path(engine.__file__).parent
FILES = {
    place: (HERE / f"{place}.js").read_text(encoding="utf-8")
    for place in ("parts/core", *PARTS, *(f"libraries/{one}" for one in LIBRARIES))
}


def code(script: str) -> str:
    """Without its comments, whose words call nothing."""
    return re.sub(r"^\s*//[^\n]*$|/\*.*?\*/", "", script, flags=re.M | re.S)


def used(script: str) -> set[str]:
    """What a script takes from the core: `core.name`, and what it unpacks in its first lines."""
    unpacked = re.findall(r"const \{([^}]*)\} = core;", code(script))
    names = {name.strip() for found in unpacked for name in found.split(",") if name.strip()}
    return names | set(re.findall(r"\bcore\.(\w+)", code(script)))


@pytest.fixture(scope="module")
def given(browser: Browser) -> dict[str, set[str]]:
    """What the core holds once each part is added to it, as the browser tells."""
    page = browser.new_page()
    page.set_content("<p>parts</p>")
    head, *parts = engine_source().split("\nreturn core.assemble(")[0].split("Object.assign(core, (")
    adding = "".join(f"Object.assign(core, ({part}\nheld.push(Object.keys(core));" for part in parts)
    held = page.evaluate(f"{head}\nconst held = [Object.keys(core)];\n{adding}\nreturn held; }}")
    page.close()
    return dict(zip(("parts/core", *PARTS), map(set, held), strict=True))


def test_a_part_uses_only_what_parts_before_it_give(given: dict[str, set[str]]) -> None:
    assert used(FILES["parts/core"]) <= given["parts/core"]
    for before, part in itertools.pairwise(("parts/core", *PARTS)):
        assert used(FILES[part]) - given[before] == set(), part


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_uses_only_what_the_parts_give(given: dict[str, set[str]], library: str) -> None:
    assert used(FILES[f"libraries/{library}"]) - given[PARTS[-1]] == set()
    assert used(FILES[f"libraries/{library}"])


# Words that scripts use among themselves: how a search ended, what a value is, where a label stands, what kind a control is, its mark.
AMONG_THEMSELVES = {
    "found",
    "none",
    "label",
    "aria",
    "own",
    "item",
    "column",
    "cell",
    "head",
    "legend",
    "nearby",
    "list",
} | {
    *KINDS,
    "invalid",
}
ANSWERED = re.compile(r"""(?:\breturn|\breason(?: =|:)|\bnull(?:,| :)|\?|" :)\s*"([a-z]+(?:-[a-z]+)*)(?=")""")


def test_what_the_engine_answers_is_one_closed_list() -> None:
    answered = {word for script in FILES.values() for word in ANSWERED.findall(code(script))}
    assert answered - AMONG_THEMSELVES == set(get_args(EngineAnswer))


def test_every_refusal_is_a_reason_that_a_person_can_be_told() -> None:
    assert set(get_args(Refusal)) <= set(REASONS)
    assert set(get_args(Refusal)) < set(get_args(EngineAnswer))


@pytest.mark.parametrize("script", FILES)
def test_no_script_presses_enter(script: str) -> None:
    """Made up, it submits nothing by itself; but a page's own handler of it would."""
    assert not re.search(r"\bEnter\b|keyCode: 13|, 13\)", code(FILES[script]))
