"""Whatever bytes stand in a YAML file, its reader answers with data or with an error of ours that quotes nothing."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.city import read_city
from assistant.errors import AssistantError, PackError, ProfileError
from assistant.locations import PROFILES, SELECTORS
from assistant.portal import load_portal
from assistant.profile import load_profile
from assistant.strict_yaml import read_yaml

PIECES = (
    "a: b\n",
    "- x\n",
    "  ",
    "\t",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!!python/object:os.system ",
    "!!int ",
    "? ",
    "|\n",
    ">-\n",
)
PIECES += (
    "'",
    '"',
    "#",
    ": ",
    "---\n",
    "...\n",
    "%YAML 9\n",
    "\x00",
    "\ufeff",
    "\u2028",
    "<<: *a\n",
    "a: 1\na: 2\n",
    "k" * 50,
    "\\",
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("yaml") / "file.yaml"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=25).map(lambda all_: "".join(all_).encode())
)
def test_any_bytes_are_data_or_an_error_of_ours(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    try:
        document = read_yaml(file, ProfileError)
    except ProfileError as error:
        assert error.__cause__ is None
        assert error.lines("zh")
        assert error.lines("en")
    else:
        assert all(isinstance(leaf, str) for leaf in leaves(document.data))
        # What is taken is what the file says: our reading and a plain one agree.
        assert document.data == yaml.load(content, Loader=yaml.BaseLoader)


def leaves(tree: object) -> list[object]:
    if isinstance(tree, dict):
        return [leaf for value in tree.values() for leaf in leaves(value)]
    if isinstance(tree, list):
        return [leaf for value in tree for leaf in leaves(value)]
    return [tree]


def mutated(text: str, rng: random.Random) -> str:
    """The file after one to three accidents: a line gone, doubled or moved, a character lost, changed or put in."""
    for _ in range(rng.randint(1, 3)):
        lines = text.split("\n")
        place = rng.randrange(len(lines))
        at = rng.randrange(len(text))
        accident = rng.randrange(6)
        if accident == 0:
            del lines[place]
        elif accident == 1:
            lines.insert(place, lines[place])
        elif accident == 2:
            lines.insert(rng.randrange(len(lines)), lines.pop(place))
        elif accident == 3:
            lines = (text[:at] + text[at + 1 :]).split("\n")
        else:
            lines = (text[:at] + rng.choice((*PIECES, "x", "9", "姓")) + text[at:]).split("\n")
        text = "\n".join(lines) or "x"
    return text


def test_a_profile_after_any_accident_is_read_or_refused_without_quoting_it(
    copy_of_sample: Callable[[], Path],
) -> None:
    folder = copy_of_sample()
    sound = (folder / "profile.yaml").read_text(encoding="utf-8")
    secrets = [load_profile(folder).passport.number, load_profile(folder).applicant.email]
    refused = 0
    for seed in range(60):
        (folder / "profile.yaml").write_text(mutated(sound, random.Random(seed)), encoding="utf-8", newline="")
        try:
            load_profile(folder)
        except ProfileError as error:
            refused += 1
            said = "\n".join((*error.lines("zh"), *error.lines("en"), repr(error))).replace(str(folder), "")
            assert error.__cause__ is None
            assert not [secret for secret in secrets if secret in said]
    assert refused > 10


@pytest.fixture
def copy_of_sample(tmp_path: Path) -> Callable[[], Path]:
    def copy() -> Path:
        shutil.copytree(PROFILES / "sample-lee", tmp_path / "sample-lee")
        shutil.copy(PROFILES / "employer.yaml", tmp_path)
        return tmp_path / "sample-lee"

    return copy


def test_a_pack_after_any_accident_is_read_or_refused(tmp_path: Path) -> None:
    selectors = tmp_path / "selectors"
    shutil.copytree(SELECTORS, selectors)
    files = [
        *sorted((selectors / "portals" / "shenzhen").rglob("*.yaml")),
        *sorted((selectors / "options").glob("*.yaml")),
    ]
    refused = 0
    for seed in range(25):
        rng = random.Random(seed)
        file = rng.choice(files)
        sound = file.read_bytes()
        file.write_text(mutated(sound.decode("utf-8"), rng), encoding="utf-8", newline="")
        try:
            load_portal("shenzhen", selectors)
        except PackError:
            refused += 1
        finally:
            file.write_bytes(sound)
    assert refused > 5
    assert load_portal("shenzhen", selectors).name == "shenzhen"


def test_a_city_after_any_accident_is_read_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "shenzhen.yaml"
    sound = (SELECTORS / "cities" / "shenzhen.yaml").read_text(encoding="utf-8")
    refused = 0
    for seed in range(25):
        file.write_text(mutated(sound, random.Random(seed)), encoding="utf-8", newline="")
        try:
            read_city(file)
        except AssistantError as error:
            refused += 1
            assert error.lines("zh")
    assert refused > 5
