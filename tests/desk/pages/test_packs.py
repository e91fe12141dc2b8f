"""Newer data on the desk: shown before they are taken, undone with one press."""

from assistant.jobs.packs import installed
from tests.support.packs import beijing

OPENS, SOONER = "opens: {days_before_expiry: 90,", "opens: {days_before_expiry: 60,"


def test_a_file_is_shown_taken_and_undone(visitor, make_pack, monkeypatch):
    monkeypatch.setattr(installed, "fault_of", lambda _folder: None)
    content = make_pack({"cities/beijing.yaml": beijing(OPENS, SOONER)}).read_bytes()
    shown = visitor.upload("/packs", [("pack", "a.zip", content)], do="show")
    assert "window.opens.days_before_expiry" in shown.words and installed.in_force() is None
    visitor.upload("/packs", [], do="take")
    assert installed.in_force()["made_on"] == "2027-03-01"
    assert "2027-03-01" in visitor.get("/packs").words
    visitor.upload("/packs", [], do="undo")
    assert installed.in_force() is None


def test_a_file_that_nobody_trusted_signed_is_refused(visitor, packs_home, make_pack):
    content = make_pack({"cities/beijing.yaml": beijing()}).read_bytes()
    for key in (packs_home / "trusted").iterdir():
        key.unlink()
    answer = visitor.upload("/packs", [("pack", "a.zip", content)], do="show")
    assert answer.status == 422 and "pack trust" in answer.words
    assert visitor.upload("/packs", [], do="take").status == 422
    assert installed.in_force() is None


def test_a_finding_says_how_old_its_rule_is(visitor):
    assert (
        "个月前" in visitor.get("/cases/sample-lee/check").words
        or "本月内" in visitor.get("/cases/sample-lee/check").words
    )
