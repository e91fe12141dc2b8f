"""After filing: the stage, the days, the pages to take along."""

from icalendar import Calendar

from assistant.desk.runs.run import Run

PAGE = "/cases/sample-lee/after"


def test_the_stage_is_set_by_hand_and_seen_on_the_roster(visitor):
    visitor.post(PAGE, {"do": "stage", "stage": "submitted"})
    assert "阶段改为「已提交」" in visitor.get(PAGE).words
    assert "查询审核与预约" in visitor.get("/").words
    assert "LEE MINJUN" in visitor.get("/?stage=submitted").words


def test_a_stage_the_tool_knows_is_left_to_it(visitor):
    visitor.post(PAGE, {"do": "stage", "stage": "done"})
    visitor.post(PAGE, {"do": "stage", "stage": "papers"})
    assert "LEE MINJUN" not in visitor.get("/?stage=done").words


def test_the_days_a_calendar_and_the_page_to_take_along_are_there(visitor):
    assert "2027-01-15" in visitor.get(PAGE).words
    assert list(Calendar.from_ical(visitor.get("/cases/sample-lee/calendar.ics").body).walk("VEVENT"))
    sheet = visitor.get("/cases/sample-lee/onsite")
    assert "现场办理清单" in sheet.words and "sandbox" in sheet.headers["content-security-policy"]


def test_one_press_looks_the_status_up_and_shows_it(visitor, monkeypatch):
    monkeypatch.setattr(Run, "begin", lambda run, _delivered, _ended: setattr(run, "state", "running"))
    visitor.post(PAGE, {"do": "look", "url": "http://127.0.0.1:9/"})
    (run,) = visitor.desk.runs.of("sample-lee")
    assert (run.kind, run.request["job"]) == ("after", "after")
    run.hear({"event": "after", "status": "预审通过", "booking": None, "form": None, "trouble": None})
    assert "预审通过" in visitor.get(PAGE).words


def test_what_a_look_has_found_moves_the_case_on(visitor, begun):
    visitor.post(PAGE, {"do": "look"})
    run, delivered, ended = begun["sample-lee"]
    run.hear({"event": "after", "status": "已预约", "booking": "预约成功", "form": "filed", "trouble": None})
    delivered(run)
    run.state = "over"
    ended(run)
    assert "阶段改为「预约」" in visitor.get(PAGE).words
    assert "LEE MINJUN" in visitor.get("/?stage=booked").words


def test_where_nothing_is_known_of_the_portal_s_later_pages_it_says_so_and_keeps_no_look(visitor, begun):
    visitor.post(PAGE, {"do": "look"})
    run, delivered, ended = begun["sample-lee"]
    run.hear({"event": "by-hand"})
    delivered(run)
    run.state = "over"
    ended(run)
    words = visitor.get(PAGE).words
    assert "没有打开浏览器" in words and "查询了审核与预约" not in words


def test_without_usable_data_the_page_still_opens(visitor, desk_folder):
    file = desk_folder / "sample-lee" / "profile.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2032-05-10\n  mrz", "soon\n  mrz"), encoding="utf-8")
    assert "资料还没有填完" in visitor.get(PAGE).words


def test_next_year_s_profile_is_made_beside_this_one(visitor, desk_folder):
    before = (desk_folder / "sample-lee" / "profile.yaml").read_bytes()
    page = visitor.follow(visitor.post(PAGE, {"do": "renew"}))
    assert page.status == 200 and "sample-lee-2026" in page.words
    assert (desk_folder / "sample-lee" / "profile.yaml").read_bytes() == before
