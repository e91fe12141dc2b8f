"""Where things are kept: the project's own data (packs, samples, mock portal), the person's private folders, this Python."""

import json
import os
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent.parent
# In a wheel the data folders travel inside the package; in a checkout they stand beside it.
ROOT = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent

OWN_SELECTORS = ROOT / "selectors"
PROFILES = ROOT / "profiles"
OTHER_SELECTORS = "ASSISTANT_SELECTORS"
"""A variable that names another folder of packs, for trying one out."""

HANDBOOK = next(
    (one for one in (_PACKAGE.parent.parent / "handbook", _PACKAGE.parent / "build" / "handbook") if one.is_dir()), None
)
"""The handbook as a site: in the zip beside `lib`, in a checkout where scripts/handbook.py has put it."""

MODULE = (sys.executable, "-X", "utf8", "-m")
"""What a process of this program's own is started with, before the name of its module. UTF-8 is asked for by an option, since
the Python of the Windows zip heeds no environment variable."""


def private_data() -> Path:
    """The tool's own folder of this user: browser session, overlays, fingerprints, run log. Made private when made."""
    folder = Path(_own_folder())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def chosen_folder() -> Path | None:
    """Where this person keeps their applicants, if they have said so."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads((Path(_own_folder()) / "desk.json").read_text(encoding="utf-8"))
        return Path(str(said["folder"]))
    return None


def choose_folder(place: Path) -> None:
    """From the next start of the desk on."""
    (private_data() / "desk.json").write_text(json.dumps({"folder": str(place)}, ensure_ascii=False), encoding="utf-8")


def packs_folder() -> Path:
    """Where packs lie that came without a new program (jobs/packs)."""
    folder = private_data() / "packs"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def installed_packs() -> Path | None:
    """The folder of installed packs that are in force; None for the program's own. Installed for another version of the
    program they are none: what came with it is newer."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads((Path(_own_folder()) / "packs" / "now.json").read_text(encoding="utf-8"))
        folder = Path(_own_folder()) / "packs" / str(said["use"]) / "selectors"
        if said["with"] == version("assistant") and folder.is_dir():
            return folder
    return None


def _own_folder() -> str:
    return platformdirs.user_data_dir("assistant", appauthor=False)


def private_cache() -> Path:
    """What can be deleted at any time without loss: check results by content hash, fetched libraries."""
    folder = Path(platformdirs.user_cache_dir("assistant", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def browser_folder(city: str) -> Path:
    """Where the tool's own browser keeps a city's session; `login forget` deletes it."""
    return private_data() / "browser" / city


SELECTORS = Path(os.environ.get(OTHER_SELECTORS) or installed_packs() or OWN_SELECTORS)
"""The packs in force when this process started."""
