"""Is each file there, and can it be read from disk at all? (That a slot has no file is the rules' to say.)"""

from pathlib import Path

from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

MOST_BYTES = 60_000_000

GONE = Kind(
    "file.missing",
    "error",
    Text("找不到文件。", "the file is not there."),
    Text("资料里写的文件不存在。", "A file named in the profile doesn't exist."),
    Text("无法上传。", "It can't be uploaded."),
    Text("请检查文件名和位置。", "Check its name and place."),
    stops=True,
)
UNREADABLE = Kind(
    "file.unreadable",
    "error",
    Text("文件读不出来（不是普通文件，或没有权限）。", "the file can't be read (not a plain file, or no permission)."),
    Text("文件无法读取。", "The file can't be read."),
    Text("无法上传。", "It can't be uploaded."),
    Text("请检查权限，或换一个位置。", "Check its permissions or move it."),
    stops=True,
)
EMPTY = Kind(
    "file.empty",
    "error",
    Text("文件是空的（0 字节）。", "the file is empty (0 bytes)."),
    Text("空文件。", "An empty file."),
    Text("多半是没有下载或复制完。", "Usually a download or copy that didn't finish."),
    Text("请重新保存文件。", "Save the file again."),
    stops=True,
)
HUGE = Kind(
    "file.huge",
    "error",
    Text("文件有 {got} MB，没有打开。", "the file has {got} MB and was not opened."),
    Text("文件大得不正常。", "The file is abnormally large."),
    Text("平台只收很小的文件。", "The portal takes small files only."),
    Text("请压缩或重新扫描。", "Compress it or scan it again."),
    stops=True,
)
KINDS = (GONE, UNREADABLE, EMPTY, HUGE)


def trouble_with(path: Path) -> Found | None:
    """Why the file can't even be handed to a child, or None."""
    try:
        if not path.exists():
            return GONE.found()
        if not path.is_file():
            return UNREADABLE.found()
        size = path.stat().st_size
        if size == 0:
            return EMPTY.found()
        if size > MOST_BYTES:
            return HUGE.found(got=size // 1_000_000)
        with path.open("rb") as opened:
            opened.read(1)
    except OSError:
        return UNREADABLE.found()
    return None
