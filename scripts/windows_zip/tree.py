"""Lays out what goes into the zip: libraries, interpreter or uv, what is double-clicked, what is read.

`lib/` holds the unpacked wheels, this program's own among them with its packs, samples, mock portals and their libraries.
"""

import codecs
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.windows_zip.systems import INTERPRETERS, UV, System

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = Path(__file__).parent / "launch"
UPDATER = Path(__file__).parent / "update.py"
# Records of how a wheel got here: they name this machine, or differ from one build to the next.
_TRACES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json")
# What nothing here runs: tests of libraries, what compilers read, and OpenCV's reader of films, loaded for films alone.
_NEVER_RUN = ("__pycache__", "tests", "*.lib", "*.pyi", "opencv_videoio_ffmpeg*.dll")
# What uv takes for the oldest macOS that a wheel must work on.
_OLDEST_MACOS = {"MACOSX_DEPLOYMENT_TARGET": "15.0"}
# Headers for compilers, and console shims, which company computers block; everything starts as `python -m`.
_OUT_OF_LIB = ("bin", "Scripts", "include", "share", "man", ".lock")


class CannotBuild(Exception):
    """Says in one sentence why there is no zip."""


@dataclass(frozen=True)
class Wanted:
    """What a zip is made of. `options` go to uv: where wheels come from, when not from the registry."""

    system: System
    requirement: str
    python: str = "3.12"
    constraints: Sequence[str] = ()
    options: Sequence[str] = ()
    interpreter: Path | None = None
    handbook: Path | None = None


def make_tree(wanted: Wanted, folder: Path) -> None:
    """Fills an empty folder. Raises CannotBuild for wheels that can't be had and for an interpreter that nobody checked."""
    folder.mkdir(parents=True)
    _install(wanted, wanted.requirement, folder / "lib")
    _remove_traces(folder / "lib")
    if wanted.interpreter is not None:
        _put_interpreter(wanted.interpreter, folder / "python", wanted.python)
    else:
        _put_uv(wanted, folder)
    _put_launchers(wanted, folder)
    if wanted.handbook is not None:
        shutil.copytree(wanted.handbook, folder / "handbook")


def own_wheel(into: Path) -> Path:
    """This program as a wheel, with everything that travels in it."""
    done = subprocess.run(["uv", "build", "--wheel", "--quiet", "--out-dir", str(into), str(ROOT)], check=False)
    wheels = sorted(into.glob("assistant-*.whl"))
    if done.returncode or not wheels:
        raise CannotBuild("this program's own wheel could not be built")
    return wheels[-1]


def pinned() -> list[str]:
    """The exact versions that everything is tested with."""
    return list(_project()["tool"]["uv"]["constraint-dependencies"])


def version() -> str:
    """This program's own."""
    return str(_project()["project"]["version"])


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _install(wanted: Wanted, requirement: str, into: Path) -> None:
    versions = into.parent / ".versions.txt"
    versions.write_text("\n".join(wanted.constraints), encoding="utf-8")
    command = ["uv", "pip", "install", "--quiet", "--no-config", "--python", sys.executable]
    command += ["--target", str(into), "--constraints", str(versions), "--only-binary", ":all:"]
    command += ["--python-platform", wanted.system.platform, "--python-version", wanted.python]
    command += ["--no-compile-bytecode", "--link-mode", "copy", *wanted.options, requirement]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | _OLDEST_MACOS)
    finally:
        versions.unlink()
    if done.returncode:
        raise CannotBuild(f"wheels for {wanted.system.name} could not be had:\n{done.stderr.strip()}")


def _remove_traces(lib: Path) -> None:
    for name in _OUT_OF_LIB:
        _remove(lib / name)
    for pattern in _NEVER_RUN:
        for place in sorted(lib.rglob(pattern)):
            _remove(place)
    for information in sorted(lib.glob("*.dist-info")):
        for name in _TRACES:
            (information / name).unlink(missing_ok=True)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _put_interpreter(archive: Path, into: Path, version: str) -> None:
    """python.org's own files, none changed but the list of places that modules come from."""
    known = INTERPRETERS.get(archive.name)
    if known is None:
        raise CannotBuild(f"{archive.name} is not in the list of checked interpreters (systems.py)")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != known:
        raise CannotBuild(f"{archive.name} is not the file that python.org published: its SHA-256 differs")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(into)
    short = "python" + "".join(version.split("."))
    (into / f"{short}._pth").write_bytes(f"{short}.zip\r\n.\r\n..\\lib\r\n".encode("ascii"))


def _put_uv(wanted: Wanted, folder: Path) -> None:
    """uv fetches an interpreter at the first start, from the mirror that a file names."""
    apart = folder / ".uv"
    _install(wanted, UV, apart)
    place = folder / "uv"
    place.mkdir()
    program = next((path for path in apart.rglob(wanted.system.uv) if path.is_file()), None)
    if program is None:
        raise CannotBuild(f"uv's wheel holds no {wanted.system.uv}")
    shutil.copyfile(program, place / wanted.system.uv)
    (place / wanted.system.uv).chmod(0o755)
    for licence in sorted(apart.glob("uv-*.dist-info/licenses/*")):
        shutil.copyfile(licence, place / licence.name)
    shutil.rmtree(apart)
    _put_text(wanted, folder, "python-mirror.txt", "python-mirror.txt")


def _put_launchers(wanted: Wanted, folder: Path) -> None:
    for source, name in wanted.system.launchers.items():
        _put_text(wanted, folder, source, name)
    if wanted.system.is_windows:
        # For whoever can't type Chinese, and for shortcuts.
        _put_text(wanted, folder, "start.cmd", "start.cmd")
        _put_text(wanted, folder, "update.cmd", "update.cmd")
        shutil.copyfile(UPDATER, folder / "update.py")


def _put_text(wanted: Wanted, folder: Path, source: str, name: str) -> None:
    """Windows: CRLF, and a mark of UTF-8 for texts to read; a mark would be a command to cmd.exe."""
    text = filled((LAUNCH / source).read_text(encoding="utf-8"), {"PYTHON": wanted.python})
    place = folder / name
    if not wanted.system.is_windows:
        place.write_text(text, encoding="utf-8", newline="\n")
        place.chmod(0o755 if source == "start.sh" else 0o644)
        return
    mark = codecs.BOM_UTF8 if name.endswith(".txt") and not name.isascii() else b""
    place.write_bytes(mark + text.replace("\n", "\r\n").encode("utf-8"))


def filled(text: str, words: Mapping[str, str]) -> str:
    """
    >>> filled("uv run --python @PYTHON@", {"PYTHON": "3.12"})
    'uv run --python 3.12'
    """
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text
