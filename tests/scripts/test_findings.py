"""docs/findings.md is complete and current."""

import ast
import re
from pathlib import Path

import assistant
from scripts.findings import PAGE, all_kinds, main, page

PACKAGE = Path(assistant.__file__).parent
# a finding is made by one of these, its code first
MAKERS = {"Finding", "Kind"}
CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")


def codes_in_the_source() -> set[str]:
    """Every code that stands as the first word of a call that makes or documents a finding."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in MAKERS and isinstance(first, ast.Constant) and CODE.fullmatch(str(first.value)):
                found.add(first.value)
    return found


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m scripts.findings --write"


def test_every_code_in_the_source_is_documented():
    written = codes_in_the_source()
    assert len(written) > 60
    assert written == set(all_kinds())


def test_every_code_has_its_line_on_the_page():
    listed = re.findall(r"^\| `([a-z.-]+)` \|", page(), re.MULTILINE)
    assert sorted(listed) == sorted(all_kinds())


def test_every_code_is_explained_in_both_languages_with_a_source():
    for kind in all_kinds().values():
        assert CODE.fullmatch(kind.code)
        assert kind.source.strip()
        for text in (kind.meaning, kind.why, kind.remedy):
            assert re.search("[\u4e00-\u9fff]", text.zh), kind.code
            assert re.search("[a-z]{2}", text.en), kind.code


def test_the_page_can_be_printed(capsys):
    assert main([]) == 0
    assert capsys.readouterr().out == page()


def test_the_page_names_no_private_place():
    assert not re.search(r"/(work|tmp|home|root)/", page())
