"""A pack comes into force whole, shown as a diff before, undone with one press."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError, PackError
from assistant.jobs.packs import installed
from assistant.store import locations
from assistant.store.locations import OWN_SELECTORS, installed_packs
from tests.support.packs import MakePack, beijing

OPENS, SOONER = "opens: {days_before_expiry: 90,", "opens: {days_before_expiry: 60,"


def test_a_pack_is_shown_taken_and_undone(make_pack: MakePack, packs_home: Path) -> None:
    pack = installed.opened(make_pack({"cities/beijing.yaml": beijing(OPENS, SOONER)}))
    (change,) = installed.changes(pack)
    assert (change.where, change.before, change.after) == (
        "cities/beijing.yaml window.opens.days_before_expiry",
        "90",
        "60",
    )
    assert installed_packs() is None and installed.in_force() is None
    installed.install(pack)
    folder = installed_packs()
    assert folder is not None and SOONER in (folder / "cities" / "beijing.yaml").read_text(encoding="utf-8")
    assert (folder / "cities" / "shenzhen.yaml").is_file()
    assert installed.in_force() == {
        "title": "三月",
        "made_on": "2027-03-01",
        "signer": pack.signer.name,
        "before": None,
    }
    assert installed.changes(pack) == []
    assert OPENS in (OWN_SELECTORS / "cities" / "beijing.yaml").read_text(encoding="utf-8")
    assert installed.undo() and installed_packs() is None
    assert not installed.undo()


def test_a_new_process_goes_by_it(make_pack: MakePack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed.install(installed.opened(make_pack({"cities/beijing.yaml": beijing(OPENS, SOONER)})))
    script = "from assistant.check.city.loading import load_city; print(load_city('beijing').window.opens.days_before_expiry)"
    (tmp_path / "data").mkdir()
    (tmp_path / "own").rename(tmp_path / "data" / "assistant")

    def days() -> str:
        environment = os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    if sys.platform == "linux":
        assert days() == "60"
        now = tmp_path / "data" / "assistant" / "packs" / "now.json"
        now.write_text(
            json.dumps({**json.loads(now.read_text(encoding="utf-8")), "with": "another version"}), encoding="utf-8"
        )
        assert days() == "90"


def test_undo_goes_back_to_the_pack_before(make_pack: MakePack) -> None:
    first = make_pack({"cities/beijing.yaml": beijing(OPENS, SOONER)}, on=date(2027, 3, 1))
    second = make_pack(
        {"cities/shenzhen.yaml": (OWN_SELECTORS / "cities/shenzhen.yaml").read_text(encoding="utf-8")},
        on=date(2027, 4, 1),
    )
    installed.install(installed.opened(first))
    installed.install(installed.opened(second))
    folder = installed_packs()
    assert folder is not None and SOONER in (folder / "cities" / "beijing.yaml").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="older"):
        installed.opened(first)
    assert installed.undo()
    assert (installed.in_force() or {})["made_on"] == "2027-03-01"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("cities/beijing.yaml", "city: beijing\n"),
        ("portals/shenzhen/portal.yaml", "not: [closed\n"),
        (
            "cities/newtown.yaml",
            beijing("city: beijing", "city: newtown").replace("portal: national", "portal: nowhere"),
        ),
        ("papers.yaml", "as_of: 2027-01-01\n"),
    ],
)
def test_what_this_program_cannot_read_never_comes_into_force(
    path: str, text: str, make_pack: MakePack, packs_home: Path
) -> None:
    pack = installed.opened(make_pack({path: text}))
    with pytest.raises(PackError) as refused:
        installed.install(pack)
    assert refused.value.what.zh and refused.value.what.en
    assert installed_packs() is None
    assert not [one for one in packs_home.iterdir() if one.name.isdigit()]


def test_a_key_that_was_added_is_believed_from_then_on(packs_home: Path) -> None:
    from assistant.jobs.packs.signature import SecretKey

    key = SecretKey.new().public
    assert key not in installed.trusted()
    installed.trust(key.written())
    assert key in installed.trusted()
    with pytest.raises(InputError):
        installed.trust("no key")


def test_only_a_few_older_copies_stay(packs_home: Path, make_pack: MakePack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "fault_of", lambda _folder: None)
    for month in range(1, 9):
        installed.install(installed.opened(make_pack({"cities/beijing.yaml": beijing()}, on=date(2027, month, 1))))
    assert len([one for one in packs_home.iterdir() if one.name.isdigit()]) == installed.KEPT


def test_a_broken_note_of_what_is_in_force_means_the_programs_own(packs_home: Path) -> None:
    locations.packs_folder() if packs_home.parent.mkdir(parents=True, exist_ok=True) else None
    for text in ("", "{", "[]", '{"use": 7, "with": "x"}'):
        (locations.packs_folder() / "now.json").write_text(text, encoding="utf-8")
        assert installed_packs() is None
