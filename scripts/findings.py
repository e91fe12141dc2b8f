"""Every finding code with its documentation, gathered from the modules that raise them; writes docs/findings.md.

Each module that makes findings lists its codes in a tuple `CODES`; here they come together. `python -m scripts.findings`
prints the page, `--write` writes it; a test keeps the page current and the list complete.
"""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.messages import Text
from assistant.outcome import FindingDoc
from assistant.store.locations import ROOT

PAGE = ROOT / "docs" / "findings.md"

_INTRO = """# Findings: what `assistant check` can say

Written by `python -m scripts.findings --write`; change the `CODES` of the module named, not this page.

Severity: an *error* stands against filing, a *warning* is for the person to settle, an *info* is good to know. `check` says
*ready* when no error is found and no required document is missing or bad. Where a source is a part of
`selectors/cities`, the finding itself names the address and date of the city's rule.

错误（error）表示现在不能提交；警告（warning）需要您核实；提示（info）供参考。没有错误、且必需材料齐全合格，`check` 才判定为可以提交（ready）。
"""
_HEADERS = "| Code | 含义 / Meaning | 为什么重要 / Why it matters | 怎么办 / What to do | 来源 / Source |"


@dataclass(frozen=True)
class Group:
    """One family of codes and where it stands in the code."""

    title: Text
    packages: tuple[str, ...]

    def codes(self) -> tuple[FindingDoc, ...]:
        return tuple(doc for name in self.packages for module in _modules(name) for doc in module)


GROUPS = (
    Group(Text("资料", "Profile"), ("assistant.check.rules.profile",)),
    Group(Text("资格与期限", "Rules and dates"), ("assistant.check.rules",)),
    Group(Text("材料文件", "Documents"), ("assistant.check.documents",)),
)


def all_codes() -> dict[str, FindingDoc]:
    """Code to documentation, in the page's order; a code that two modules claim is a bug."""
    codes: dict[str, FindingDoc] = {}
    for group in GROUPS:
        for doc in group.codes():
            if codes.setdefault(doc.code, doc) != doc:
                raise ValueError(f"finding code documented twice: {doc.code}")
    return codes


def page() -> str:
    """docs/findings.md, as it must be now."""
    parts = [_INTRO]
    for group in GROUPS:
        rows = sorted({doc.code: _row(doc) for doc in group.codes()}.items())
        table = [_HEADERS, "| --- | --- | --- | --- | --- |", *(row for _, row in rows)]
        parts.append(f"## {group.title.zh} / {group.title.en}\n\n" + "\n".join(table) + "\n")
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> int:
    if "--write" in arguments:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(page())
    return 0


def _modules(name: str) -> list[tuple[FindingDoc, ...]]:
    """The CODES of a module, or of a package's modules one by one (a package's own list only repeats them)."""
    module = importlib.import_module(name)
    inside = getattr(module, "__path__", None)
    if inside is None:
        return [module.CODES]
    names = sorted(found.name for found in pkgutil.iter_modules(inside))
    members = (importlib.import_module(f"{name}.{found}") for found in names)
    return [member.CODES for member in members if hasattr(member, "CODES")]


def _row(doc: FindingDoc) -> str:
    cells = (f"`{doc.code}`", _both(doc.meaning), _both(doc.why), _both(doc.remedy), doc.source)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _both(text: Text) -> str:
    return f"{text.zh}<br>{text.en}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
