"""What may know what: the command line starts light, and a library has one place where it is known."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.main import VERBS

PACKAGE = Path(__file__).resolve().parent.parent / "assistant"
HEAVY = ("playwright", "numpy", "PIL", "cv2", "onnxruntime", "pypdfium2", "pikepdf", "starlette", "uvicorn", "keyring")


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
    script = f"import sys, assistant.page.browser; print(*set(sys.modules) & {set(HEAVY)!r})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["playwright"]


@pytest.mark.parametrize(("library", "home"), [("keyring", "store/credentials.py"), ("rich", "review/console.py")])
def test_a_library_is_known_in_one_place_only(library: str, home: str) -> None:
    importers = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if library in imports_of(path)}
    assert importers <= {home}


def test_every_verb_that_is_written_is_offered() -> None:
    written = {
        path.stem for path in (PACKAGE / "cli").glob("[a-z]*.py") if "\ndef run(" in path.read_text(encoding="utf-8")
    }
    assert written == {name.replace("-", "_") for name in VERBS}
