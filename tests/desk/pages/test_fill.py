"""Filling, from the desk: started, followed, asked, stopped; its result shown without a value."""

import json
import shutil

import pytest

from assistant.jobs.spoken import PROOF, REPORT, RESULT

PAGE = "/cases/sample-lee/fill"


def test_a_rehearsal_is_started_followed_and_its_question_answered(visitor, begun):
    assert 'type="radio" name="target" value="rehearse"' in visitor.get(PAGE).text
    page = visitor.follow(visitor.post(PAGE, {"target": "rehearse"}))
    (run,) = visitor.desk.runs.of("sample-lee")
    assert "停止" in page.words and f'data-events="/runs/{run.id}/events"' in page.text
    assert '<meta http-equiv="refresh" content="2">' in page.text
    run.hear({"event": "section", "title": "个人信息", "number": 1, "total": 7})
    run.hear({"event": "ask", "kind": "go-on", "zh": "请登录", "en": "log in"})
    page = visitor.get(PAGE)
    assert "个人信息" in page.words and "请登录" in page.words and "继续" in page.words
    visitor.post(f"/runs/{run.id}/answer", {"word": "yes"})
    assert run.question is None


def test_a_run_is_stopped_and_nobody_else_s(visitor, begun):
    visitor.post(PAGE, {"target": "live"})
    (run,) = visitor.desk.runs.of("sample-lee")
    assert visitor.post("/runs/nobody/stop").status == 404
    assert visitor.post(f"/runs/{run.id}/stop").status == 303
    assert run.state == "stopped"


def test_the_live_portal_is_one_applicant_s_at_a_time_and_the_line_is_shown_and_moves_on(visitor, begun, desk_folder):
    shutil.copytree(desk_folder / "sample-lee", desk_folder / "second")
    visitor.post(PAGE, {"target": "live"})
    assert begun["sample-lee"][0].request["target"] == "live" and "url" not in begun["sample-lee"][0].request
    waiting = visitor.follow(visitor.post("/cases/second/fill", {"target": "live"}))
    assert "排队中" in waiting.words and "前面还有 1 次" in waiting.words and "second" not in begun
    for page in ("/", PAGE):
        words = visitor.get(page).words
        assert "正在进行和排队" in words and "深圳的平台" in words and "second" in words
    run, _, ended = begun["sample-lee"]
    run.state = "over"
    ended(run)
    assert begun["second"][0].state == "running"
    assert "sample-lee" not in visitor.get("/cases/second/fill").words.partition("正在进行和排队")[2]


def test_what_only_the_panel_can_show_is_answered_there_and_the_desk_says_so(visitor, begun):
    visitor.post(PAGE, {"target": "live"})
    begun["sample-lee"][0].hear({"event": "ask", "kind": "panel", "zh": "这一页读到 12 项", "en": "12 fields"})
    page = visitor.get(PAGE)
    assert "这一页读到 12 项" in page.words and "浏览器窗口的面板上回答" in page.words
    assert 'name="word"' not in page.text


def test_what_was_not_chosen_or_is_no_address_is_said(visitor, begun):
    assert visitor.post(PAGE, {}).status == 422
    assert visitor.post(PAGE, {"target": "live", "url": "javascript:alert(1)"}).status == 422
    assert visitor.desk.runs.active == []


def test_quitting_asks_first_while_something_runs(visitor, begun):
    visitor.post(PAGE, {"target": "live"})
    assert "仍然退出" in visitor.post("/quit").words
    assert not visitor.desk.ended.is_set()
    visitor.post("/quit", {"sure": "yes"})
    assert visitor.desk.ended.is_set()


@pytest.fixture
def kept(desk_folder):
    home = desk_folder / "sample-lee" / "results"
    home.mkdir()
    outcome = {
        "field": "passport.number",
        "label": "护照号码",
        "row": None,
        "control": "text",
        "status": "kept",
        "reason": "different-value",
    }
    result = {
        "seconds": 9.5,
        "sections": [
            {
                "key": "personal",
                "title": "个人信息",
                "outcomes": [outcome, outcome | {"status": "verified", "reason": None}],
            }
        ],
        "guard": {"submitted": 0, "submit_attempts": 0},
        "missing_slots": ["照片"],
        "stopped": None,
    }
    (home / f"live-{RESULT}").write_text(json.dumps(result), encoding="utf-8")
    (home / f"live-{REPORT}").write_text(
        "<html><style>p{color:red}</style><p>r</p><script>1</script></html>", encoding="utf-8"
    )
    (home / f"live-{PROOF}").write_text("<p>LEE</p>", encoding="utf-8")


def test_the_last_result_is_shown_also_after_a_new_start(visitor, kept):
    words = visitor.get(PAGE).words
    assert "护照号码" in words and "照片" in words and "原有另一个值" in words
    assert "/cases/sample-lee/results/live/proof-sheet.html" in visitor.get(PAGE).text


def test_a_made_page_is_shown_with_its_own_style_and_no_script(visitor, kept):
    answer = visitor.get("/cases/sample-lee/results/live/report.html")
    policy = answer.headers["content-security-policy"]
    assert "script-src" not in policy and "default-src 'none'" in policy and "sandbox" in policy
    assert "'sha256-" in policy and "unsafe" not in policy
    for name in ("fill.json", "..%2f..%2fprofile.yaml", "other.html"):
        assert visitor.get(f"/cases/sample-lee/results/live/{name}").status == 404
    assert visitor.get("/cases/sample-lee/results/rehearse/report.html").status == 404
