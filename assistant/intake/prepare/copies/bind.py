"""The parts of a bundle one after another in one PDF, nothing encoded anew. In the child only, but for `finished`, which opens no file of
anybody's.

Promises: the same parts give the same bytes; a file that can't be opened safely costs its part only, which answers with the reason.
"""

import io
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from assistant.check.documents.checks import KIND_BY_CODE, integrity
from assistant.check.documents.facts import ApplicantFacts
from assistant.intake.prepare.copies.assembly import pdf_of, saved
from assistant.intake.prepare.copies.pages import CopiedPage, sources_of
from assistant.store.files import write_private

NOBODY = ApplicantFacts(*[""] * 12)


def bound(task: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a task: `parts`, each with its `spots` and `print_mm`, bound into the file `into`."""
    import pikepdf

    answers: list[dict[str, Any]] = []
    with ExitStack() as open_till_saved:
        pdf = open_till_saved.enter_context(pikepdf.new())
        for part in task["parts"]:
            try:
                content = _part(part)
            except MemoryError:
                raise
            except Exception:
                # Whatever a library dislikes in a page is the file's trouble; its own words could quote what stands there.
                content = {"trouble": integrity.DAMAGED.code, "facts": {}}
            if isinstance(content, dict):
                answers.append(content)
                continue
            one = open_till_saved.enter_context(pikepdf.open(io.BytesIO(content)))
            answers.append({"pages": len(one.pages)})
            pdf.pages.extend(one.pages)
        write_private(Path(task["into"]), saved(pdf))
    return {"parts": answers}


def _part(part: Mapping[str, Any]) -> bytes | dict[str, Any]:
    """The part as a PDF of its own, or why it can't be bound."""
    pages: list[CopiedPage] = []
    for spot in part["spots"]:
        sources = sources_of([spot | {"number": spot["number"] or 1}])
        paper = sources[0].paper
        for found in integrity.check(paper, NOBODY):
            if KIND_BY_CODE[found.code].stops:
                return {"trouble": found.code, "facts": dict(found.facts)}
        numbers = [spot["number"]] if spot["number"] else range(1, len(paper.pages) + 1)
        pages += [CopiedPage(paper, number, spot["quarters"], (), part["print_mm"]) for number in numbers]
    return pdf_of(pages)


def finished(cover: bytes, body: bytes, titles: Sequence[tuple[str, int, int]], title: str) -> bytes:
    """The bundle: the cover, then the parts, each with an entry in the outline and labels of its own on its pages. `titles` are the
    parts' titles, each with its first page in the bundle and how many it has."""
    import pikepdf

    with ExitStack() as open_till_saved:
        pdf = open_till_saved.enter_context(pikepdf.open(io.BytesIO(cover)))
        if body:
            pdf.pages.extend(open_till_saved.enter_context(pikepdf.open(io.BytesIO(body))).pages)
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(title, 0))
            outline.root.extend(pikepdf.OutlineItem(words, first - 1) for words, first, _ in titles)
        labels: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.r)]
        for number, (_, first, _pages) in enumerate(titles, 1):
            labels += [first - 1, pikepdf.Dictionary(S=pikepdf.Name.D, P=f"{number}-")]
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.Root.Lang = "zh-CN"
        return saved(pdf)
