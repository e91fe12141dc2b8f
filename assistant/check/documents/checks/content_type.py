"""Is the file what the slot takes, by its content and not by its name, and of a size the portal takes?"""

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Paper
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

_NAMES = {"pdf": ("pdf",), "jpeg": ("jpg", "jpeg"), "png": ("png",), "tiff": ("tif", "tiff")}

WRONG = Kind(
    "type.not-accepted",
    "error",
    Text("文件内容是{got}，这里只收{want}。", "the file's content is {got}; only {want} is accepted here."),
    Text("按内容判断，文件不是这一项材料接受的格式。", "By its content the file is not of a type this slot accepts."),
    Text("平台会按内容检查格式，改文件名没有用。", "The portal looks at the content; renaming the file doesn't help."),
    Text("请另存或重新扫描为要求的格式。", "Save or scan it again in the right format."),
    stops=True,
    words={"unknown": Text("无法识别的格式", "of an unknown type"), "text": Text("纯文本", "plain text")},
)
NAME = Kind(
    "type.wrong-name",
    "error",
    Text("文件内容是 {got}，文件名却以 .{name} 结尾。", "the content is {got} but the file's name ends in .{name}."),
    Text("文件扩展名与内容不符。", "The file's extension doesn't match its content."),
    Text(
        "平台的上传控件按扩展名筛选，服务器按内容检查，两者不一致会被退回。",
        "Upload controls filter by name, servers check by content.",
    ),
    Text("请按内容更正扩展名，或重新导出。", "Correct the extension or export the file again."),
)
TWO_IN_ONE = Kind(
    "type.two-in-one",
    "error",
    Text("同一个文件里藏着两种格式（{one} 和 {other}）。", "the file is two formats at once ({one} and {other})."),
    Text("文件同时是两种格式。", "The file is valid in two formats at once."),
    Text("这样的文件可能被当作恶意文件拒收。", "Such files are often refused as malicious."),
    Text("请打开后重新导出一份干净的文件。", "Open it and export a clean copy."),
    stops=True,
)
TOO_BIG = Kind(
    "size.too-large",
    "error",
    Text("文件 {got} KB，上限 {limit} KB。", "the file has {got} KB, the limit is {limit} KB."),
    Text("文件超过平台的大小上限。", "The file is larger than the portal takes."),
    Text("上传会失败。", "The upload fails."),
    Text("请压缩，或拆成几个文件分别上传。", "Compress it or split it into several files."),
)
TOO_SMALL = Kind(
    "size.too-small",
    "error",
    Text("文件只有 {got} KB，下限 {limit} KB。", "the file has only {got} KB, the least is {limit} KB."),
    Text("文件小于规定的下限。", "The file is smaller than the rule allows."),
    Text("过小的照片会因质量不足被退回。", "A photo this small is returned for its quality."),
    Text("请使用照相馆给的原始文件。", "Use the original file from the photo studio."),
)
KINDS = (WRONG, NAME, TWO_IN_ONE, TOO_BIG, TOO_SMALL)


def applies(rules: FileRules) -> bool:
    return True


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """By magic numbers and the signs of a second format; sizes in kilobytes of 1000."""
    got = paper.kind
    second = _second_format(paper.data, got)
    if second:
        return [TWO_IN_ONE.found(one=got, other=second)]
    if got not in paper.rules.types:
        shown = got or ("text" if _is_text(paper.data) else "unknown")
        return [WRONG.found(got=shown, want="/".join(paper.rules.types))]
    found = []
    name = paper.path.suffix.lower().lstrip(".")
    if name not in _NAMES.get(got, (got,)):
        found.append(NAME.found(got=got, name=name if name.isascii() and len(name) <= 5 else "?"))
    size = len(paper.data)
    if size > paper.rules.max_bytes:
        found.append(TOO_BIG.found(got=-(-size // 1000), limit=paper.rules.max_bytes // 1000))
    if size < paper.rules.min_bytes:
        found.append(TOO_SMALL.found(got=size // 1000, limit=-(-paper.rules.min_bytes // 1000)))
    return found


def _second_format(data: bytes, got: str | None) -> str | None:
    """A PDF that starts late, or an archive or a PDF hung behind another format."""
    if got == "pdf":
        start = data.find(b"%PDF-")
        head = data[:start]
        if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"MZ", b"PK\x03\x04", b"\x7fELF")):
            return {b"\xff": "jpeg", b"\x89": "png", b"G": "gif", b"P": "zip"}.get(head[:1], "exe")
        tail = data[data.rfind(b"%%EOF") :]
        return "zip" if b"PK\x05\x06" in tail else None
    if got in ("jpeg", "png", "gif"):
        if b"PK\x05\x06" in data[-65_600:]:
            return "zip"
        return "pdf" if b"%PDF-" in data and b"%%EOF" in data else None
    return None


def _is_text(data: bytes) -> bool:
    head = data[:4096]
    return b"\x00" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) <= len(head) // 100
