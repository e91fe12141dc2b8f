"""A sample applicant on disk that a test may spoil: any value changed, removed or added, documents of one byte."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import ProfileError
from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

Tree = Any


class Refusal:
    """What was said of a profile that was not taken."""

    def __init__(self, error: ProfileError) -> None:
        self.problems = error.problems
        self.keys = [problem.key for problem in error.problems]
        self.said = "\n".join([*error.lines("en"), *error.lines("zh")])


class Draft:
    """`draft["passport.number"] = "X"` edits the YAML; `draft.load()` writes it and loads it."""

    def __init__(self, root: Path, sample: str) -> None:
        self.folder = root / sample
        self.employer_file = root / "employer.yaml"
        (self.folder / "documents").mkdir(parents=True, exist_ok=True)
        shutil.copy(PROFILES / "employer.yaml", self.employer_file)
        self.data: Tree = yaml.load((PROFILES / sample / "profile.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
        self.employer: Tree = yaml.load(self.employer_file.read_text("utf-8"), Loader=yaml.BaseLoader)
        for files in self.data["documents"].values():
            for name in [files] if isinstance(files, str) else files:
                (self.folder / name).write_bytes(b"x")

    def _place(self, path: str) -> tuple[Tree, Any]:
        node: Tree = self.data
        parts = [int(part) if part.isdigit() else part for part in path.split(".")]
        if parts[0] == "employer":
            node, parts = self.employer, parts[1:]
        for part in parts[:-1]:
            node = node[part]
        return node, parts[-1]

    def __setitem__(self, path: str, value: Tree) -> None:
        node, key = self._place(path)
        node[key] = value

    def __getitem__(self, path: str) -> Tree:
        node, key = self._place(path)
        return node[key]

    def __delitem__(self, path: str) -> None:
        node, key = self._place(path)
        del node[key]

    @property
    def file(self) -> Path:
        return self.folder / "profile.yaml"

    def write(self) -> Path:
        """Both files as they now stand; the folder's path."""
        self.file.write_text(yaml.safe_dump(self.data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        text = yaml.safe_dump(self.employer, allow_unicode=True, sort_keys=False)
        self.employer_file.write_text(text, encoding="utf-8")
        return self.folder

    def load(self) -> Profile:
        return load_profile(PlainFolder(self.write()))

    def refusal(self, *, as_it_stands: bool = False) -> Refusal:
        """How it is refused; `as_it_stands` is without writing the files anew."""
        with pytest.raises(ProfileError) as caught:
            load_profile(PlainFolder(self.folder if as_it_stands else self.write()))
        assert caught.value.exit_code == 2
        return Refusal(caught.value)


@pytest.fixture(params=["sample-lee", "sample-okafor", "sample-delacruz"])
def sample(request: pytest.FixtureRequest) -> str:
    """Each sample in turn."""
    return str(request.param)


@pytest.fixture
def draft_of(tmp_path: Path) -> Callable[[str], Draft]:
    return lambda sample: Draft(tmp_path / "profiles", sample)


@pytest.fixture
def okafor(draft_of: Callable[[str], Draft]) -> Draft:
    """The points path, single, a long history."""
    return draft_of("sample-okafor")


@pytest.fixture
def delacruz(draft_of: Callable[[str], Draft]) -> Draft:
    """Class A by salary commitment, a compound name."""
    return draft_of("sample-delacruz")
