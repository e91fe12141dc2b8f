"""What may know what: the command line starts light, a library has one place where it is known; and each test file
lies where its module lies."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.main import VERBS

PACKAGE = Path(__file__).resolve().parent.parent / "assistant"
HEAVY = (
    "playwright",
    "numpy",
    "PIL",
    "cv2",
    "onnxruntime",
    "pypdfium2",
    "pikepdf",
    "starlette",
    "uvicorn",
    "keyring",
    "sqlalchemy",
    "dbos",
)


def imports_of(path: Path) -> set[str]:
    """The top-level packages a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    script = f"import sys, assistant.cli.main as cli; cli.make_parser('zh'); print(*set(sys.modules) & {set(HEAVY)!r})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == []


def test_help_loads_no_verb_and_no_verb_loads_another() -> None:
    script = "import sys, assistant.cli.main as cli; cli.make_parser('zh', {words}); print(*[name for name in sys.modules if name.startswith('assistant.')])"
    names = {}
    for words in ([], ["mock"]):
        done = subprocess.run(
            [sys.executable, "-c", script.format(words=words)], capture_output=True, text=True, check=True
        )
        names[len(words)] = set(done.stdout.split())
    assert names[0] == {"assistant.cli.main", "assistant.cli", "assistant.errors", "assistant.messages"}
    assert names[1] - names[0] == {"assistant.cli.mock"}


def test_the_check_for_heavy_libraries_would_see_one() -> None:
    script = f"import sys, assistant.page.browser.launch; print(*set(sys.modules) & {set(HEAVY)!r})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["playwright"]


@pytest.mark.parametrize(("library", "home"), [("keyring", "store/credentials.py"), ("rich", "review/console.py")])
def test_a_library_is_known_in_one_place_only(library: str, home: str) -> None:
    importers = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if library in imports_of(path)}
    assert importers <= {home}


def test_the_product_reaches_the_mock_portals_in_one_place_only() -> None:
    """By a name that is made while it runs (assistant/jobs/mock_portal.py), so no contract of imports sees it."""
    named = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if '"fixtures"' in path.read_text(encoding="utf-8") or "fixtures_module(" in path.read_text(encoding="utf-8")
    }
    assert named == {"cli/main.py", "cli/mock.py", "jobs/doctor/packs.py", "jobs/mock_portal.py", "jobs/target.py"}
    for_types_only = {"jobs/target.py"}
    importers = {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "fixtures" in imports_of(path)
    }
    assert importers == for_types_only


def test_every_verb_that_is_written_is_offered() -> None:
    written = {
        path.stem for path in (PACKAGE / "cli").glob("[a-z]*.py") if "\ndef run(" in path.read_text(encoding="utf-8")
    }
    assert written == {name.replace("-", "_") for name in VERBS}


TESTS = Path(__file__).resolve().parent
# What is tested beside the package, and where it lies.
BESIDE = {"fixtures": TESTS.parent, "benchmarks": TESTS.parent, "scripts": TESTS.parent, "support": TESTS}
OF_NO_MODULE = {
    "test_docs.py": "the documents",
    "test_extensions.py": "what an extension of the package touches",
    "test_layers.py": "all modules together",
    "test_packaging.py": "the wheel",
    "fixtures/test_mock_document.py": "docs/mock.md",
    "intake/prepare/copies/test_random_papers.py": "all that makes a copy, on papers nobody chose",
    "run/contact/test_met_pages.py": "all that reads a page on first contact, on small pages",
    "store/database/test_backup.py": "a database, its backup and a recovery key together",
    "page/engine/test_contract.py": "one contract for all libraries of the engine",
    "page/guard/test_every_vector.py": "both layers of the guard, each alone and together",
    "page/guard/test_saving.py": "both layers of the guard against one kind of portal",
    "portal/test_pack_national.py": "a pack, selectors/portals/national",
    "portal/test_refused_packs.py": "models and linter together: what of a pack is refused",
    "profile/test_odd_persons.py": "all models together: persons who are rare",
    "profile/test_refused_profiles.py": "all models together: what of a profile is refused",
}


def mirrored(path: Path) -> bool:
    """Whether there is a module, a script or a folder for this test file: `test_<name>.py` beside it, or of its folder."""
    home = BESIDE.get(path.parts[0], PACKAGE) / path.parent
    name = path.stem.removeprefix("test_")
    places = (home, home / "parts", home / "libraries")
    return name == home.name or any(
        (place / f"{private}{name}{end}").exists()
        for place in places
        for private in ("", "_")
        for end in ("", ".py", ".js")
    )


def test_each_test_file_lies_where_its_module_lies() -> None:
    files = [path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")]
    astray = {
        path.as_posix() for path in files if path.parts[0] not in ("journeys", "adversary") and not mirrored(path)
    }
    assert astray == set(OF_NO_MODULE), "name it after its module, or put it into journeys, adversary or the list above"
