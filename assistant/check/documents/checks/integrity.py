"""Can the file be opened at all, safely, by anybody: whole, unlocked, without programs, without bombs?"""

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import MOST_PAGES, MOST_PIXELS, Paper, opened_picture
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
    Text("PDF 要密码才能打开。", "the PDF needs a password to be opened."),
    Text("PDF 被加密。", "The PDF is encrypted."),
    Text("平台和审核人员打不开加密文件。", "Neither the portal nor the officer can open it."),
    Text("请去掉密码后另存一份。", "Save a copy without a password."),
    stops=True,
)
RESTRICTED = Kind(
    "file.restricted",
    "warning",
    Text(
        "PDF 不用密码就能打开，但设了权限密码，限制打印、复制或修改。",
        "the PDF opens without a password, but an owner's password restricts printing, copying or changing it.",
    ),
    Text("PDF 设了权限限制（只有权限密码）。", "The PDF is restricted by an owner's password only."),
    Text("有的平台不收设了限制的文件，或处理失败。", "Some portals refuse restricted files or fail on them."),
    Text("最好另存一份没有限制的。", "Better use a copy without restrictions."),
)
XFA = Kind(
    "file.xfa-form",
    "warning",
    Text(
        "PDF 是 XFA 表单，只有少数程序能显示它的内容。",
        "the PDF is an XFA form, whose content only a few programs show.",
    ),
    Text("PDF 使用 XFA 表单。", "The PDF holds an XFA form."),
    Text(
        "多数阅读器、平台和本程序只能看到它的普通页面，可能是空白或“请稍候”。",
        "Most viewers, the portal and this tool see its ordinary pages only, which may be empty or ask to wait.",
    ),
    Text("请用 Acrobat 打印成普通 PDF 再用。", "Print it to an ordinary PDF with Acrobat and use that."),
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
KINDS = (DAMAGED, LOCKED, RESTRICTED, XFA, ACTIVE, BOMB, PAGES)


_STOPS = {kind.code for kind in KINDS if kind.stops}


def applies(rules: FileRules) -> bool:
    return True


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Structure first (pikepdf, Pillow's header), sizes next, and only then are the pages really opened."""
    try:
        found = _of_image(paper) if paper.is_image else _of_pdf(paper)
        if not any(one.code in _STOPS for one in found) and not paper.pages:
            found = [DAMAGED.found()]
    except MemoryError:
        raise
    except Exception:
        # Whatever a library dislikes in a file is the file's trouble; the library's own words could quote its content.
        return [DAMAGED.found()]
    return found


def _of_image(paper: Paper) -> list[Found]:
    with opened_picture(paper.data) as opened:
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
        declared = pdf.Root.get("/Pages", pikepdf.Dictionary()).get("/Count", 0)
        if isinstance(declared, int) and declared > _ABSURD_PAGES:
            return [PAGES.found(got=declared)]
        if len(pdf.pages) > _ABSURD_PAGES:
            return [PAGES.found(got=len(pdf.pages))]
        if any(_too_heavy(stream) for stream in _streams(pdf)):
            return [BOMB.found()]
        told = ((RESTRICTED, pdf.is_encrypted), (XFA, _is_xfa(pdf)), (ACTIVE, _is_active(pdf)))
        return [kind.found() for kind, holds in told if holds]


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


def _is_xfa(pdf: "pikepdf.Pdf") -> bool:
    form = _dictionary(pdf.Root.get("/AcroForm"))
    return _holds_anything(form.get("/XFA"))


def _is_active(pdf: "pikepdf.Pdf") -> bool:
    """Whether anything would run, or anything is attached. Entries without content, as some writers leave them, are nothing."""
    root = pdf.Root
    names = _dictionary(root.get("/Names"))
    if _tree_holds(names.get("/JavaScript")) or _tree_holds(names.get("/EmbeddedFiles")):
        return True
    if _holds_anything(root.get("/AA")) or _holds_anything(root.get("/AF")) or _runs(root.get("/OpenAction")):
        return True
    for page in list(pdf.pages[:MOST_PAGES]):
        if _holds_anything(page.obj.get("/AA")):
            return True
        for note in map(_dictionary, _array(page.obj.get("/Annots"))[:200]):
            if (
                _runs(note.get("/A"))
                or _holds_anything(note.get("/AA"))
                or note.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Movie")
            ):
                return True
    return False


def _dictionary(item: "pikepdf.Object | None") -> "pikepdf.Object":
    """The dictionary that should stand here; an empty one for anything else."""
    import pikepdf

    return item if isinstance(item, pikepdf.Dictionary) else pikepdf.Dictionary()


def _array(item: "pikepdf.Object | None") -> list["pikepdf.Object"]:
    import pikepdf

    return list(item) if isinstance(item, pikepdf.Array) else []


def _holds_anything(item: "pikepdf.Object | None", depth: int = 0) -> bool:
    """An entry with content: not absent, not null, no empty array, dictionary, text or stream."""
    import pikepdf

    if isinstance(item, pikepdf.Dictionary):
        return any(depth > 3 or _holds_anything(value, depth + 1) for _, value in item.items())
    if isinstance(item, pikepdf.Stream):
        return bool(item.read_raw_bytes())
    if isinstance(item, pikepdf.Array):
        return any(depth > 3 or _holds_anything(value, depth + 1) for value in _array(item))
    return item is not None and str(item) != ""


def _tree_holds(tree: "pikepdf.Object | None", depth: int = 0) -> bool:
    """Whether a name tree has any entry with content, in itself or in its branches."""
    node = _dictionary(tree)
    values = _array(node.get("/Names"))[1::2]
    if any(map(_holds_anything, values)):
        return True
    return depth < 20 and any(_tree_holds(branch, depth + 1) for branch in _array(node.get("/Kids"))[:500])


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
