"""A file on another machine's disk is known as such before a database is put there."""

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from assistant.errors import InputError
from assistant.store.database.connection import connect
from assistant.store.database.network_drives import is_far


def mounted(monkeypatch: pytest.MonkeyPatch, **kinds: str) -> None:
    mounts = [
        SimpleNamespace(mountpoint=place.replace("_", "/"), fstype=kind, opts="rw") for place, kind in kinds.items()
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: mounts)


def test_a_file_on_this_machine_is_near(tmp_path: Path) -> None:
    assert not is_far(tmp_path / "team.db")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_a_file_on_a_network_drive_is_far(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted(monkeypatch, _="ext4", _srv="ext4", _srv_share=kind)
    assert is_far(Path("/srv/share/team.db"))
    assert not is_far(Path("/srv/team.db"))
    assert not is_far(Path("/srv/shared/team.db"))


def test_a_share_of_windows_is_far() -> None:
    assert is_far(Path("\\\\server\\share\\team.db"))


def test_a_database_is_not_begun_there(monkeypatch: pytest.MonkeyPatch) -> None:
    mounted(monkeypatch, _="ext4", _srv="nfs")
    with pytest.raises(InputError) as refused:
        connect("sqlite:////srv/team.db")
    assert "PostgreSQL" in refused.value.what.en
    assert refused.value.where == "--store"
