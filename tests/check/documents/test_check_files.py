"""`check_documents` as a whole: sound samples, the cache, what is missing, what is there twice."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.check.city.loading import load_city
from assistant.check.documents import cache
from assistant.check.documents.check_files import check_documents
from assistant.check.documents.checks import KIND_BY_CODE
from assistant.check.documents.checks.duplicates import near
from assistant.check.documents.result import DocumentReport, FileResult, result_of_json
from assistant.check.file_rules import FileRules
from assistant.check.slots import Slot, slots_for
from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.papers import defects as spoiled

ON = date(2026, 11, 22)
OPENS = "assistant.check.documents.check_files.look_at_all"


@pytest.fixture(scope="module")
def samples_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("checks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "folder", lambda: folder)
        yield folder


def _checked(name: str, city: str) -> DocumentReport:
    profile = load_profile(PlainFolder(PROFILES / name))
    return check_documents(profile, slots_for(profile, load_city(city)), ON)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", sorted(path.name for path in PROFILES.glob("sample-*")))
def test_the_samples_papers_are_sound_and_a_second_check_opens_nothing(
    name: str, samples_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _checked(name, "shenzhen")
    assert {finding.code for finding in first.findings} == set()
    assert all(state.state == "ok" for state in first.slots if state.files)
    assert {state.slot for state in first.slots if state.state == "missing" and state.required == "required"} == set()

    with monkeypatch.context() as patch:
        patch.setattr(OPENS, lambda *given: pytest.fail("a file was opened"))
        assert _checked(name, "shenzhen") == first
    assert {finding.severity for finding in _checked(name, "beijing").findings} <= {"warning"}

    profile = load_profile(PlainFolder(PROFILES / name))
    kept = " ".join(path.read_text(encoding="utf-8") for path in samples_cache.iterdir())
    for value in (profile.passport.number, profile.applicant.surname, str(profile.applicant.birth_date)):
        assert value not in kept
    assert profile.employer.name not in kept


def test_findings_name_the_file_and_both_languages_and_no_value(
    tmp_path: Path, profile: Profile, slot: Callable[..., Slot], with_files: Callable[..., Profile]
) -> None:
    file = tmp_path / "nobody.pdf"
    applicant = with_files({"passport": [file]}).model_copy(update={"file_names": {file: "documents/nobody.pdf"}})
    report = check_documents(applicant, [slot("passport")], ON)
    (finding,) = report.findings
    assert (finding.code, finding.where, finding.slot) == ("file.missing", "documents/nobody.pdf", "passport")
    assert finding.message.zh and finding.message.en.isascii()


def test_what_is_missing_or_cannot_be_read_is_told_without_a_child(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    slot: Callable[..., Slot],
    with_files: Callable[..., Profile],
) -> None:
    monkeypatch.setattr(OPENS, lambda *given: pytest.fail("a child was started"))
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "folder.pdf").mkdir()
    with (tmp_path / "huge.pdf").open("wb") as huge:
        huge.truncate(61_000_000)
    files = {name: [tmp_path / f"{name}.pdf"] for name in ("empty", "folder", "huge", "gone")}
    slots = [slot(name) for name in files] + [slot("needed"), slot("perhaps", required="unsure")]
    slots += [slot("free", required="optional"), slot("asked", required="when-asked")]
    report = check_documents(with_files(files), slots, ON)
    assert {(finding.slot, finding.code) for finding in report.findings} == {
        ("empty", "file.empty"),
        ("folder", "file.unreadable"),
        ("huge", "file.huge"),
        ("gone", "file.missing"),
    }
    states = {state.slot: state.state for state in report.slots}
    assert {states[name] for name in files} == {"bad"}
    assert {states[name] for name in ("needed", "perhaps", "free", "asked")} == {"missing"}


def test_the_same_paper_in_two_slots_is_found_by_its_bytes_and_by_its_looks(
    tmp_path: Path,
    paper: Callable[[str], bytes],
    slot: Callable[..., Slot],
    with_files: Callable[..., Profile],
) -> None:
    made = {
        "one": paper("other"),
        "copy": paper("other"),
        "saved-again": spoiled.rescanned(paper("other"), lambda page: page),
        "letter": paper("salary_commitment"),
        "second-letter": paper("change_letter"),
    }
    files = {}
    for name, data in made.items():
        files[name] = [tmp_path / f"{name}.pdf"]
        files[name][0].write_bytes(data)
    seen: list[tuple[int, int]] = []
    report = check_documents(
        with_files(files),
        [slot(name) for name in files],
        ON,
        progress=lambda done, total: seen.append((done, total)),
        jobs=2,
    )
    assert [(finding.slot, finding.code) for finding in report.findings] == [
        ("copy", "same.file-twice"),
        ("saved-again", "same.picture-twice"),
    ]
    assert seen[-1] == (5, 5) and seen == sorted(seen)


def test_likenesses_of_empty_pages_are_no_likeness() -> None:
    assert not near("0" * 128, "0" * 128)
    assert not near("", "")


def test_a_change_of_file_rules_or_applicant_is_another_result() -> None:
    request = {"path": "a", "slot": "x", "rules": {"max_bytes": 1}, "case": {"surname": "LEE"}}
    key = cache.key_of("digest", request)
    assert cache.key_of("digest", request | {"path": "b"}) == key
    assert cache.key_of("other", request) != key
    assert cache.key_of("digest", request | {"rules": {"max_bytes": 2}}) != key
    assert cache.key_of("digest", request | {"case": {"surname": "KIM"}}) != key


def test_a_damaged_cache_entry_counts_as_none() -> None:
    cache.keep("a" * 64, FileResult(marks={"seal": "yes"}))
    assert cache.recall("a" * 64) == FileResult(marks={"seal": "yes"})
    for wrong in ("", "[]", '{"found": 3}', '{"found": [{"code": 1}], "marks": {}}'):
        (cache.folder() / f"{'a' * 64}.json").write_text(wrong, encoding="utf-8")
        assert cache.recall("a" * 64) is None
    with pytest.raises(ValueError, match="not a look"):
        result_of_json(json.loads("[1]"))


def test_every_code_is_documented_in_both_languages() -> None:
    assert all(code == kind.code for code, kind in KIND_BY_CODE.items())
    for kind in KIND_BY_CODE.values():
        for text in (kind.say, kind.meaning, kind.why, kind.remedy):
            assert text.en.strip() and any("\u4e00" <= sign <= "\u9fff" for sign in text.zh), kind.code
        assert kind.source


def test_importing_the_checks_loads_no_picture_or_pdf_library() -> None:
    import subprocess
    import sys

    code = "import sys, assistant.check.documents; print([m for m in ('numpy','PIL','pikepdf','pypdfium2','cv2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rules_cross_to_the_child_unchanged() -> None:
    from assistant.check.documents.worker import rules_as_json, rules_of_json

    rules = FileRules(types=("jpeg", "png"), min_pixels=(1, 2), aspect=(35, 48), background="blue", max_age_days=3)
    assert rules_of_json(json.loads(json.dumps(rules_as_json(rules)))) == rules
