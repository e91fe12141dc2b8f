"""Runs of the filler on the mock portal, in this process, so that a test can look at both sides."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.run.fill.filler import Filler
from assistant.run.handover import Unattended
from assistant.run.options import Options
from assistant.run.plan import Plan, make_plan
from assistant.run.report import Report
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES, private_cache
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal
from tests.support.browsers import OpenContext

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")


class Running:
    """One browser on the mock portal: `fill` as often as wanted, `page` and `guard` to look at afterwards."""

    def __init__(self, page: FormPage, guard: Guard, mock: MockPortal) -> None:
        self.page, self.guard, self.mock = page, guard, mock

    def fill(self, profile: Profile, *, observer: Unattended | None = None, **options: object) -> Report:
        portal = load_portal("shenzhen")
        plan: Plan = make_plan(profile, portal)
        chosen = Options(start_url=self.mock.url, login_seconds=20, **options)  # type: ignore[arg-type]
        filler = Filler(self.page, self.guard, portal, plan, chosen, observer or Onlooker())
        return filler.run(command="fill", city="shenzhen")


@pytest.fixture
def running(open_context: OpenContext, mock: MockPortal) -> Iterator[Running]:
    with running_in(open_context, mock) as one:
        yield one


@contextmanager
def running_in(open_context: OpenContext, mock: MockPortal) -> Iterator[Running]:
    with open_context() as context:
        page, guard = guarded_page(context, load_portal("shenzhen"), mock.url)
        yield Running(page, guard, mock)


@pytest.fixture
def lee() -> Profile:
    return load_profile(PlainFolder(PROFILES / "sample-lee"))


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Path]:
    """A sample's folder that a test may change."""

    def copy(sample: str) -> Path:
        shutil.copytree(PROFILES / sample, tmp_path / sample)
        shutil.copy(PROFILES / "employer.yaml", tmp_path)
        return tmp_path / sample

    return copy


@dataclass(frozen=True)
class Ran:
    """What one command came to: exit status, JSON (None where none was written), and all that it said."""

    status: int
    document: dict | None
    said: str


class Command:
    """`assistant fill` as the command line runs it; all that it keeps and writes is below one folder."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.root, self._capture = root, capture
        self.json, self.report = root / "out.json", root / "report.html"

    def fill(self, profile: Path, url: str, *words: str) -> Ran:
        options = ("--headless", "--lang", "en", "--json", str(self.json), "--report", str(self.report))
        # A thread of its own: the one of the tests has a Playwright running already.
        with ThreadPoolExecutor(1) as thread:
            status = thread.submit(main.main, ["fill", str(profile), "--url", url, *options, *words]).result()
        told = self._capture.readouterr()
        document = json.loads(self.json.read_text(encoding="utf-8")) if self.json.exists() else None
        return Ran(status, document, told.out + told.err)

    def leaks(self, ran: Ran, profile: Profile) -> list[str]:
        """Where a value of the profile was repeated: in what was said, in a file or in a file's name."""
        places = {"said": ran.said} | {
            path.name: path.name + path.read_text(encoding="utf-8", errors="replace")
            for path in (*self.root.rglob("*"), *private_cache().rglob("*"))
            if path.is_file()
        }
        assert "log.jsonl" in places, "the journal is searched too"
        # The pictures of a report are blurred ones, what papers are known by are hashes: their letters are chance.
        chance = re.compile(r'src="data:image/png;base64,[^"]*"|[0-9a-f]{32,}')
        plain = {place: chance.sub("", text) for place, text in places.items()}
        values = private_values(profile)
        return sorted(f"{place}: {value}" for place, text in plain.items() for value in values if value in text)


def private_values(profile: Profile) -> set[str]:
    """Every text, date and amount of the profile of three characters or more that says something about a person."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list | tuple):
            for one in value:
                walk(one)
        elif value is not None and not isinstance(value, bool):
            found.add(str(value))

    walk(profile.model_dump(exclude={"documents", "file_names", "id", "city", "rewritten"}))
    # Codes such as "work_permit" or "hsk3" are the profile's own grammar, the province stands in a slot's label, and today
    # is when the report was written.
    public = {"广东省", str(date.today())}
    return {value for value in found if len(value) >= 3 and not re.fullmatch(r"[a-z_]+\d?", value)} - public


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    root = tmp_path / "written"
    root.mkdir()
    # The cache stays that of all tests: the browser would make its own of the fonts anew for each.
    for variable, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(variable, str(root / folder))
    return Command(root, capsys)
