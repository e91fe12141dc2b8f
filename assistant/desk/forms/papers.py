"""Files that come in: what may, under which name they are kept, and how the profile learns of them.

Promises: what a file is, its content says, not its name; it is kept under its slot's name, so that no name from outside leads
anywhere; nothing that is there is replaced, and what is taken out of a slot stays in the folder.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path

from assistant.errors import InputError, ProfileError
from assistant.messages import Text
from assistant.profile.loading import SLOT_NAMES
from assistant.store.base import PROFILE, Applicant, add, version_of
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Tree, decoded, parse

MOST_BYTES_OF_ONE = 40 * 1024 * 1024
KINDS = ("pdf", "jpg", "png", "tif", "bmp", "webp")


def kind_by_content(content: bytes) -> str:
    """The ending under which it is kept. Raises InputError for what is neither a PDF nor a picture, and for too much."""
    import filetype  # type: ignore[import-untyped]

    if not content:
        raise InputError(Text("文件是空的，没有保存；请重新扫描或导出。", "The file is empty and was not kept."))
    if len(content) > MOST_BYTES_OF_ONE:
        raise InputError(
            Text(
                "单个文件超过 40 MB，没有保存；请降低扫描分辨率。",
                "Over 40 MB and not kept: scan it at a lower resolution.",
            )
        )
    if b"%PDF-" in content[:1024]:
        return "pdf"
    guess = filetype.guess(content[:8192])
    if guess is None or guess.extension not in KINDS:
        raise InputError(
            Text(
                "只收 PDF 和图片（JPG、PNG、TIF、BMP、WEBP）；这个文件按内容看不是，没有保存。请扫描或导出为 PDF。",
                "Only PDF files and pictures (JPG, PNG, TIF, BMP, WEBP); by its content this is neither, and it was not kept. "
                "Scan it, or export it as PDF.",
            )
        )
    return str(guess.extension)


def put_into_slot(applicant: Applicant, slot: str, contents: Sequence[bytes]) -> None:
    """Keeps files and names them in the profile. Raises InputError before anything is kept where one can't be."""
    if slot not in SLOT_NAMES:
        raise InputError(Text("没有这个材料项。", "There is no such slot."))
    kinds = [kind_by_content(content) for content in contents]
    names = [add(applicant, f"documents/{slot}.{kind}", content) for kind, content in zip(kinds, contents, strict=True)]
    _rewrite(applicant, slot, lambda named: [*named, *names])


def take_out(applicant: Applicant, slot: str, name: str) -> None:
    """The profile names the file no longer; it stays where it lies."""
    _rewrite(applicant, slot, lambda named: [one for one in named if one != name])


def named_in(data: dict[str, Tree], slot: str) -> list[str]:
    """The files that a profile names for a slot, as they are written."""
    documents = data.get("documents")
    value = documents.get(slot) if isinstance(documents, dict) else None
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one.strip() not in ("", "~")]


def _rewrite(applicant: Applicant, slot: str, change: Callable[[list[str]], list[str]]) -> None:
    before = applicant.read(PROFILE)
    document = parse(decoded(before, Path(PROFILE), ProfileError), Path(PROFILE), ProfileError)
    data: dict[str, Tree] = deepcopy(document.data)
    named = change(named_in(data, slot))
    documents = data.get("documents")
    if not isinstance(documents, dict):
        documents = data["documents"] = {}
    documents[slot] = named[0] if len(named) == 1 else list(named)
    text = written(data, before.decode("utf-8-sig"))
    applicant.write(PROFILE, text.encode("utf-8"), expected=version_of(before))
