"""Can the file be opened at all, safely, by anybody: whole, unlocked, without programs, without bombs?"""

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import MOST_PAGES, MOST_PIXELS, Paper
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

if TYPE_CHECKING:
    import pikepdf

_MOST_INFLATED = 160_000_000
_ABSURD_PAGES = 300

DAMAGED = Kind(
    "file.damaged",
    "error",
    Text("文件打不开，可能已损坏或没有传完。", "the file can't be opened: damaged or cut short."),
    Text("文件损坏或不完整。", "The file is damaged or incomplete."),
    Text("审核人员同样打不开。", "The reviewing officer can't open it either."),
    Text("请重新扫描或导出。", "Scan or export it again."),
    stops=True,
)
LOCKED = Kind(
    "file.encrypted",
    "error",
    Text("PDF 设了密码或权限限制。", "the PDF has a password or restrictions."),
    Text("PDF 被加密。", "The PDF is encrypted."),
    Text("平台和审核人员打不开加密文件。", "Neither the portal nor the officer can open it."),
    Text("请去掉密码后另存一份。", "Save a copy without a password."),
    stops=True,
)
ACTIVE = Kind(
    "file.active-content",
    "error",
    Text("PDF 里带有脚本、自动动作或附件。", "the PDF carries scripts, automatic actions or attachments."),
    Text("PDF 含有可执行内容。", "The PDF holds active content."),
    Text("这样的文件会被当作有风险的文件拒收。", "Such files are refused as a risk."),
    Text("请打印成新的 PDF 再用。", "Print it to a new PDF and use that."),
)
BOMB = Kind(
    "file.too-heavy",
    "error",
    Text("文件展开后大得不正常，没有继续打开。", "the file unfolds to an abnormal size and was not opened further."),
    Text(
        "文件体积小，展开后却极大（压缩炸弹或超大图像）。",
        "A small file that unfolds to a huge one, or a giant picture.",
    ),
    Text("会拖垮打开它的程序，平台也会拒收。", "It brings down whatever opens it."),
    Text("请重新扫描，A4 纸 200–300 dpi 即可。", "Scan it again: A4 at 200–300 dpi is enough."),
    stops=True,
)
PAGES = Kind(
    "pages.absurd",
    "error",
    Text("文件有 {got} 页，不像一份申请材料。", "the file has {got} pages, which is no application paper."),
    Text("页数多得不正常。", "An abnormal number of pages."),
    Text("很可能放错了文件。", "It is most likely the wrong file."),
    Text("请只保留需要的页。", "Keep only the pages that are needed."),
    stops=True,
)
KINDS = (DAMAGED, LOCKED, ACTIVE, BOMB, PAGES)


def applies(rules: FileRules) -> bool:
    return True


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Structure first (pikepdf, Pillow's header), sizes next, and only then are the pages really opened."""
    try:
        found = _of_image(paper) if paper.is_image else _of_pdf(paper)
        if not found and not paper.pages:
            found = [DAMAGED.found()]
    except MemoryError:
        raise
    except Exception:
        # Whatever a library dislikes in a file is the file's trouble; the library's own words could quote its content.
        return [DAMAGED.found()]
    return found


def _of_image(paper: Paper) -> list[Found]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(paper.data)) as opened:
        wide, high = opened.size
        if wide * high > MOST_PIXELS:
            return [BOMB.found()]
        opened.load()
    return []


def _of_pdf(paper: Paper) -> list[Found]:
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(paper.data), suppress_warnings=True)
    except pikepdf.PasswordError:
        return [LOCKED.found()]
    with pdf:
        if pdf.is_encrypted:
            return [LOCKED.found()]
        declared = pdf.Root.get("/Pages", pikepdf.Dictionary()).get("/Count", 0)
        if isinstance(declared, int) and declared > _ABSURD_PAGES:
            return [PAGES.found(got=declared)]
        if len(pdf.pages) > _ABSURD_PAGES:
            return [PAGES.found(got=len(pdf.pages))]
        if any(_too_heavy(stream) for stream in _streams(pdf)):
            return [BOMB.found()]
        return [ACTIVE.found()] if _is_active(pdf) else []


def _streams(pdf: "pikepdf.Pdf") -> Iterator["pikepdf.Object"]:
    import pikepdf

    for number, item in enumerate(pdf.objects):
        if number > 20_000:
            return
        if isinstance(item, pikepdf.Stream):
            yield item


def _too_heavy(stream: "pikepdf.Object") -> bool:
    """More pixels or more inflated bytes than any scan has. Inflates in pieces and keeps none."""
    import pikepdf

    wide, high = stream.get("/Width", 0), stream.get("/Height", 0)
    if isinstance(wide, int) and isinstance(high, int) and wide * high > MOST_PIXELS:
        return True
    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
    if not names or names[0] != "/FlateDecode":
        return False
    return _inflates_beyond(stream.read_raw_bytes(), rounds=sum(name == "/FlateDecode" for name in names))


def _inflates_beyond(packed: bytes, rounds: int) -> bool:
    total, kept = 0, bytearray()
    engine, rest = zlib.decompressobj(), packed
    while rest and not engine.eof:
        try:
            piece = engine.decompress(rest, 1 << 20)
        except zlib.error:
            return False
        rest = engine.unconsumed_tail
        total += len(piece)
        if total > _MOST_INFLATED:
            return True
        if rounds > 1 and len(kept) < 8_000_000:
            kept += piece
    return rounds > 1 and _inflates_beyond(bytes(kept), rounds - 1)


def _is_active(pdf: "pikepdf.Pdf") -> bool:
    import pikepdf

    root = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in root or "/AF" in root:
        return True
    if _runs(root.get("/OpenAction")):
        return True
    for page in list(pdf.pages[:MOST_PAGES]):
        if "/AA" in page.obj:
            return True
        for note in list(page.obj.get("/Annots", pikepdf.Array()))[:200]:
            if (
                _runs(note.get("/A"))
                or "/AA" in note
                or note.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Movie")
            ):
                return True
    return False


def _runs(action: "pikepdf.Object | None") -> bool:
    """Whether an action does more than go to a place or a web address."""
    import pikepdf

    return isinstance(action, pikepdf.Dictionary) and action.get("/S") in (
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
    )
