"""A broken pack is named; the mock portal needs its libraries."""

from pathlib import Path

import pytest

from assistant.check.city import loading as city
from assistant.errors import PackError
from assistant.jobs.doctor import packs
from assistant.messages import Text
from assistant.portal import loading as portal
from tests.support.doctor import state_of


def test_a_broken_pack_is_bad_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_of(packs.check_packs(), "packs") == "ok"

    def fail(_name: str) -> None:
        raise PackError(Text("第 3 行有误", "line 3 is wrong"), where="portal.yaml")

    monkeypatch.setattr(portal, "load_portal", fail)
    (check,) = packs.check_packs()
    assert state_of([check], "packs") == "bad"
    assert "3" in check.message.zh


def test_no_pack_at_all_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal, "portals", lambda: ())
    monkeypatch.setattr(city, "cities", lambda: ())
    assert state_of(packs.check_packs(), "packs") == "bad"


def test_the_mock_needs_its_libraries_or_a_way_to_fetch_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from fixtures import libraries

    monkeypatch.setattr(libraries, "HERE", tmp_path)
    monkeypatch.setattr(libraries, "fingerprint", lambda: "stamp")
    monkeypatch.setattr(packs.shutil, "which", lambda _name: None)
    monkeypatch.setattr(packs, "has_module", lambda _name: False)
    assert state_of(packs.check_mock(), "mock") == "warning"
    monkeypatch.setattr(packs.shutil, "which", lambda _name: "/usr/bin/npm")
    assert state_of(packs.check_mock(), "mock") == "ok"
    monkeypatch.setattr(packs.shutil, "which", lambda _name: None)
    stamp = tmp_path / libraries.MODULES / libraries.STAMP
    stamp.parent.mkdir()
    stamp.write_text("stamp", encoding="utf-8")
    assert state_of(packs.check_mock(), "mock") == "ok"
