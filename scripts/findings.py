"""Every kind of finding with its documentation, gathered from the modules that raise them; writes docs/findings.md.

Each module that makes findings lists its kinds in a tuple `KINDS`; here they come together. `python -m scripts.findings`
prints the page, `--write` writes it; a test keeps the page current and the list complete.
"""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check.finding_kinds import Kind
from assistant.messages import Text
from assistant.store.locations import ROOT

PAGE = ROOT / "docs" / "findings.md"

_INTRO = """# Findings: what `assistant check` can say

Written by `python -m scripts.findings --write`; change the `KINDS` of the module named, not this page.

Severity (where a rule is not sure, an error is only a warning): an *error* stands against filing, a *warning* is for the person to settle, an *info* is good to know. `check` says
*ready* when no error is found and no required document is missing or bad. Where a source is a part of
`selectors/cities`, the finding itself names the address and date of the city's rule.

错误（error）表示现在不能提交；警告（warning）需要您核实；提示（info）供参考。没有错误、且必需材料齐全合格，`check` 才判定为可以提交（ready）。
"""
_HEADERS = "| Code | Severity | 含义 / Meaning | 为什么重要 / Why it matters | 怎么办 / What to do | 来源 / Source |"


@dataclass(frozen=True)
class Group:
    """One family of codes and the packages it stands in (each alone, without the packages inside it)."""

    title: Text
    packages: tuple[str, ...]

    def kinds(self) -> tuple[Kind, ...]:
        return tuple(kind for package in self.packages for module in _modules(package) for kind in module)


GROUPS = (
    Group(Text("资料", "Profile"), ("assistant.check.rules.profile",)),
    Group(Text("资格与期限", "Rules and dates"), ("assistant.check.rules",)),
    Group(Text("材料文件", "Documents"), ("assistant.check.documents", "assistant.check.documents.checks")),
)


def all_kinds() -> dict[str, Kind]:
    """Code to kind, in the page's order; a code that two modules claim is a bug."""
    kinds: dict[str, Kind] = {}
    for group in GROUPS:
        for kind in group.kinds():
            if kinds.setdefault(kind.code, kind) != kind:
                raise ValueError(f"finding code defined twice: {kind.code}")
    return kinds


def page() -> str:
    """docs/findings.md, as it must be now."""
    parts = [_INTRO]
    for group in GROUPS:
        rows = sorted({kind.code: _row(kind) for kind in group.kinds()}.items())
        table = [_HEADERS, "| --- | --- | --- | --- | --- | --- |", *(row for _, row in rows)]
        parts.append(f"## {group.title.zh} / {group.title.en}\n\n" + "\n".join(table) + "\n")
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> int:
    if "--write" in arguments:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(page())
    return 0


def _modules(package: str) -> list[tuple[Kind, ...]]:
    """The kinds of a package's own modules (a package's list only repeats those of its modules)."""
    inside = pkgutil.iter_modules(importlib.import_module(package).__path__)
    modules = [importlib.import_module(f"{package}.{found.name}") for found in inside if not found.ispkg]
    return [module.KINDS for module in modules if hasattr(module, "KINDS")]


def _row(kind: Kind) -> str:
    cells = (f"`{kind.code}`", kind.severity, _both(kind.meaning), _both(kind.why), _both(kind.remedy), kind.source)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _both(text: Text) -> str:
    return f"{text.zh}<br>{text.en}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
