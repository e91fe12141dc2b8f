"""Each of the doctor's checks says ok on a sound machine and finds its own defect."""

import json
import sys
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import keyring
import pytest
from playwright.sync_api import Playwright

from assistant.check.city import loading as city
from assistant.cli.main import main
from assistant.errors import BrowserMissing, PackError, SetupError
from assistant.jobs import doctor
from assistant.jobs.doctor import State
from assistant.messages import Text
from assistant.page.browser import launch
from assistant.page.browser.launch import open_browser
from assistant.portal import loading as portal


@pytest.fixture(autouse=True)
def one_driver(playwright: Playwright, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two Playwrights cannot run in one thread: the doctor uses the tests' own."""
    monkeypatch.setattr(launch, "open_browser", lambda **options: open_browser(**options, driver=playwright))


def state_of(checks: "list[doctor.Check] | tuple[doctor.Check, ...]", name: str) -> State:
    """Every finding that is not ok says what to do, in both languages."""
    (check,) = [one for one in checks if one.name == name]
    for text in (check.title, check.message):
        assert text.zh
        assert text.en
    assert (check.state == "ok") == (check.remedy == doctor.NOTHING_TO_DO)
    return check.state


def test_the_whole_examination_answers_with_every_check_once() -> None:
    checks = doctor.examine()
    names = [check.name for check in checks]
    assert names == ["python", "browser", "font", "display", "keyring", "packs", "mock", "folders", "stored", "clock"]
    assert {state_of(checks, name) for name in names} <= set(get_args(State))
    assert state_of(checks, "browser") == "ok"


def test_a_missing_library_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_has_module", lambda name: name != "pikepdf")
    assert state_of(doctor.check_python(), "python") == "bad"
    assert "pikepdf" in doctor.check_python()[0].message.zh


def test_a_missing_scan_reader_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_has_module", lambda name: name != doctor.SCAN_READER)
    assert state_of(doctor.check_python(), "python") == "warning"
    monkeypatch.setattr(doctor, "_has_module", lambda _name: True)
    assert state_of(doctor.check_python(), "python") == "ok"


@pytest.mark.parametrize("error", [BrowserMissing(Text("去安装", "install it")), SetupError(Text("重装", "reinstall"))])
def test_a_browser_that_is_missing_or_does_not_start_is_bad(error: SetupError, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(launch, "find_browser", fail)
    (check,) = doctor.check_browser()
    assert state_of([check], "browser") == "bad"
    assert check.remedy == error.what


def test_a_browser_that_breaks_later_is_bad_and_its_own_text_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def break_down(**_options: object):  # type: ignore[no-untyped-def]
        raise RuntimeError("canary")
        yield

    monkeypatch.setattr(launch, "open_browser", break_down)
    (check,) = doctor.check_browser()
    assert state_of([check], "browser") == "bad"
    assert "canary" not in check.message.zh + check.remedy.zh


def test_characters_that_all_look_alike_mean_no_chinese_font(
    playwright: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Characters that no font has are one empty box after another; those of this machine's fonts are not."""
    unassigned = "['\\u{0378}', '\\u{0379}', '\\u{0380}', '\\u{0381}']"
    assert state_of(doctor.check_browser(), "font") in ("ok", "warning")
    looks = doctor.HAS_CHINESE_FONT
    monkeypatch.setattr(doctor, "HAS_CHINESE_FONT", looks.replace("['中', '国', '签', '证']", unassigned))
    assert looks != doctor.HAS_CHINESE_FONT
    assert state_of(doctor.check_browser(), "font") == "warning"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is one")
def test_a_missing_display_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_of(doctor.check_display(), "display") == "warning"
    monkeypatch.setenv("DISPLAY", ":1")
    assert state_of(doctor.check_display(), "display") == "ok"


@pytest.mark.parametrize(
    ("module", "state"),
    [
        ("keyring.backends.Windows", "ok"),
        ("keyring.backends.macOS", "ok"),
        ("keyring.backends.SecretService", "ok"),
        ("keyring.backends.null", "warning"),
        ("keyring.backends.fail", "warning"),
        ("keyrings.alt.file", "warning"),
    ],
)
def test_only_stores_that_the_system_protects_will_do(
    module: str, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap 13: keyrings.alt would silently keep passwords as plain text."""
    backend = type("Keyring", (), {"__module__": module})()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    assert state_of(doctor.check_keyring(), "keyring") == state


def test_a_keyring_that_fails_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr(keyring, "get_keyring", fail)
    assert state_of(doctor.check_keyring(), "keyring") == "warning"


def test_a_broken_pack_is_bad_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_of(doctor.check_packs(), "packs") == "ok"

    def fail(_name: str) -> None:
        raise PackError(Text("第 3 行有误", "line 3 is wrong"), where="portal.yaml")

    monkeypatch.setattr(portal, "load_portal", fail)
    (check,) = doctor.check_packs()
    assert state_of([check], "packs") == "bad"
    assert "3" in check.message.zh


def test_no_pack_at_all_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "portals", lambda: ())
    monkeypatch.setattr(city, "cities", lambda: ())
    assert state_of(doctor.check_packs(), "packs") == "bad"


def test_the_mock_needs_its_libraries_or_a_way_to_fetch_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from fixtures import libraries

    monkeypatch.setattr(libraries, "HERE", tmp_path)
    monkeypatch.setattr(libraries, "fingerprint", lambda: "stamp")
    monkeypatch.setattr(doctor.shutil, "which", lambda _name: None)
    monkeypatch.setattr(doctor, "_has_module", lambda _name: False)
    assert state_of(doctor.check_mock(), "mock") == "warning"
    monkeypatch.setattr(doctor.shutil, "which", lambda _name: "/usr/bin/npm")
    assert state_of(doctor.check_mock(), "mock") == "ok"
    monkeypatch.setattr(doctor.shutil, "which", lambda _name: None)
    stamp = tmp_path / libraries.MODULES / libraries.STAMP
    stamp.parent.mkdir()
    stamp.write_text("stamp", encoding="utf-8")
    assert state_of(doctor.check_mock(), "mock") == "ok"


def test_a_folder_that_cannot_be_written_is_bad(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert state_of(doctor.check_folders(), "folders") in ("ok", "warning")
    monkeypatch.setattr(doctor, "private_cache", lambda: tmp_path / "not there")
    assert state_of(doctor.check_folders(), "folders") == "bad"


def test_a_nearly_full_disk_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: usage(10, 9, 1))
    assert state_of(doctor.check_folders(), "folders") == "warning"


def test_a_date_before_the_installation_is_bad(tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    installed.touch()
    assert state_of(doctor.check_clock(lambda: 0.0, installed), "clock") == "bad"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset")
@pytest.mark.parametrize(("zone", "state"), [("Asia/Shanghai", "ok"), ("Europe/Berlin", "warning")])
def test_another_time_zone_is_worth_a_word(zone: str, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        assert state_of(doctor.check_clock(), "clock") == state
    time.tzset()


def test_what_is_stored_is_told_with_how_to_delete_it() -> None:
    from assistant.store.locations import browser_folder, private_data

    browser_folder("beijing").mkdir(parents=True, exist_ok=True)
    (check,) = doctor.check_stored()
    assert state_of([check], "stored") == "ok"
    for said in (check.message.zh, check.message.en):
        assert str(private_data()) in said
        assert "login forget --city beijing" in said
    browser_folder("beijing").rmdir()
    assert "beijing" not in doctor.check_stored()[0].message.en


def test_whatever_lies_in_the_tools_own_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts of `teach --new`, the journal, and what a later version will write."""
    monkeypatch.setattr(doctor, "private_data", lambda: tmp_path)
    for name in ("drafts", "overlays", "fingerprints", "of a later version"):
        (tmp_path / name).mkdir()
    (tmp_path / "log.jsonl").touch()
    (check,) = doctor.check_stored()
    for said in (check.message.zh, check.message.en):
        assert all(str(path) in said for path in tmp_path.iterdir())


def test_where_nothing_can_be_written_nothing_is_said_to_be_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise PermissionError

    monkeypatch.setattr(doctor, "private_data", fail)
    assert doctor.check_stored() == []
    assert state_of(doctor.check_folders(), "folders") == "bad"


LACKS = {
    "keyring": ("keyring", "warning", 0, {"zh": "gnome-keyring", "en": "gnome-keyring"}),
    "browser": ("browser", "bad", 1, {"zh": "Edge", "en": "Edge"}),
    "fonts": ("font", "warning", 0, {"zh": "fonts-noto-cjk", "en": "fonts-noto-cjk"}),
    "write permission": ("folders", "bad", 1, {"zh": "权限", "en": "permissions"}),
}
"""Its check, the state and exit status then, and a word of the remedy that no table's column breaks."""


class FakePage:
    """A browser's page that draws Chinese characters, or empty boxes."""

    def __init__(self, *, fonts: bool) -> None:
        self.browser, self.pages, self._fonts = None, [self], fonts

    def set_content(self, _html: str) -> None: ...

    def evaluate(self, _script: str) -> bool:
        return self._fonts


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("lack", LACKS)
def test_without_one_thing_the_doctor_says_what_works_what_does_not_and_what_to_do(
    lack: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def no_browser() -> None:
        raise BrowserMissing(Text("请安装 Edge 或 Chrome", "install Edge or Chrome"))

    def no_home() -> Path:
        raise PermissionError("canary")

    @contextmanager
    def drawing(**_options: object) -> Iterator[FakePage]:
        yield FakePage(fonts=lack != "fonts")

    good = type("Keyring", (), {"__module__": "keyring.backends.SecretService"})()
    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setattr(keyring, "get_keyring", lambda: object() if lack == "keyring" else good)
    monkeypatch.setattr(launch, "open_browser", drawing)
    if lack == "browser":
        monkeypatch.setattr(launch, "find_browser", no_browser)
    if lack == "write permission":
        monkeypatch.setattr(doctor, "private_data", no_home)
        monkeypatch.setattr(doctor, "private_cache", no_home)

    name, state, status, remedy = LACKS[lack]
    target = tmp_path / "doctor.json"
    assert main(["doctor", "--lang", language, "--json", str(target)]) == status
    checks = {one["name"]: one for one in json.loads(target.read_text(encoding="utf-8"))["checks"]}
    said = "".join("".join(capsys.readouterr()).split())
    # Only this one is missing, with a remedy that is shown; what stands on it is not claimed to work.
    assert (checks[name]["state"], "canary" in said) == (state, False)
    assert remedy[language] in checks[name]["remedy"] and remedy[language] in said
    assert ("。" in checks[name]["remedy"] or "请" in checks[name]["remedy"]) == (language == "zh")
    others = {"browser", "font", "keyring", "packs", "folders", "stored"} - {name}
    others -= {"browser": {"font"}, "write permission": {"stored"}}.get(lack, set())
    assert {checks[one]["state"] for one in others} == {"ok"}
    assert all(checks[one]["message"] for one in others)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_everything_is_missing_at_once_all_of_it_is_said_with_what_to_do(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No keyring, no browser, no write permission: told in one go, and without a traceback."""

    def no_browser() -> None:
        raise BrowserMissing(Text("请安装 Edge 或 Chrome", "install Edge or Chrome"))

    def no_home() -> Path:
        raise PermissionError("canary")

    monkeypatch.setattr(launch, "find_browser", no_browser)
    monkeypatch.setattr(keyring, "get_keyring", lambda: object())
    monkeypatch.setattr(doctor, "private_data", no_home)
    monkeypatch.setattr(doctor, "private_cache", no_home)
    target = tmp_path / "doctor.json"
    assert main(["doctor", "--lang", language, "--json", str(target)]) == 1
    checks = {one["name"]: one for one in json.loads(target.read_text(encoding="utf-8"))["checks"]}
    states = {name: checks[name]["state"] for name in ("browser", "keyring", "folders", "display")}
    assert states == {"browser": "bad", "keyring": "warning", "folders": "bad", "display": "warning"}
    said = "".join("".join(capsys.readouterr()).split())
    remedies = {
        "zh": ("Edge或Chrome", "gnome-keyring", "权限", "桌面环境"),
        "en": ("EdgeorChrome", "gnome-keyring", "permissions", "desktopsession"),
    }[language]
    for name, remedy in zip(("browser", "keyring", "folders", "display"), remedies, strict=True):
        assert remedy in checks[name]["remedy"].replace(" ", ""), name
    assert "canary" not in said
    assert checks["packs"]["state"] == "ok"


def test_on_this_machine_the_doctor_answers_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for language in ("zh", "en"):
        assert main(["doctor", "--lang", language]) in (0, 1)
        said[language] = capsys.readouterr().out
    assert "浏览器" in said["zh"] and "密码库" in said["zh"]
    assert "browser" in said["en"] and "keyring" in said["en"]
