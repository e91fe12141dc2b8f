"""`assistant ask`: the page, the letter, and what is said of a new key."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from assistant.cli import ask
from assistant.cli.main import make_parser
from assistant.review.console import Console
from assistant.store import credentials
from assistant.store.locations import PROFILES


def test_it_writes_the_page_and_the_letter_in_the_applicants_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = ArgumentParser()
    ask.add_arguments(parser)
    folder = tmp_path / "lee"
    folder.mkdir()
    (folder / "profile.yaml").write_text("city: shenzhen\n", encoding="utf-8")
    out, note = tmp_path / "ask.html", tmp_path / "letter.txt"
    args = parser.parse_args([str(folder), "--out", str(out), "--letter", str(note)])
    args.lang, args.json, args.console = "ja", str(tmp_path / "answer.json"), Console("en")
    assert ask.run(args) == 0
    assert '<html lang="ja">' in out.read_text(encoding="utf-8")
    assert "旅券" in note.read_text(encoding="utf-8")
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert "passport.number" in answer["asked"] and "passport" in answer["papers"]
    assert credentials.seal_key() is not None
    assert "--export-key" in capsys.readouterr().out


def test_the_applicants_language_may_be_one_that_messages_have_not() -> None:
    parser = make_parser("zh", ["ask"])
    assert parser.parse_args(["ask", str(PROFILES / "sample-lee"), "--out", "x.html", "--lang", "ko"]).lang == "ko"
    with pytest.raises(SystemExit):
        make_parser("zh", ["due"]).parse_args(["due", "--lang", "ko"])
