"""The rules of the network layer, without a browser."""

import pytest

from assistant.page.guard.rules import Request, Rules, masked_path, origin_of, plain_path
from assistant.portal.model import Allowed

PORTAL = "http://portal.example"
RULES = Rules(
    [PORTAL],
    [
        Allowed(method="PUT", path="/api/*/sections/*", purpose="draft"),
        Allowed(method="POST", path="/case.do?method=save*", purpose="draft"),
    ],
    ["/api/*/hand-in", "/query.do?act=send"],
)


def refusal(
    method: str, address: str, *, document: bool = False, navigating: bool = False, **headers: str
) -> str | None:
    url = PORTAL + address if address.startswith("/") else address
    stated = {name.replace("_", "-"): value for name, value in headers.items()}
    return RULES.refusal(Request.of(method, url, document=document, headers=stated), navigating=navigating)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/api/options?q=x"),
        ("HEAD", "/anything"),
        ("OPTIONS", "/api/7/sections/personal"),
        ("PUT", "/api/7/sections/personal"),
        ("put", "/api/7/sections/personal"),
        ("POST", "/case.do?method=saveDraft"),
        ("GET", "/static/payment.png"),
        ("GET", "/js/appointment-list.js"),
        ("GET", "data:image/png;base64,AAAA"),
        ("GET", "blob:http://portal.example/1"),
    ],
)
def test_reading_and_declared_writing_pass(method: str, address: str) -> None:
    assert refusal(method, address) is None


@pytest.mark.parametrize(
    ("method", "address", "why"),
    [
        ("GET", "http://other.example/x", "other-origin"),
        ("GET", "https://portal.example/x", "other-origin"),
        ("GET", "http://portal.example:8080/x", "other-origin"),
        ("GET", "http://portal.example.evil.example/x", "other-origin"),
        ("GET", "ftp://portal.example/x", "other-origin"),
        ("GET", "http://portal.example:port/x", "other-origin"),
        ("POST", "/api/7/sections/personal", "not-allowed"),
        ("PUT", "/api/7/8/sections/personal", "not-allowed"),
        ("PUT", "/api/7/sections/personal/more", "not-allowed"),
        ("POST", "/case.do", "not-allowed"),
        ("SUBMITX", "/case.do", "not-allowed"),
        ("POST", "/case.do?method=submitAll", "forbidden-path"),
        ("GET", "/case.do?submit", "forbidden-path"),
        ("GET", "/api/7/submit", "forbidden-path"),
        ("GET", "/api/7/applySubmit.do", "forbidden-path"),
        ("GET", "/api/7/hand-in", "forbidden-path"),
        ("GET", "/API/7/HAND-IN/", "forbidden-path"),
        ("GET", "/query.do?act=send", "forbidden-path"),
        ("GET", "/api/7/sub%6Dit", "forbidden-path"),
        ("GET", "/api/7/sub%256Dit", "forbidden-path"),
        ("GET", "/api//7/submit;jsessionid=1", "forbidden-path"),
        ("PUT", "/api/7/sections/..%2fhand-in", "forbidden-path"),
        ("PUT", "/api/7/sections/a%5Cb", "forbidden-path"),
    ],
)
def test_everything_else_is_refused(method: str, address: str, why: str) -> None:
    assert refusal(method, address) == why


def test_a_document_loads_only_while_the_tool_goes_somewhere() -> None:
    assert refusal("GET", "/home", document=True) == "navigation"
    assert refusal("GET", "/home", document=True, navigating=True) is None


def test_going_somewhere_opens_no_other_door() -> None:
    assert refusal("GET", "/api/7/submit", document=True, navigating=True) == "forbidden-path"
    assert refusal("POST", "/home", document=True, navigating=True) == "not-allowed"
    assert refusal("GET", "http://other.example/", document=True, navigating=True) == "other-origin"


def test_a_get_that_stands_for_another_method_is_judged_as_that_one() -> None:
    assert refusal("GET", "/api/options", X_HTTP_Method_Override="DELETE") == "not-allowed"
    assert refusal("GET", "/api/options?_method=delete") == "not-allowed"


@pytest.mark.parametrize(
    "path",
    ["/people/E12345678", "/people/%E6%9D%8E", "/a/8f3a92c1-d0b4-4f6e-9a51-000000000001", "/a/1234", "/a/" + "x" * 41],
)
def test_what_may_identify_a_person_is_masked(path: str) -> None:
    assert masked_path(path).rpartition("/")[2] == "*"


def test_plain_words_stay_readable() -> None:
    assert masked_path("/api/v1/sections/personal;jsessionid=77") == "/api/v1/sections/personal"


def test_paths_that_servers_read_differently_have_no_plain_form() -> None:
    assert plain_path("/a/%2e%2e%2fb") is None
    assert plain_path("/a/b%00") is None
    assert plain_path("/") == "/"


def test_an_origin_is_the_same_with_and_without_its_usual_port() -> None:
    assert origin_of("https://A.example:443/x") == origin_of("https://a.example")
    assert origin_of("http://a.example:443") != origin_of("http://a.example")
