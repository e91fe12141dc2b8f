"""Are Chinese names and texts safe here? File names, and what programs print."""

import locale
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.jobs.doctor.answers import Check
from assistant.messages import Text
from assistant.store.locations import private_data

NAME = "签证 李·ß.txt"


def check_texts() -> Sequence[Check]:
    """Writes and reads a file with a Chinese name; the tool's own output is UTF-8 whatever the code page."""
    title = Text("文字编码", "texts")
    if not _keeps_names():
        what = Text("这里的文件名不能用中文", "files can't bear Chinese names here")
        remedy = Text(
            "请把数据放在 NTFS、APFS 或 ext4 磁盘上；Linux 请使用 UTF-8 语言环境。",
            "Use a disk with NTFS, APFS or ext4; on Linux, a UTF-8 locale.",
        )
        return [Check("texts", title, "bad", what, remedy)]
    page = locale.getpreferredencoding(False)
    if not _says_chinese(page):
        what = Text(
            f"系统代码页 {page} 没有中文；本工具自己使用 UTF-8，不受影响",
            f"the code page {page} has no Chinese; this tool uses UTF-8 of its own and is not affected",
        )
        remedy = Text(
            "如终端中的中文显示为问号，请使用工作台，或在系统的区域设置中启用 UTF-8。",
            "If Chinese shows as question marks in a terminal, use the desk, or turn on UTF-8 in the region settings.",
        )
        return [Check("texts", title, "warning", what, remedy)]
    return [Check("texts", title, "ok", Text(page, page))]


def _keeps_names() -> bool:
    try:
        with TemporaryDirectory(dir=private_data(), prefix="签证-") as folder:
            (Path(folder) / NAME).write_text(NAME, encoding="utf-8")
            return [path.name for path in Path(folder).iterdir()] == [NAME]
    except UnicodeError:
        return False
    except OSError:
        return sys.platform != "win32"  # a folder that can't be written is told by check_folders


def _says_chinese(encoding: str) -> bool:
    try:
        return "签证".encode(encoding) != b""
    except (UnicodeError, LookupError):
        return False
