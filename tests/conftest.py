"""What every test gets: a browser that is on this machine, a home and a keyring of its own, no display, no network."""

import os
import signal
import subprocess
from collections.abc import Callable, Generator, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import keyring
import pytest
from hypothesis import settings
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from assistant.intake.questionnaire.encryption import encryption_script
from assistant.page.browser.discovery import CHINESE_FONT, apt_commands
from assistant.page.browser.launch import LEAN, FoundBrowser, find_or_install_browser
from assistant.profile.loading import load_profile
from assistant.store import credentials
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import OWN_SELECTORS, SELECTORS
from fixtures.libraries import ensure_libraries
from fixtures.papers.sheet import fonts_present
from fixtures.server import MockPortal

# Fixtures that tests of several rooms share.
pytest_plugins = [
    f"tests.support.{name}"
    for name in (
        "browsers",
        "control_pages",
        "desks",
        "drafts",
        "handlers",
        "packs",
        "papers",
        "postgres",
        "readings",
        "reviews",
        "runs",
        "screens",
        "stores",
        "tiers",
        "watchdog",
    )
]
BROWSER = pytest.StashKey[FoundBrowser]()

# A busy machine is no failure of the code. A failing example is printed with what repeats it.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")


def pytest_configure(config: pytest.Config) -> None:
    """Gets, once and in full view, what a fresh machine lacks: a browser, Chinese type and the mock portals' libraries.

    Before the home folder is moved, where Playwright keeps its own browsers; before the tests' processes start.
    """
    # A shell's background job ignores Ctrl-C, and so would every command that a test starts and interrupts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if SELECTORS != OWN_SELECTORS:
        raise pytest.UsageError(
            "other packs are in force for this user: assistant pack undo, or unset ASSISTANT_SELECTORS"
        )
    capture = config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        config.stash[BROWSER] = find_or_install_browser()
        if not hasattr(config, "workerinput"):
            ensure_libraries()
            encryption_script()
            _get_chinese_type()


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One process more than there are processors: a test of a page waits for much of its time."""
    return (yield) + 1


def _get_chinese_type() -> None:
    """What papers are drawn with. Where it can't be had, the tests that draw are skipped one by one and say so."""
    if not fonts_present():
        for command in apt_commands(CHINESE_FONT):
            print(f"No Chinese font found; installing one: {' '.join(command)}", flush=True)
            subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=1800)


class MemoryKeyring(KeyringBackend):
    """The system keyring of one test."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.passwords.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """No test ever touches the person's keyring."""
    credentials.trust(MemoryKeyring)
    before, own = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def spellings(value: str) -> set[bytes]:
    """A value as programs write it down: plain, in two bytes a character, and as the hexadecimal of those."""
    wide = value.encode("utf-16-be")
    return {value.encode(), value.encode("utf-16-le"), wide, wide.hex().encode(), wide.hex().upper().encode()}


@pytest.fixture
def canaries_of() -> Callable[[Path], set[bytes]]:
    """What must not lie about of an applicant whose folder is still plain: values, and a piece of every document."""

    def search(folder: Path) -> set[bytes]:
        profile = load_profile(PlainFolder(folder))
        person = profile.applicant
        values = [
            profile.passport.number,
            profile.work_permit.number,
            profile.residence_permit.number,
            person.email,
            person.phone,
            f"{person.surname} {person.given_names}",
            person.address.detail,
        ]
        files = [path.read_bytes() for path in (folder / "documents").rglob("*") if path.is_file()]
        pieces = {content[len(content) // 2 :][:64] for content in files}
        return {spelled for value in values for spelled in spellings(value)} | pieces

    return search


@pytest.fixture(scope="session", autouse=True)
def home_of_its_own(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Private folders are this test process's own, and nothing is shown on a screen."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(variable, str(home))
        for variable, folder in (("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")):
            patch.setenv(variable, str(home / folder))
        for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
            patch.delenv(variable, raising=False)
        patch.setenv("ASSISTANT_BROWSER", os.fspath(pytestconfig.stash[BROWSER].path))
        yield home


@pytest.fixture(scope="session")
def browser_type_launch_args(
    pytestconfig: pytest.Config, browser_type_launch_args: dict[str, object]
) -> dict[str, object]:
    """pytest-playwright's `browser`, `context` and `page` use the browser that the product would use."""
    return {**browser_type_launch_args, "executable_path": pytestconfig.stash[BROWSER].path, "args": [LEAN]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """Contexts as `open_browser` makes them."""
    return {
        **browser_context_args,
        "service_workers": "block",
        "locale": "zh-CN",
        "viewport": {"width": 1366, "height": 900},
    }


# The mock portal's fixtures go below this line.


@pytest.fixture(scope="session")
def shenzhen_portal() -> Iterator[MockPortal]:
    """The Shenzhen mock portal of this test process, on a day inside every sample's filing window."""
    with MockPortal(city="shenzhen", auto_login=True, on=date(2026, 12, 1)) as running:
        yield running


@pytest.fixture
def mock(shenzhen_portal: MockPortal) -> Iterator[MockPortal]:
    """The Shenzhen mock portal, as new."""
    shenzhen_portal.reset()
    yield shenzhen_portal
