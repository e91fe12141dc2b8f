"""A tool that is killed, or whose disk is full, while it prepares papers: originals are as they were, the profile is the old one or the
new one, and a second run brings it about."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.intake.prepare.keep import named_in
from assistant.profile.loading import read_raw
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.papers import Facts, defects, facts_of_folder
from fixtures.papers.pdf import printed_pdf
from fixtures.papers.sheet import Sheet

ON = date(2026, 11, 22)
SLOTS = {"guarantee_letter": "单位担保函", "visa_form": "外国人签证证件申请表"}
SECONDS = 250
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals and limits as Linux and macOS have them"),
    pytest.mark.timeout(800),
]


def paper(title: str, own: Facts) -> bytes:
    """As an office program prints it: its words are in the file, so that nothing has to be read in pictures."""
    sheet = Sheet()
    sheet.text(105, 24, title, 20, centre=True)
    said = (f"护照号码：{own['passport.number']}", f"姓名：{own.latin_name}", own["employer.name"])
    for row, words in enumerate(said):
        sheet.text(24, 50 + row * 12, words, 12)
    sheet.seal(150, 240, own["employer.name"])
    return printed_pdf(sheet)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    own = facts_of_folder(PROFILES / "sample-lee")
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    (tmp_path / "lee").mkdir()
    text = (PROFILES / "sample-lee" / "profile.yaml").read_text(encoding="utf-8")
    (tmp_path / "lee" / "profile.yaml").write_text(text[: text.index("\ndocuments:")] + "\n", encoding="utf-8")
    (tmp_path / "heap").mkdir()
    (tmp_path / "temporary").mkdir()
    for slot, title in SLOTS.items():
        (tmp_path / "heap" / f"{slot}.pdf").write_bytes(paper(title, own))
    before = hashes(tmp_path / "heap")
    yield tmp_path
    assert hashes(tmp_path / "heap") == before, "an original was touched"


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def tool(desk: Path, largest: int | None = None) -> "subprocess.Popen[str]":
    """`assistant prepare --apply` in a process group of its own; `largest` is the most bytes that any file may have."""
    command = [sys.executable, "-m", "assistant", "prepare", str(desk / "lee"), str(desk / "heap"), "--apply", "--on", str(ON), "--lang", "en"]  # fmt: skip

    def limited() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (largest or resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    return subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | {"TMPDIR": str(desk / "temporary"), "PYTHONUTF8": "1"}, preexec_fn=limited if largest else None,
    )  # fmt: skip


def named(desk: Path) -> dict[str, list[str]]:
    data = read_raw(PlainFolder(desk / "lee")).data
    return {slot: named_in(data, slot) for slot in SLOTS if named_in(data, slot)}


NEW = {slot: [f"documents/ready/{slot}.pdf"] for slot in SLOTS}


@pytest.mark.parametrize("sight", ["documents/originals/*.pdf", "documents/ready/*.pdf"])
def test_killed_when_the_first_file_is_there_a_second_run_brings_it_about(sight: str, desk: Path) -> None:
    killed = tool(desk)
    deadline = time.monotonic() + SECONDS
    while not list((desk / "lee").glob(sight)) and killed.poll() is None and time.monotonic() < deadline:
        time.sleep(0.0005)
    assert list((desk / "lee").glob(sight)), "nothing was written"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert named(desk) in ({}, NEW), "the profile names some of the copies alone"
    second = tool(desk)
    said, _ = second.communicate(timeout=SECONDS)
    assert "Traceback" not in said
    assert named(desk) == NEW
    for names in NEW.values():
        assert (desk / "lee" / names[0]).read_bytes()[:5] == b"%PDF-"


def test_a_disk_that_is_full_leaves_the_profile_as_it_was_and_says_so(desk: Path) -> None:
    """No file may be larger than either paper, while both in one scan are: its copies fit, the original beside them does not."""
    both = defects.joined([(desk / "heap" / f"{slot}.pdf").read_bytes() for slot in SLOTS])
    largest = max(path.stat().st_size for path in (desk / "heap").iterdir())
    before = (desk / "lee" / "profile.yaml").read_bytes()
    for path in (desk / "heap").iterdir():
        path.unlink()
    (desk / "heap" / "scan.pdf").write_bytes(both)
    assert len(both) > largest + 1000
    full = tool(desk, largest + 1000)
    said, _ = full.communicate(timeout=SECONDS)
    assert full.returncode == 2 and "can't be written" in said and "Traceback" not in said
    assert (desk / "lee" / "profile.yaml").read_bytes() == before
    assert hashes(desk / "heap") == {"scan.pdf": sha256(both).hexdigest()}
    (desk / "heap" / "scan.pdf").unlink()
    for slot, title in SLOTS.items():
        (desk / "heap" / f"{slot}.pdf").write_bytes(paper(title, facts_of_folder(PROFILES / "sample-lee")))
