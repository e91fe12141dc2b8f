"""A result that can't be written: refused before the work where that can be seen, else shown all the same; never "a bug"."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.check import readiness
from assistant.check.documents.result import DocumentReport
from assistant.cli import VERBS, load
from assistant.cli.arguments import ResultFile
from assistant.cli.main import main, make_parser
from assistant.jobs import doctor
from assistant.jobs.doctor.libraries import check_python
from assistant.store.locations import PROFILES
from assistant.store.sealing import new_key

LEE = str(PROFILES / "sample-lee")
FULL = Path("/dev/full")
GIVEN = {
    "pack": ["make", "."],
    "fill": [LEE],
    "check": [LEE],
    "plan": [LEE],
    "after": [LEE],
    "login": ["show"],
    "unseal": [LEE],
    "renew": [LEE, "--into", "next-year"],
    "ask": [LEE, "--out", "questions.html"],
    "store": ["cases"],
    "prepare": [LEE],
}
# Options that name what is read, or a folder that is made.
READ = {
    "write_back",
    "profile",
    "folder",
    "import_",
    "import_key",
    "key",
    "crops",
    "sources",
    "into",
    "map",
    "marked",
    "scans",
    "pictures_from",
    "file",
}

full_disk = pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is Linux's")
posix = pytest.mark.skipif(os.name != "posix", reason="pipes and limits as POSIX has them")


def verb_parsers() -> Iterator[tuple[str, ArgumentParser]]:
    (verbs,) = make_parser("en")._subparsers._group_actions  # type: ignore[union-attr]
    yield from verbs.choices.items()  # type: ignore[union-attr]


def options_for_results() -> Iterator[tuple[str, str]]:
    for verb, parser in verb_parsers():
        for action in parser._actions:
            if isinstance(action, ResultFile) or action.dest == "json":
                yield verb, action.option_strings[0]


@pytest.mark.parametrize(("verb", "option"), options_for_results())
def test_a_place_that_can_not_be_written_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, verb: str, option: str
) -> None:
    def work(_args: object) -> int:
        raise AssertionError("the work has begun")

    monkeypatch.setattr(load(verb), "run", work)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "file" / "below"):
        assert main([verb, *GIVEN.get(verb, []), option, str(place), "--lang", "en"]) == 2
        told = capsys.readouterr().err
        assert str(place) in told and "can't be written" in told and "bug" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_every_option_that_names_a_file_says_whether_it_is_written() -> None:
    """A new one is either tried before the work, or listed here as read."""
    named = {
        (verb, action.dest) for verb, parser in verb_parsers() for action in parser._actions if action.type is Path
    }
    assert {dest for _, dest in named} <= READ
    assert {verb for verb, option in options_for_results() if option == "--json"} == {
        verb for verb in VERBS if load(verb).GIVES_JSON
    }


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No document is opened and no machine examined; neither is what these tests are about."""
    monkeypatch.setattr(readiness, "check_documents", lambda *_, **__: DocumentReport((), ()))
    monkeypatch.setattr(doctor, "examine", lambda _place: check_python())


@full_disk
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["plan", LEE, "--json"], "No browser was opened"),
        (["check", LEE, "--on", "2026-11-23", "--json"], "Ready"),
        (["due", str(PROFILES), "--on", "2026-11-23", "--json"], "Renewal deadlines"),
        (["due", str(PROFILES), "--on", "2026-11-23", "--ics"], "Renewal deadlines"),
        (["doctor", "--json"], "This machine"),
        (["after", LEE, "--city", "beijing", "--json"], "After submission"),
        (["after", LEE, "--pack"], ""),
    ],
    ids=lambda words: "-".join(words[::3]) if isinstance(words, list) else "",
)
def test_on_a_full_disk_the_result_is_shown_all_the_same(
    capsys: pytest.CaptureFixture[str], words: list[str], shown: str
) -> None:
    assert main([*words, str(FULL), "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert shown in told.out
    assert "/dev/full: The result can't be written here" in told.err and "missing: /dev/full" in told.err
    assert "bug" not in told.err and FULL.is_char_device()


@full_disk
def test_a_key_that_can_not_be_exported_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    from assistant.store import credentials

    credentials.keep_seal_key(new_key())
    assert main(["seal", "--export-key", str(FULL), "--lang", "en"]) == 2
    assert "is written" not in capsys.readouterr().out


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "assistant", *words, "--lang", "en"]


@posix
def test_an_older_file_is_kept_where_there_is_no_room_for_the_new_one(tmp_path: Path) -> None:
    import resource

    kept = tmp_path / "old.json"
    kept.write_text("old")
    done = subprocess.run(
        command("plan", LEE, "--json", str(kept)),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 2 and "old.json: This can't be written" in done.stderr
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


@posix
@pytest.mark.parametrize(
    ("words", "shown", "told"),
    [
        (["plan", LEE, "--json", "-"], "No browser was opened", "missing: -"),
        (["plan", LEE], "No browser was opened", "Standard output can't be written"),
        (["due", str(PROFILES), "--json", "-"], "Renewal deadlines", "missing: -"),
        (["mock"], "", "can't be written"),
    ],
    ids=["plan-json", "plan", "due-json", "mock"],
)
def test_into_a_closed_pipe_nothing_is_lost_and_nothing_breaks(words: list[str], shown: str, told: str) -> None:
    nobody, pipe = os.pipe()
    os.close(nobody)
    done = subprocess.run(command(*words), stdout=pipe, stderr=subprocess.PIPE, encoding="utf-8", timeout=120)
    os.close(pipe)
    assert done.returncode == 2
    assert shown in done.stderr and told in done.stderr
    assert "bug" not in done.stderr and "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_a_full_disk_in_the_midst_of_the_work_is_no_bug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def work(_args: object) -> int:
        raise OSError(28, "No space left on device", "/some/where")

    monkeypatch.setattr(load("plan"), "run", work)
    assert main(["plan", LEE, "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "/some/where: The disk is full" in told and "bug" not in told


def test_crops_that_have_no_room_are_refused_before_a_document_is_opened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    def opened(*_: object, **__: object) -> DocumentReport:
        raise AssertionError("a document was opened")

    monkeypatch.setattr("assistant.jobs.check.try_writing", full)
    monkeypatch.setattr(readiness, "check_documents", opened)
    assert main(["check", LEE, "--crops", str(tmp_path / "crops"), "--lang", "en"]) == 2
    assert "made or written" in capsys.readouterr().err
