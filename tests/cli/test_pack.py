"""`assistant pack` on the command line."""

from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.jobs.packs import installed
from assistant.store import credentials
from tests.support.packs import MakePack, beijing

OPENS, SOONER = "opens: {days_before_expiry: 90,", "opens: {days_before_expiry: 60,"


def test_a_colleagues_file_is_shown_taken_and_undone(
    make_pack: MakePack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "fault_of", lambda _folder: None)
    file = str(make_pack({"cities/beijing.yaml": beijing(OPENS, SOONER)}))
    assert main(["pack", "show", file, "--lang", "en"]) == 0
    assert "days_before_expiry" in "".join(capsys.readouterr().out.split())
    assert main(["pack", "show", "--lang", "en"]) == 0
    assert "own packs are in force" in capsys.readouterr().out
    assert main(["pack", "install", file, "--yes"]) == 0
    assert main(["pack", "show", "--lang", "en"]) == 0
    assert "2027-03-01" in capsys.readouterr().out
    assert main(["pack", "undo"]) == 0
    assert main(["pack", "undo"]) == 1


def test_what_one_makes_another_takes_after_trusting_the_key(
    packs_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept: list[str] = []
    monkeypatch.setattr(credentials, "pack_key", lambda: kept[-1] if kept else None)
    monkeypatch.setattr(credentials, "keep_pack_key", kept.append)
    folder = tmp_path / "mine" / "cities"
    folder.mkdir(parents=True)
    (folder / "beijing.yaml").write_text(beijing(), encoding="utf-8")
    out = tmp_path / "mine.zip"
    assert main(["pack", "make", str(folder.parent), "--out", str(out), "--title", "三月"]) == 0
    assert main(["pack", "show", str(out)]) == 2
    capsys.readouterr()
    assert main(["pack", "key"]) == 0
    (tmp_path / "key.pub").write_text(capsys.readouterr().out, encoding="utf-8")
    assert len(kept) == 1 and kept[0] not in (tmp_path / "key.pub").read_text(encoding="utf-8")
    assert main(["pack", "trust", str(tmp_path / "key.pub")]) == 0
    assert main(["pack", "show", str(out)]) == 0


@pytest.mark.parametrize(
    "words", [["install"], ["trust"], ["make"], ["trust", "/nowhere"], ["make", "/nowhere", "--out", "x"]]
)
def test_what_is_missing_is_said(words: list[str], packs_home: Path) -> None:
    assert main(["pack", *words]) == 2
