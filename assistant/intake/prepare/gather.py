"""The files of a heap, each looked at once; or those that the profile names, each a paper of the slot it is named for.

Promises: a file that can't be used costs no other; what has the same content is looked at once; no file is written.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.check.documents.checks.presence import trouble_with
from assistant.check.documents.worker_pool import ChildAnswer
from assistant.check.finding_kinds import Found
from assistant.check.slots import Slot
from assistant.errors import InputError
from assistant.intake.pages.reading import sentence_of
from assistant.intake.prepare.children import Progress, answers_to
from assistant.intake.prepare.heap import HeapFile, PageAt, page_seen_of_json
from assistant.intake.prepare.sorting.found import ListedPage, PaperFound, Sorted
from assistant.messages import Text
from assistant.profile.loading import Profile

LOOKING = Text("看每一页是什么材料", "looking at every page")
UNKNOWN_TYPE = Text(
    "既不是 PDF 也不是能打开的图片；请扫描或导出为 PDF、JPG、PNG",
    "neither a PDF nor a picture that can be opened; scan it, or export it as PDF, JPG or PNG",
)


def heap_files(scans: Sequence[Path]) -> list[HeapFile]:
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


def looked_at(files: Sequence[HeapFile], children: int, progress: Progress) -> list[HeapFile]:
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


def as_they_stand(
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
    files = looked_at([replace(file, same_as="") for file in _named_apart(names)], children, progress)
    by_path = {file.path: file for file in files}
    papers = [
        PaperFound(slot, tuple(PageAt(file, page.number, page.quarters) for page in file.pages))
        for slot, path in pairs
        if (file := by_path.get(path)) is not None and file.pages
    ]
    unusable = tuple(ListedPage(file, 0, "unusable") for file in files if file.trouble is not None)
    return files, Sorted(tuple(papers), unusable)
