"""The handbook opens as files of this computer, in the person's language."""

import pytest

from assistant.desk.pages import handbook


@pytest.mark.parametrize(("tongue", "first"), [("zh", "desk.zh.html"), ("en", "desk.en.html")])
def test_it_opens_in_the_browser_in_the_persons_language(visitor, tmp_path, monkeypatch, tongue, first):
    opened = []
    monkeypatch.setattr(handbook, "HANDBOOK", tmp_path)
    monkeypatch.setattr(handbook, "open_in_browser", opened.append)
    visitor.post("/language", {"language": tongue})
    assert visitor.post("/handbook", {}).status == 200
    assert opened == [(tmp_path / first).as_uri()]


def test_where_there_is_none_it_is_said(visitor, monkeypatch):
    monkeypatch.setattr(handbook, "HANDBOOK", None)
    answer = visitor.post("/handbook", {})
    assert answer.status == 404 and "手册" in answer.words


def test_every_page_has_the_button(visitor):
    assert 'action="/handbook"' in visitor.get("/").text
