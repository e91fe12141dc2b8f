"""In and out of the desk."""

import json

from tests.support.desks import PORT, SAME, Visitor


def test_the_start_address_gives_a_cookie_that_no_script_and_no_other_site_gets(desk):
    guest = Visitor(desk)
    answer = guest.get(f"/start?token={desk.admission.new_pass()}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    (cookie,) = answer.cookies
    assert cookie.startswith(f"desk-{PORT}=")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert "token" not in guest.get("/").text


def test_the_start_address_works_once(desk):
    address = f"/start?token={desk.admission.new_pass()}"
    Visitor(desk).get(address)
    second = Visitor(desk)
    assert second.get(address).status == 403
    assert second.cookies == {}


def test_a_second_start_of_this_user_gets_an_address_and_nobody_else_does(desk):
    stranger = Visitor(desk)
    assert stranger.post("/start/again").status == 403
    assert stranger.post("/start/again", headers={**SAME, "authorization": "Bearer guessed"}).status == 403
    given = stranger.post("/start/again", headers={**SAME, "authorization": f"Bearer {desk.admission.again}"})
    assert stranger.get(f"/start?token={json.loads(given.body)['pass']}").status == 303


def test_the_language_is_switched_and_kept(visitor):
    assert "名册" in visitor.get("/").words
    assert visitor.post("/language", {"language": "en", "back": "/cases/new"}).headers["location"] == "/cases/new"
    assert "Roster" in visitor.get("/").words
    assert 'lang="en"' in visitor.get("/").text


def test_the_way_back_leads_nowhere_else(visitor):
    for back in ("https://evil.example", "//evil.example", "/\\evil.example", ""):
        assert visitor.post("/language", {"language": "en", "back": back}).headers["location"] == "/"


def test_quitting_ends_the_desk_and_says_so(visitor):
    answer = visitor.post("/quit")
    assert "已退出" in answer.words
    assert visitor.desk.ended.is_set()
