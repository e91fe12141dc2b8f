"""What every verb leaves on the disk when the applicant's folder is sealed: nothing of the applicant, whatever ends it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.store import sealing
from assistant.store.locations import PROFILES
from fixtures.server import MockPortal
from fixtures.truth import Booking

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="documents are unpacked on a memory disk only on Linux")

INSTALLED = Path(__file__).with_name("installed.py")
PASSWORD = "Canary#Secret1"
ON = "2026-12-01"


class Home:
    """Everything one person's commands may write to: home, temporary folder, working folder, applicants' folder."""

    def __init__(self, root: Path, keyring: Path, canaries_of: Callable[[Path], set[bytes]]) -> None:
        self.root, self._keyring = root, keyring
        self.people, self.temporary, self.here = root / "people", root / "tmp", root / "here"
        for folder in (self.people, self.temporary, self.here, root / "home" / "config"):
            folder.mkdir(parents=True)
        self.folder = Path(shutil.copytree(PROFILES / "sample-lee", self.people / "sample-lee"))
        shutil.copy(PROFILES / "employer.yaml", self.people)
        self._environment = {
            **os.environ,
            "HOME": str(root / "home"),
            "TMPDIR": str(self.temporary),
            "XDG_DATA_HOME": str(root / "home" / "data"),
            "XDG_CACHE_HOME": str(root / "home" / "cache"),
            "XDG_CONFIG_HOME": str(root / "home" / "config"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(PROFILES.parent),
            "ASSISTANT_TEST_KEYRING": str(keyring),
        }
        self.canaries = canaries_of(self.folder) | {PASSWORD.encode(), PASSWORD.encode("utf-16-le")}

    def run(self, *words: str, live: str = "") -> tuple[int, bytes]:
        """Exit status and what was said; what was unpacked for it is gone by then."""
        with self.start(*words, live=live) as run:
            said, _ = run.communicate(timeout=300)
        assert unpacked_by(run) == [], words
        return run.returncode, said

    def start(self, *words: str, live: str = "") -> subprocess.Popen[bytes]:
        more = {"ASSISTANT_TEST_LIVE": live} if live else {}
        return subprocess.Popen(
            [sys.executable, INSTALLED, *words],
            cwd=self.here,
            env={**self._environment, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0,
        )

    @property
    def key(self) -> str:
        return str(json.loads(self._keyring.read_text(encoding="utf-8"))["assistant seal-key"])

    def leaks(self) -> list[str]:
        """Files that hold anything of the applicant."""
        return sorted(
            str(path.relative_to(self.root))
            for path in self.root.rglob("*")
            if path.is_file() and any(canary in content for content in contents(path) for canary in self.canaries)
        )

    def files(self) -> list[Path]:
        return [path for path in self.root.rglob("*") if path.is_file()]


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def unpacked_by(run: subprocess.Popen[bytes]) -> list[Path]:
    return list(Path("/dev/shm").glob(f"assistant-*-{run.pid}-*"))


@pytest.fixture
def home(canaries_of: Callable[[Path], set[bytes]]) -> Iterator[Home]:
    """In a folder with a short name: the browser's sockets are below it."""
    with tempfile.TemporaryDirectory(prefix="left-") as name:
        login = json.dumps({"user": "handler-canary", "password": PASSWORD})
        (Path(name) / "keyring.json").write_text(json.dumps({"assistant login shenzhen": login}), encoding="utf-8")
        yield Home(Path(name) / "searched", Path(name) / "keyring.json", canaries_of)


@pytest.fixture
def sealed(home: Home) -> Home:
    """Sealed by the command itself, with the login kept as well."""
    assert home.leaks() != [], "the search finds what is not sealed"
    assert home.run("seal", str(home.folder))[0] == 0
    assert [path.name for path in home.folder.iterdir()] == [sealing.SEALED]
    return home


@pytest.fixture
def portal() -> Iterator[MockPortal]:
    with MockPortal(city="shenzhen", auto_login=True, on=date.fromisoformat(ON)) as running:
        yield running


def verbs(home: Home, *, everything: bool) -> dict[str, list[str]]:
    """The verbs that open a browser; the others are in test_sealing.py, which also says that none is forgotten."""
    folder = str(home.folder)
    quick = {
        "after --pack": ["after", folder, "--pack", "pack.html"],
        "probe": ["probe", "--profile", folder, "--headless", "--json", "probe.json"],
        "fill": ["fill", folder, "--headless", "--json", "fill.json", "--report", "fill.html"],
        "after": ["after", folder, "--headless", "--json", "after.json"],
    }
    if not everything:
        quick["fill"] += ["--section", "personal", "--section", "attachments"]
        return quick
    quick["probe"] += ["--report", "probe.html"]
    long = {
        "check": ["check", folder, "--on", ON, "--json", "check.json"],
        "plan": ["plan", folder, "--json", "plan.json"],
        "due": ["due", str(home.people), "--on", ON, "--ics", "due.ics", "--json", "due.json"],
        "teach": ["teach", "--profile", folder, "--headless", "--no-panel", "--by", "tester"],
    }
    return {**long, **quick}


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("everything", [False, True], ids=["daily", "everything"])
def test_a_verb_on_a_sealed_folder_leaves_nothing_of_the_applicant(
    sealed: Home, portal: MockPortal, everything: bool
) -> None:
    """Not in the tool's browser profile either, even before `login forget`. Nightly every verb is tried and every
    section filled."""
    for verb, words in verbs(sealed, everything=everything).items():
        if verb == "after":
            (application,) = portal._truth.applications.values()
            application.submitted = application.approved = True
            application.booking = Booking("SZ261201000001", "2026-12-04 09:00-10:00")
            before = portal.state()["applications"][0]  # type: ignore[index]
        status, said = sealed.run(*words, live=portal.url)
        assert status == 0, f"{verb}: {said.decode()}"
        assert not any(canary in said for canary in sealed.canaries), verb
        assert [path.name for path in sealed.folder.iterdir()] == [sealing.SEALED], verb
        # The page to take along bears the applicant's name: it was asked for.
        assert [leak for leak in sealed.leaks() if Path(leak).name != "pack.html"] == [], verb
        assert list(sealed.temporary.iterdir()) == [], verb
    assert sealed.run("login", "forget", "--city", "shenzhen")[0] == 0
    assert [leak for leak in sealed.leaks() if Path(leak).name != "pack.html"] == []
    assert len(before["sections"]["personal"]) > 10 and len(before["attachments"]) > 5
    assert "documents/visa_form_booked.pdf" in sealing.read_archive(sealed.folder / sealing.SEALED, sealed.key)
    assert list((sealed.root / "home" / "data").rglob("fingerprints/**/*.json")) != []
    ours = [path for path in sealed.files() if "chromium" not in str(path) and path.name != "employer.yaml"]
    assert [path.name for path in ours if path.stat().st_mode & 0o077] == []


@pytest.mark.timeout(300)
def test_a_kill_in_the_middle_of_a_fill_leaves_nothing_on_the_disk(sealed: Home, portal: MockPortal) -> None:
    words = ("fill", str(sealed.folder), "--headless", "--section", "personal", "--url", portal.url)
    with sealed.start(*words) as run:
        try:
            end = time.monotonic() + 90
            while not any("/sections/personal" in one["path"] for one in portal.state()["requests"]):  # type: ignore[union-attr]
                assert run.poll() is None and time.monotonic() < end
                time.sleep(0.05)
            during = sealed.leaks()
        finally:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate(timeout=20)
    assert (during, sealed.leaks()) == ([], [])
    assert [path.name for path in sealed.folder.iterdir()] == [sealing.SEALED]
    # The next use of a sealed folder deletes what the killed run had in memory.
    assert unpacked_by(run) != []
    assert sealed.run("after", str(sealed.folder), "--pack", "pack.html")[0] == 0
    assert unpacked_by(run) == []
