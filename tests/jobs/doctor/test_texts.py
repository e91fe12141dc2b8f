"""Chinese names of files are tried; a code page without Chinese is worth a word, since the tool's own output is UTF-8."""

from pathlib import Path

import pytest

from assistant.jobs.doctor import texts
from assistant.jobs.doctor.answers import State
from assistant.jobs.doctor.texts import check_texts
from tests.support.doctor import state_of


@pytest.mark.parametrize(
    ("page", "state"),
    [("UTF-8", "ok"), ("cp936", "ok"), ("cp1252", "warning"), ("ascii", "warning"), ("cp0", "warning")],
)
def test_a_code_page_without_chinese_is_worth_a_word(page: str, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts.locale, "getpreferredencoding", lambda _ask: page)
    (check,) = check_texts()
    assert state_of([check], "texts") == state
    assert page in check.message.zh


def test_a_disk_that_takes_no_chinese_names_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_path: Path, _text: str, **_options: str) -> None:
        raise UnicodeEncodeError("ascii", "签", 0, 1, "canary")

    monkeypatch.setattr(Path, "write_text", write)
    (check,) = check_texts()
    assert state_of([check], "texts") == "bad"
    assert "canary" not in check.message.zh + check.remedy.zh
