"""The JSON Schemas beside the samples are current, and say of the samples what the assistant says."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from assistant.profile.json_schema import schemas
from assistant.profile.loading import SLOT_NAMES
from assistant.store.locations import PROFILES

SAMPLES = sorted(PROFILES.glob("sample-*/profile.yaml"))


class EditorLoader(yaml.BaseLoader):
    """YAML 1.2's core schema, as editors read it: numbers, true/false, null; a date is text, and so is NO."""


CORE: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("null", r"~|null|", lambda _: None),
    ("bool", r"true|false", lambda text: text == "true"),
    ("int", r"[-+]?[0-9]+", int),
    ("float", r"[-+]?[0-9]+\.[0-9]+", float),
)
for kind, pattern, meaning in CORE:
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(rf"^(?:{pattern})$"), None)
    EditorLoader.add_constructor(f"tag:yaml.org,2002:{kind}", lambda _, node, meaning=meaning: meaning(node.value))


def schema(name: str) -> Any:
    return json.loads((PROFILES / name).read_text("utf-8"))


def complaints(document: Any, name: str) -> list[str]:
    return [error.json_path for error in jsonschema.Draft202012Validator(schema(name)).iter_errors(document)]


def sample(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=EditorLoader)


def test_the_schema_files_are_what_the_models_say() -> None:
    for path, text in schemas().items():
        assert path.read_text("utf-8") == text, "run: python -m assistant.profile.json_schema --write"


def test_the_schemas_are_valid_schemas_that_explain_every_key() -> None:
    for path in schemas():
        jsonschema.Draft202012Validator.check_schema(schema(path.name))
    definitions = schema("profile.schema.json")["$defs"]
    explained = [info for part in definitions.values() for info in part["properties"].values()]
    assert len(explained) > 60
    assert all(" / " in info["description"] for info in explained)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_an_editor_accepts_the_samples(path: Path) -> None:
    assert complaints(sample(path), "profile.schema.json") == []
    assert complaints(sample(PROFILES / "employer.yaml"), "employer.schema.json") == []


def test_there_are_three_samples_and_each_points_to_its_schema() -> None:
    assert len(SAMPLES) == 3
    for path in [*SAMPLES, PROFILES / "employer.yaml"]:
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
        assert named
        assert (path.parent / named[1]).is_file()


def test_an_editor_marks_what_the_assistant_would_refuse() -> None:
    wrong = sample(SAMPLES[0])
    wrong["surprise"] = "x"
    wrong["applicant"]["sex"] = "m"
    wrong["documents"]["contrakt"] = "x.pdf"
    del wrong["passport"]["number"]
    assert sorted(complaints(wrong, "profile.schema.json")) == ["$", "$.applicant.sex", "$.documents", "$.passport"]


def test_an_employer_may_stand_inside_the_profile() -> None:
    document = sample(SAMPLES[0])
    document["employer"] = sample(PROFILES / "employer.yaml")
    assert complaints(document, "profile.schema.json") == []
    document["employer"]["uscc"] = []
    assert complaints(document, "profile.schema.json") == ["$.employer"]


def test_the_readme_lists_every_slot() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", (PROFILES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(SLOT_NAMES)
