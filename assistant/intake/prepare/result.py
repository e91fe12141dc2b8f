"""What preparing gives: each paper's copy with its proof, and everything that goes into no slot. Plain values.

The result for scripts (schema 1) names files, slots and sizes; what stands on a page is never in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.intake.prepare.heap import HeapFile, PageAt
from assistant.intake.prepare.sorting.found import WHY, ListedPage, PaperFound
from assistant.messages import Language, Text

if TYPE_CHECKING:
    from assistant.intake.prepare.bundle import Bundle

CopyState = Literal["ready", "failed"]

DONE_WORDS: Mapping[str, Text] = {
    "kept": Text("原样可用", "fits as it is"),
    "turned": Text("转正", "turned upright"),
    "joined": Text("合并", "joined"),
    "taken-out": Text("从合订件中取出", "taken out of a larger file"),
    "converted": Text("转为 PDF", "made a PDF"),
    "unlocked": Text("去掉权限限制", "restrictions removed"),
    "flattened": Text("表单已固定", "form flattened"),
    "compressed": Text("压缩", "compressed"),
    "split": Text("分成几个文件", "split into several files"),
    "straightened": Text("按纸边裁切拉正", "cut to the sheet and straightened"),
    "cropped": Text("裁成规定比例", "cropped to shape"),
}
FAILED_WORDS: Mapping[str, Text] = {
    "size": Text(
        "再压就看不清了：最小仍有 {smallest} KB，上限 {limit} KB；请用 200 dpi 彩色重新扫描，或拆成几个文件",
        "smaller would be illegible: {smallest} KB at the least, the limit is {limit} KB; scan it again in colour at 200 dpi, or split it",
    ),
    "text": Text(
        "压到上限以内会丢字，没有采用；请重新扫描（200 dpi 彩色），或拆成几个文件",
        "under the limit words would be lost, so it is not offered; scan it again (200 dpi, colour), or split it",
    ),
    "detail": Text(
        "压到上限以内会丢细节（小字、淡印、手写），没有采用；请重新扫描（200 dpi 彩色），或拆成几个文件",
        "under the limit detail would be lost (small print, faint seals, handwriting), so it is not offered; scan it again (200 dpi, "
        "colour), or split it",
    ),
    "seal": Text(
        "压到上限以内印章会走样，没有采用；请重新扫描（200 dpi 彩色）",
        "under the limit the seal would suffer, so it is not offered; scan it again (200 dpi, colour)",
    ),
    "colour": Text("会失去颜色，没有采用；请重新扫描", "colour would be lost, so it is not offered; scan it again"),
    "pages": Text(
        "页数对不上，没有采用；请打印成新的 PDF", "the pages don't agree, so it is not offered; print it to a new PDF"
    ),
    "shape": Text(
        "页面形状对不上，没有采用；请打印成新的 PDF",
        "a page's shape doesn't agree, so it is not offered; print it to a new PDF",
    ),
    "picture": Text(
        "与原件不一致，没有采用；请打印成新的 PDF",
        "it differs from the original, so it is not offered; print it to a new PDF",
    ),
    "room": Text(
        "副本写不下（磁盘空间不足）；请腾出空间再试，原件没有改动",
        "there was no room to write the copy (the disk is full); make room and try again, the original is as it was",
    ),
    "type": Text("照片要用图片文件，不能从 PDF 里取", "a photo must be a picture file; it is not taken out of a PDF"),
    "frame": Text(
        "照片比例不对，又看不出头部在哪里，没有裁剪；请自己裁成规定比例",
        "the photo's shape is wrong, and where the head is can't be told, so it was not cut; cut it to shape yourself",
    ),
    "pixels": Text(
        "照片像素不足；请用照相馆给的原始文件", "the photo has too few pixels; use the studio's original file"
    ),
}


@dataclass(frozen=True)
class ReadyFile:
    """One file of a copy: where it lies until it is kept, under which name it would be, and its proof."""

    local: Path = field(repr=False)
    name: str
    size: int
    pages: int
    proof: Mapping[str, Any]


@dataclass(frozen=True)
class PagePair:
    """A page as it was scanned and as the copy has it: small JPEG pictures, upright; none where there is no such page."""

    before: bytes = field(repr=False)
    after: bytes = field(repr=False)


@dataclass(frozen=True)
class PreparedPaper:
    """One paper: its pages in the heap, its copy, what was done. `why` says what stands against a copy."""

    slot: str
    label: Text
    pages: tuple[PageAt, ...]
    state: CopyState
    files: tuple[ReadyFile, ...] = ()
    done: tuple[str, ...] = ()
    failed: str = ""
    why: Text | None = None
    missing: tuple[int, ...] = ()
    limit: int = 0
    pairs: tuple[PagePair, ...] = field(default=(), repr=False)
    """Its pages beside the copy's, where pictures were asked for."""

    @property
    def before(self) -> int:
        """Bytes of the files that its pages are from."""
        return sum({page.file.name: page.file.size for page in self.pages}.values())

    @property
    def after(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(page.place for page in self.pages)


@dataclass(frozen=True)
class TranslationNote:
    """A paper that is not in Chinese: whether its translation lies with it, and who may make one here."""

    slot: str
    label: Text
    paired: bool
    accepted: Text | None = None
    source: str = ""
    pages_agree: bool = True


@dataclass(frozen=True)
class Prepared:
    """What became of a heap."""

    applicant: str
    city: str
    files: tuple[HeapFile, ...]
    papers: tuple[PreparedPaper, ...]
    listed: tuple[ListedPage, ...]
    translations: tuple[TranslationNote, ...] = ()
    run: str = ""
    """The name under which it was kept, to be taken back by; "" where nothing was kept."""
    found: tuple[PaperFound, ...] = field(default=(), repr=False)
    """The papers as they were sorted, in the order of `papers`."""
    home: Path | None = field(default=None, repr=False)
    """The private folder of the copies."""
    unjudged: tuple[Text, ...] = ()
    """What could not be judged since the data are wrong or incomplete."""
    bundle: "Bundle | None" = None
    """All papers of the case in one file, where that was asked for."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Pages: of the heap, in slots, doubles, strangers', listed for any other reason; papers: ready, failed."""
        reasons = Counter(one.reason for one in self.listed)
        others = sum(reasons.values()) - reasons["double"] - reasons["stranger"] - reasons["unusable"]
        return {
            "files": len(self.files),
            "pages": sum(max(file.count, len(file.pages)) for file in self.files),
            "placed": len({(page.file.name, page.number) for paper in self.papers for page in paper.pages}),
            "doubles": reasons["double"],
            "strangers": reasons["stranger"],
            "listed": others,
            "unusable": reasons["unusable"],
            "ready": sum(paper.state == "ready" for paper in self.papers),
            "failed": sum(paper.state == "failed" for paper in self.papers),
        }

    @property
    def calm(self) -> bool:
        """Whether nothing needs the person: no paper failed, no page is listed for them to look at, the data are whole."""
        return (
            not self.unjudged
            and not self.counts["failed"]
            and not self.counts["listed"]
            and not self.counts["unusable"]
        )

    def as_json(self, language: Language) -> dict[str, object]:
        bundle = {"bundle": self.bundle.as_json()} if self.bundle is not None else {}
        return {
            "schema": 1,
            "command": "prepare",
            "applied": bool(self.run),
            "run": self.run or None,
            "applicant": self.applicant,
            "city": self.city,
            "papers": [_paper_json(paper, language) for paper in self.papers],
            "listed": [_listed_json(one, language) for one in self.listed],
            "translations": [
                {
                    "slot": one.slot,
                    "paired": one.paired,
                    "pages_agree": one.pages_agree,
                    "accepted": one.accepted.say(language) if one.accepted else None,
                    "source": one.source,
                }
                for one in self.translations
            ],
            "unjudged": [one.say(language) for one in self.unjudged],
            "counts": dict(self.counts),
            **bundle,
        }


def why_listed(one: ListedPage) -> Text:
    """The sentence for a page that goes into no slot."""
    why = one.file.trouble if one.reason == "unusable" and one.file.trouble is not None else WHY[one.reason]
    if one.reason in ("double", "unasked") and one.name:
        return Text(f"{why.zh}（{one.name}）", f"{why.en} ({one.name})")
    return why


def _paper_json(paper: PreparedPaper, language: Language) -> dict[str, object]:
    return {
        "slot": paper.slot,
        "label": paper.label.say(language),
        "state": paper.state,
        "sources": _sources(paper.pages),
        "files": [
            {"name": file.name, "bytes": file.size, "pages": file.pages, "proof": dict(file.proof)}
            for file in paper.files
        ],
        "bytes_before": paper.before,
        "bytes_after": paper.after,
        "limit": paper.limit,
        "done": list(paper.done),
        "failed": paper.failed or None,
        "missing_pages": list(paper.missing),
        "message": paper.why.say(language) if paper.why else None,
    }


def _sources(pages: Sequence[PageAt]) -> list[dict[str, object]]:
    """Runs of pages of one file, in the paper's order."""
    found: list[dict[str, Any]] = []
    for page in pages:
        if found and found[-1]["file"] == page.file.name:
            found[-1]["pages"].append(page.number)
        else:
            found.append({"file": page.file.name, "pages": [page.number]})
    return found


def _listed_json(one: ListedPage, language: Language) -> dict[str, object]:
    return {
        "file": one.file.name,
        "page": one.number or None,
        "reason": one.reason,
        "slot": one.slot or None,
        "message": why_listed(one).say(language),
    }
