"""Who may ask the desk: its own pages in this person's browser, and nobody else."""

import pytest

from assistant.desk.gate import HEADERS, MOST_BYTES
from tests.support.desks import PORT, SAME, Visitor

OWN = f"http://127.0.0.1:{PORT}"


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "", f"127.0.0.1:{PORT}.evil.example"]
)
def test_a_name_that_was_rebound_is_refused_even_with_the_cookie(visitor, host):
    visitor.host = host
    assert visitor.get("/").status == 421
    assert visitor.post("/quit").status == 421
    assert not visitor.desk.ended.is_set()


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"[::1]:{PORT}", f"LOCALHOST:{PORT}"])
def test_the_other_names_of_this_computer_are_let_in(visitor, host):
    visitor.host = host
    assert visitor.get("/").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": OWN},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": f"https://127.0.0.1:{PORT}"},
    ],
)
def test_what_another_site_posts_is_refused(visitor, headers):
    assert visitor.post("/quit", headers=headers).status == 403
    assert not visitor.desk.ended.is_set()


@pytest.mark.parametrize("headers", [SAME, {"origin": OWN}])
def test_what_the_desk_s_own_page_posts_is_done(visitor, headers):
    assert visitor.post("/quit", headers=headers).status == 200
    assert visitor.desk.ended.is_set()


def test_without_the_cookie_nothing_of_the_folder_is_shown(desk):
    stranger = Visitor(desk)
    for path in ("/", "/cases/sample-lee/profile", "/calendar.ics", "/employer", "/settings", "/nowhere"):
        answer = stranger.get(path)
        assert answer.status == 401
        assert "LEE" not in answer.text
    assert stranger.get("/static/desk.css").status == 200


def test_a_wrong_cookie_is_none(desk):
    stranger = Visitor(desk, cookies={f"desk-{PORT}": "x" * 43})
    assert stranger.get("/").status == 401


def test_every_answer_says_that_it_is_not_kept_and_runs_nothing_foreign(visitor):
    for path in ("/", "/nowhere", "/static/desk.js", "/start?token=no"):
        headers = visitor.get(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy and "http" not in policy and "default-src 'none'" in policy


def test_a_body_that_says_it_is_too_large_is_not_read(visitor):
    answer = visitor.ask("POST", "/cases", b"", {**SAME, "content-length": str(2 * 1024**3)}, length=False)
    assert answer.status == 413
    assert "80 MB" in answer.words


def test_a_body_that_does_not_say_its_size_is_cut_off(visitor):
    body = b'--line\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n' + bytes(MOST_BYTES)
    answer = visitor.ask(
        "POST", "/cases", body, {**SAME, "content-type": "multipart/form-data; boundary=line"}, length=False
    )
    assert answer.status == 413


def test_no_page_holds_a_script_or_a_style_of_its_own(visitor):
    case = "/cases/sample-lee"
    pages = ["/", "/cases/new", "/intake", "/employer", "/settings"]
    for path in [*pages, *(f"{case}/{name}" for name in ("profile", "documents", "check", "fill", "after"))]:
        answer = visitor.get(path)
        assert answer.status == 200, path
        text = answer.text
        assert " style=" not in text and "<style" not in text and "onclick" not in text
        assert text.count("<script") == text.count('<script src="/static/desk.js" defer></script>') == 1
