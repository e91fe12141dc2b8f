"""What travels: the wheel carries everything it needs and nothing private; every version is pinned."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.store.locations import SELECTORS
from fixtures.libraries import NEEDED

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = [Requirement(pin) for pin in PROJECT["tool"]["uv"]["constraint-dependencies"]]
LICENCE_NAMES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "MIT-LICENSE.txt")
# A freeware licence that is for use only; and one that is not stated.
FORBIDDEN_LIBRARIES = ("easyui", "my97", "wdatepicker")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built from a copy in which a handler keeps an applicant of their own."""
    checkout = tmp_path_factory.mktemp("checkout") / "project"
    built = tmp_path_factory.mktemp("built")
    skipped = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "libraries-for-tests")
    shutil.copytree(ROOT, checkout, ignore=skipped)
    private = checkout / "profiles" / "zhang-private"
    private.mkdir()
    (private / "profile.yaml").write_text("city: shenzhen\n", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)],
        cwd=checkout,
        check=True,
        capture_output=True,
        timeout=240,
    )
    return next(built.glob("*.whl"))


@pytest.fixture(scope="session")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel holds and nothing else of this checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`assistant WORDS` as the wheel has it, from a folder that is no checkout."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *words],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
    )


def test_the_wheel_runs_the_demo_on_its_own(installed: Path) -> None:
    done = run_installed(installed, "demo", "--headless", "--lang", "en", "--json", str(installed / "result.json"))
    assert done.returncode == 0, done.stderr
    assert (installed / "result.json").is_file()


def test_the_wheel_reads_its_own_packs_and_samples(installed: Path) -> None:
    script = (
        "from assistant.store import locations as l; from assistant.jobs.mock_portal import fixtures_module;"
        "print(l.SELECTORS, l.PROFILES, fixtures_module('server').__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.count(str(installed)) == 3


def test_the_mock_portals_of_the_wheel_meet_no_other_package_of_their_name(installed: Path, names: set[str]) -> None:
    """The registry has a package called `fixtures`: here one is installed whose import fails."""
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"assistant"}
    other = installed.parent / "registry"
    (other / "fixtures").mkdir(parents=True, exist_ok=True)
    (other / "fixtures" / "__init__.py").write_text("raise ImportError('the registry's')\n", encoding="utf-8")
    script = "from assistant.jobs.mock_portal import fixtures_module as f; m = f('server').MockPortal(); m.start(); print(m.url); m.stop()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(other), str(installed)))},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("http://127.0.0.1:"), done.stderr


def test_the_wheel_carries_every_pack_file(names: set[str]) -> None:
    packs = {path.relative_to(ROOT).as_posix() for path in (ROOT / "selectors").rglob("*") if path.is_file()}
    assert packs
    assert {f"assistant/data/{path}" for path in packs} <= names


def test_of_the_profiles_only_the_samples_travel(names: set[str]) -> None:
    carried = {name.split("/")[3] for name in names if name.startswith("assistant/data/profiles/")}
    assert {"employer.yaml", "sample-lee"} <= carried
    private = {name for name in carried if not name.startswith("sample-")}
    assert private <= {"README.md", "employer.yaml", "employer.schema.json", "profile.schema.json"}
    assert not any("private" in name for name in names)


def test_the_wheel_carries_the_script_that_encrypts_answers_with_its_licences(installed: Path) -> None:
    built = installed / "assistant" / "intake" / "questionnaire" / "age" / "node_modules" / ".questionnaire"
    assert {path.name for path in built.iterdir()} == {"age.js", "LICENSES.txt", "stamp"}
    assert (built / "LICENSES.txt").read_text(encoding="utf-8").count("@noble/") >= 3
    script = "from assistant.intake.questionnaire import encryption; print(len(encryption.encryption_script()), encryption.HERE)"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=installed, capture_output=True, text=True, check=True
    )
    size, place = done.stdout.split()
    assert int(size) > 50_000 and place.startswith(str(installed))


def test_each_library_travels_with_its_licence_and_only_what_pages_load(names: set[str]) -> None:
    place = "assistant/_fixtures/libraries/node_modules/"
    carried = {name.removeprefix(place) for name in names if name.startswith(place)}
    assert carried - {".complete"} == set(NEEDED)
    for package in {name.split("/")[0] for name in NEEDED}:
        assert any(f"{package}/{licence}" in carried for licence in LICENCE_NAMES), package


def test_libraries_whose_licence_forbids_it_never_travel(names: set[str]) -> None:
    theirs = {name.lower() for name in names if name.startswith("assistant/_fixtures/")}
    assert theirs
    assert not [name for name in theirs if any(word in name for word in FORBIDDEN_LIBRARIES)]


def test_the_wheel_names_its_own_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode("utf-8")
        assert "License-Expression: MIT" in text
        assert metadata.replace("METADATA", "licenses/LICENSE") in archive.namelist()


def test_packs_hold_no_program() -> None:
    # A Python file there would stand in for the standard library's `selectors` and break subprocess and asyncio.
    assert SELECTORS.is_dir()
    assert [path for path in SELECTORS.rglob("*") if path.suffix in (".py", ".pyc", ".pyi")] == []


def needed_packages() -> dict[str, str]:
    """Every installed package that the project needs, by whatever way, with its version."""
    waiting = [Requirement(one) for one in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"])]
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            one = distribution(wanted.name)
        except PackageNotFoundError:
            continue
        found[key[0]] = one.version
        extras = ("", *wanted.extras)
        for line in one.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(requirement)
    return found


def test_every_package_in_use_is_pinned_at_its_version() -> None:
    pinned: dict[str, set[str]] = {}
    for pin in PINS:
        if pin.marker is None or pin.marker.evaluate():
            pinned.setdefault(canonicalize_name(pin.name), set()).add(str(pin.specifier).removeprefix("=="))
    installed = needed_packages()
    del installed["assistant"]
    assert len(installed) > 60
    differing = {name: version for name, version in installed.items() if version not in pinned.get(name, set())}
    assert differing == {}, "run `uv sync`, or `uv run python -m scripts.pin`"


def test_every_stated_dependency_is_pinned_exactly() -> None:
    groups = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    groups.append([one for one in PROJECT["dependency-groups"]["dev"] if not one.startswith("assistant")])
    stated = {canonicalize_name(Requirement(one).name) for group in groups for one in group}
    exact = {canonicalize_name(pin.name) for pin in PINS if str(pin.specifier).startswith("==")}
    assert stated <= exact
    assert len(exact) == len({pin.name for pin in PINS})


def test_nothing_records_where_packages_were_downloaded() -> None:
    kept = [
        path
        for path in (ROOT / "fixtures").rglob("package-lock.json")
        if "node_modules" not in path.relative_to(ROOT).parts
    ]
    assert kept
    for path in kept:
        assert '"resolved"' not in path.read_text(encoding="utf-8"), path.name
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
