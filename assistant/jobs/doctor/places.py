"""Is the folder of the applicants a good place? Synced, read-only, on another machine, too deep, or held by a virus scanner."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from assistant.jobs.doctor.answers import Check
from assistant.messages import Text
from assistant.store.files import write_private

SYNCED: dict[str, Text] = {
    "onedrive": Text("OneDrive", "OneDrive"),
    "坚果云": Text("坚果云", "Nutstore"),
    "nutstore": Text("坚果云", "Nutstore"),
    "dropbox": Text("Dropbox", "Dropbox"),
    "mobile documents": Text("iCloud", "iCloud"),
    "icloud": Text("iCloud", "iCloud"),
    "google drive": Text("Google Drive", "Google Drive"),
    "baidusyncdisk": Text("百度网盘", "Baidu Netdisk"),
    "百度网盘": Text("百度网盘", "Baidu Netdisk"),
    "wpsdrive": Text("WPS 云盘", "WPS cloud"),
    "wps云盘": Text("WPS 云盘", "WPS cloud"),
    "微云": Text("微云", "Weiyun"),
    "阿里云盘": Text("阿里云盘", "Aliyun Drive"),
}
"""Words in the names of folders that a program copies elsewhere."""
DEEPEST = 150
"""Characters of the folder's own path; Windows gives 259 to everything, unless told otherwise."""
SLOW_SECONDS = 2.0
_ROUNDS = 12
_TITLE = Text("申请人文件夹", "applicants' folder")


def check_place(place: Path) -> Sequence[Check]:
    """Every trouble of the folder, or of the nearest one above it that exists."""
    there = next((one for one in (place, *place.parents) if one.exists()), place)
    found = [
        one
        for one in (_synced(place), _elsewhere(place), _too_deep(place), _unwritable(there) or _held(there))
        if one is not None
    ]
    return found or [Check("place", _TITLE, "ok", Text(str(place), str(place)))]


def synced_by(place: PurePath) -> Text | None:
    """The program that copies this folder elsewhere, by its name or by what the system says of OneDrive."""
    for key in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(key)
        if root and place.is_relative_to(root):
            return SYNCED["onedrive"]
    parts = [part.casefold() for part in place.parts]
    return next((name for word, name in SYNCED.items() if any(word in part for part in parts)), None)


def _synced(place: Path) -> Check | None:
    name = synced_by(place)
    if name is None:
        return None
    what = Text(
        f"{place} 由{name.zh}同步：个人资料会传到别处，同步时文件会被占用",
        f"{place} is synced by {name.en}: personal data go elsewhere, and files are held while they are copied",
    )
    remedy = Text(
        "请改用不同步的文件夹（例如 D:\\assistant），或封存申请人文件夹。",
        "Use a folder that is not synced (such as D:\\assistant), or seal the applicants' folders.",
    )
    return Check("place-synced", _TITLE, "warning", what, remedy)


def _elsewhere(place: Path) -> Check | None:
    if not is_on_another_machine(place):
        return None
    what = Text(
        f"{place} 在网络盘上：几个人同时打开时可能互相看不到锁",
        f"{place} is on another machine: locks may not be seen by others",
    )
    remedy = Text(
        "请一次只由一个人使用，或放在本机磁盘。", "Let one person work at a time, or use a disk of this machine."
    )
    return Check("place-network", _TITLE, "warning", what, remedy)


def is_on_another_machine(place: PurePath) -> bool:
    """Only Windows says it in a way that can be relied on: by the name, or by the kind of drive."""
    if sys.platform != "win32":
        return False
    if str(place).startswith("\\\\"):
        return True
    with suppress(AttributeError, OSError):
        return bool(_kernel().GetDriveTypeW(place.anchor) == 4)
    return False


def _too_deep(place: Path) -> Check | None:
    if sys.platform != "win32" or len(str(place)) <= DEEPEST or takes_long_paths():
        return None
    what = Text(
        f"文件夹路径有 {len(str(place))} 个字符，加上材料文件名可能超出 Windows 的 259 个",
        f"the path has {len(str(place))} characters; with the names of papers it may exceed the 259 of Windows",
    )
    remedy = Text("请移到更短的路径，例如 D:\\assistant。", "Move it to a shorter path, such as D:\\assistant.")
    return Check("place-deep", _TITLE, "warning", what, remedy)


def takes_long_paths() -> bool:
    """Whether this Windows was told to take long paths."""
    with suppress(OSError, ImportError):
        import winreg

        registry: Any = winreg
        place = r"SYSTEM\CurrentControlSet\Control\FileSystem"
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, place) as key:
            return bool(registry.QueryValueEx(key, "LongPathsEnabled")[0])
    return False


def _unwritable(there: Path) -> Check | None:
    try:
        with TemporaryDirectory(dir=there, prefix=".assistant-"):
            return None
    except OSError:
        what = Text(f"{there} 不能写入", f"{there} can't be written")
        remedy = Text(
            "请换一个文件夹，或检查权限；Windows 的「受控文件夹访问」也会拦截，可为 python.exe 放行。",
            "Choose another folder or check its permissions; “Controlled folder access” of Windows may hold it back too: allow "
            "python.exe.",
        )
        return Check("place-read-only", _TITLE, "bad", what, remedy)


def _held(there: Path, clock: Callable[[], float] = time.monotonic) -> Check | None:
    """Replaces a file again and again, as the tool does, and takes the time: a virus scanner holds what was just written."""
    began = clock()
    try:
        with TemporaryDirectory(dir=there, prefix=".assistant-", ignore_cleanup_errors=True) as folder:
            for number in range(_ROUNDS):
                write_private(Path(folder) / "profile.yaml", f"# {number}\n")
    except OSError:
        what = Text(
            f"{there} 中刚写好的文件被别的程序占用", f"another program holds files that were just written in {there}"
        )
    else:
        if clock() - began < SLOW_SECONDS:
            return None
        what = Text(
            f"{there} 中写文件很慢，多半是杀毒软件在逐个检查",
            f"files are written slowly in {there}: a virus scanner, most likely",
        )
    remedy = Text(
        "请在杀毒软件中把这个文件夹设为例外；本工具写入被占用时会自动重试几秒。",
        "Except this folder in the virus scanner. A file that is held is tried again for a few seconds.",
    )
    return Check("place-held", _TITLE, "warning", what, remedy)


def _kernel() -> Any:
    import ctypes

    return ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
