"""The roster: everyone listed, most urgent first, nobody hidden by a broken neighbour."""

import json
import os
import re
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.check.deadlines.ics import calendar_file
from assistant.check.deadlines.roster import make_roster
from assistant.cli.due import as_json
from assistant.errors import ProfileError
from assistant.profile.loading import load_profile
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES

ON = date(2026, 11, 23)


def add(folder: Path, name: str, days_left: int, *, sample: str = "okafor", city: str = "shenzhen") -> Path:
    """One applicant whose permits expire so many days after ON."""
    if not (folder / "employer.yaml").exists():
        shutil.copy(PROFILES / "employer.yaml", folder / "employer.yaml")
    source, target = PROFILES / f"sample-{sample}", folder / name
    (target / "documents").mkdir(parents=True)
    for paper in (source / "documents").iterdir():
        (target / "documents" / paper.name).write_bytes(b"paper")
    text = (source / "profile.yaml").read_text(encoding="utf-8").replace("city: shenzhen", f"city: {city}", 1)
    expiry = ON + timedelta(days=days_left)
    text = re.sub(r"(_permit:\n(?:  .*\n)*?  expires_on: )\S+", rf"\g<1>{expiry}", text)
    (target / "profile.yaml").write_text(text, encoding="utf-8")
    return target


def test_the_most_urgent_comes_first(tmp_path):
    for name, left in (("far", 200), ("expired", -5), ("late", 10), ("soon", 50), ("tight", 35)):
        add(tmp_path, name, left)
    roster = make_roster(FolderStore.at(tmp_path), ON)
    assert [(due.applicant, due.state) for due in roster.due] == [
        ("expired", "expired"),
        ("late", "urgent"),
        ("tight", "urgent"),
        ("soon", "open"),
        ("far", "too-early"),
    ]
    assert [due.days_left for due in roster.due] == [-5, 10, 35, 50, 200]


def test_what_counts_is_the_last_safe_day_not_the_expiry(tmp_path):
    add(tmp_path, "slow-city", 60, city="shenzhen")
    add(tmp_path, "quick-city", 58, city="beijing")
    roster = make_roster(FolderStore.at(tmp_path), ON)
    assert [due.applicant for due in roster.due] == ["slow-city", "quick-city"]
    assert roster.due[0].dates.last_safe_day < roster.due[1].dates.last_safe_day


def test_one_broken_applicant_hides_nobody(tmp_path):
    add(tmp_path, "fine", 60)
    broken = add(tmp_path, "broken", 60)
    (broken / "profile.yaml").write_text("city: [", encoding="utf-8")
    nowhere = add(tmp_path, "nowhere", 60, city="atlantis")
    roster = make_roster(FolderStore.at(tmp_path), ON)
    assert [due.applicant for due in roster.due] == ["fine"]
    assert [applicant.applicant for applicant in roster.unreadable] == ["broken", nowhere.name]
    assert all(applicant.error.lines("zh") and applicant.error.lines("en") for applicant in roster.unreadable)
    assert not roster.calm


def test_a_lost_paper_breaks_its_applicant_only(tmp_path):
    add(tmp_path, "fine", 60)
    (add(tmp_path, "lost", 60) / "documents" / "passport.pdf").unlink()
    roster = make_roster(FolderStore.at(tmp_path), ON)
    assert [due.applicant for due in roster.due] == ["fine"]
    assert "passport" in "\n".join(roster.unreadable[0].error.lines("en"))


def test_readiness_counts_required_papers(tmp_path):
    folder = add(tmp_path, "one", 60)
    text = (folder / "profile.yaml").read_text(encoding="utf-8")
    (folder / "profile.yaml").write_text(re.sub(r"\n  (passport|photo): documents\S+", "", text), encoding="utf-8")
    (due,) = make_roster(FolderStore.at(tmp_path), ON).due
    assert (due.present, due.required, due.errors) == (9, 11, 2)


def test_a_roster_is_calm_when_nobody_must_act_today(tmp_path):
    add(tmp_path, "open", 60)
    add(tmp_path, "early", 120)
    assert make_roster(FolderStore.at(tmp_path), ON).calm


@pytest.mark.parametrize(("city", "days_left", "state"), [
    ("beijing", 91, "too-early"), ("beijing", 90, "open"), ("beijing", 30, "urgent"), ("beijing", 29, "too-late"),
    ("shenzhen", 91, "too-early"), ("shenzhen", 90, "open"), ("shenzhen", 30, "urgent"), ("shenzhen", 29, "urgent"),
    ("beijing", -1, "expired"),
])  # fmt: skip
def test_states_at_the_boundaries(tmp_path, city, days_left, state):
    add(tmp_path, "one", days_left, city=city)
    (due,) = make_roster(FolderStore.at(tmp_path), ON).due
    assert due.state == state


def test_after_the_last_safe_day_the_plan_starts_today(tmp_path):
    add(tmp_path, "tight", 33)
    (due,) = make_roster(FolderStore.at(tmp_path), ON).due
    assert due.next_steps.filed_on == ON > due.dates.last_safe_day


def test_a_folder_that_is_one_applicants_is_that_one(tmp_path):
    folder = add(tmp_path, "one", 60)
    assert [due.applicant for due in make_roster(FolderStore.at(folder), ON).due] == ["one"]


def test_folders_without_a_profile_are_no_applicants(tmp_path):
    add(tmp_path, "one", 60)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert [ref.id for ref in FolderStore.at(tmp_path).applicants()] == ["one"]


@pytest.mark.parametrize("folder", ["empty", "absent"])
def test_a_folder_without_applicants_is_refused(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ProfileError):
        make_roster(FolderStore.at(tmp_path / folder), ON)


def test_papers_are_counted_and_never_opened(tmp_path, monkeypatch):
    folder = add(tmp_path, "one", 60)
    opened = []
    original = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *args, **kw: opened.append(self) or original(self, *args, **kw))
    make_roster(FolderStore.at(folder), ON)
    assert not [path for path in opened if path.parent.name == "documents"]


def test_progress_is_told_for_each_applicant(tmp_path):
    add(tmp_path, "one", 60)
    (add(tmp_path, "two", 60) / "profile.yaml").write_text("", encoding="utf-8")
    seen = []
    make_roster(FolderStore.at(tmp_path), ON, lambda: seen.append(1))
    assert len(seen) == 2


# ---- one odd folder hides nobody -----------------------------------------------------------------------------------

ODD_NAMES = (
    "李敏俊".encode("gbk"),  # as unzip leaves a Windows zip
    b"lee\xff",
    b"lee\n2",
    b"\x1b[2Jlee",
    "lee\u202egnp".encode(),
    "李敏俊".encode("big5"),
)


def put(folder: Path, name: bytes) -> None:
    source = add(folder, "to be renamed", 60)
    source.rename(folder / os.fsdecode(name))


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="this system's file names are text")
@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_folder_with_an_odd_name_is_listed_and_can_be_written(tmp_path, name):
    add(tmp_path, "fine", 60)
    put(tmp_path, name)
    roster = make_roster(FolderStore.at(tmp_path), ON)
    (odd,) = (due.applicant for due in roster.due if due.applicant != "fine")
    assert "?" in odd and odd.isprintable()
    odd.encode("utf-8")
    calendar = calendar_file(roster, "zh", datetime(2026, 11, 23, tzinfo=UTC))
    assert calendar.count(b"BEGIN:VEVENT") == 10
    assert json.loads(json.dumps(as_json(roster), ensure_ascii=False).encode("utf-8"))


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="this system's file names are text")
@pytest.mark.parametrize("name", ODD_NAMES)
def test_what_is_wrong_in_a_folder_with_an_odd_name_can_be_said(tmp_path, name):
    put(tmp_path, name)
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    (folder / "profile.yaml").write_text("city: [", encoding="utf-8")
    (unreadable,) = make_roster(FolderStore.at(tmp_path), ON).unreadable
    for said in (unreadable.applicant, *unreadable.error.lines("zh"), *unreadable.error.lines("en")):
        said.encode("utf-8")


@pytest.mark.parametrize(
    "fault", [ZeroDivisionError("JANE"), PermissionError(13, "no", "/home/JANE"), RecursionError()]
)
def test_a_fault_in_one_case_is_listed_and_hides_nobody(tmp_path, monkeypatch, fault):
    add(tmp_path, "fine", 60)
    add(tmp_path, "faulty", 60)
    original = load_profile

    def load(kept, **how):
        if kept.id == "faulty":
            raise fault
        return original(kept, **how)

    monkeypatch.setattr("assistant.check.deadlines.roster.load_profile", load)
    roster = make_roster(FolderStore.at(tmp_path), ON)
    assert [due.applicant for due in roster.due] == ["fine"]
    (unreadable,) = roster.unreadable
    said = " ".join(unreadable.error.lines("en"))
    assert type(fault).__name__ in said and "JANE" not in said


def test_a_folder_that_may_not_be_looked_into_is_listed(tmp_path, monkeypatch):
    add(tmp_path, "fine", 60)
    closed = add(tmp_path, "closed", 60)
    (closed / "profile.yaml").unlink()
    original = Path.is_file

    def is_file(self):
        if self.parent == closed:
            raise PermissionError(13, "no")
        return original(self)

    monkeypatch.setattr(Path, "is_file", is_file)
    roster = make_roster(FolderStore.at(tmp_path), ON)
    assert [due.applicant for due in roster.due] == ["fine"]
    assert [one.applicant for one in roster.unreadable] == ["closed"]
