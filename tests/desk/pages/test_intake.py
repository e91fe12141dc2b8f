"""Importing: files are looked at, written at one press, taken back at another."""

import html
import re

import pytest

from assistant.profile.loading import read_raw
from assistant.store.applicant_folder import PlainFolder

ROSTER = (
    "姓,名,性别,出生日期,国籍,护照号码,护照有效期至\n"
    "GARCIA,ANA,女,1990-05-06,西班牙,XDD123456,2031-02-03\n"
    "SMITH,JOHN <b>,男,1985-13-01,美国,AB1234567,2030-01-01\n"
)


@pytest.fixture
def read(visitor):
    """The page after a roster was read."""
    answer = visitor.upload("/intake", [("files", "../roster <x>.csv", ROSTER.encode("utf-8"))])
    page = visitor.follow(answer)
    visitor.desk.importing.wait(60)
    return visitor.get("/intake") if "正在读取" in page.words else page


def keys(page) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'name="take" value="([^"]*)"', page.text)]


def test_reading_shows_each_value_with_its_cell_and_writes_nothing(read, desk_folder):
    assert "GARCIA ANA" in read.words and "还没有写入任何资料" in read.words
    assert re.search(r'data-path="passport.number" data-state="sure"', read.text)
    assert re.search(r"[#!]F2", read.words)
    assert sorted(path.name for path in desk_folder.iterdir()) == ["employer.yaml", "sample-lee"]
    assert "<b>" not in read.text and "<x>" not in read.text


def test_what_is_wrong_is_said_at_its_field_and_never_taken(read):
    assert re.search(r'data-path="applicant.birth_date" data-state="error"', read.text)


def test_confirming_writes_and_taking_back_undoes_it(read, visitor, desk_folder):
    who = [html.unescape(one) for one in re.findall(r'name="who" value="([^"]*)"', read.text)]
    done = visitor.follow(visitor.post("/intake", [("do", "apply"), *(("who", one) for one in who)]))
    assert "已导入" in done.words
    (ana,) = [one for one in who if "garcia" in one]
    assert read_raw(PlainFolder(desk_folder / ana)).data["passport"]["number"] == "XDD123456"
    assert "来自 roster _x_.csv#F2" in visitor.get(f"/cases/{ana}/profile").words
    name = re.search(r'name="import" value="([^"]*)"', done.text)[1]
    undone = visitor.post("/intake", {"do": "undo", "import": name})
    assert "已撤销这次导入" in undone.words
    assert not (desk_folder / ana / "profile.yaml").exists()


def test_whoever_is_not_ticked_is_left_out(read, visitor, desk_folder):
    who = [html.unescape(one) for one in re.findall(r'name="who" value="([^"]*)"', read.text)]
    visitor.post("/intake", [("do", "apply"), ("who", who[0])])
    assert [one for one in who if (desk_folder / one).is_dir()] == who[:1]


def test_discarding_forgets_the_files(read, visitor):
    home = visitor.desk.importing.home
    assert home.is_dir()
    page = visitor.follow(visitor.post("/intake", {"do": "clear"}))
    assert not home.exists()
    assert "读取" in page.words


def test_without_a_file_it_asks_for_one(visitor):
    assert visitor.post("/intake", {"do": "read"}).status == 422


def test_a_file_nobody_can_read_is_named(visitor):
    visitor.upload("/intake", [("files", "a.exe", b"MZ" + bytes(200))])
    visitor.desk.importing.wait(60)
    assert "a.exe" in visitor.get("/intake").words


def test_the_empty_roster_is_there_to_download(visitor):
    assert visitor.get("/intake/template.xlsx").body.startswith(b"PK")


def test_a_doubtful_value_that_is_ticked_is_written_as_a_browser_posts_it(visitor, desk_folder):
    visitor.follow(
        visitor.upload("/intake", [("files", "list.csv", ROSTER.replace("GARCIA", "GARCÍA").encode("utf-8"))])
    )
    visitor.desk.importing.wait(60)
    page = visitor.get("/intake")
    who = [html.unescape(one) for one in re.findall(r'name="who" value="([^"]*)"', page.text)]
    # A browser ends each line of what it posts with two signs.
    ticked = [one.replace("\n", "\r\n") for one in keys(page) if "applicant.surname" in one]
    assert len(ticked) == 1
    visitor.post("/intake", [("do", "apply"), *(("who", one) for one in who), *(("take", one) for one in ticked)])
    (ana,) = [one for one in who if "garcia" in one]
    assert read_raw(PlainFolder(desk_folder / ana)).data["applicant"]["surname"] == "GARCIA"
