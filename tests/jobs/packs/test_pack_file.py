"""A pack file is taken whole from somebody who is trusted, or not at all."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.jobs.packs import pack_file
from assistant.jobs.packs.pack_file import LIST, SIGNATURE, read_pack, write_pack
from assistant.jobs.packs.signature import SecretKey

KEY = SecretKey.new()
FILES = {"cities/beijing.yaml": "title: 北京\n".encode(), "portals/x/portal.yaml": b"name: x\n"}


def made(place: Path, files: Mapping[str, bytes] = FILES) -> Path:
    write_pack(files, "三月", date(2027, 3, 1), KEY, place)
    return place


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file


def test_what_was_packed_is_read(tmp_path: Path) -> None:
    pack = read_pack(made(tmp_path / "a.zip"), [SecretKey.new().public, KEY.public])
    assert pack.files == FILES and pack.signer == KEY.public
    assert (pack.about.title, pack.about.made_on) == ("三月", date(2027, 3, 1))


def test_the_same_files_are_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path / "a.zip").read_bytes() == made(tmp_path / "b.zip", dict(reversed(FILES.items()))).read_bytes()


def test_somebody_who_is_not_trusted_is_named_by_number(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_pack(made(tmp_path / "a.zip"), [SecretKey.new().public])
    assert KEY.public.name in refused.value.what.zh


CHANGES: Mapping[str, Callable[[dict[str, bytes]], object]] = {
    "a file": lambda members: members.update({"selectors/cities/beijing.yaml": b"title: other\n"}),
    "a file more": lambda members: members.update({"selectors/cities/more.yaml": b"x: y\n"}),
    "code beside": lambda members: members.update({"selectors/x.py": b"import os\n"}),
    "a file less": lambda members: members.pop("selectors/cities/beijing.yaml"),
    "the list": lambda members: members.update({LIST: members[LIST].replace("三月".encode(), "四月".encode())}),
    "the signature": lambda members: members.update({SIGNATURE: SecretKey.new().sign(members[LIST], "x").encode()}),
    "another's name": lambda members: members.update(
        {SIGNATURE: SecretKey(KEY.id, SecretKey.new().seed).sign(members[LIST], "x").encode()}
    ),
    "no signature": lambda members: members.pop(SIGNATURE),
    "no list": lambda members: members.pop(LIST),
    "a broken signature": lambda members: members.update({SIGNATURE: b"\xff\xfe"}),
    "a signed list of other shape": lambda members: members.update(
        {LIST: b"[]", SIGNATURE: KEY.sign(b"[]", "x").encode()}
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_nothing_is_taken(what: str, tmp_path: Path) -> None:
    file = rewritten(made(tmp_path / "a.zip"), CHANGES[what])
    with pytest.raises(InputError):
        read_pack(file, [KEY.public])


@pytest.mark.parametrize(
    "path", ["../x.yaml", "/x.yaml", "a/../../x.yaml", "x.py", "C:/x.yaml", "a\\x.yaml", ".git/x.yaml", "__init__.yaml"]
)
def test_what_may_not_travel_is_neither_packed_nor_taken(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError):
        made(tmp_path / "a.zip", {path: b"x: y\n"})
    with monkeypatch.context() as careless:
        careless.setattr(pack_file, "_may_travel", lambda _path: True)
        made(tmp_path / "a.zip", {path: b"x: y\n"})
    with pytest.raises(InputError):
        read_pack(tmp_path / "a.zip", [KEY.public])


def test_a_file_that_grows_beyond_measure_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = made(tmp_path / "a.zip", {"a.yaml": b"x" * 5000})
    read_pack(file, [KEY.public])
    monkeypatch.setattr(pack_file, "MOST_BYTES", 4000)
    with pytest.raises(InputError):
        read_pack(file, [KEY.public])


def test_something_else_is_no_pack_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"text")
    for file in (tmp_path / "a.zip", tmp_path / "none.zip"):
        with pytest.raises(InputError):
            read_pack(file, [KEY.public])


def test_a_later_format_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(pack_file, "FORMAT", 2)
        made(tmp_path / "a.zip")
    with pytest.raises(InputError) as refused:
        read_pack(tmp_path / "a.zip", [KEY.public])
    assert "更新版本" in refused.value.what.zh
