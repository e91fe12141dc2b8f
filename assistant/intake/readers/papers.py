"""Papers: passports, permits, contracts and application forms, as PDF files and pictures. What stands on them is read by
`intake.papers`; here it is only told which paper a page is, and whose.

Promises: each passport, card or visa is a person of its own, so that a stranger's paper among the others is never mixed in; a page
whose kind nobody can tell is named and not used.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.check.documents.paper import PICTURES
from assistant.errors import InputError
from assistant.intake.draft import Drafts, Note, ProfileDraft, ReadValue, SourceFile, SourceKind
from assistant.intake.pages.reading import read_pages
from assistant.intake.papers.contract import contract_values
from assistant.intake.papers.forms import form_values
from assistant.intake.papers.identity import passport_values, person_values, printed_values, zone_of
from assistant.intake.papers.kinds import PaperPart, parts_of
from assistant.intake.papers.permits import residence_values, work_permit_values
from assistant.intake.papers.values import Where
from assistant.messages import Text

KINDS: tuple[SourceKind, ...] = ("passport", "residence_permit", "work_permit", "contract", "form", "other")

_UNKNOWN = Text(
    "这一页看不出是哪种证件或表格，没有使用",
    "which paper this page is can't be told; it was not used",
)
_UNREAD = Text(
    "有的页是图像，而这台电脑没有装文字识别组件，没有读取；安装方法：pip install 'assistant[ocr]'",
    "some pages are pictures, and text recognition isn't installed here, so they were not read; get it with pip install 'assistant[ocr]'",
)
_NOTHING = Text(
    "没有找到可用的资料；可读的有：护照资料页、居留许可、工作许可、聘用合同、申请表。请确认文件，或换一张更清楚的",
    "nothing that can be used was found; these can be read: a passport's data page, permits, a contract, application forms. "
    "See whether it is the right file, or make a clearer picture",
)
_OPENED = {*PICTURES, "jpg", "tif", "heif"}
"""By the names that pictures are told apart by here: what the checks and `prepare` open, this opens."""
_OTHER_PICTURE = Text(
    "这种图片格式打不开（例如 PSD、JPEG XL）；请另存为 JPEG 或 PNG",
    "this kind of picture can't be opened (PSD or JPEG XL, say); save it as JPEG or PNG",
)
_CODE = Text("页上有二维码，只读取、不打开", "a QR code stands on the page; it is read and not opened")


def recognises(file: SourceFile) -> bool:
    """By content: a PDF or a picture."""
    head = file.content[:8192]
    return b"%PDF-" in head[:1024] or _picture_type(head) is not None


def _picture_type(head: bytes) -> str | None:
    """A picture's type by its first bytes ("jpg", "heic"); None for what is none."""
    import filetype  # type: ignore[import-untyped]

    guess = filetype.guess(head)
    return str(guess.extension) if guess is not None and guess.mime.startswith("image/") else None


def read(file: SourceFile, city: str, today: date) -> Drafts:
    """What the file's papers say. Raises InputError where the file can't be opened or holds nothing of use."""
    del city
    if _picture_type(file.content[:8192]) not in {None, *_OPENED}:
        raise InputError(_OTHER_PICTURE, where=file.name)
    found = read_pages(file.path, file.name)
    drafts: list[ProfileDraft] = []
    notes: list[Note] = []
    for part in parts_of(found.pages):
        place = f"{file.name}#page={part.pages[0].number}"
        if part.kind is None:
            notes.append(Note(place, _UNKNOWN))
            continue
        values = tuple(values_of(part, file.name, today))
        if values:
            drafts.append(ProfileDraft(place, values))
    notes += [Note(f"{file.name}#page={page.number}", _CODE) for page in found.pages if page.codes]
    if found.unread:
        notes.append(Note(file.name, _UNREAD))
    if found.left:
        notes.append(Note(file.name, _left(found.left)))
    if not drafts:
        raise InputError(_UNREAD if found.unread else _NOTHING, where=file.name)
    return Drafts(tuple(drafts), tuple(notes))


def _left(count: int) -> Text:
    return Text(
        f"文件太长，最后 {count} 页没有读取；请拆分后再读",
        f"the file is long: its last {count} pages were not read; split it",
    )


def values_of(part: PaperPart, name: str, today: date) -> Iterator[ReadValue]:
    assert part.kind is not None
    where = [Where(name, part.kind, page) for page in part.pages]
    zone = zone_of(part.zone) if part.zone else None
    if part.kind == "passport":
        return passport_values(where[0], zone, part.zone, today) if zone else printed_values(where[0])
    if part.kind == "residence_permit":
        return residence_values(where[0], zone, part.zone, today)
    if part.kind == "work_permit":
        return _first(where)
    if part.kind == "contract":
        return contract_values(where)
    if part.kind == "form":
        return form_values(where)
    return person_values(where[0], zone, part.zone, today) if zone is not None else iter(())


def _first(pages: Sequence[Where]) -> Iterator[ReadValue]:
    """A card has two sides: what the first page says, and what only the others say."""
    told: set[str] = set()
    for where in pages:
        for value in work_permit_values(where):
            if value.path not in told:
                told.add(value.path)
                yield value
