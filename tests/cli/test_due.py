"""`assistant due`: JSON, calendar, exit status."""

import json
import re
from argparse import ArgumentParser, Namespace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from assistant.cli import due
from assistant.errors import InputError, ProfileError
from assistant.review.console import Console
from assistant.store.locations import PROFILES

ON = date(2026, 11, 23)


def run(folder: Path, *words: str, language="zh", json_file: Path | None = None) -> int:
    parser = ArgumentParser()
    due.add_arguments(parser)
    args: Namespace = parser.parse_args([str(folder), "--on", ON.isoformat(), *words])
    args.lang, args.json, args.console = language, str(json_file) if json_file else None, Console(language)
    return due.run(args)


@pytest.fixture
def folder(tmp_path) -> Path:
    """Three applicants: one in time, one urgent, one whose profile can't be read."""
    home = tmp_path / "applicants"
    for name, days_left in (("in-time", 60), ("hurry", 32)):
        (home / name / "documents").mkdir(parents=True)
        for paper in (PROFILES / "sample-okafor" / "documents").iterdir():
            (home / name / "documents" / paper.name).write_bytes(b"paper")
        text = (PROFILES / "sample-okafor" / "profile.yaml").read_text(encoding="utf-8")
        expiry = ON + timedelta(days=days_left)
        text = re.sub(r"(_permit:\n(?:  .*\n)*?  expires_on: )\S+", rf"\g<1>{expiry}", text)
        (home / name / "profile.yaml").write_text(text, encoding="utf-8")
    employer = (PROFILES / "employer.yaml").read_text(encoding="utf-8")
    (home / "employer.yaml").write_text(employer, encoding="utf-8")
    (home / "broken").mkdir()
    (home / "broken" / "profile.yaml").write_text("city: shenzhen\ncity: beijing\n", encoding="utf-8")
    return home


def test_the_json_lists_everyone_most_urgent_first(folder, tmp_path):
    status = run(folder, json_file=tmp_path / "due.json")
    answer = json.loads((tmp_path / "due.json").read_text(encoding="utf-8"))
    assert status == 1
    assert (answer["schema"], answer["command"], answer["on"]) == (1, "due", "2026-11-23")
    assert [(one["applicant"], one["window"]) for one in answer["applicants"]] == [
        ("hurry", "urgent"),
        ("in-time", "open"),
        ("broken", "unreadable"),
    ]
    in_time = answer["applicants"][1]
    assert in_time["days_left"] == 60
    assert in_time["first_filing_day"] == "2026-10-24"
    assert in_time["last_filing_day"] == "2026-12-23"
    assert in_time["last_safe_filing_day"] == "2026-12-09"
    assert in_time["slots"] == {"present": 11, "required": 11}
    assert in_time["assumed"] is True and in_time["problems"] == []
    assert all(set(problem) == {"zh", "en"} for problem in answer["applicants"][2]["problems"])


def test_no_name_or_number_is_in_the_json_or_the_calendar(folder, tmp_path):
    run(folder, "--ics", str(tmp_path / "due.ics"), json_file=tmp_path / "due.json")
    for name in ("due.json", "due.ics"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        for secret in ("OKAFOR", "CHIDI", "A00123456", "EXAMPLE44030002", "1979-11-02"):
            assert secret not in text


def test_the_calendar_is_written_where_asked(folder, tmp_path):
    target = tmp_path / "new folder" / "due.ics"
    run(folder, "--ics", str(target))
    events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert len(events) == 10
    assert {str(event["SUMMARY"]).split()[0] for event in events} == {"hurry", "in-time"}


def test_a_calendar_that_can_not_be_written_is_unusable_input(folder, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError):
        run(folder, "--ics", str(tmp_path / "file" / "due.ics"))


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("立即申请", "可以申请", "资料无法使用")), ("en", ("file now", "open", "can't be used"))],
)
def test_people_read_a_table_and_the_reasons(folder, capsys, language, words):
    run(folder, language=language)
    said = re.sub(r"[│\s]+", " ", capsys.readouterr().out)
    squeezed = said.replace(" ", "")
    assert all(word.replace(" ", "") in squeezed for word in words)
    assert "profile.yaml:2" in squeezed


def test_nothing_to_do_today_is_calm(folder):
    for name in ("hurry", "broken"):
        (folder / name / "profile.yaml").unlink()
    assert run(folder) == 0


def test_a_folder_without_applicants_is_unusable_input(tmp_path):
    with pytest.raises(ProfileError):
        run(tmp_path)


def test_the_samples_are_the_default():
    parser = ArgumentParser()
    due.add_arguments(parser)
    assert parser.parse_args([]).folder == PROFILES
