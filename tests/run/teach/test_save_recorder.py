"""Promises of assistant/run/teach/save_recorder.py: what was seen to save is offered as patterns; what submits is never offered."""

from datetime import date

from assistant.portal.loading import load_portal
from assistant.run.teach.save_recorder import Heard, host_patch, join

ORIGIN = "http://127.0.0.1:8000"


def heard(*requests: tuple[str, str]) -> Heard:
    found = Heard(ORIGIN)
    for method, url in requests:
        found.note(method, url)
    return found


def test_saves_of_two_sections_become_one_pattern_without_a_number() -> None:
    found = heard(
        ("PUT", f"{ORIGIN}/api/applications/8f3a92c1d0/sections/personal?x=E12345678"),
        ("PUT", f"{ORIGIN}/api/applications/8f3a92c1d0/sections/work"),
        ("GET", f"{ORIGIN}/api/form"),
        ("POST", "http://elsewhere.example/track"),
    )
    assert found.offered(()) == [("PUT", "/api/applications/*/sections/*", 2)]


def test_what_submits_books_or_pays_is_never_offered() -> None:
    found = heard(
        ("POST", f"{ORIGIN}/api/applications/8f3a92c1d0/submit"),
        ("POST", f"{ORIGIN}/crj/crjmsjw/wsyy/take"),
        ("POST", f"{ORIGIN}/portal/payment"),
        ("POST", f"{ORIGIN}/portal/closing"),
    )
    assert found.offered(load_portal("shenzhen").file.forbidden_paths) == [("POST", "/portal/closing", 1)]


def test_paths_that_differ_in_more_than_one_part_stay_apart() -> None:
    assert join([("POST", "/a/b/c"), ("POST", "/a/x/y")]) == [("POST", "/a/b/c"), ("POST", "/a/x/y")]
    assert join([("POST", "/a/save"), ("POST", "/b/save")]) == [("POST", "/a/save"), ("POST", "/b/save")]


def test_what_is_learned_is_dated_and_signed() -> None:
    patch = host_patch(ORIGIN, [("PUT", "/api/x/save")], "王小明", date(2026, 11, 22))
    assert (patch.verified_by, patch.verified_on, patch.allow[0].path) == ("王小明", date(2026, 11, 22), "/api/x/save")
