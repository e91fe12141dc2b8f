"""Sealing loses nothing, gives nothing away, and every verb goes on working."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assistant.cli import VERBS
from assistant.cli.main import main
from assistant.errors import KeyringUnusable, SealError
from assistant.profile.loading import Profile, load_profile
from assistant.store import credentials, folders, scratch, sealing
from assistant.store.applicant_folder import PlainFolder
from assistant.store.base import add
from assistant.store.folders import FolderAt
from assistant.store.locations import PROFILES

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
Copy = Callable[[str], Path]
# When a calendar file was made.
WHEN_MADE = re.compile(rb"(?m)^(?:DTSTAMP|SEQUENCE):.*$")


@pytest.fixture
def copy_of(tmp_path: Path) -> Copy:
    def copy(sample: str) -> Path:
        shutil.copy(PROFILES / "employer.yaml", tmp_path)
        return Path(shutil.copytree(PROFILES / sample, tmp_path / sample))

    return copy


def held_in(folder: Path) -> Mapping[str, bytes]:
    return sealing.read_archive(folder / sealing.SEALED, sealing.kept_key())


def read(folder: Path) -> Profile:
    with folders.opened(folder) as kept:
        return load_profile(kept)


@pytest.fixture
def key() -> str:
    """The key of this test's keyring."""
    made = sealing.new_key()
    credentials.keep_seal_key(made)
    return made


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_comes_back_as_it_was(sample: str, copy_of: Copy, key: str) -> None:
    folder = copy_of(sample)
    before = files_of(folder)
    assert sealing.seal(folder, key) == len(before)
    sealed = files_of(folder)
    assert set(sealed) == {sealing.SEALED}
    assert not any(content[:64] in sealed[sealing.SEALED] for content in before.values())
    assert sealing.unseal(folder, key) == len(before)
    assert files_of(folder) == before


@pytest.mark.skipif(os.name != "posix", reason="permissions are the folder's on Windows")
def test_what_is_sealed_and_what_comes_back_is_private(copy_of: Copy, key: str) -> None:
    folder = copy_of("sample-lee")
    sealing.seal(folder, key)
    assert (folder / sealing.SEALED).stat().st_mode & 0o777 == 0o600
    sealing.unseal(folder, key)
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}


def test_a_sealed_profile_is_the_same_profile(copy_of: Copy, key: str) -> None:
    folder = copy_of("sample-okafor")
    plain = load_profile(PlainFolder(folder))
    sealing.seal(folder, key)
    with FolderAt(folder).open() as kept:
        opened = load_profile(kept)
        where = {"documents", "file_names"}
        assert opened.model_dump(exclude=where) == plain.model_dump(exclude=where)
        assert list(opened.file_names.values()) == list(plain.file_names.values())
        names = {slot: [path.name for path in paths] for slot, paths in plain.documents.items()}
        assert {slot: [path.name for path in paths] for slot, paths in opened.documents.items()} == names
        assert all(path.is_file() for paths in opened.documents.values() for path in paths)
    with FolderAt(folder / "profile.yaml").open() as kept:
        assert load_profile(kept).id == plain.id
    assert set(files_of(folder)) == {sealing.SEALED}


def test_what_is_unpacked_is_private_and_gone_when_the_applicant_is_closed(copy_of: Copy, key: str) -> None:
    folder = copy_of("sample-lee")
    sealing.seal(folder, key)
    with folders.opened(folder) as kept:
        copies = [path for paths in load_profile(kept).documents.values() for path in paths]
        home = copies[0].parents[1]
        assert home.name == "sample-lee"
        assert all(path.is_file() and path.is_relative_to(home) for path in copies)
        assert not (home / "profile.yaml").exists()
        if os.name == "posix":
            assert home.parent.stat().st_mode & 0o777 == 0o700
        assert scratch.on_memory_disk() == home.is_relative_to("/dev/shm")
    assert not home.parent.exists()


def test_another_key_opens_nothing_and_changes_nothing(copy_of: Copy, key: str) -> None:
    folder = copy_of("sample-lee")
    sealing.seal(folder, key)
    before = files_of(folder)
    credentials.keep_seal_key(sealing.new_key())
    for act in (lambda: read(folder), lambda: sealing.unseal(folder, sealing.kept_key())):
        with pytest.raises(SealError) as refused:
            act()
        assert refused.value.exit_code == 2
    with pytest.raises(SealError), folders.opened(folder) as applicant:
        add(applicant, "more.pdf", b"more")
    assert files_of(folder) == before


@pytest.mark.parametrize(
    "damage", [lambda all_: all_[:-40], lambda all_: all_[:900] + b"X" + all_[901:], lambda _: b""]
)
def test_a_damaged_file_is_said(damage: Callable[[bytes], bytes], copy_of: Copy, key: str) -> None:
    folder = copy_of("sample-lee")
    sealing.seal(folder, key)
    sealed = folder / sealing.SEALED
    sealed.write_bytes(damage(sealed.read_bytes()))
    with pytest.raises(SealError):
        sealing.unseal(folder, key)
    assert set(files_of(folder)) == {sealing.SEALED}


def test_a_file_added_later_is_sealed_too_and_the_newer_one_counts(copy_of: Copy, key: str) -> None:
    folder = copy_of("sample-lee")
    sealing.seal(folder, key)
    (folder / "documents").mkdir()
    (folder / "documents" / "contract.pdf").write_bytes(b"newer")
    (folder / "letter.pdf").write_bytes(b"letter")
    sealing.seal(folder, key)
    assert set(files_of(folder)) == {sealing.SEALED}
    held = held_in(folder)
    assert held["documents/contract.pdf"] == b"newer"
    assert held["letter.pdf"] == b"letter"
    assert "profile.yaml" in held


def test_a_file_put_into_a_sealed_folder_never_takes_anothers_name(copy_of: Copy, key: str) -> None:
    folder = copy_of("sample-lee")
    sealing.seal(folder, key)
    with folders.opened(folder) as applicant:
        assert add(applicant, "documents/form.pdf", b"one") == "documents/form.pdf"
    with folders.opened(folder) as applicant:
        assert add(applicant, "documents/form.pdf", b"two") == "documents/form (1).pdf"
    assert set(files_of(folder)) == {sealing.SEALED}
    assert held_in(folder)["documents/form (1).pdf"] == b"two"


def test_what_is_no_applicants_folder_is_left_alone(tmp_path: Path, key: str) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"picture")
    with pytest.raises(SealError):
        sealing.seal(tmp_path, key)
    assert files_of(tmp_path) == {"holiday.jpg": b"picture"}


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own on Windows")
def test_a_link_is_refused_before_anything_is_sealed(copy_of: Copy, key: str, tmp_path: Path) -> None:
    folder = copy_of("sample-lee")
    (folder / "link.pdf").symlink_to(tmp_path / "employer.yaml")
    with pytest.raises(SealError):
        sealing.seal(folder, key)
    assert not sealing.is_sealed(folder)


def test_a_file_that_changed_while_it_was_sealed_stays(
    copy_of: Copy, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of("sample-lee")
    write = sealing.replace

    def edited_meanwhile(*words: object) -> None:
        write(*words)  # type: ignore[arg-type]
        (folder / "documents" / "contract.pdf").write_bytes(b"edited")

    monkeypatch.setattr(sealing, "replace", edited_meanwhile)
    sealing.seal(folder, key)
    assert set(files_of(folder)) == {sealing.SEALED, "documents/contract.pdf"}
    assert (folder / "documents" / "contract.pdf").read_bytes() == b"edited"


KILLED = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from assistant.store import sealing
    folder, key, act, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    left = point
    def counted(name):
        was = getattr(Path, name)
        def call(self, *words, **more):
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), 9)
            return was(self, *words, **more)
        setattr(Path, name, call)
    for name in ("unlink", "replace", "read_bytes", "rmdir"):
        counted(name)
    fsync = os.fsync
    def synced(descriptor):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        fsync(descriptor)
    os.fsync = synced
    getattr(sealing, act)(folder, key)
""")


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("act", ["seal", "unseal"])
def test_a_kill_at_any_moment_loses_nothing(act: str, tmp_path: Path, key: str) -> None:
    """Killed before each deleting, renaming, reading or settling step; then the same command ends the work."""
    original = {"profile.yaml": b"p: 1", "documents/a.pdf": b"A" * 5000, "documents/b.pdf": b"B"}
    killed = 0
    for point in range(40):
        folder = tmp_path / f"{point}"
        for name, content in original.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        if act == "unseal":
            sealing.seal(folder, key)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, folder, key, act, str(point)], capture_output=True, timeout=60
        )
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        held = dict(sealing.read_archive(folder / sealing.SEALED, key)) if sealing.is_sealed(folder) else {}
        plain = {name: content for name, content in files_of(folder).items() if name in original}
        assert held | plain == original
        sealing.seal(folder, key)
        assert set(files_of(folder)) == {sealing.SEALED}
        sealing.unseal(folder, key)
        assert files_of(folder) == original
        if done.returncode == 0:
            break
        killed += 1
    else:
        raise AssertionError("it never came to its end")
    assert killed > 5


# ---- the verbs -----------------------------------------------------------------------------------------------------


OFFLINE = {
    "check": ("check", "{folder}", "--on", "2026-12-01", "--json", "-"),
    "plan": ("plan", "{folder}", "--json", "-"),
    "due": ("due", "{people}", "--on", "2026-12-01", "--ics", "due.ics", "--json", "-"),
    "after": ("after", "{folder}", "--pack", "take-along.html"),
    "teach": ("teach", "--profile", "{folder}", "--export", "learned.yaml"),
    "seal": ("seal", "{folder}"),
    "ask": ("ask", "{folder}", "--out", "ask.html", "--json", "-"),
}
"""The verbs as they are used without a browser."""
IN_A_BROWSER = {"fill", "probe"}
"""Tried as commands of their own, in journeys/test_nothing_left.py, and `after` once more there."""
ELSEWHERE = {
    "intake": "intake/test_imports.py::test_a_sealed_applicant_stays_sealed_and_its_sources_with_it",
    "renew": "jobs/test_renew.py::test_a_sealed_applicant_is_renewed_and_stays_sealed",
    "prepare": "desk/pages/test_heap.py::test_of_a_sealed_applicant_the_copies_are_sealed_too",
    "desk": "desk/pages/test_documents.py::test_a_sealed_folder_takes_papers_and_shows_them_without_leaving_any",
}
"""Which tests try the verbs that need more than words."""
AS_ANOTHER = {"batch": "fill", "worker": "check"}
"""Verbs that take each applicant through the job of another one."""
OF_NO_SEALED_FOLDER = {"demo", "mock", "login", "doctor", "pack", "report-problem", "team", "store", "unseal"}
"""All but the last take no applicant's folder, or copy one as it is; what `unseal` leaves is its purpose."""

LEARNED = """overlay: shenzhen
written_on: 2026-11-22
by: 王小明
sections:
  personal:
    fields:
      passport.number: {labels: [护照号]}
"""


def test_no_verb_goes_untried_on_a_sealed_folder() -> None:
    """A new verb brings its own words above, or says why it needs none."""
    tried = (*OFFLINE, *IN_A_BROWSER, *ELSEWHERE, *AS_ANOTHER, *OF_NO_SEALED_FOLDER)
    assert sorted(tried) == sorted(VERBS)
    tests = Path(__file__).parents[1]
    for file, _, name in (place.partition("::") for place in ELSEWHERE.values()):
        assert f"def {name}(" in (tests / file).read_text(encoding="utf-8")
    commands = (tests / "journeys" / "test_nothing_left.py").read_text(encoding="utf-8")
    assert all(f'["{verb}", ' in commands for verb in IN_A_BROWSER)


@pytest.mark.parametrize("verb", OFFLINE)
def test_a_verb_on_a_sealed_folder_answers_as_on_a_plain_one_and_leaves_nothing(
    verb: str,
    copy_of: Copy,
    key: str,
    canaries_of: Callable[[Path], set[bytes]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = copy_of("sample-lee")
    canaries = canaries_of(folder)
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays" / "shenzhen.yaml").write_text(LEARNED, encoding="utf-8")
    for name in ("home", "tmp", "here"):
        (tmp_path / name).mkdir()
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "TMPDIR", "TEMP"):
        monkeypatch.setenv(variable, str(tmp_path / ("tmp" if variable.startswith("T") else "home")))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "here")
    words = [word.format(folder=folder, people=tmp_path) for word in OFFLINE[verb]]

    def answer() -> tuple[int, str, dict[str, bytes]]:
        capsys.readouterr()
        status = main([*words, "--lang", "en"])
        made = {name: WHEN_MADE.sub(b"", content) for name, content in files_of(tmp_path / "here").items()}
        return status, capsys.readouterr().out, made

    sealing.seal(folder, key)
    of_sealed = answer()
    assert of_sealed[0] in (0, 1)
    assert set(files_of(folder)) == {sealing.SEALED}
    if scratch.on_memory_disk():
        # The page to take along bears the applicant's name: it was asked for.
        left = {name: content for name, content in files_of(tmp_path).items() if Path(name).name != "take-along.html"}
        assert [name for name, content in left.items() if any(canary in content for canary in canaries)] == []
    sealing.unseal(folder, key)
    assert answer() == of_sealed


def test_seal_makes_a_key_and_unseal_uses_it(copy_of: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_of("sample-lee")
    before = files_of(folder)
    assert main(["seal", str(folder), "--lang", "en"]) == 0
    assert "recovery key" in " ".join(capsys.readouterr().out.split())
    assert "AGE-SECRET" not in "".join(capsys.readouterr())
    assert main(["unseal", str(folder)]) == 0
    assert files_of(folder) == before


def test_the_recovery_key_opens_what_a_lost_keyring_cannot(copy_of: Copy, tmp_path: Path, memory_keyring) -> None:
    folder, recovery = copy_of("sample-lee"), tmp_path / "recovery.txt"
    before = files_of(folder)
    assert main(["seal", str(folder), "--export-key", str(recovery)]) == 0
    if os.name == "posix":
        assert recovery.stat().st_mode & 0o777 == 0o600
    memory_keyring.passwords.clear()
    assert main(["plan", str(folder)]) == 2
    assert main(["unseal", str(folder)]) == 2
    assert main(["unseal", str(folder), "--key", str(recovery)]) == 0
    assert files_of(folder) == before


def test_a_recovery_key_can_be_put_back(copy_of: Copy, tmp_path: Path, memory_keyring) -> None:
    folder, recovery = copy_of("sample-lee"), tmp_path / "recovery.txt"
    assert main(["seal", str(folder), "--export-key", str(recovery)]) == 0
    memory_keyring.passwords.clear()
    assert main(["seal", "--import-key", str(recovery)]) == 0
    assert main(["plan", str(folder)]) in (0, 1)


def test_sealing_again_with_a_lost_keyring_makes_no_new_key_and_the_recovery_key_goes_back(
    copy_of: Copy, tmp_path: Path, memory_keyring
) -> None:
    """A new key in the keyring would keep the one out that opens the folder."""
    folder, recovery = copy_of("sample-lee"), tmp_path / "recovery.txt"
    before = files_of(folder)
    assert main(["seal", str(folder), "--export-key", str(recovery)]) == 0
    memory_keyring.passwords.clear()
    (folder / "letter.pdf").write_bytes(b"letter")
    assert main(["seal", str(folder)]) == 2
    assert memory_keyring.passwords == {}
    assert (folder / "letter.pdf").is_file()
    assert main(["seal", "--import-key", str(recovery)]) == 0
    assert main(["seal", str(folder)]) == 0
    assert main(["unseal", str(folder)]) == 0
    assert files_of(folder) == {**before, "letter.pdf": b"letter"}


def test_a_key_in_use_is_never_overwritten(tmp_path: Path, key: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text(sealing.new_key(), encoding="utf-8")
    assert main(["seal", "--import-key", str(other)]) == 2
    assert credentials.seal_key() == key
    assert main(["seal", "--export-key", str(other)]) == 2


@pytest.mark.parametrize("text", ["", "hello", "AGE-SECRET-KEY-1QQQ", "\xff"])
def test_what_is_no_key_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "key.txt"
    file.write_bytes(text.encode("latin-1"))
    assert main(["seal", "--import-key", str(file)]) == 2
    assert not text.strip() or text not in "".join(capsys.readouterr())


def test_without_a_keyring_nothing_is_sealed(copy_of: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    folder = copy_of("sample-lee")
    before = files_of(folder)
    monkeypatch.setattr(keyring, "get_keyring", lambda: object())
    assert main(["seal", str(folder)]) == 2
    assert files_of(folder) == before
    with pytest.raises(KeyringUnusable):
        sealing.kept_key()
