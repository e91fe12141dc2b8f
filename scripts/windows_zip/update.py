"""Unpacks a newer zip beside the folder that runs now. Travels in the zip; needs Python's own library alone.

Promises: nothing that is here is changed or deleted, so that the old folder still works; what does not match its SHA256SUMS is
refused and leaves nothing behind; applicants' data are elsewhere and are not touched.
"""

import hashlib
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

SUMS = "SHA256SUMS"
ASK = (
    "请把新版本的 zip 文件拖到「更新.cmd」上。没有改动任何内容。\n"
    "Drag the newer zip onto update.cmd. Nothing was changed.\n"
)
NOT_WHOLE = (
    "这个 zip 不完整，或不是本工具的：没有更新，请重新下载。\n"
    "This zip is not whole, or not this tool's: nothing was updated; download it again.\n"
)
THERE = "这个版本已在 {place}，没有改动。\nThis version is at {place} already; nothing was changed.\n"
DONE = (
    "新版本已放在 {place}。请双击其中的「启动.cmd」；确认好用后，可删除旧文件夹。申请人资料不在其中，不受影响。\n"
    "The new version is at {place}. Start it there; once it works, the old folder may be deleted. Applicants' data are elsewhere.\n"
)


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) != 1 or not Path(given[0]).is_file():
        sys.stdout.write(ASK)
        return 2
    return unpack(Path(given[0]), Path(__file__).resolve().parent.parent)


def unpack(archive: Path, beside: Path) -> int:
    """Into `beside`, under the folder's name inside the zip."""
    part = None
    try:
        with zipfile.ZipFile(archive) as packed:
            names = [one.filename for one in packed.infolist() if not one.is_dir()]
            inside = _only_folder(names)
            place, part = beside / inside, beside / f".{inside}.part"
            if place.exists():
                sys.stdout.write(THERE.format(place=place))
                return 0
            shutil.rmtree(part, ignore_errors=True)
            packed.extractall(part)
        if not _is_whole(part / inside):
            raise ValueError(archive.name)
        (part / inside).rename(place)
    except (OSError, ValueError, zipfile.BadZipFile):
        sys.stdout.write(NOT_WHOLE)
        return 1
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
    sys.stdout.write(DONE.format(place=place))
    return 0


def _only_folder(names: Sequence[str]) -> str:
    """Raises ValueError for a zip that is not one folder of this tool's, or that reaches out of it."""
    paths = [PurePosixPath(name) for name in names]
    tops = {path.parts[0] for path in paths}
    if len(tops) != 1 or any(path.is_absolute() or ".." in path.parts or "\\" in str(path) for path in paths):
        raise ValueError(names[:1])
    (top,) = tops
    if not top.startswith("assistant-") or f"{top}/{SUMS}" not in names:
        raise ValueError(top)
    return top


def _is_whole(folder: Path) -> bool:
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    here = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    here.pop(SUMS)
    return listed.keys() == here.keys() and all(
        hashlib.sha256(path.read_bytes()).hexdigest() == listed[name] for name, path in here.items()
    )


if __name__ == "__main__":
    sys.exit(main())
