"""The report of a problem: all of it is on the page, and the file is what the page showed."""

import pytest

from assistant.desk.runs.examination import Examination
from assistant.store import journal

CHECKS = [{"name": "browser", "state": "ok", "message": "Edge 130 <b>", "remedy": None}]


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def begin(self: Examination, language: str, _folder: object) -> None:
        asked.append(language)
        self.checks = CHECKS

    monkeypatch.setattr(Examination, "begin", begin)
    return asked


def test_everything_that_is_saved_is_shown_first(visitor, examined):
    journal.note(
        "fill", applicant="sample-canary", counts={"verified": 3}, seconds=2.0, exit_status=1, bug="KeyError a:1"
    )
    page = visitor.get("/problem")
    assert examined == ["zh"]
    assert "Edge 130 <b>" in page.words and "Edge 130 <b>" not in page.text
    assert "KeyError a:1" in page.words and '"verified": 3' in page.words
    saved = visitor.post("/problem", {})
    assert "attachment" in saved.headers["content-disposition"]
    assert "KeyError a:1" in saved.text and "Edge 130 &lt;b&gt;" in saved.text
    for one in (page, saved):
        assert "sample-canary" not in one.text


def test_nothing_is_saved_that_was_not_shown(visitor):
    assert "attachment" not in str(visitor.post("/problem", {}).headers)


def test_the_settings_lead_there(visitor):
    assert 'href="/problem"' in visitor.get("/settings").text
