"""How far a case is: what the tool sees, and what only the person knows."""

from datetime import datetime

from assistant.jobs.course import Course, keep_course, read_course
from assistant.store.applicant_folder import PlainFolder

NOW = datetime(2026, 11, 23, 9, 30)


def test_the_tool_sees_data_and_papers_for_itself():
    assert Course().stage(errors=2, papers_missing=3) == "data"
    assert Course().stage(errors=0, papers_missing=3) == "papers"
    assert Course().stage(errors=0, papers_missing=0) == "filling"
    assert Course("booked").stage(errors=2, papers_missing=3) == "booked"


def test_what_the_portal_says_moves_a_case_on_and_never_back():
    assert Course().at_least("submitted", NOW).said == "submitted"
    booked = Course("booked")
    assert booked.at_least("submitted", NOW) is booked and booked.at_least(None, NOW) is booked


def test_what_was_said_and_what_happened_is_kept(tmp_path):
    applicant = PlainFolder(tmp_path)
    keep_course(applicant, Course().after(NOW, "rehearsed", "112").at_stage("submitted", NOW))
    again = read_course(applicant)
    assert again.said == "submitted"
    assert [(event.what, event.note) for event in again.events] == [("rehearsed", "112"), ("stage", "submitted")]


def test_a_file_that_can_t_be_read_counts_as_none(tmp_path):
    (tmp_path / "case.yaml").write_text("stage: [", encoding="utf-8")
    assert read_course(PlainFolder(tmp_path)) == Course()
    (tmp_path / "case.yaml").write_text("stage: elsewhere\nevents: {a: b}\n", encoding="utf-8")
    assert read_course(PlainFolder(tmp_path)) == Course()
