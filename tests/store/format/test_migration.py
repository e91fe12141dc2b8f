"""Folders that an older version has made open, come up to date with a copy, and lose nothing; a step that fails changes nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.portal.loading import load_portal
from assistant.portal.overlay import overlays_for
from assistant.profile.loading import load_profile
from assistant.run.plan import make_plan, private_values
from assistant.store import credentials, sealing
from assistant.store.base import ApplicantRef
from assistant.store.folders import FolderStore
from assistant.store.format import FORMAT, format_of
from assistant.store.format.migration import BACKUP, migrate
from assistant.store.locations import PROFILES

KEPT = sorted((Path(__file__).parent / "kept").iterdir())
"""One folder a version, made by that version's own code: a plain applicant, a sealed one, their employer, an overlay."""


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and BACKUP not in str(path))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(params=KEPT, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = Path(shutil.copytree(request.param, tmp_path / "applicants"))
    key = sealing.checked_key((place / "recovery-key.txt").read_text(encoding="utf-8"))
    monkeypatch.setattr(credentials, "seal_key", lambda: key)
    yield place


def test_a_folder_of_an_older_version_opens_and_loses_nothing(folder: Path) -> None:
    before = files_in(folder)
    backup = migrate(folder)
    assert backup is not None and format_of(folder) == FORMAT
    after = files_in(folder)
    assert {name: after.get(name) for name in before} == before
    copied = {path.relative_to(backup).as_posix() for path in backup.rglob("*") if path.is_file()}
    assert copied == {name for name in before if name.endswith((".yaml", ".json", ".age"))}
    store = FolderStore(folder)
    assert {ref.id for ref in store.applicants()} == {"sample-lee", "sample-okafor"}
    for name in ("sample-lee", "sample-okafor"):
        with store.open(ApplicantRef(name)) as applicant:
            profile = load_profile(applicant)
            assert "documents/contract.txt" in applicant.names()
            (overlay,) = overlays_for("shenzhen", applicant)
            plan = make_plan(profile, load_portal("shenzhen", overlays=(overlay,)))
        assert profile.passport.number in private_values(plan)
        assert overlay.overlay.sections["personal"].fields["applicant.surname"].labels == ("姓氏",)


def test_once_up_to_date_nothing_is_done_again(folder: Path) -> None:
    migrate(folder)
    before = files_in(folder)
    assert migrate(folder) is None
    assert files_in(folder) == before
    assert len(list(folder.glob(f"{BACKUP}*"))) == 1


def rename_a_key(folder: Path) -> None:
    for profile in folder.glob("*/profile.yaml"):
        profile.write_text(profile.read_text(encoding="utf-8").replace("surname:", "family_name:"), encoding="utf-8")
    (folder / "new.yaml").write_text("made: by a step\n", encoding="utf-8")


def test_a_step_changes_and_the_copy_is_as_it_was(folder: Path) -> None:
    before = files_in(folder)
    backup = migrate(folder, {1: rename_a_key}, newest=FORMAT)
    assert backup is not None
    assert "family_name:" in (folder / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
    assert (backup / "sample-lee" / "profile.yaml").read_bytes() == before["sample-lee/profile.yaml"]


def test_a_step_that_fails_leaves_the_folder_as_it_was(folder: Path) -> None:
    def fail(place: Path) -> None:
        rename_a_key(place)
        (place / "sample-okafor" / sealing.SEALED).unlink()
        raise RuntimeError("half way")

    before = files_in(folder)
    with pytest.raises(RuntimeError):
        migrate(folder, {1: fail})
    assert files_in(folder) == before
    assert format_of(folder) == 1 and not list(folder.glob(f"{BACKUP}*"))


def test_a_full_disk_while_copying_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.store.format import migration

    def full(_place: Path, _content: bytes) -> Path:
        raise OSError(28, "full")

    before = files_in(folder)
    monkeypatch.setattr(migration, "write_private", full)
    with pytest.raises(OSError, match="full"):
        migrate(folder, {1: rename_a_key})
    assert files_in(folder) == before


def test_a_fresh_folder_is_numbered_and_the_samples_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    migrate(tmp_path / "new")
    assert format_of(tmp_path / "new") == FORMAT
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["assistant-format.json"]
    assert migrate(tmp_path / "none") is None
    assert not (PROFILES / "assistant-format.json").exists()
