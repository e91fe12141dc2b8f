"""Promises of `assistant teach` that need no page: what was learned is passed on, shown before it is taken, refused when unsafe."""

import io
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.portal.overlay import read_overlay
from tests.support.overlays import own_overlay

GOOD = """overlay: shenzhen
written_on: 2026-11-22
by: 王小明
sections:
  personal:
    fields:
      passport.number: {labels: [护照号]}
"""


@pytest.fixture
def file(tmp_path: Path):
    path = tmp_path / "from-a-colleague.yaml"
    path.write_text(GOOD, encoding="utf-8")
    yield path
    for kept in own_overlay("shenzhen").parent.glob("*"):
        kept.unlink()


def test_an_import_shows_what_changes_and_needs_a_yes(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert main(["teach", "--city", "shenzhen", "--import", str(file), "--lang", "zh"]) == 1
    shown = capsys.readouterr().out
    assert "王小明" in shown and "护照号码" in shown and "护照号" in shown
    assert not own_overlay("shenzhen").exists()

    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["teach", "--city", "shenzhen", "--import", str(file)]) == 0
    assert read_overlay(own_overlay("shenzhen")).overlay == read_overlay(file).overlay


def test_nobody_to_ask_is_no_yes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["teach", "--city", "shenzhen", "--import", str(file)]) == 1
    assert not own_overlay("shenzhen").exists()


def test_an_unsafe_import_is_refused_before_anybody_is_asked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(GOOD.replace("护照号", "提交"), encoding="utf-8")
    assert main(["teach", "--city", "shenzhen", "--import", str(file), "--yes", "--lang", "zh"]) == 2
    assert "本工具从不这样做" in capsys.readouterr().err
    assert not own_overlay("shenzhen").exists()


def test_what_one_exports_another_imports(file: Path, tmp_path: Path) -> None:
    assert main(["teach", "--city", "shenzhen", "--import", str(file), "--yes"]) == 0
    assert main(["teach", "--city", "shenzhen", "--export", str(tmp_path / "out.yaml")]) == 0
    assert read_overlay(tmp_path / "out.yaml").overlay == read_overlay(file).overlay
    # A second import keeps what was there.
    assert main(["teach", "--city", "shenzhen", "--import", str(tmp_path / "out.yaml"), "--yes"]) == 0
    assert own_overlay("shenzhen").with_suffix(".yaml.bak").is_file()


def test_a_plan_goes_by_what_was_learned(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from assistant.store.locations import PROFILES

    assert main(["teach", "--city", "shenzhen", "--import", str(file), "--yes"]) == 0
    capsys.readouterr()
    main(["plan", str(PROFILES / "sample-lee"), "--json", "-"])
    assert '"label": "护照号"' in capsys.readouterr().out


def test_there_must_be_something_to_export_and_a_city(tmp_path: Path) -> None:
    assert main(["teach", "--city", "shenzhen", "--export", str(tmp_path / "x.yaml")]) == 2
    assert main(["teach"]) == 2
    assert main(["teach", "--new", "somewhere"]) == 2
