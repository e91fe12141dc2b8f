"""The shipped packs: the portal of Shenzhen, and a copy of all that a test may spoil."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.errors import PackError, Problem
from assistant.portal.loading import Portal, load_portal
from assistant.store.locations import SELECTORS


@dataclass
class Copy:
    """A copy of the shipped packs that a test may spoil."""

    selectors: Path

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.selectors / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"the shipped {file} no longer holds what this test spoils"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def problems(self) -> tuple[Problem, ...]:
        with pytest.raises(PackError) as refused:
            load_portal("shenzhen", self.selectors)
        assert refused.value.exit_code == 2
        return refused.value.problems


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(Path(shutil.copytree(SELECTORS, tmp_path / "selectors")))


@pytest.fixture(scope="module")
def portal() -> Portal:
    return load_portal("shenzhen")
