"""A folder that is synced, read-only, on another machine, too deep or held is found, on every system."""

import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from assistant.jobs.doctor import places
from assistant.jobs.doctor.places import check_place, is_on_another_machine, synced_by, takes_long_paths
from assistant.store import files
from tests.support.doctor import state_of


def test_a_plain_folder_is_fine_also_before_it_exists(tmp_path: Path) -> None:
    assert state_of(check_place(tmp_path), "place") == "ok"
    assert state_of(check_place(tmp_path / "not" / "there"), "place") == "ok"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (r"C:\Users\li\OneDrive - 公司\签证", "OneDrive"),
        (r"D:\我的坚果云\签证", "Nutstore"),
        (r"C:\Users\li\Nutstore\1\签证", "Nutstore"),
        (r"C:\Users\li\WPSDrive\1\签证", "WPS cloud"),
        (r"D:\BaiduSyncdisk\签证", "Baidu Netdisk"),
        (r"C:\Users\li\Documents\assistant", None),
        (r"D:\one drive\drop box", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(folder: str, name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OneDrive", raising=False)
    found = synced_by(PureWindowsPath(folder))
    assert (found.en if found else None) == name


def test_a_cloud_under_another_name_is_known_from_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows moves the Documents folder into it, and companies give it names of their own."""
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Contoso"))
    (check,) = check_place(tmp_path / "Contoso" / "Documents" / "assistant")
    assert state_of([check], "place-synced") == "warning"
    assert "OneDrive" in check.message.zh
    assert state_of(check_place(tmp_path / "Contoso2"), "place") == "ok"


def test_a_read_only_folder_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_options: object) -> None:
        raise PermissionError("canary")

    monkeypatch.setattr(places, "TemporaryDirectory", refused)
    (check,) = check_place(tmp_path)
    assert state_of([check], "place-read-only") == "bad"
    assert "canary" not in check.message.en + check.remedy.en


@pytest.mark.parametrize(("drive", "elsewhere"), [(4, True), (3, False)])
def test_a_network_drive_is_known_on_windows(drive: int, elsewhere: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(places, "_kernel", lambda: SimpleNamespace(GetDriveTypeW=lambda _anchor: drive))
    assert is_on_another_machine(PureWindowsPath("Z:\\签证")) == elsewhere
    assert is_on_another_machine(PureWindowsPath(r"\\server\签证"))


@pytest.mark.parametrize(("long_paths", "names"), [(True, ["place"]), (False, ["place-deep"])])
def test_a_deep_folder_is_worth_a_word_where_windows_takes_no_long_paths(
    long_paths: bool, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("x" * places.DEEPEST)
    assert [one.name for one in check_place(deep)] == ["place"]
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(places, "takes_long_paths", lambda: long_paths)
    assert [one.name for one in check_place(deep)] == names


def test_whether_windows_takes_long_paths_is_read_from_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.page.browser.test_policies import Registry

    place = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    for value in (0, 1):
        registry = Registry({("machine", place): {"LongPathsEnabled": value}})
        monkeypatch.setitem(sys.modules, "winreg", registry)  # type: ignore[arg-type]
        assert takes_long_paths() == bool(value)
    monkeypatch.setitem(sys.modules, "winreg", Registry({}))  # type: ignore[arg-type]
    assert not takes_long_paths()


def test_files_that_another_program_holds_are_worth_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_path: Path, _content: str) -> Path:
        raise PermissionError("canary")

    monkeypatch.setattr(places, "write_private", held)
    (check,) = check_place(tmp_path)
    assert state_of([check], "place-held") == "warning"
    assert "canary" not in check.message.en


def test_slow_writing_is_worth_a_word(tmp_path: Path) -> None:
    times: Iterator[float] = iter([0.0, places.SLOW_SECONDS + 1])
    check = places._held(tmp_path, lambda: next(times))
    assert check is not None and "杀毒" in check.message.zh


@pytest.mark.parametrize("fails", [1, 3])
def test_on_windows_a_file_that_is_held_for_a_moment_is_written_all_the_same(
    fails: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner looks at what was just written; the older file stays until the new one can take its place."""
    replace, waits = Path.replace, []

    def held(path: Path, target: Path) -> Path:
        if len(waits) < fails:
            raise PermissionError("held")
        return replace(path, target)

    monkeypatch.setattr(files.sys, "platform", "win32")
    monkeypatch.setattr(files.time, "sleep", waits.append)
    monkeypatch.setattr(Path, "replace", held)
    place = files.write_private(tmp_path / "profile.yaml", "new")
    assert place.read_text(encoding="utf-8") == "new"
    assert len(waits) == fails


def test_a_file_that_stays_held_is_an_error_and_the_older_one_is_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_path: Path, _target: Path) -> Path:
        raise PermissionError("held")

    place = files.write_private(tmp_path / "profile.yaml", "old")
    monkeypatch.setattr(files.sys, "platform", "win32")
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PermissionError):
        files.write_private(place, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["profile.yaml"]
    assert place.read_text(encoding="utf-8") == "old"
