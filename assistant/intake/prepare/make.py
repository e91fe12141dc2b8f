"""Papers become copies, each in a child process of its own clock; and small pictures of both, to compare by."""

from base64 import b64decode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from assistant.check.documents.worker import rules_as_json
from assistant.check.documents.worker_pool import ChildAnswer
from assistant.check.finding_kinds import Found
from assistant.intake.pages.lines import as_json as lines_as_json
from assistant.intake.pages.reading import sentence_of
from assistant.intake.prepare.bundle import spot_of
from assistant.intake.prepare.children import Progress, answers_to
from assistant.intake.prepare.keep import READY
from assistant.intake.prepare.result import FAILED_WORDS, PagePair, PreparedPaper, ReadyFile
from assistant.intake.prepare.sorting.found import PaperFound
from assistant.messages import Text

FITTING, DRAWING = Text("制作并核对副本", "making and proving copies"), Text("画出对照图", "drawing pages to compare")


def made_to_fit(
    papers: Sequence[PaperFound], home: Path, children: int, progress: Progress, *, straighten: bool = False
) -> list[PreparedPaper]:
    progress(FITTING, 0, len(papers))
    tasks = [_task(paper, home, place, straighten) for place, paper in enumerate(papers)]
    answers = answers_to(tasks, lambda done: progress(FITTING, done, len(papers)), children)
    return named_by_slot([_paper(paper, answer) for paper, answer in zip(papers, answers, strict=True)])


def named_by_slot(papers: Sequence[PreparedPaper]) -> list[PreparedPaper]:
    """The papers with the names that their copies are to have: the slot's, with a number where it has several."""
    total = Counter(paper.slot for paper in papers for _ in paper.files)
    numbers: Counter[str] = Counter()
    found = []
    for paper in papers:
        files = []
        for file in paper.files:
            numbers[paper.slot] += 1
            part = f"-{numbers[paper.slot]}" if total[paper.slot] > 1 else ""
            files.append(replace(file, name=f"{READY}/{paper.slot}{part}{file.local.suffix}"))
        found.append(replace(paper, files=tuple(files)))
    return found


def _task(paper: PaperFound, home: Path, place: int, straighten: bool) -> Mapping[str, Any]:
    pages = [
        {
            "path": str(page.file.path),
            "number": page.number,
            "quarters": page.quarters,
            "words": [line for line in lines_as_json(page.seen.read)["lines"] if line["origin"] == "ocr"],
        }
        for page in paper.pages
    ]
    return {
        "fit": {
            "pages": pages,
            "rules": rules_as_json(paper.slot.rules),
            "straighten": straighten,
            "into": str(home / f"{place}-{paper.slot.key}"),
        }
    }


def _paper(paper: PaperFound, answer: ChildAnswer) -> PreparedPaper:
    slot = paper.slot
    limit = slot.rules.max_bytes
    common = PreparedPaper(slot.key, slot.name, paper.pages, "failed", missing=paper.missing, limit=limit)
    if "trouble" in answer:
        return replace(
            common, failed=str(answer["trouble"]), why=sentence_of(Found(answer["trouble"], answer["facts"]))
        )
    if "failed" in answer:
        why = FAILED_WORDS[answer["failed"]]
        facts = {"smallest": -(-int(answer["smallest"]) // 1000), "limit": limit // 1000}
        said = Text(why.zh.format(**facts), why.en.format(**facts))
        return replace(common, failed=answer["failed"], why=said, done=tuple(answer["done"]))
    files = [ReadyFile(Path(one["path"]), "", one["bytes"], one["pages"], one["proof"]) for one in answer["files"]]
    return replace(common, state="ready", files=tuple(files), done=tuple(answer["done"]))


def with_pictures(papers: Sequence[PreparedPaper], children: int, progress: Progress) -> list[PreparedPaper]:
    progress(DRAWING, 0, len(papers))
    tasks = [
        {
            "draw": {
                "before": [spot_of(page.file.path, page.number, page.quarters) for page in paper.pages],
                "after": [spot_of(file.local, number) for file in paper.files for number in range(1, file.pages + 1)],
            }
        }
        for paper in papers
    ]
    answers = answers_to(tasks, lambda done: progress(DRAWING, done, len(papers)), children)
    return [replace(paper, pairs=_pairs(answer)) for paper, answer in zip(papers, answers, strict=True)]


def _pairs(answer: ChildAnswer) -> tuple[PagePair, ...]:
    before, after = ([b64decode(one) for one in answer.get(side, ())] for side in ("before", "after"))
    return tuple(PagePair(one, other) for one, other in zip_longest(before, after, fillvalue=b""))
