"""The same scans over the limit, made small by this tool, by Ghostscript and by img2pdf: how many come under it, how much of the text
still reads as on the scan, whether what was planted is still there, and the bytes.

Ghostscript is given its own steps, the finest first (`/printer`, `/ebook`, `/screen`), and the first under the limit counts; img2pdf takes
pictures over without loss and has nothing to make them small by. A tool that is not on this machine is said to be missing.
"""

import importlib.util
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from assistant.check.documents import ocr
from assistant.check.documents.worker import rules_as_json
from assistant.check.file_rules import FileRules
from assistant.intake.prepare.copies.assembly import pdf_of
from assistant.intake.prepare.copies.fit import fitted
from assistant.intake.prepare.copies.pages import sources_of
from assistant.intake.prepare.copies.prove import text_kept
from fixtures.papers.planted import PlantedPaper, follows, planted_paper

KEPT = 0.6
"""As in the test of random papers: of a part that was painted over it is about 0."""
Maker = Callable[[Path, int], bytes | None]
"""A scan and a limit give a PDF, None where there is none to offer."""


@dataclass
class Figures:
    """What one tool did with all papers."""

    offered: int = 0
    under: int = 0
    read: list[float] = field(default_factory=list)
    planted_lost: int = 0
    sizes: list[int] = field(default_factory=list)

    def say(self, name: str, papers: int) -> str:
        if not self.offered:
            return f"{name:12} offers none of {papers}"
        read = f"text kept {np.mean(self.read):.1%}, at the least {min(self.read):.1%}" if self.read else "no text read"
        size = f"{np.mean(self.sizes) / 1000:.0f} KB"
        return f"{name:12} under the limit {self.under}/{papers}; {read}; planted lost {self.planted_lost}; {size} on average"


def beside(papers: int, seed: int) -> dict[str, Figures]:
    """Every tool's figures over so many papers, printed as well."""
    makers = _makers()
    figures = {name: Figures() for name in makers}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + papers):
            made = planted_paper(number)
            scan = Path(folder) / f"{number}.jpg"
            scan.write_bytes(made.content)
            limit = min(1_000_000, len(made.content) * 2 // 3)
            for name, maker in makers.items():
                _judge(figures[name], made, maker(scan, limit), limit)
    for name, one in figures.items():
        print(one.say(name, papers), flush=True)
    for name in sorted({"ghostscript", "img2pdf"} - set(makers)):
        print(f"{name:12} not on this machine")
    return figures


def _makers() -> dict[str, Maker]:
    makers: dict[str, Maker] = {"this tool": _ours}
    if shutil.which("gs"):
        makers["ghostscript"] = _ghostscript
    if importlib.util.find_spec("img2pdf"):
        makers["img2pdf"] = _img2pdf
    return makers


def _ours(scan: Path, limit: int) -> bytes | None:
    task = {
        "pages": [{"path": str(scan), "number": 1, "quarters": 0}],
        "rules": rules_as_json(FileRules(max_bytes=limit)),
        "into": str(scan.with_suffix(".copy")),
    }
    answer = fitted(task)
    return Path(answer["files"][0]["path"]).read_bytes() if "files" in answer else None


def _ghostscript(scan: Path, limit: int) -> bytes | None:
    whole, out = scan.with_suffix(".whole.pdf"), scan.with_suffix(".gs.pdf")
    whole.write_bytes(pdf_of(sources_of([{"path": str(scan), "number": 1, "quarters": 0}])))
    for step in ("/printer", "/ebook", "/screen"):
        command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", f"-dPDFSETTINGS={step}", f"-sOutputFile={out}"]  # fmt: skip
        subprocess.run([*command, str(whole)], check=True, capture_output=True, timeout=120)
        if out.stat().st_size <= limit:
            break
    return out.read_bytes()


def _img2pdf(scan: Path, _limit: int) -> bytes | None:
    import img2pdf  # type: ignore[import-not-found,unused-ignore]

    return bytes(img2pdf.convert(scan.read_bytes()))


def _judge(figures: Figures, made: PlantedPaper, content: bytes | None, limit: int) -> None:
    if content is None:
        return
    figures.offered += 1
    figures.under += len(content) <= limit
    figures.sizes.append(len(content))
    original = Image.open(io.BytesIO(made.content)).convert("RGB")
    page = pypdfium2.PdfDocument(content)[0]
    copy = page.render(scale=max(original.size) / max(page.get_size())).to_pil().convert("RGB").resize(original.size)
    figures.planted_lost += sum(follows(original, copy, box) < KEPT for box in made.planted.values())
    reader = ocr.reader()
    boxes = reader.places(np.asarray(original))
    kept = text_kept(reader.lines_at(np.asarray(original), boxes), reader.lines_at(np.asarray(copy), boxes))
    if kept is not None:
        figures.read.append(kept)
