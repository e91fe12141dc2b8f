"""The employer's data: one file for all applicants."""

from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from tests.desk.pages.test_profile import typed


def test_a_change_counts_for_every_applicant(visitor, desk_folder):
    page = visitor.get("/employer")
    assert typed(page)["employer.uscc"] == "91440300MA5XAMPE4X"
    visitor.post("/employer", typed(page) | {"employer.handler.mobile": "13700000000"})
    assert load_profile(PlainFolder(desk_folder / "sample-lee")).employer.handler.mobile == "13700000000"
    assert "虚构的单位" in (desk_folder / "employer.yaml").read_text(encoding="utf-8")


def test_what_is_wrong_is_told_at_its_field(visitor):
    answer = visitor.follow(visitor.post("/employer", typed(visitor.get("/employer")) | {"employer.uscc": "12"}))
    assert '<a href="#f-employer.uscc">' in answer.text and 'value="12"' in answer.text


def test_where_there_is_no_file_yet_one_is_made(visitor, desk_folder):
    (desk_folder / "employer.yaml").rename(desk_folder / "gone")
    page = visitor.get("/employer")
    assert page.status == 200
    visitor.post("/employer", typed(page) | {"employer.name": "样例公司"})
    assert "样例公司" in (desk_folder / "employer.yaml").read_text(encoding="utf-8")


def test_a_second_window_is_shown_not_overwritten(visitor, desk_folder):
    old = typed(visitor.get("/employer"))
    visitor.post("/employer", old | {"employer.address": "A 路 1 号"})
    answer = visitor.post("/employer", old | {"employer.address": "B 路 2 号"})
    assert answer.status == 409 and "A 路 1 号" in answer.words
    assert "A 路 1 号" in (desk_folder / "employer.yaml").read_text(encoding="utf-8")
