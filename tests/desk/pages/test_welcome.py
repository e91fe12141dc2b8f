"""The first start: what is done and what is missing is said, each with its button."""

import pytest

from assistant.cli.desk import default_folder
from assistant.desk.runs.examination import Examination
from assistant.store import locations


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(locations, "_own_folder", lambda: str(tmp_path / "own"))


def empty(desk_folder):
    for one in desk_folder.iterdir():
        one.rename(desk_folder.parent / f"gone-{one.name}")


def test_an_empty_desk_leads_there(visitor, desk_folder):
    empty(desk_folder)
    assert 'href="/welcome"' in visitor.get("/").text
    page = visitor.get("/welcome")
    assert page.status == 200 and str(desk_folder) in page.words and page.words.count("待办") == 3


def test_what_is_missing_is_named_with_what_to_do(visitor, monkeypatch):
    def begin(self, _language, _folder):
        self.checks = [
            {"name": "browser", "state": "bad", "message": "未找到浏览器", "remedy": "请安装 Edge"},
            {"name": "keyring", "state": "warning", "message": "没有密码库", "remedy": "x"},
        ]

    monkeypatch.setattr(Examination, "begin", begin)
    page = visitor.follow(visitor.post("/welcome", {"do": "examine"}))
    assert "未找到浏览器" in page.words and "请安装 Edge" in page.words
    assert "没有密码库" not in page.words


def test_a_rehearsal_puts_the_sample_there_and_begins(visitor, desk_folder, monkeypatch):
    empty(desk_folder)
    began = []
    monkeypatch.setattr(visitor.desk.runs, "start", lambda *words, **more: began.append(words))
    answer = visitor.post("/welcome", {"do": "rehearse"})
    assert answer.headers["location"] == "/cases/sample-lee/fill"
    assert began == [("sample-lee", "fill", "rehearse", "shenzhen", "zh")]
    assert (desk_folder / "sample-lee" / "profile.yaml").is_file()


def test_another_folder_counts_from_the_next_start(visitor, tmp_path):
    before = default_folder()
    answer = visitor.post("/welcome", {"do": "folder", "folder": f'"{tmp_path / "续签 2027"}"'})
    assert answer.status == 200 and "续签 2027" in answer.words
    assert default_folder() == tmp_path / "续签 2027" != before


@pytest.mark.parametrize("typed", ["", "relative/path", "x"])
def test_a_path_that_is_not_whole_is_not_remembered(typed, visitor):
    assert visitor.post("/welcome", {"do": "folder", "folder": typed}).status == 422
    assert locations.chosen_folder() is None


def test_an_unknown_button_does_nothing(visitor):
    assert visitor.post("/welcome", {"do": "anything"}).status == 400
