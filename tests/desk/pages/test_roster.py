"""The roster: everyone, most urgent first."""

import re
import shutil

import pytest
from icalendar import Calendar

from assistant.desk.known_cases import KnownCases
from assistant.store import credentials, sealing
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES
from tests.support.desks import Visitor


def rows(answer) -> list[str]:
    return re.findall(r'<tr data-id="([^"]*)"', answer.text)


def test_each_applicant_has_a_row_with_the_days_and_what_is_next(visitor):
    words = visitor.get("/").words
    assert "LEE MINJUN 李敏俊" in words
    assert "2027-01-15" in words
    assert re.search(r"11 / 11|12 / 12|\d+ / \d+", words)


def test_the_most_urgent_come_first_and_the_unreadable_are_not_hidden(visitor, desk_folder):
    shutil.copytree(PROFILES / "sample-okafor", desk_folder / "later")
    text = (desk_folder / "later" / "profile.yaml").read_text(encoding="utf-8")
    (desk_folder / "later" / "profile.yaml").write_text(
        re.sub(r"expires_on: 2027-\d\d-\d\d", "expires_on: 2027-06-30", text), encoding="utf-8"
    )
    (desk_folder / "odd").mkdir()
    (desk_folder / "odd" / "profile.yaml").write_bytes(b"\xff\xfe")
    answer = visitor.get("/")
    assert rows(answer) == ["sample-lee", "later", "odd"]
    assert "处要改" in answer.words


def test_markup_in_a_folder_s_name_and_in_a_name_is_only_text(visitor, desk_folder):
    shutil.copytree(desk_folder / "sample-lee", desk_folder / "<img src=x onerror=alert(1)>")
    file = desk_folder / "sample-lee" / "profile.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("李敏俊", "<script>alert(1)</script>"), encoding="utf-8")
    text = visitor.get("/").text
    assert "<img" not in text and "<script>" not in text
    assert "&lt;script&gt;" in text


def test_filters_leave_whom_they_name(visitor, desk_folder):
    shutil.copytree(PROFILES / "sample-okafor", desk_folder / "sample-okafor")
    assert rows(visitor.get("/?q=okafor")) == ["sample-okafor"]
    assert rows(visitor.get("/?q=%E6%9D%8E")) == ["sample-lee"]
    assert rows(visitor.get("/?stage=done")) == []
    assert set(rows(visitor.get("/?city=shenzhen"))) <= {"sample-lee", "sample-okafor"}


def test_an_empty_folder_says_how_to_begin_and_the_samples_help(tmp_path, desk):
    desk.folder = tmp_path / "empty"
    desk.folder.mkdir()
    desk.known = KnownCases(FolderStore(desk.folder), desk.on, patience=60)
    desk.store = FolderStore(desk.folder)
    visitor = Visitor(desk).let_in()
    assert "还没有申请人" in visitor.get("/").words
    assert len(rows(visitor.follow(visitor.post("/samples")))) == 3


def test_a_sealed_folder_is_shown_and_one_without_its_key_as_locked(visitor, desk_folder):
    key = sealing.new_key()
    credentials.keep_seal_key(key)
    sealing.seal(desk_folder / "sample-lee", key)
    assert "LEE MINJUN" in visitor.get("/").words
    credentials.keep_seal_key(sealing.new_key())
    (desk_folder / "employer.yaml").touch()
    words = visitor.get("/").words
    assert "已封存，打不开" in words and "LEE" not in words


def test_the_calendar_is_one_that_programs_read(visitor):
    answer = visitor.get("/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert list(Calendar.from_ical(answer.body).walk("VEVENT"))


def test_a_new_applicant_gets_a_folder_of_their_own(visitor, desk_folder):
    typed = {"surname": "Garcia", "given_names": "ANA MARIA", "chinese_name": "", "city": "shenzhen"}
    assert visitor.post("/cases", typed).headers["location"] == "/cases/garcia-ana-maria/profile"
    assert visitor.post("/cases", typed).headers["location"] == "/cases/garcia-ana-maria-2/profile"
    assert (desk_folder / "garcia-ana-maria" / "profile.yaml").is_file()


def test_a_name_that_is_not_the_passport_s_is_asked_about_and_nothing_is_made(visitor, desk_folder):
    before = sorted(desk_folder.iterdir())
    answer = visitor.post("/cases", {"surname": "García", "given_names": "", "chinese_name": "", "city": "shenzhen"})
    assert answer.status == 422
    assert "GARCIA" in answer.words and 'value="García"' in answer.text
    assert sorted(desk_folder.iterdir()) == before


@pytest.mark.parametrize(
    "name", ["..", ".", "%2e%2e", "..%2f..%2fetc", "nobody", "sample-lee%00", "C:", "a%5Cb", "%2Fetc"]
)
def test_an_id_leads_nowhere_else(visitor, name):
    for page in ("profile", "documents"):
        assert visitor.get(f"/cases/{name}/{page}").status == 404
