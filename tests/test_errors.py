"""Every exception this product raises on purpose stands in one tree, and the tree is drawn as it is."""

import ast
import builtins
import re
from pathlib import Path

from assistant import errors
from assistant.errors import AssistantError

PACKAGE = Path(errors.__file__).parent


def of_the_tree(root: type[AssistantError] = AssistantError) -> set[str]:
    return {root.__name__}.union(*(of_the_tree(child) for child in root.__subclasses__()))


def test_no_module_but_errors_defines_an_exception() -> None:
    known = of_the_tree() | {name for name, kind in vars(builtins).items() if _raised(kind)}
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            bases = {ast.unparse(base).rpartition(".")[2] for base in getattr(node, "bases", ())}
            if isinstance(node, ast.ClassDef) and (bases & known or node.name.endswith(("Error", "Exception"))):
                found.setdefault(path.relative_to(PACKAGE).as_posix(), set()).add(node.name)
    assert set(found) == {"errors.py"}
    assert found["errors.py"] == of_the_tree()


def test_the_tree_is_drawn_whole() -> None:
    drawn = re.findall(r"^[│ ]*[├└]─ (\w+)", errors.__doc__ or "", re.MULTILINE)
    assert {"AssistantError", *drawn} == of_the_tree()
    assert len(drawn) == len(set(drawn)) > 17


def _raised(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseException)
