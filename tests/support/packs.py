"""A signer of pack files whom the person trusts, and a home for packs of the test's own."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from assistant.jobs.packs import installed
from assistant.jobs.packs.pack_file import write_pack
from assistant.jobs.packs.signature import SecretKey
from assistant.store import locations

MakePack = Callable[..., Path]


@pytest.fixture
def packs_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(locations, "_own_folder", lambda: str(tmp_path / "own"))
    return tmp_path / "own" / "packs"


@pytest.fixture
def signer(packs_home: Path) -> SecretKey:
    key = SecretKey.new()
    installed.trust(key.public.written())
    return key


@pytest.fixture
def make_pack(signer: SecretKey, tmp_path: Path) -> MakePack:
    def make(files: Mapping[str, str], *, on: date = date(2027, 3, 1), key: SecretKey = signer) -> Path:
        place = tmp_path / f"{on}.zip"
        write_pack({path: text.encode() for path, text in files.items()}, "三月", on, key, place)
        return place

    return make


def beijing(before: str = "", after: str = "") -> str:
    """Beijing's file, one text replaced."""
    text = (locations.OWN_SELECTORS / "cities" / "beijing.yaml").read_text(encoding="utf-8")
    assert before in text
    return text.replace(before, after, 1)
