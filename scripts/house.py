"""Counts the house: rooms, files a room, floors, layer rows, type names that stand for two things, places per extension.

    uv run python -m scripts.house            # prints the figures
    uv run python -m scripts.house --write    # and writes them into docs/architecture.md

The figures are read from the code (imports and definitions), never kept by hand; a test fails when the page is not current.
Imports under `if TYPE_CHECKING:` count for nothing at run time and are left out, as in the layer contract.
"""

import ast
import re
import statistics
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"
PAGE = ROOT / "docs" / "architecture.md"
EXTENSIONS = ROOT / "tests" / "test_extensions.py"
BEGIN, END = "<!-- counted by scripts/house.py -->", "<!-- end -->"
MOST_FILES = 12
# They grow by design: one file a verb, a job, a page of the desk, a widget library, a document check, a reader.
GROWING = ("cli", "jobs", "desk/pages", "page/engine/libraries", "check/documents/checks", "intake/readers")


@dataclass(frozen=True)
class Folder:
    """One folder of the package: its path below `assistant/` and how many source files lie directly in it."""

    path: str
    files: int


def main() -> int:
    print(figures())
    if "--write" in sys.argv[1:]:
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return 0


def figures() -> str:
    """The table of the house as Markdown."""
    counted = [folder.files for folder in folders()]
    largest = max(folders(), key=lambda folder: folder.files)
    crowded = [folder for folder in folders() if folder.files > MOST_FILES and folder.path not in GROWING]
    rows = [
        ("rooms", str(len(rooms()))),
        ("ground files", ", ".join(f"`{name}`" for name in ground_files())),
        ("files a folder: median, largest", f"{statistics.median(counted):g}, {largest.files} (`{largest.path}/`)"),
        (
            f"folders with more than {MOST_FILES} files, those that grow by design left out",
            ", ".join(f"`{folder.path}/` {folder.files}" for folder in crowded) or "0",
        ),
        ("floors (longest chain of imports over rooms and ground files)", str(floors())),
        ("rows of the layer contract", str(len(layer_rows()))),
        ("type names defined in two rooms", str(len(homonyms()))),
        ("files touched by one more …", ", ".join(f"{what} {count}" for what, count in extensions().items())),
    ]
    return "\n".join(["| what | count |", "|---|---|", *(f"| {what} | {count} |" for what, count in rows)])


def renewed(page: str) -> str:
    """The page with its figures written anew. Raises ValueError where the marks are gone."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/architecture.md has lost the marks {BEGIN} {END}")
    return f"{before}{BEGIN}\n\n{figures()}\n\n{END}{after}"


def rooms() -> list[str]:
    return sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())


def ground_files() -> list[str]:
    return sorted(path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__"))


@cache
def folders() -> tuple[Folder, ...]:
    """Every folder that holds source files (Python and JavaScript), package markers left out."""
    counted: dict[str, int] = defaultdict(int)
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js")]:
        if path.parent != PACKAGE and path.name != "__init__.py":
            counted[path.parent.relative_to(PACKAGE).as_posix()] += 1
    return tuple(Folder(path, files) for path, files in sorted(counted.items()))


def layer_rows() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return list(next(contract["layers"] for contract in contracts if contract["type"] == "layers"))


def floors() -> int:
    """How many rooms and ground files the longest chain of imports goes through; `__main__`, which only calls the command
    line, is neither. Raises CycleError on a circle."""
    below: dict[str, set[str]] = defaultdict(set)
    for module in _modules():
        here = _room(module)
        below[here] |= {_room(other) for other in _imports(module)} - {here}

    height: dict[str, int] = {}
    for room in TopologicalSorter(below).static_order():
        height[room] = 1 + max((height[other] for other in below[room]), default=0)
    return max(height.values())


def homonyms() -> dict[str, list[str]]:
    """Type names (classes and type aliases) that more than one room defines, each with its modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in _modules():
        for name in _type_names(_tree(module)):
            places[name].append(module)
    return {name: found for name, found in sorted(places.items()) if len({_room(one) for one in found}) > 1}


def extensions() -> dict[str, int]:
    """What is extended → how many files that takes, as the tests hold that make such an extension in a copy and use it."""
    counted = {}
    for test in ast.parse(EXTENSIONS.read_text(encoding="utf-8")).body:
        if isinstance(test, ast.FunctionDef) and (called := re.fullmatch(r"test_a_new_(\w+?)_is_\w+", test.name)):
            for node in ast.walk(test):
                if isinstance(node, ast.Compare) and ast.unparse(node.left) == "len(copy.touched)":
                    counted[called[1].replace("_", " ")] = int(ast.literal_eval(node.comparators[0]))
    return counted


def _type_names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name) and _is_type(name, node):
            yield name.id


def _is_type(name: ast.Name, node: ast.Assign) -> bool:
    """A type's name is written Like this, a constant's LIKE THIS; it stands for `Literal[…]`, `Callable[…]` or `A | B`."""
    written_as_type = name.id.lstrip("_")[:1].isupper() and not name.id.isupper()
    return written_as_type and isinstance(node.value, ast.Subscript | ast.BinOp)


@cache
def _modules() -> tuple[str, ...]:
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__main__.py")
    return tuple(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)


def _room(module: str) -> str:
    """The room or ground file a module belongs to; the package's own `__init__` is none of them."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(ROOT.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8"))


def _imports(module: str) -> Iterator[str]:
    """What a module imports of the package at run time, wherever in it."""
    if module == "assistant.__init__":
        return
    stack: list[ast.AST] = [_tree(module)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        stack += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("assistant."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "assistant":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


if __name__ == "__main__":
    sys.exit(main())
