"""The zip for handlers' computers, built here from small wheels without a network: what is in it, and twice the same bytes."""

import hashlib
import os
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.windows_zip import systems, tree
from scripts.windows_zip.archive import files_of, write_sums, write_zip
from scripts.windows_zip.inspection import faults_of, machine_of
from scripts.windows_zip.systems import SYSTEMS, SystemName
from scripts.windows_zip.tree import CannotBuild, Wanted, make_tree

TAGS: Mapping[SystemName, str] = {
    "windows": "win_amd64",
    "linux": "manylinux_2_28_x86_64",
    "macos-arm64": "macosx_11_0_arm64",
}
MODULES: Mapping[SystemName, str] = {
    "windows": "fast.cp312-win_amd64.pyd",
    "linux": "fast.cpython-312-x86_64-linux-gnu.so",
    "macos-arm64": "fast.cpython-312-darwin.so",
}
PROGRAM: Mapping[SystemName, bytes] = {
    "windows": b"MZ" + bytes(0x3A) + struct.pack("<I", 0x40) + b"PE\0\0" + struct.pack("<H", 0x8664) + bytes(32),
    "linux": b"\x7fELF" + bytes(14) + struct.pack("<H", 0x3E) + bytes(32),
    "macos-arm64": b"\xcf\xfa\xed\xfe" + struct.pack("<I", 0x0100000C) + bytes(32),
}
ALL = list(SYSTEMS)


def wheel(folder: Path, name: str, tag: str, files: Mapping[str, bytes], needs: str = "", version: str = "1.0") -> None:
    """A small wheel as a registry would have it."""
    information = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" + (
        f"Requires-Dist: {needs}\n" if needs else ""
    )
    kind = f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: {tag == 'py3-none-any'}\nTag: {tag}\n".lower()
    kind = (
        kind.replace("wheel-version", "Wheel-Version")
        .replace("root-is-purelib", "Root-Is-Purelib")
        .replace("tag:", "Tag:")
    )
    members = {**files, f"{information}/METADATA": metadata.encode(), f"{information}/WHEEL": kind.encode()}
    if name == "assistant":
        members[f"{information}/entry_points.txt"] = b"[console_scripts]\nassistant = assistant.__main__:start\n"
    record = "".join(f"{one},,\n" for one in (*members, f"{information}/RECORD"))
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as packed:
        for one, content in (*members.items(), (f"{information}/RECORD", record.encode())):
            packed.writestr(one, content)


def registry(folder: Path, name: SystemName) -> Path:
    """Wheels of this program, of one compiled library for the system and for others, and of uv."""
    folder.mkdir()
    own = {
        "assistant/__main__.py": b"def start(): ...\n",
        "assistant/data/selectors/cities/x.yaml": "title: 深圳\n".encode(),
    }
    wheel(folder, "assistant", "py3-none-any", own, "fast")
    for other, platform in TAGS.items():
        wheel(
            folder,
            "fast",
            f"cp312-cp312-{platform}",
            {MODULES[other]: PROGRAM[other], "include/fast.h": b"int f();", "tests/test_fast.py": b"", "fast.pyi": b""},
        )
    program = SYSTEMS[name].uv
    wheel(
        folder, "uv", f"py3-none-{TAGS[name]}", {f"uv-0.13.9.data/scripts/{program}": PROGRAM[name]}, version="0.13.9"
    )
    return folder


def wanted(name: SystemName, wheels: Path, interpreter: Path | None = None) -> Wanted:
    options = ("--no-index", "--find-links", str(wheels), "--no-cache")
    return Wanted(SYSTEMS[name], "assistant", "3.12", ("fast==1.0",), options, interpreter)


def built(name: SystemName, place: Path) -> Path:
    make_tree(wanted(name, registry(place / "wheels", name)), place / "tree")
    write_sums(place / "tree")
    return place / "tree"


@pytest.fixture(scope="module", params=ALL)
def laid_out(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[SystemName, Path]:
    return request.param, built(request.param, tmp_path_factory.mktemp("zip"))


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("windows", tmp_path_factory.mktemp("windows"))


def test_a_tree_holds_the_right_compiled_files_and_no_fault(laid_out: tuple[SystemName, Path]) -> None:
    name, folder = laid_out
    private = (str(folder.parent), str(tree.ROOT), str(Path.home()) + "/")
    assert faults_of(folder, SYSTEMS[name], "3.12", private) == []
    files = dict(files_of(folder))
    assert f"lib/{MODULES[name]}" in files
    assert "lib/assistant/data/selectors/cities/x.yaml" in files
    assert f"uv/{SYSTEMS[name].uv}" in files
    assert {"启动.cmd", "start.cmd", "更新.cmd", "update.cmd", "update.py"} <= files.keys() or name != "windows"
    assert "启动.command" in files or not name.startswith("macos")
    assert "使用说明.txt" in files


def test_no_shim_header_or_record_of_this_machine_travels(laid_out: tuple[SystemName, Path]) -> None:
    names = [name for name, _ in files_of(laid_out[1])]
    parts = {part for name in names for part in name.split("/")}
    assert not parts & {"bin", "include", "RECORD", "direct_url.json", "INSTALLER", "__pycache__", "tests", "fast.pyi"}
    assert any(name.endswith("METADATA") for name in names)


def test_built_twice_it_is_the_same_bytes(tmp_path: Path) -> None:
    zips = []
    for turn in ("first", "second"):
        (tmp_path / turn).mkdir()
        folder = built("windows", tmp_path / turn)
        os.utime(folder / "start.cmd", (1, 1))
        file = tmp_path / f"{turn}.zip"
        write_zip(folder, file, "assistant-1")
        zips.append(file.read_bytes())
    assert zips[0] == zips[1]


def test_the_zip_is_one_folder_whose_sums_are_right(windows: Path, tmp_path: Path) -> None:
    write_zip(windows, tmp_path / "a.zip", "assistant-1")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.testzip() is None
        assert {name.partition("/")[0] for name in packed.namelist()} == {"assistant-1"}
        sums = packed.read("assistant-1/SHA256SUMS").decode("utf-8").splitlines()
        assert len(sums) == len(packed.namelist()) - 1
        for line in sums:
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(packed.read(f"assistant-1/{name}")).hexdigest() == digest


def test_what_is_double_clicked_may_run_after_unpacking(tmp_path: Path) -> None:
    folder = built("linux", tmp_path)
    write_zip(folder, tmp_path / "a.zip", "assistant-1")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        modes = {one.filename: one.external_attr >> 16 for one in packed.infolist()}
    assert modes["assistant-1/start.sh"] & stat.S_IXUSR and modes["assistant-1/uv/uv"] & stat.S_IXUSR
    assert not modes["assistant-1/使用说明.txt"] & stat.S_IXUSR


def test_texts_and_commands_are_written_as_windows_reads_them(windows: Path) -> None:
    for name in ("启动.cmd", "start.cmd", "更新.cmd", "update.cmd"):
        content = (windows / name).read_bytes()
        assert content.startswith(b"@echo off\r\n") and content.count(b"\n") == content.count(b"\r\n")
        assert b"@PYTHON@" not in content
    for name in ("使用说明.txt", "卸载说明.txt"):
        content = (windows / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\n") == content.count(b"\r\n")
    # A mark in front would become part of the address.
    assert (windows / "python-mirror.txt").read_bytes().startswith(b"https://")
    start = (windows / "启动.cmd").read_text(encoding="utf-8")
    assert '"%HERE%python\\python.exe" -X utf8 -m assistant desk' in start and "pause" in start


def test_the_interpreter_is_python_orgs_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "python-3.12.10-embed-amd64.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("python.exe", PROGRAM["windows"])
        packed.writestr("python312.zip", b"library")
        packed.writestr("python312._pth", b"python312.zip\r\n.\r\n")
    wheels = registry(tmp_path / "wheels", "windows")
    with pytest.raises(CannotBuild, match="SHA-256 differs"):
        make_tree(wanted("windows", wheels, file), tmp_path / "refused")
    with pytest.raises(CannotBuild, match="not in the list"):
        make_tree(wanted("windows", wheels, file.rename(tmp_path / "other.zip")), tmp_path / "unknown")
    known = {"other.zip": hashlib.sha256((tmp_path / "other.zip").read_bytes()).hexdigest()}
    monkeypatch.setattr(tree, "INTERPRETERS", known)
    folder = tmp_path / "tree"
    make_tree(wanted("windows", wheels, tmp_path / "other.zip"), folder)
    write_sums(folder)
    assert faults_of(folder, SYSTEMS["windows"], "3.12") == []
    assert (folder / "python/python312._pth").read_bytes() == b"python312.zip\r\n.\r\n..\\lib\r\n"
    assert not (folder / "uv").exists()


def test_wheels_that_cannot_be_had_are_said(tmp_path: Path) -> None:
    wheels = registry(tmp_path / "wheels", "windows")
    (wheels / "fast-1.0-cp312-cp312-win_amd64.whl").unlink()
    with pytest.raises(CannotBuild, match="windows"):
        make_tree(wanted("windows", wheels), tmp_path / "tree")


SPOILED: Mapping[str, tuple[str, bytes, str]] = {
    "a module of another system": ("lib/fast.cp312-win_amd64.pyd", PROGRAM["linux"], "is made for elf"),
    "a module of another processor": (
        "lib/x.pyd",
        PROGRAM["windows"].replace(b"\x64\x86", b"\x4c\x01"),
        "not for pe-x86-64",
    ),
    "a module of another Python": ("lib/x.cp311-win_amd64.pyd", PROGRAM["windows"], "another Python"),
    "a module that is none": ("lib/x.pyd", b"text", "no program file"),
    "a hidden program of Linux": ("lib/tool", PROGRAM["linux"], "is made for elf"),
    "a program of our own": ("assistant.exe", PROGRAM["windows"], "not in the list"),
    "a path of this machine": ("lib/x.py", b"where = '/home/canary/build'", "holds the path /home/canary"),
    "a line end of Linux": ("start.cmd", b"@echo off\r\nchcp 65001 >nul\necho x\r\n", "as cmd.exe wants it"),
    "Chinese too early": ("start.cmd", "@echo off\r\necho 好\r\n".encode(), "before the code page"),
    "a path without quotes": (
        "start.cmd",
        b"@echo off\r\nchcp 65001 >nul\r\n%~dp0python\\python.exe\r\n",
        "not quoted",
    ),
    "a folder without quotes": (
        "start.cmd",
        b'@echo off\r\nchcp 65001 >nul\r\n%HERE%uv\\uv.exe x "%1"\r\n',
        "not quoted",
    ),
    "a command in Chinese": (
        "start.cmd",
        "@echo off\r\nchcp 65001 >nul\r\nset X=好\r\n".encode(),
        "outside what is shown",
    ),
    "a text of Linux": ("使用说明.txt", b"a\nb\n", "line ends of another system"),
    "a name of a device": ("lib/aux.py", b"", "Windows allows no such name"),
    "a path too long": ("lib/" + "x" * 200 + ".py", b"", "characters long"),
    "two names that are one": ("LIB/assistant/__main__.py", b"", "is one file with"),
    "compiled here": ("lib/x.pyc", b"", "made on the machine"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_each_fault_is_found_and_named(what: str, tmp_path: Path) -> None:
    name, content, said = SPOILED[what]
    sound = {"lib/assistant/__main__.py": b"", "start.cmd": b"@echo off\r\nchcp 65001 >nul\r\necho x\r\n"}
    for place, text in {**sound, name: content}.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(text)
    write_sums(tmp_path)
    faults = faults_of(tmp_path, SYSTEMS["windows"], "3.12", ("/home/canary",))
    assert any(said in fault for fault in faults), faults
    (tmp_path / name).write_bytes(sound[name]) if name in sound else (tmp_path / name).unlink()
    write_sums(tmp_path)
    assert faults_of(tmp_path, SYSTEMS["windows"], "3.12", ("/home/canary",)) == []


def test_a_file_without_its_sum_is_found(windows: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a\r\n")
    assert any("SHA256SUMS" in fault for fault in faults_of(tmp_path, SYSTEMS["windows"], "3.12"))
    write_sums(tmp_path)
    (tmp_path / "b.txt").write_bytes(b"b\r\n")
    assert any("b.txt" in fault for fault in faults_of(tmp_path, SYSTEMS["windows"], "3.12"))


def test_a_program_for_two_processors_is_for_both() -> None:
    both = b"\xca\xfe\xba\xbe" + struct.pack(">I", 2)
    both += struct.pack(">5I", 0x0100000C, 0, 0, 0, 0) + struct.pack(">5I", 0x01000007, 0, 0, 0, 0)
    assert machine_of(both) == ("macho-arm64", "macho-x86-64")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("folder", ["plain", "with spaces", "中文 路径"])
def test_the_start_script_starts_the_desk_from_any_folder(folder: str, tmp_path: Path) -> None:
    """With a Python of the right version on the path, nothing is fetched."""
    place = tmp_path / folder
    (place / "lib/assistant").mkdir(parents=True)
    (place / "lib/assistant/__init__.py").touch()
    said = "import sys\nprint(sys.argv[1:], sys.flags.utf8_mode)\nsys.exit(sys.argv[2:] == ['fails'])\n"
    (place / "lib/assistant/__main__.py").write_text(said, encoding="utf-8")
    script = (tree.LAUNCH / "start.sh").read_text(encoding="utf-8")
    own = "{}.{}".format(*sys.version_info)
    (place / "start.sh").write_text(script.replace("@PYTHON@", own), encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / f"python{own}").symlink_to(sys.executable)
    path = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}

    def start(*words: str) -> "subprocess.CompletedProcess[str]":
        command = ["/bin/sh", str(place / "start.sh"), *words]
        return subprocess.run(command, env=path, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)

    assert (start().returncode, start().stdout.strip()) == (0, "['desk'] 1"), start().stderr
    failed = start("desk", "fails")
    assert failed.returncode == 1 and "Nothing was submitted" in failed.stdout
    (place / "lib/assistant/__main__.py").unlink()
    assert start().returncode == 2 and "Unpack" in start().stdout


def test_the_list_of_interpreters_is_of_whole_sums() -> None:
    for name, digest in systems.INTERPRETERS.items():
        assert name.endswith("-embed-amd64.zip") and len(bytes.fromhex(digest)) == 32
