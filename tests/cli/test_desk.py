"""Which cases a desk shows: a folder's, or a store's, whose address is told without its password."""

from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.desk import server


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """The desks that were begun: folder and address."""
    begun: list[tuple[Path, str]] = []
    monkeypatch.setattr(server, "serve", lambda folder, *, address, **_: begun.append((folder, address)))
    return begun


def test_a_desk_on_a_store_keeps_nothing_where_it_was_started(
    served: list[tuple[Path, str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "postgresql://lin:geheim@db/cases"
    monkeypatch.setenv("ASSISTANT_STORE", address)
    assert main(["desk", "--no-open", "--lang", "en"]) == 0
    ((folder, given),) = served
    assert given == address
    assert "geheim" not in str(folder) and folder.parent.name == "desks"
    told = capsys.readouterr()
    assert "postgresql://lin@db/cases" in told.out + told.err and "geheim" not in told.out + told.err


def test_a_folders_address_is_that_folder(served: list[tuple[Path, str]], tmp_path: Path) -> None:
    assert main(["desk", "--no-open", "--store", f"folder:{tmp_path}"]) == 0
    assert main(["desk", "--no-open", str(tmp_path)]) == 0
    assert served == [(tmp_path, ""), (tmp_path, "")]
