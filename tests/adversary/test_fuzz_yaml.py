"""Whatever bytes stand in a YAML file, its reader answers with data or with an error of ours that quotes nothing."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.check.city.loading import read_city
from assistant.drift.vocabulary import vocabulary
from assistant.errors import AssistantError, PackError, ProfileError
from assistant.portal.loading import load_portal
from assistant.portal.overlay import read_overlay
from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.documents import read_yaml
from assistant.store.locations import PROFILES, SELECTORS

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
# The parser that the reader has below it: the two that there are differ in what they forgive.
PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


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
        assert document.data == yaml.load(content, Loader=PLAIN)


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
    secrets = [load_profile(PlainFolder(folder)).passport.number, load_profile(PlainFolder(folder)).applicant.email]
    refused = 0
    for seed in range(60):
        (folder / "profile.yaml").write_text(mutated(sound, random.Random(seed)), encoding="utf-8", newline="")
        try:
            load_profile(PlainFolder(folder))
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


@pytest.mark.parametrize("name", ["shenzhen", "national"])
def test_a_pack_after_any_accident_is_read_or_refused(tmp_path: Path, name: str) -> None:
    selectors = tmp_path / "selectors"
    shutil.copytree(SELECTORS, selectors)
    files = [
        *sorted((selectors / "portals" / name).rglob("*.yaml")),
        *sorted((selectors / "options").glob("*.yaml")),
    ]
    refused = 0
    for seed in range(20):
        rng = random.Random(seed)
        file = rng.choice(files)
        sound = file.read_bytes()
        file.write_text(mutated(sound.decode("utf-8"), rng), encoding="utf-8", newline="")
        try:
            load_portal(name, selectors)
        except PackError:
            refused += 1
        finally:
            file.write_bytes(sound)
    assert refused > 5
    assert load_portal(name, selectors).name == name


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


# ---- what is taken is what the file says -------------------------------------------------------------------------------

# What YAML 1.1 would take for a number, a truth value, a date, an hour or nothing.
TRICKY = ("0123", "0123456", "NO", "no", "yes", "on", "Off", "1e3", "1.0", ".5", "0x1F", "0o17", "1_000", "12:30:45")
TRICKY += (
    "2026-1-1",
    "2026-01-31",
    "~",
    "null",
    "Null",
    "true",
    ".inf",
    ".NaN",
    "+1",
    "-7",
    "M12345678",
    "王 小明",
    "y",
)
KEYS = ("name", "NO", "0123", "on", "2026-01-31", "备注", "a-b", "null")
scalars = st.sampled_from(TRICKY).flatmap(lambda text: st.sampled_from((text, f"'{text}'", f'"{text}"')))
trees = st.recursive(
    scalars,
    lambda below: (
        st.lists(below, min_size=1, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def flow(tree: object) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return str(tree)


def block(tree: object, depth: int = 0) -> str:
    """The tree in lines of its own; what stands in a list is in flow style."""
    if isinstance(tree, dict):
        return "".join(f"\n{'  ' * depth}{key}: {block(value, depth + 1)}" for key, value in tree.items())
    if isinstance(tree, list):
        return "".join(f"\n{'  ' * depth}- {flow(value)}" for value in tree)
    return str(tree)


def said(tree: object) -> object:
    """What a reader takes from the text: every scalar as it is written, quotes apart."""
    if isinstance(tree, dict):
        return {key: said(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [said(value) for value in tree]
    return str(tree).strip("'\"")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), trees, min_size=1, max_size=4), st.booleans())
def test_every_scalar_is_taken_as_it_is_written(file: Path, tree: dict[str, object], lines: bool) -> None:
    file.write_text((block(tree) if lines else flow(tree)) + "\n", encoding="utf-8")
    assert read_yaml(file, ProfileError).data == said(tree)


OVERLAY = """overlay: shenzhen
written_on: 2026-11-22
by: 王小明
sections:
  personal:
    title: 个人基本信息
    fields:
      passport.number: {labels: [护照号]}
hosts:
  - origin: http://wgfw.ga.sz.gov.cn
    verified_on: 2026-11-22
    verified_by: 王小明
    allow:
      - {method: POST, path: /ext/save.do, purpose: 暂存}
"""
VOCABULARY = SELECTORS / "vocabulary.yaml"


@pytest.mark.parametrize("kind", ["overlay", "vocabulary"])
def test_an_overlay_or_a_vocabulary_after_any_accident_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    sound, read = {
        "overlay": (OVERLAY, lambda file: load_portal("shenzhen", overlays=(read_overlay(file),))),
        "vocabulary": (VOCABULARY.read_text(encoding="utf-8"), vocabulary),
    }[kind]
    file, refused = tmp_path / "shenzhen.yaml", 0
    for seed in range(20):
        file.write_text(mutated(sound, random.Random(seed)), encoding="utf-8", newline="")
        getattr(read, "cache_clear", lambda: None)()
        try:
            read(file)
        except AssistantError as error:
            refused += 1
            assert error.lines("zh")
    assert refused > 5


def test_an_employer_after_any_accident_is_read_or_refused_without_quoting_it(
    copy_of_sample: Callable[[], Path],
) -> None:
    folder = copy_of_sample()
    file = folder.parent / "employer.yaml"
    sound, uscc, refused = file.read_text(encoding="utf-8"), load_profile(PlainFolder(folder)).employer.uscc, 0
    for seed in range(30):
        file.write_text(mutated(sound, random.Random(seed)), encoding="utf-8", newline="")
        try:
            load_profile(PlainFolder(folder))
        except ProfileError as error:
            refused += 1
            assert uscc not in "\n".join((*error.lines("zh"), *error.lines("en"), repr(error)))
    assert refused > 5
