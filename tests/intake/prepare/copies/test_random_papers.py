"""Papers over the limit with what copies lose first planted in them: under it and proven, or not offered at all.

What was planted is looked for in the copy by measures of this test's own.
"""

import random
from hashlib import sha256
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from assistant.check.documents.worker import rules_as_json
from assistant.check.file_rules import FileRules
from assistant.intake.prepare.copies.fit import fitted
from fixtures.papers.heaps import grained
from fixtures.papers.planted import WORDS, follows, planted_paper
from fixtures.papers.sheet import Sheet

KEPT = 0.6
"""Of a part that was painted over it is about 0; noise that the copy need not keep, and half a dot of a viewer's, cost the rest to 1."""


def is_kept(seed: int, folder: Path) -> bool:
    """Whether a copy is offered; fails where one is offered that lost what was planted, or an original was touched."""
    made = planted_paper(seed)
    scan = folder / f"{seed}.jpg"
    scan.write_bytes(made.content)
    limit = min(1_000_000, len(made.content) * 2 // 3)
    task = {
        "pages": [{"path": str(scan), "number": 1, "quarters": 0}],
        "rules": rules_as_json(FileRules(max_bytes=limit)),
        "into": str(folder / f"copy{seed}"),
    }
    answer = fitted(task)
    assert sha256(scan.read_bytes()).digest() == sha256(made.content).digest(), seed
    if "files" not in answer:
        return False
    (file,) = answer["files"]
    content = Path(file["path"]).read_bytes()
    assert len(content) == file["bytes"] <= limit, seed
    page = pypdfium2.PdfDocument(content)[0]
    copy = page.render(scale=2000 / max(page.get_size())).to_pil().convert("RGB")
    with Image.open(scan) as original:
        for what, box in made.planted.items():
            assert follows(original, copy, box) >= KEPT, (seed, what)
    return True


@pytest.fixture(autouse=True)
def without_reading(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """By day the pictures alone are compared; at night they are read as well."""
    if request.node.get_closest_marker("nightly") is None:
        monkeypatch.setattr("assistant.check.documents.ocr.installed", lambda: False)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_paper_over_the_limit_keeps_what_was_planted_in_it(seed: int, tmp_path: Path) -> None:
    assert is_kept(seed, tmp_path)


def test_this_tests_own_measure_sees_what_is_gone() -> None:
    sheet = Sheet()
    sheet.text(20, 225, WORDS, 6)
    box = (20 / 210, 224 / 297, 100 / 210, 238 / 297)
    assert follows(sheet.image, sheet.image.copy(), box) > 0.99
    gone = grained(Sheet().image, random.Random(1), 0.03)
    assert follows(sheet.image, gone, box) < 0.3


@pytest.mark.nightly
@pytest.mark.timeout(7200)
def test_of_five_hundred_papers_nearly_all_fit_and_none_lost_anything(tmp_path: Path) -> None:
    kept = sum(is_kept(seed, tmp_path) for seed in range(500))
    assert kept >= 490
