"""Files that bomb, loop, lie or break are findings, within bounded time and memory, and the others are still checked."""

import multiprocessing
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from assistant.check.documents import worker_pool
from assistant.check.documents.check_files import check_documents
from assistant.check.documents.checks import KIND_BY_CODE
from assistant.check.documents.result import DocumentReport
from assistant.check.file_rules import FileRules
from assistant.check.slots import Slot
from assistant.profile.loading import Profile
from fixtures.papers.hostile import HOSTILE

ON = date(2026, 11, 22)
RULES = FileRules(types=("pdf", "jpeg", "png"))
EXPECTED = {
    "zip-bomb": {"file.too-heavy"},
    "hundred-thousand-pages": {"pages.absurd"},
    "giant-picture-in-pdf": {"file.too-heavy"},
    "giant-png": {"file.too-heavy"},
    "truncated-jpeg": {"file.damaged"},
    "truncated-pdf": {"file.damaged"},
    "xref-loop": {"file.damaged"},
    "page-tree-loop": {"file.damaged"},
    "billion-laughs": {"file.crashes-reader", "file.too-slow"},
    "text-called-pdf": {"type.not-accepted"},
    "jpeg-then-pdf": {"type.two-in-one"},
    "pdf-then-zip": {"type.two-in-one"},
    "attachment": {"file.active-content"},
    "script": {"file.active-content"},
    "password": {"file.encrypted"},
    "restricted": {"file.restricted"},
    "empty": {"file.empty"},
    "one-byte": {"type.not-accepted"},
    "header-only": {"file.damaged"},
}


@pytest.mark.timeout(900)
def test_every_hostile_file_is_one_finding_and_a_sound_one_among_them_is_fine(
    tmp_path: Path,
    paper: Callable[[str], bytes],
    slot: Callable[..., Slot],
    with_files: Callable[..., Profile],
) -> None:
    files, slots = {}, []
    for name, (extension, make) in [*HOSTILE.items(), ("sound", ("pdf", lambda: paper("other")))]:
        files[name] = [tmp_path / f"{name}.{extension}"]
        files[name][0].write_bytes(make())
        slots.append(slot(name, RULES))
    # A process of its own: what other tests' children needed in this one says nothing about these.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
        report, seconds, peak = alone.submit(_checked, with_files(files), slots).result()
    assert seconds < 20, "the work belongs into the children"
    assert peak is None or peak < 1_000_000, "KiB: one child stays under 1 GB"

    found: dict[str, set[str]] = {name: set() for name in files}
    for finding in report.findings:
        assert finding.slot is not None
        found[finding.slot].add(finding.code)
    assert found.pop("sound") == set()
    assert set(found) == set(EXPECTED)
    for name, codes in found.items():
        assert len(codes) == 1 and codes <= EXPECTED[name], name
    standing = dict.fromkeys(found, "bad") | {"sound": "ok", "restricted": "unsure"}
    assert {state.slot: state.state for state in report.slots} == standing
    assert {KIND_BY_CODE[code].severity for code in found.pop("restricted")} == {"warning"}
    assert all(KIND_BY_CODE[code].severity == "error" for codes in found.values() for code in codes)


def _checked(profile: Profile, slots: list[Slot]) -> tuple[DocumentReport, float, int | None]:
    """The report, the processor seconds of this process, and the most memory of one of its children in KiB."""
    before = time.process_time()
    report = check_documents(profile, slots, ON, jobs=2)
    seconds = time.process_time() - before
    if sys.platform != "linux":
        return report, seconds, None
    import resource

    return report, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def test_a_child_that_is_stuck_is_ended_and_its_file_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    paper: Callable[[str], bytes],
    slot: Callable[..., Slot],
    with_files: Callable[..., Profile],
) -> None:
    monkeypatch.setattr(worker_pool, "PATIENCE", 0.01)
    monkeypatch.setattr(worker_pool, "WINDOWS_PATIENCE", 0.01)
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper("other"))
    checked = with_files({"other": [file]})
    report = check_documents(checked, [slot("other")], ON, jobs=1)
    assert [finding.code for finding in report.findings] == ["file.too-slow"]
    monkeypatch.undo()
    report = check_documents(checked, [slot("other")], ON, jobs=1)
    assert report.findings == (), "a slow machine's verdict is not kept"
