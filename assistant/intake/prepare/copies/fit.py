"""A paper's copy that its slot takes: upright, of the right type, under the limit, proven. In the child only.

The least that is needed is done: a file that fits already is taken over byte for byte; pages are joined, split and turned without encoding
them; only what is too large is encoded anew, and where one file can't hold it legibly, it becomes several.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.check.documents.checks import KIND_BY_CODE, integrity
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.file_rules import FileRules
from assistant.errors import CannotFit
from assistant.intake.prepare.copies.assembly import pdf_of
from assistant.intake.prepare.copies.pages import CopiedPage, frame_of, sources_of
from assistant.intake.prepare.copies.photo import cropped, has_shape
from assistant.intake.prepare.copies.prove import Proof, proof_of
from assistant.intake.prepare.copies.shrink import Shrinking, as_photo
from assistant.intake.prepare.copies.straighten import straightened
from assistant.store.files import write_private

Done = Literal[
    "kept",
    "turned",
    "joined",
    "taken-out",
    "converted",
    "unlocked",
    "flattened",
    "compressed",
    "split",
    "cropped",
    "straightened",
]

_SUFFIX = {"pdf": ".pdf", "jpeg": ".jpg", "png": ".png"}
_MOST_TRIES = 6
NOBODY = ApplicantFacts(*[""] * 12)


@dataclass(frozen=True)
class Copy:
    """One file of a paper's copy."""

    content: bytes
    kind: str
    pages: int
    proof: Proof


def fitted(task: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a task: `pages`, `rules` of the slot, whether to `straighten` photos, `into` (a folder and the beginning of a name)."""
    rules = FileRules.model_validate(task["rules"])
    done: list[Done] = []
    try:
        sources = sources_of(task["pages"])
        stopped = _stopped(sources)
        if stopped is not None:
            return stopped
        if task.get("straighten") and "pdf" in rules.types:
            sheets = [straightened(source) or source for source in sources]
            if sheets != sources:
                done.append("straightened")
            sources = sheets
        copies = copies_of(sources, rules, done)
    except CannotFit as refused:
        return {"failed": refused.why, "smallest": refused.smallest, "done": done}
    except MemoryError:
        raise
    except Exception:
        # Whatever a library dislikes in a page is the file's trouble; its own words could quote what stands there.
        return {"trouble": integrity.DAMAGED.code, "facts": {}}
    files = []
    for number, copy in enumerate(copies, 1):
        part = f"-{number}" if len(copies) > 1 else ""
        path = Path(f"{task['into']}{part}{_SUFFIX[copy.kind]}")
        try:
            write_private(path, copy.content)
        except OSError:
            return {"failed": "room", "smallest": len(copy.content), "done": done}
        files.append(
            {"path": str(path), "pages": copy.pages, "bytes": len(copy.content), "proof": copy.proof.as_json()}
        )
    return {"files": files, "done": list(dict.fromkeys(done))}


def _stopped(sources: Sequence[CopiedPage]) -> dict[str, Any] | None:
    """Why one of the files can't be opened safely any more (it may be another than was looked at)."""
    for paper in {id(source.paper): source.paper for source in sources}.values():
        for found in integrity.check(paper, NOBODY):
            if KIND_BY_CODE[found.code].stops:
                return {"trouble": found.code, "facts": dict(found.facts)}
    return None


def copies_of(sources: Sequence[CopiedPage], rules: FileRules, done: list[Done]) -> list[Copy]:
    """The files of the copy. `done` takes what was done. Raises CannotFit."""
    if "pdf" not in rules.types:
        return [_picture_copy(sources, rules, done)]
    if (kept := _as_it_is(sources, rules)) is not None:
        done.append("kept")
        return [kept]
    _say_what_assembling_does(sources, done)
    whole = pdf_of(sources)
    if len(whole) <= rules.max_bytes:
        proof = proof_of(sources, whole, encoded=())
        if proof.holds:
            return [Copy(whole, "pdf", len(sources), proof)]
    done.append("compressed")
    return _compressed(sources, rules, done)


def _as_it_is(sources: Sequence[CopiedPage], rules: FileRules) -> Copy | None:
    """The one file that the paper is already, where it needs nothing."""
    paper = sources[0].paper
    whole = all(source.paper is paper for source in sources) and [source.number for source in sources] == list(
        range(1, paper.page_count + 1)
    )
    if not whole or paper.kind not in rules.types or any(source.quarters or source.corners for source in sources):
        return None
    if not rules.min_bytes <= len(paper.data) <= rules.max_bytes or integrity.check(paper, NOBODY):
        return None
    if paper.kind == "pdf" and _has_notes(paper.data):
        return None
    return Copy(paper.data, str(paper.kind), len(sources), proof_of(sources, paper.data, encoded=()))


def _has_notes(content: bytes) -> bool:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return "/AcroForm" in pdf.Root or any("/Annots" in page.obj for page in pdf.pages)


def _say_what_assembling_does(sources: Sequence[CopiedPage], done: list[Done]) -> None:
    import io

    import pikepdf

    papers = {id(source.paper): source.paper for source in sources}
    if any(source.quarters for source in sources):
        done.append("turned")
    if len(papers) > 1:
        done.append("joined")
    if any(paper.page_count > sum(source.paper is paper for source in sources) for paper in papers.values()):
        done.append("taken-out")
    if any(not source.is_pdf for source in sources):
        done.append("converted")
    for paper in papers.values():
        if paper.kind != "pdf":
            continue
        with pikepdf.open(io.BytesIO(paper.data)) as pdf:
            if pdf.is_encrypted:
                done.append("unlocked")
        if _has_notes(paper.data):
            done.append("flattened")


def _compressed(sources: Sequence[CopiedPage], rules: FileRules, done: list[Done]) -> list[Copy]:
    """One file under the limit; where no legible one is, two halves, each under it, and so on."""
    try:
        return [_one_compressed(sources, rules.max_bytes)]
    except CannotFit as refused:
        if len(sources) < 2 or rules.max_pages == 1:
            raise
        done.append("split")
        half = -(-len(sources) // 2)
        del refused
        return [
            *_fitting(sources[:half], rules, done),
            *_fitting(sources[half:], rules, done),
        ]


def _fitting(sources: Sequence[CopiedPage], rules: FileRules, done: list[Done]) -> list[Copy]:
    whole = pdf_of(sources)
    if len(whole) <= rules.max_bytes:
        proof = proof_of(sources, whole, encoded=())
        if proof.holds:
            return [Copy(whole, "pdf", len(sources), proof)]
    return _compressed(sources, rules, done)


def _one_compressed(sources: Sequence[CopiedPage], limit: int) -> Copy:
    shrinking = Shrinking(sources, limit)
    tries, why = 0, "size"
    for _, content in shrinking.attempts():
        proof = proof_of(sources, content, encoded=shrinking.heavy)
        if proof.holds:
            return Copy(content, "pdf", len(sources), proof)
        why, tries = proof.why, tries + 1
        if tries >= _MOST_TRIES:
            break
    if tries:
        raise CannotFit(why)
    raise CannotFit("size", shrinking.smallest())


def _picture_copy(sources: Sequence[CopiedPage], rules: FileRules, done: list[Done]) -> Copy:
    """A photo: cropped to its shape where that is needed, as the picture file that the slot takes."""
    source = sources[0]
    if source.is_pdf:
        raise CannotFit("type")
    kept = _as_it_is(sources, rules)
    image = frame_of(source)
    crop = cropped(image, rules)
    if crop is None and kept is not None and has_shape(image.size, rules) and _is_large_enough(image.size, rules):
        done.append("kept")
        return kept
    if crop is not None:
        done.append("cropped")
        image = crop
    if not has_shape(image.size, rules):
        raise CannotFit("frame")
    if not _is_large_enough(image.size, rules):
        raise CannotFit("pixels")
    if source.quarters:
        done.append("turned")
    kind = "jpeg" if "jpeg" in rules.types else rules.types[0]
    if source.paper.kind != kind:
        done.append("converted")
    content = as_photo(image, kind, rules.max_bytes, rules.min_bytes)
    if content is None:
        raise CannotFit("size")
    return Copy(content, kind, 1, Proof())


def _is_large_enough(size: tuple[int, int], rules: FileRules) -> bool:
    return rules.min_pixels is None or (size[0] >= rules.min_pixels[0] and size[1] >= rules.min_pixels[1])
