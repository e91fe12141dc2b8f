"""The documents say what is true: links lead somewhere, generated parts are current, the language is kept."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from assistant.outcome import REASON_WORDS, REASONS, STATUS_WORDS, STATUSES
from assistant.page.engine import KINDS, LIBRARIES
from scripts import house, pages

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    path
    for folder in (
        ROOT,
        ROOT / "docs",
        ROOT / "docs" / "adr",
        ROOT / "selectors",
        ROOT / "selectors" / "cities",
        ROOT / "profiles",
    )
    for path in folder.glob("*.md")
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
LANGUAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def nouns() -> list[tuple[str, str, list[str]]]:
    """Each noun of the language with its sentence and what is not to be said instead."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in LANGUAGE.splitlines() if line.startswith("| ")
    ]
    return [(row[0], row[2], [word.strip() for word in row[3].split(",")]) for row in rows if row[0] != "Noun"]


def names_in_code() -> list[tuple[str, set[str]]]:
    """Every module and class with the words its name is made of, in lower case."""
    found = []
    for package in ("assistant", "fixtures", "benchmarks", "scripts"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "node_modules" in path.parts:
                continue
            found.append((path.relative_to(ROOT).as_posix(), set(path.stem.lower().split("_"))))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found.append((node.name, {word.lower() for word in re.findall(r"[A-Z]+[a-z0-9]*", node.name)}))
    return found


def test_every_noun_has_one_sentence() -> None:
    assert len(nouns()) > 20
    for noun, sentence, banned in nouns():
        assert sentence.endswith("."), noun
        assert ". " not in sentence, noun
        assert all(banned), noun


def test_no_synonym_names_a_module_or_class() -> None:
    banned = {word for _, _, words in nouns() for word in words}
    assert [f"{name}: {word}" for name, words in names_in_code() for word in sorted(words & banned)] == []


def test_no_noun_is_banned_elsewhere() -> None:
    own = {noun.lower() for noun, _, _ in nouns()}
    assert own.isdisjoint({word for _, _, words in nouns() for word in words})


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_command_page_is_current() -> None:
    assert pages.COMMANDS.read_text(encoding="utf-8") == pages.commands_page(), "run `uv run python -m scripts.pages`"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_guides_explain_every_status_and_reason(language: str) -> None:
    assert language in ("zh", "en")
    path = pages.GUIDES["zh" if language == "zh" else "en"]
    guide = path.read_text(encoding="utf-8")
    assert guide == pages.renewed(guide, "zh" if language == "zh" else "en"), "run `uv run python -m scripts.pages`"
    assert all(f"`{word}`" in guide for word in (*STATUSES, *REASONS))


def test_every_status_and_reason_has_words_and_advice() -> None:
    assert set(STATUS_WORDS) == set(pages.STATUS_ADVICE) == set(STATUSES)
    assert set(REASON_WORDS) == set(pages.REASON_ADVICE) == set(REASONS)


def test_a_guide_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        pages.renewed("# no marks here", "en")


def test_the_readme_gives_the_two_commands_and_ci_runs_the_second() -> None:
    for command in ("pip install uv && uv run assistant demo", "pip install uv && uv run pytest"):
        assert f"    {command}\n" in README
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("uv run pytest") for line in ci)
    assert any("pip install uv" in line for line in ci)


def test_the_readme_says_in_both_languages_that_it_never_submits_and_was_never_verified() -> None:
    for promise in ("它从不提交", "It never submits", "从未在真实平台上验证过", "Never verified on the live portals"):
        assert promise in README


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    groups += [
        [one for one in group if not one.startswith("assistant")] for group in project["dependency-groups"].values()
    ]
    stated = {Requirement(one).name for group in groups for one in group}
    explained = re.findall(
        r"^\| `([^`]+)` \|", (ROOT / "docs/adr/0008-dependencies.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(explained) == sorted(stated)


def test_every_decision_is_listed() -> None:
    listed = LINK.findall((ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in (ROOT / "docs" / "adr").glob("0*.md"))


def test_every_city_and_portal_is_described_in_data_that_names_it() -> None:
    cities = sorted(path.stem for path in (ROOT / "selectors" / "cities").glob("[a-z]*.yaml"))
    assert cities
    for name in cities:
        assert f"city: {name}\n" in (ROOT / "selectors" / "cities" / f"{name}.yaml").read_text(encoding="utf-8")


def test_pictures_are_small_and_shown() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    shown = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size <= 300 * 1024, picture.name
        assert f"pictures/{picture.name}" in shown, picture.name


def test_the_recipes_name_what_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    places = set(re.findall(r"`((?:assistant|fixtures|selectors|scripts|docs|tests)/[\w./-]+)`", text))
    assert places
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []
    assert KINDS and LIBRARIES and "`KINDS`" in text and "`LIBRARIES`" in text


@pytest.mark.parametrize("decision", sorted((ROOT / "docs" / "adr").glob("0*.md")), ids=lambda path: path.stem)
def test_every_decision_states_its_status(decision: Path) -> None:
    assert re.match(r"# .+\n\nStatus: (accepted|superseded by \d{4})\b", decision.read_text(encoding="utf-8"))


def test_the_architecture_counts_the_house_as_it_is() -> None:
    page = house.PAGE.read_text(encoding="utf-8")
    assert page == house.renewed(page), "run `uv run python -m scripts.house --write`"


def test_the_house_keeps_its_limits() -> None:
    assert house.floors() <= 12
    assert len(house.layer_rows()) <= 15
    crowded = [one for one in house.folders() if one.files > house.MOST_FILES and one.path not in house.GROWING]
    assert crowded == []


def test_an_extension_touches_no_more_than_was_promised() -> None:
    most = {
        "verb": 2,
        "widget library": 3,
        "document check": 2,
        "source of data": 2,
        "city": 1,
        "place to keep applicants": 1,
    }
    counted = house.extensions()
    assert counted.keys() == most.keys()
    assert {what: count for what, count in counted.items() if count > most[what]} == {}


def test_no_document_has_a_merge_left_in_it() -> None:
    marks = ("<<<<<<< ", ">>>>>>> ")
    assert [
        path for path in DOCUMENTS if any(line.startswith(marks) for line in path.read_text("utf-8").splitlines())
    ] == []


def test_one_name_is_defined_in_one_room() -> None:
    assert house.homonyms() == {}


def test_the_architecture_names_what_exists() -> None:
    text = house.PAGE.read_text(encoding="utf-8")
    rooms = "|".join(house.rooms())
    places = set(re.findall(rf"`((?:{rooms})/[\w./]+)`", text))
    assert len(places) > 20
    found = {place: [*house.PACKAGE.glob(place), *house.PACKAGE.glob(f"{place}.py")] for place in places}
    assert [place for place in sorted(places) if not found[place]] == []


def test_every_test_that_a_document_names_exists() -> None:
    named = {
        (file, test)
        for path in DOCUMENTS
        for file, test in re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 40
    missing = [
        (file, test)
        for file, test in sorted(named)
        if not (ROOT / file).is_file() or f"def {test}" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []
