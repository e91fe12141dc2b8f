"""The job of making papers ready to upload: a heap of scans becomes copies that fit their slots, each proven against its original.

Promises: without `apply` nothing of the applicant's is written; originals are never changed; what can't be told for sure is listed; a file
that can't be used costs no other.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.check.city.loading import City, load_city
from assistant.check.deadlines.dates import now
from assistant.check.documents.checks.presence import trouble_with
from assistant.check.documents.checks.translation import is_chinese
from assistant.check.documents.facts import facts_of
from assistant.check.documents.worker import rules_as_json
from assistant.check.documents.worker_pool import ChildAnswer
from assistant.check.finding_kinds import Found
from assistant.check.slots import Slot, every_slot, slots_for
from assistant.errors import InputError
from assistant.intake.pages.lines import as_json as lines_as_json
from assistant.intake.pages.reading import sentence_of
from assistant.intake.prepare.bundle import bundle_of, parts_of
from assistant.intake.prepare.children import MOST_CHILDREN, answers_to
from assistant.intake.prepare.heap import HeapFile, PageAt, page_seen_of_json
from assistant.intake.prepare.keep import READY, Undone, keep, take_back
from assistant.intake.prepare.result import FAILED_WORDS, Prepared, PreparedPaper, ReadyFile, TranslationNote
from assistant.intake.prepare.sorting.found import ListedPage, PaperFound, Sorted
from assistant.intake.prepare.sorting.sort import sort_heap
from assistant.intake.prepare.sorting.whose import known_of, rows_in
from assistant.messages import Text
from assistant.profile.loading import Profile, load_profile
from assistant.store.base import Applicant, ApplicantAt
from assistant.store.scratch import passing_folder

Progress = Callable[[Text, int, int], None]
"""What is being done, how many of it are done, of how many."""

LOOKING, FITTING, BINDING = (
    Text("看每一页是什么材料", "looking at every page"),
    Text("制作并核对副本", "making and proving copies"),
    Text("装订成一个文件", "binding them in one file"),
)
UNKNOWN_TYPE = Text(
    "既不是 PDF 也不是能打开的图片；请扫描或导出为 PDF、JPG、PNG",
    "neither a PDF nor a picture that can be opened; scan it, or export it as PDF, JPG or PNG",
)


@dataclass(frozen=True)
class PrepareJob:
    """One applicant's papers. Without `scans` the files that the profile names already are made to fit where they are."""

    applicant: ApplicantAt
    on: date
    scans: tuple[Path, ...] = ()
    city: str = ""
    apply: bool = False
    bundle: bool = False
    """Whether all papers of the case are wanted in one file as well."""
    children: int = MOST_CHILDREN


def _silent(_what: Text, _done: int, _total: int) -> None:
    return


@contextmanager
def preparing(job: PrepareJob, progress: Progress = _silent) -> Iterator[Prepared]:
    """What became of the heap; the copies lie in a private folder until the end of the block. Raises InputError where the profile, the
    city or a place that was named can't be used."""
    home = passing_folder("prepare")
    try:
        with job.applicant.open() as kept:
            yield _prepared(job, kept, home, progress)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def prepare(job: PrepareJob, progress: Progress = _silent) -> Prepared:
    """The same where nobody looks at the copies before they are kept (or dropped, without `apply`)."""
    with preparing(job, progress) as prepared:
        return prepared


def undo(applicant: ApplicantAt, run: str = "") -> Undone:
    """Takes a run back, the last one if none is named."""
    with applicant.open() as kept:
        return take_back(kept, run)


def _prepared(job: PrepareJob, kept: Applicant, home: Path, progress: Progress) -> Prepared:
    profile = load_profile(kept)
    city = load_city(job.city or profile.city)
    slots = every_slot(profile, city)
    needed = slots_for(profile, city)
    if job.scans:
        files = _looked_at(_heap_files(job.scans), job.children, progress)
        facts = facts_of(profile, job.on)
        keys = [slot.key for slot in needed]
        sorted_heap = sort_heap(files, slots, keys, known_of(profile), facts, _term(profile))
    else:
        files, sorted_heap = _as_they_stand(profile, slots, job.children, progress)
    papers = _fitted(sorted_heap.papers, home, job.children, progress)
    prepared = Prepared(
        profile.id,
        city.city,
        tuple(files),
        tuple(papers),
        sorted_heap.listed,
        tuple(_translations(sorted_heap.papers, city)),
    )
    if job.bundle:
        progress(BINDING, 0, 0)
        parts = parts_of(papers, {str(slot): paths for slot, paths in profile.documents.items()}, slots)
        prepared = replace(prepared, bundle=bundle_of(parts, needed, _case(profile, city, job.on), home))
    return replace(prepared, run=keep(kept, papers, now())) if job.apply else prepared


def _case(profile: Profile, city: City, on: date) -> list[tuple[Text, str]]:
    """What a bundle's cover says of the case."""
    return [
        (Text("申请人", "Applicant"), profile.applicant.full_name),
        (Text("用人单位", "Employer"), profile.employer.name),
        (Text("城市", "City"), f"{city.title.zh} {city.title.en}"),
        (Text("日期", "Date"), on.isoformat()),
    ]


def _term(profile: Profile) -> tuple[str, ...]:
    days = (profile.employment.contract_from, profile.employment.contract_to)
    return tuple(day.isoformat() for day in days if day is not None)


# ---- the heap ------------------------------------------------------------------------------------------------------


def _heap_files(scans: Sequence[Path]) -> list[HeapFile]:
    """The files named, and those within folders that were named, each with its content's hash."""
    found: list[tuple[str, Path]] = []
    for scan in scans:
        if scan.is_dir():
            inside = [
                path for path in sorted(scan.rglob("*")) if path.is_file() and not path.name.startswith((".", "~$"))
            ]
            found += [(path.relative_to(scan).as_posix(), path) for path in inside]
        elif scan.exists():
            found.append((scan.name, scan))
        else:
            raise InputError(Text("找不到这个文件或文件夹", "there is no such file or folder"), where=str(scan))
    if not found:
        raise InputError(Text("文件夹里没有文件", "there is no file in it"), where=str(scans[0]))
    return _named_apart(found)


def _named_apart(found: Sequence[tuple[str, Path]]) -> list[HeapFile]:
    files: list[HeapFile] = []
    by_hash: dict[str, str] = {}
    taken: set[str] = set()
    for name, path in {path.resolve(): (name, path) for name, path in found}.values():
        shown = name if name not in taken else f"{path.parent.name}/{path.name}"
        taken.add(shown)
        trouble = trouble_with(path)
        if trouble is not None:
            files.append(HeapFile(shown, path, trouble=sentence_of(trouble)))
            continue
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files.append(HeapFile(shown, path, digest, path.stat().st_size, same_as=by_hash.get(digest, "")))
        by_hash.setdefault(digest, shown)
    return files


def _looked_at(files: Sequence[HeapFile], children: int, progress: Progress) -> list[HeapFile]:
    """The files with their pages. What has the same content is looked at once."""
    waiting = [file for file in files if file.trouble is None and not file.same_as]
    # The largest first, so that no child is left alone with it at the end.
    waiting.sort(key=lambda file: -file.size)
    progress(LOOKING, 0, len(waiting))
    answers = answers_to(
        [{"look": str(file.path)} for file in waiting], lambda done: progress(LOOKING, done, len(waiting)), children
    )
    looked = {id(file): _with_pages(file, answer) for file, answer in zip(waiting, answers, strict=True)}
    counts = {file.sha256: looked[id(file)] for file in waiting}
    return [
        looked.get(id(file)) or (replace(file, count=counts[file.sha256].count) if file.same_as else file)
        for file in files
    ]


def _with_pages(file: HeapFile, answer: ChildAnswer) -> HeapFile:
    if answer.get("unknown"):
        return replace(file, trouble=UNKNOWN_TYPE)
    if "trouble" in answer:
        return replace(file, trouble=sentence_of(Found(answer["trouble"], answer["facts"])))
    pages = tuple(map(page_seen_of_json, answer["pages"]))
    return replace(file, pages=pages, count=answer["count"], kind=answer["kind"], unread=answer["unread"])


def _as_they_stand(
    profile: Profile, slots: Sequence[Slot], children: int, progress: Progress
) -> tuple[list[HeapFile], Sorted]:
    """The files that the profile names, each a paper of the slot it is named for."""
    named = {str(slot): paths for slot, paths in profile.documents.items()}
    pairs = [(slot, path) for slot in slots for path in named.get(slot.key, ())]
    if not pairs:
        raise InputError(
            Text(
                "请给出要整理的扫描件或文件夹；资料里还没有材料文件",
                "name the scans or a folder; the profile names no files yet",
            ),
            where="SCANS",
        )
    names = [(profile.file_names.get(path, path.name), path) for _, path in pairs]
    files = _looked_at([replace(file, same_as="") for file in _named_apart(names)], children, progress)
    by_path = {file.path: file for file in files}
    papers = [
        PaperFound(slot, tuple(PageAt(file, page.number, page.quarters) for page in file.pages))
        for slot, path in pairs
        if (file := by_path.get(path)) is not None and file.pages
    ]
    unusable = tuple(ListedPage(file, 0, "unusable") for file in files if file.trouble is not None)
    return files, Sorted(tuple(papers), unusable)


# ---- the copies ----------------------------------------------------------------------------------------------------


def _fitted(papers: Sequence[PaperFound], home: Path, children: int, progress: Progress) -> list[PreparedPaper]:
    progress(FITTING, 0, len(papers))
    tasks = [_task(paper, home, place) for place, paper in enumerate(papers)]
    answers = answers_to(tasks, lambda done: progress(FITTING, done, len(papers)), children)
    numbers: dict[str, int] = {}
    total = {paper.slot.key: 0 for paper in papers}
    for paper, answer in zip(papers, answers, strict=True):
        total[paper.slot.key] += len(answer.get("files", ()))
    found = []
    for paper, answer in zip(papers, answers, strict=True):
        found.append(_paper(paper, answer, numbers, several=total[paper.slot.key] > 1))
    return found


def _task(paper: PaperFound, home: Path, place: int) -> Mapping[str, Any]:
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
            "into": str(home / f"{place}-{paper.slot.key}"),
        }
    }


def _paper(paper: PaperFound, answer: ChildAnswer, numbers: dict[str, int], *, several: bool) -> PreparedPaper:
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
    files = []
    for one in answer["files"]:
        numbers[slot.key] = numbers.get(slot.key, 0) + 1
        part = f"-{numbers[slot.key]}" if several else ""
        local = Path(one["path"])
        files.append(
            ReadyFile(local, f"{READY}/{slot.key}{part}{local.suffix}", one["bytes"], one["pages"], one["proof"])
        )
    return replace(common, state="ready", files=tuple(files), done=tuple(answer["done"]))


# ---- translations --------------------------------------------------------------------------------------------------


def _translations(papers: Sequence[PaperFound], city: City) -> Iterator[TranslationNote]:
    """Slots whose papers are not in Chinese, and whether the Chinese one is beside them."""
    accepted = city.translations.accepted.text if city.translations else None
    source = city.source_of(city.translations) if city.translations else ""
    for key in dict.fromkeys(paper.slot.key for paper in papers if paper.slot.rules.translation):
        here = [paper for paper in papers if paper.slot.key == key]
        chinese = [
            is_chinese("\n".join(row for page in paper.pages for row in rows_in(page.seen.lines))) for paper in here
        ]
        foreign = [paper for paper, said in zip(here, chinese, strict=True) if said is False]
        translated = [paper for paper, said in zip(here, chinese, strict=True) if said is True]
        if foreign:
            agree = sum(len(paper.pages) for paper in foreign) == sum(len(paper.pages) for paper in translated)
            yield TranslationNote(key, here[0].slot.name, bool(translated), accepted, source, agree or not translated)
