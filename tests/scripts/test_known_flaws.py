"""The dependency audit: what is known fails, and what could not be asked is said to be unasked."""

import json
import sys
from pathlib import Path

import pytest

from scripts.known_flaws import AUDITS, Answer, Inquiry, ask, of_npm, of_uv, report


def test_what_is_known_ends_with_one_and_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    known = {"vulnerabilities": {"left-pad": {"severity": "high"}}}
    answers = [("a", of_uv(1, "pkg 1.0 EXAMPLE-2026-1", "")), ("b", of_npm(1, json.dumps(known), ""))]
    assert report(answers) == 1
    told = capsys.readouterr().out
    assert "EXAMPLE-2026-1" in told
    assert "left-pad" in told


def test_what_could_not_be_asked_is_said_and_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    offline = "warning: experimental\nerror: Request failed\n  cause: dns error\n"
    refused = json.dumps({"message": "405 Method Not Allowed", "error": {"summary": ""}})
    answers = [("a", of_uv(2, "", offline)), ("b", of_npm(1, refused, "")), ("c", of_npm(1, "<html>", "npm error x"))]
    assert report(answers) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "not audited: a: cause: dns error",
        "not audited: b: 405 Method Not Allowed",
        "not audited: c: npm error x",
    ]


def test_a_question_that_the_tool_does_not_understand_fails(capsys: pytest.CaptureFixture[str]) -> None:
    usage = "error: unexpected argument '--x' found\n\nUsage: uv audit [OPTIONS]\n"
    no_lock = json.dumps({"error": {"code": "ENOLOCK", "summary": "This command requires an existing lockfile."}})
    for answer in (of_uv(2, "", usage), of_uv(101, "", "panicked"), of_npm(1, no_lock, "npm error code ENOLOCK")):
        assert report([("a", answer)]) == 1
    assert capsys.readouterr().out.count("wrongly asked: a:") == 3


def test_nothing_known_is_said_as_audited(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([("a", of_uv(0, "", "")), ("b", of_npm(0, '{"vulnerabilities": {}}', ""))]) == 0
    assert capsys.readouterr().out == "audited: a: nothing known\naudited: b: nothing known\n"


def test_a_tool_that_is_missing_has_audited_nothing(tmp_path: Path) -> None:
    missing = Inquiry("a", ("no-such-tool-anywhere",), tmp_path, of_uv)
    assert ask(missing).verdict == "not audited"
    assert ask(Inquiry("a", (sys.executable, "-c", "raise SystemExit(1)"), tmp_path, of_uv)) == Answer("found", "")


def test_every_lock_of_third_party_code_is_audited() -> None:
    root = Path(__file__).parents[2]
    locks = {lock.parent for room in ("fixtures", "scripts") for lock in (root / room).glob("*/package-lock.json")}
    assert locks == {audit.folder for audit in AUDITS if audit.command[0] == "npm"}
