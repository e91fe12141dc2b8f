"""What was learned stays in force until the new is whole on the disk."""

from pathlib import Path

import pytest

from assistant.errors import ResultNotWritten
from assistant.jobs.overlays import OverlayJob, exported, import_overlay, take
from assistant.portal.overlay import overlays_for, read_overlay
from assistant.review.console import Console
from assistant.store import applicant_folder
from assistant.store.applicant_folder import PlainFolder
from assistant.store.files import write_private
from tests.support.overlays import own_overlay

LEARNED = """overlay: shenzhen
written_on: 2026-11-22
by: 王小明
sections:
  personal:
    fields:
      passport.number: {{labels: [{label}]}}
"""


@pytest.mark.parametrize("fails", ["shenzhen.yaml.bak", "shenzhen.yaml"])
def test_an_older_overlay_stays_in_force_when_the_new_one_can_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    kept, console = PlainFolder(tmp_path / "lee"), Console("en")
    for label in ("护照号", "证件号"):
        (tmp_path / f"{label}.yaml").write_text(LEARNED.format(label=label), encoding="utf-8")
    old, new = (read_overlay(tmp_path / f"{label}.yaml").overlay for label in ("护照号", "证件号"))
    take(old, kept, console)

    def full(path: Path, content: bytes) -> Path:
        if path.name == fails:
            raise OSError(28, "No space left on device")
        return write_private(path, content)

    monkeypatch.setattr(applicant_folder, "write_private", full)
    with pytest.raises(ResultNotWritten, match="still in force"):
        take(new, kept, console)
    assert [laid.overlay for laid in overlays_for("shenzhen", kept)] == [old]


def test_what_was_imported_is_what_is_exported(tmp_path: Path) -> None:
    file = tmp_path / "learned.yaml"
    file.write_text(LEARNED.format(label="护照号"), encoding="utf-8")
    job = OverlayJob("shenzhen")
    try:
        assert import_overlay(job, file, Console("en"), agreed=True)
        (tmp_path / "again.yaml").write_text(exported(job), encoding="utf-8")
        assert read_overlay(tmp_path / "again.yaml").overlay == read_overlay(file).overlay
    finally:
        for kept in own_overlay("shenzhen").parent.glob("*"):
            kept.unlink()
