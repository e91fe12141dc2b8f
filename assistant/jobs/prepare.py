"""The job of making papers ready to upload: a heap of scans becomes copies that fit their slots, each proven against its original.

Promises: without `apply` nothing of the applicant's is written; originals are never changed; what can't be told for sure is listed; a file
that can't be used costs no other. Data that are wrong or incomplete stop nothing but what they would have told (`Prepared.unjudged`).
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.check.city.loading import City, load_city
from assistant.check.deadlines.dates import now
from assistant.check.documents.checks.translation import is_chinese
from assistant.check.documents.facts import facts_of
from assistant.check.slots import every_slot, slots_for
from assistant.errors import InputError
from assistant.intake.prepare.bundle import bundle_of, parts_of
from assistant.intake.prepare.children import MOST_CHILDREN, Progress
from assistant.intake.prepare.gather import as_they_stand, heap_files, looked_at
from assistant.intake.prepare.keep import Undone, keep, take_back
from assistant.intake.prepare.make import made_to_fit, named_by_slot, with_pictures
from assistant.intake.prepare.result import Prepared, TranslationNote
from assistant.intake.prepare.sorting.found import PaperFound
from assistant.intake.prepare.sorting.sort import sort_heap
from assistant.intake.prepare.sorting.unjudged import needs_are_known, unjudged_in
from assistant.intake.prepare.sorting.whose import known_of, rows_in
from assistant.messages import Text
from assistant.profile.loading import Profile
from assistant.profile.partly import load_what_is_right
from assistant.store.base import Applicant, ApplicantAt
from assistant.store.scratch import passing_folder

NO_CITY = Text(
    "资料里没有可用的城市，不知道有哪些材料项；请先在资料里选城市",
    "the profile names no city that is known here, so there are no slots to sort into; choose the city in the data first",
)
BINDING = Text("装订成一个文件", "binding them in one file")


@dataclass(frozen=True)
class PrepareJob:
    """One applicant's papers. Without `scans` the files that the profile names already are made to fit where they are."""

    applicant: ApplicantAt
    on: date
    scans: tuple[Path, ...] = ()
    slot: str = ""
    """Without scans: the only slot whose files are looked at; "" for all of them."""
    city: str = ""
    apply: bool = False
    straighten: bool = False
    """Whether photographed sheets are cut to their edge and straightened."""
    bundle: bool = False
    """Whether all papers of the case are wanted in one file as well."""
    pictures: bool = False
    """Whether each page is wanted as a picture beside its copy."""
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


def straighten(prepared: Prepared, place: int, progress: Progress = _silent) -> Prepared:
    """The same with one paper's photographed sheets cut to their edge and straightened; as it was where none could be without losing
    anything. Only while the copies lie there (`preparing`)."""
    assert prepared.home is not None
    again = prepared.home / "straightened"
    again.mkdir(mode=0o700, exist_ok=True)
    (anew,) = made_to_fit([prepared.found[place]], again, 1, progress, straighten=True)
    if anew.state != "ready" or "straightened" not in anew.done:
        return prepared
    papers = [anew if at == place else paper for at, paper in enumerate(prepared.papers)]
    return replace(prepared, papers=tuple(named_by_slot(papers)))


def _prepared(job: PrepareJob, kept: Applicant, home: Path, progress: Progress) -> Prepared:
    read = load_what_is_right(kept)
    profile = read.profile
    if not (job.city or profile.city):
        raise InputError(NO_CITY, where=kept.where(kept.main))
    city = load_city(job.city or profile.city)
    slots = every_slot(profile, city)
    needed = slots_for(profile, city)
    if job.scans:
        files = looked_at(heap_files(job.scans), job.children, progress)
        facts = facts_of(profile, job.on)
        keys = [slot.key for slot in (needed if needs_are_known(profile) else slots)]
        sorted_heap = sort_heap(files, slots, keys, known_of(profile), facts, _term(profile))
    else:
        wanted = [slot for slot in slots if job.slot in ("", slot.key)]
        files, sorted_heap = as_they_stand(profile, wanted, job.children, progress)
    papers = made_to_fit(sorted_heap.papers, home, job.children, progress, straighten=job.straighten)
    if job.pictures:
        papers = with_pictures(papers, job.children, progress)
    prepared = Prepared(
        profile.id,
        city.city,
        tuple(files),
        tuple(papers),
        sorted_heap.listed,
        tuple(_translations(sorted_heap.papers, city)),
        found=sorted_heap.papers,
        home=home,
        unjudged=unjudged_in(profile, len(read.problems)),
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
    return tuple(day.isoformat() for day in days if day)


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
