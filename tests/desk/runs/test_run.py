"""One run as the desk follows it, event by event."""

import json

import pytest

from assistant.desk.runs.run import Run


@pytest.fixture
def run(tmp_path) -> Run:
    return Run("r", "sample-lee", "fill", "rehearse", "rehearsals", {"out": str(tmp_path)})


def test_sections_are_followed_one_by_one(run):
    run.hear({"event": "section", "title": "个人信息", "number": 1, "total": 7})
    assert (run.total, run.sections[0].left) == (7, None)
    run.hear({"event": "finished", "title": "个人信息", "calm": 22, "left": 1, "seconds": 2.1})
    assert (run.sections[0].calm, run.sections[0].left) == (22, 1)


def test_a_question_waits_for_the_person_and_is_over_once_the_run_goes_on(run):
    run.hear({"event": "ask", "kind": "yes-no", "zh": "允许吗？", "en": "Allow?"})
    assert run.state == "asking" and run.question is not None
    run.hear({"event": "section", "title": "x", "number": 1, "total": 1})
    assert run.state == "running" and run.question is None


def test_an_answer_is_given_once(run):
    told = []
    run._tell = told.append
    run.hear({"event": "ask", "kind": "yes-no", "zh": "?", "en": "?"})
    run.answer(yes=True)
    run.answer(yes=True)
    run.hear({"event": "ask", "kind": "go-on", "zh": "?", "en": "?"})
    run.answer(yes=True)
    assert told == ["y", ""]


def test_handing_over_shows_the_result_and_stays_with_the_person(run, tmp_path):
    (tmp_path / "fill.json").write_text(json.dumps({"sections": [], "counts": {"verified": 3}}), encoding="utf-8")
    run.hear({"event": "report", "stays": True})
    assert run.state == "yours" and run.result["counts"] == {"verified": 3}
    assert run.active and not run.ended


def test_a_portal_whose_later_pages_nobody_knows_ends_with_a_word_for_the_person(run):
    run.hear({"event": "by-hand"})
    assert run.result == {"by_hand": True} and run.question is None


def test_everything_new_is_counted(run):
    before = run.version
    run.hear({"event": "say", "zh": "登录", "en": "log in", "style": ""})
    run.hear({"event": "problem", "zh": "不行", "en": "no"})
    assert run.version == before + 2
    assert [text.zh for text in (*run.said, *run.trouble)] == ["登录", "不行"]


def test_one_that_waits_is_stopped_without_a_process(run):
    run.stop()
    assert run.state == "stopped" and run.ended
