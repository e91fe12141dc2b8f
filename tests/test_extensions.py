"""An extension touches the places that docs/architecture.md names, and no others: each is made in a copy of the tree and used."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]


class Copy:
    """A copy of the product in which files are added and lines put in; `touched` names them."""

    def __init__(self, root: Path) -> None:
        self.root, self.touched = root, set[str]()
        for name in ("assistant", "selectors"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("fixtures", "profiles"):
            (root / name).symlink_to(ROOT / name)

    def add(self, path: str, text: str) -> None:
        """A new file."""
        assert not (self.root / path).exists()
        (self.root / path).write_text(text, encoding="utf-8")
        self.touched.add(path)

    def put(self, path: str, before: str, line: str) -> None:
        """One more line in a registry, before the first place where `before` stands."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert before in text
        (self.root / path).write_text(text.replace(before, f"{line}\n{before}", 1), encoding="utf-8")
        self.touched.add(path)

    def python(self, *words: str) -> str:
        """What the copy's Python prints."""
        done = subprocess.run(
            [sys.executable, *words], cwd=self.root, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_new_verb_is_one_module_and_one_line(copy: Copy) -> None:
    copy.add(
        "assistant/cli/greet.py",
        "GIVES_JSON = False\n\n\ndef add_arguments(parser):\n    pass\n\n\ndef run(args):\n    print('good day')\n    return 0\n",
    )
    copy.put("assistant/cli/__init__.py", '    "demo": Text(', '    "greet": Text("问好", "say good day"),')
    assert copy.python("-m", "assistant", "greet").strip() == "good day"
    assert "say good day" in copy.python("-m", "assistant", "--help", "--lang", "en")
    assert len(copy.touched) == 2


def test_a_new_document_check_is_one_module_and_one_registry(copy: Copy) -> None:
    checks = "assistant/check/documents/checks"
    module = (copy.root / checks / "colour.py").read_text(encoding="utf-8").replace('"colour.grey"', '"tint.grey"')
    copy.add(f"{checks}/tint.py", module)
    copy.put(
        f"{checks}/__init__.py",
        "from assistant.check.documents.facts import",
        "from assistant.check.documents.checks import tint",
    )
    copy.put(f"{checks}/__init__.py", "    content_type,\n    integrity", "    tint,")
    asked = "from assistant.check.documents.checks import CHECKS, KIND_BY_CODE as kinds; print('tint.grey' in kinds, len(CHECKS))"
    before = len(
        (ROOT / checks / "__init__.py")
        .read_text(encoding="utf-8")
        .partition("CHECKS: ")[2]
        .partition(")\n")[0]
        .split(",\n")
    )
    known, count = copy.python("-c", asked).split()
    assert (known, int(count)) == ("True", before)
    assert len(copy.touched) == 2


def test_a_new_city_is_one_file(copy: Copy) -> None:
    city = (copy.root / "selectors/cities/beijing.yaml").read_text(encoding="utf-8")
    copy.add("selectors/cities/tianjin.yaml", city.replace("city: beijing", "city: tianjin"))
    words = ("-m", "assistant", "plan", str(ROOT / "profiles/sample-lee"), "--city", "tianjin", "--json", "-")
    assert json.loads(copy.python(*words))["city"] == "tianjin"
    assert len(copy.touched) == 1


LIBRARY = """// A box of nobody's: a div with a class, its value in an attribute.
(core) => ({
  name: "nobodys",
  popups: "",
  kinds: [{
    kind: "text",
    selector: ".nobodys-box",
    when: () => true,
    readOnly: () => false,
    disabled: () => false,
    read: (box) => box.dataset.value || "",
    write: async (box, { value }) => { box.dataset.value = value; return null; },
  }],
})
"""


def test_a_new_widget_library_is_one_script_and_one_line(copy: Copy, page: Page) -> None:
    copy.add("assistant/page/engine/libraries/nobodys.js", LIBRARY)
    copy.put("assistant/page/engine/__init__.py", '    "element_plus",', '    "nobodys",')
    page.set_content('<form><label id="a">昵称</label><div class="nobodys-box" aria-labelledby="a"></div></form>')
    source = copy.python("-c", "from assistant.page.engine import engine_source; print(engine_source())")
    seen = page.evaluate(f"() => ({source})().look()")
    assert [one["label"] for one in seen["controls"] if one["library"] == "nobodys"] == ["昵称"]
    assert len(copy.touched) == 2
