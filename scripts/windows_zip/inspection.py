"""Looks at every file of the tree and says what would not work on the handler's computer."""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scripts.windows_zip.archive import SUMS, files_of
from scripts.windows_zip.systems import Machine, System

# Windows takes 259 characters for a path; what remains is for the folder that it is unpacked in.
LONGEST = 170
PROGRAMS = re.compile(r"python/pythonw?\.exe|uv/uv(\.exe)?|lib/playwright/driver/node(\.exe)?")
"""The programs that travel: signed by python.org, Astral and the Node project; none is ours."""
_COMPILED = re.compile(r"\.(pyd|dll|exe|so|dylib)(\.[0-9.]+)?$")
_TAG = re.compile(r"\.(cp\d+)-[^.]*\.(pyd|so)$|\.cpython-(\d+)[^.]*\.so$")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$|[<>:\"|?*\\]|[. ]$", re.IGNORECASE)
_HEAD = 4096


def faults_of(folder: Path, system: System, python: str, private: Iterable[str] = ()) -> list[str]:
    """One line a fault; `private` are names of folders of this machine that no file may hold."""
    places = [place.encode("utf-8") for place in private]
    found: list[str] = []
    for name, path in files_of(folder):
        found += [f"{name}: {fault}" for fault in _faults_of_name(name)]
        content = path.read_bytes()
        found += [f"{name}: {fault}" for fault in _faults_of_content(name, content, system, python)]
        found += [f"{name}: holds the path {place.decode()}" for place in places if place in content]
    return found + _same_but_for_case(folder) + _faults_of_sums(folder)


def _faults_of_name(name: str) -> Iterator[str]:
    if len(name) > LONGEST:
        yield f"the path is {len(name)} characters long, {LONGEST} are possible"
    if any(_RESERVED.search(part) for part in name.split("/")):
        yield "Windows allows no such name"


def _faults_of_content(name: str, content: bytes, system: System, python: str) -> Iterator[str]:
    if _is_compiled(name, content):
        yield from _faults_of_compiled(name, content, system, python)
    if "/" not in name and name.endswith(".cmd"):
        yield from _faults_of_cmd(content)
    if "/" not in name and name.endswith((".sh", ".command")) and (b"\r" in content or not content.startswith(b"#!")):
        yield "a shell script needs plain line ends and its first line"
    if (
        "/" not in name
        and name.endswith(".txt")
        and (content.count(b"\n") != content.count(b"\r\n")) == system.is_windows
    ):
        yield "line ends of another system"
    if name.endswith((".pyc", ".egg-link")):
        yield "is made on the machine that runs it"


def _is_compiled(name: str, content: bytes) -> bool:
    return bool(_COMPILED.search(name)) or machine_of(content) is not None


def _faults_of_compiled(name: str, content: bytes, system: System, python: str) -> Iterator[str]:
    machine = machine_of(content)
    if machine is None:
        yield "is no program file, whatever its name says"
    elif system.machine not in machine:
        yield f"is made for {' and '.join(machine)}, not for {system.machine}"
    tag = _TAG.search(name)
    own = "".join(python.split("."))
    if tag and (tag[1] or f"cp{tag[3]}") != f"cp{own}":
        yield f"is made for another Python than {python}"
    if name.endswith(".exe") and not PROGRAMS.fullmatch(name):
        yield "is a program that is not in the list of those that travel"


def _faults_of_cmd(content: bytes) -> Iterator[str]:
    """cmd.exe reads bytes: line ends, no mark in front, the code page before the first Chinese character, quoted paths."""
    text = content.decode("utf-8")
    if content.count(b"\n") != content.count(b"\r\n"):
        yield "a line does not end as cmd.exe wants it"
    if not content.startswith(b"@echo off\r\n"):
        yield "does not begin with @echo off"
    lines = text.split("\r\n")
    first = next((number for number, line in enumerate(lines) if not line.isascii()), len(lines))
    if not any(line.startswith("chcp 65001") for line in lines[:first]):
        yield "shows Chinese before the code page is set"
    for number, line in enumerate(lines, 1):
        if not line.isascii() and not line.lstrip().startswith(("echo ", "rem ")):
            yield f"line {number}: Chinese outside what is shown"
        if "%~dp0" in line and not re.search(r'"[^"]*%~dp0[^"]*"', line):
            yield f"line {number}: the folder's name is not quoted"
        if "%HERE%" in line and re.sub(r'"[^"]*"', "", line).count("%HERE%"):
            yield f"line {number}: the folder's name is not quoted"


def _same_but_for_case(folder: Path) -> list[str]:
    names: dict[str, str] = {}
    found = []
    for name, _ in files_of(folder):
        other = names.setdefault(name.casefold(), name)
        if other != name:
            found.append(f"{name}: is one file with {other} on Windows and macOS")
    return found


def _faults_of_sums(folder: Path) -> list[str]:
    file = folder / SUMS
    if not file.is_file():
        return [f"{SUMS}: is missing"]
    listed = {line.partition("  ")[2] for line in file.read_text(encoding="utf-8").splitlines()}
    here = {name for name, _ in files_of(folder) if name != SUMS}
    return [f"{SUMS}: {name} is listed or here, not both" for name in sorted(listed ^ here)]


def machine_of(content: bytes) -> Sequence[Machine] | None:
    """What a program file runs on, by its head; None for what is no program file.

    >>> machine_of(b"text") is None
    True
    """
    head = content[:_HEAD]
    if head[:2] == b"MZ" and len(head) >= 0x40:
        place = struct.unpack_from("<I", head, 0x3C)[0]
        if content[place : place + 4] != b"PE\0\0":
            return None
        return ("pe-x86-64",) if struct.unpack_from("<H", content, place + 4)[0] == 0x8664 else ()
    if head[:4] == b"\x7fELF" and len(head) >= 20:
        return ("elf-x86-64",) if struct.unpack_from("<H", head, 18)[0] == 0x3E else ()
    if head[:4] == b"\xcf\xfa\xed\xfe":
        return _macho(struct.unpack_from("<I", head, 4)[0])
    if head[:4] == b"\xca\xfe\xba\xbe" and len(head) >= 8:
        count = struct.unpack_from(">I", head, 4)[0]
        if count > 8:  # a Java class begins the same way
            return None
        kinds = [_macho(struct.unpack_from(">I", head, 8 + 20 * number)[0]) for number in range(count)]
        return tuple(kind for kinds_of_one in kinds for kind in kinds_of_one)
    return None


def _macho(cpu: int) -> tuple[Machine, ...]:
    known: dict[int, Machine] = {0x0100000C: "macho-arm64", 0x01000007: "macho-x86-64"}
    return (known[cpu],) if cpu in known else ()
