"""Papers of one invented applicant, and a way to look at files as a worker would, in this process."""

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.check.documents.checks import KIND_BY_CODE, TOGETHER
from assistant.check.documents.facts import ApplicantFacts, facts_of
from assistant.check.documents.result import FileResult
from assistant.check.documents.worker import look_at, rules_as_json
from assistant.check.file_rules import FileRules
from assistant.check.slots import Slot
from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.papers import Facts, draw, facts_of_folder
from fixtures.papers.sheet import FontMissing

ON = date(2026, 11, 22)
Looks = Callable[[Sequence[tuple[str, bytes]], FileRules], list[str]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    return (yield from _skipped_without_the_font())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    return (yield from _skipped_without_the_font())


def _skipped_without_the_font() -> Generator[None, object, object]:
    """A test that has to draw a paper on a machine without Chinese type is skipped, one by one, and says why."""
    try:
        return (yield)
    except FontMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def facts() -> Facts:
    return facts_of_folder(PROFILES / "sample-okafor")


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile(PlainFolder(PROFILES / "sample-okafor"))


@pytest.fixture(scope="session")
def case(profile: Profile) -> ApplicantFacts:
    return facts_of(profile, ON)


@pytest.fixture(scope="session")
def paper(facts: Facts, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str], bytes]:
    """A sound paper of that kind, drawn once for all test processes: it is the same every time."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "papers"
    folder.mkdir(exist_ok=True)

    def one(kind: str) -> bytes:
        file = folder / f"{kind}.pdf"
        with FileLock(f"{file}.lock"):
            if not file.exists():
                file.write_bytes(draw(kind, facts, ON))
            return file.read_bytes()

    return one


@pytest.fixture
def codes(tmp_path: Path, case: ApplicantFacts) -> Looks:
    """The codes that the files of one slot give, in order, each once."""

    def seen(files: Sequence[tuple[str, bytes]], rules: FileRules) -> list[str]:
        looks = []
        for name, data in files:
            (tmp_path / name).write_bytes(data)
            looks.append(look(tmp_path / name, rules, case))
        found = [one.code for each in looks for one in each.found]
        if not any(KIND_BY_CODE[code].stops for code in found):
            found += [one.code for check in TOGETHER if check.applies(rules) for one in check.together(rules, looks)]
        return list(dict.fromkeys(found))

    return seen


def look(path: Path, rules: FileRules, case: ApplicantFacts) -> FileResult:
    return look_at({"path": str(path), "slot": "x", "rules": rules_as_json(rules), "case": case.as_json()})


@pytest.fixture
def slot() -> Callable[..., Slot]:
    def made(key: str, rules: FileRules | None = None, required: str = "required") -> Slot:
        return Slot(key, f"材料 {key}", f"paper {key}", required, "rule", ON, rules or FileRules())  # type: ignore[arg-type]

    return made


@pytest.fixture
def with_files(profile: Profile) -> Callable[[Mapping[str, Sequence[Path]]], Profile]:
    """The applicant with these files instead of their own."""

    def changed(files: Mapping[str, Sequence[Path]]) -> Profile:
        return profile.model_copy(update={"documents": {key: tuple(paths) for key, paths in files.items()}})

    return changed
