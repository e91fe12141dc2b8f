"""Where things are kept: the project's own data (packs, samples, mock portal), the person's private folders, this Python."""

import sys
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent.parent
# In a wheel the data folders travel inside the package; in a checkout they stand beside it.
ROOT = _PACKAGE / "data" if (_PACKAGE / "data").is_dir() else _PACKAGE.parent

SELECTORS = ROOT / "selectors"
PROFILES = ROOT / "profiles"

MODULE = (sys.executable, "-X", "utf8", "-m")
"""What a process of this program's own is started with, before the name of its module. UTF-8 is asked for by an option, since
the Python of the Windows zip heeds no environment variable."""


def private_data() -> Path:
    """The tool's own folder of this user: browser session, overlays, fingerprints, run log. Made private when made."""
    folder = Path(platformdirs.user_data_dir("assistant", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def private_cache() -> Path:
    """What can be deleted at any time without loss: check results by content hash, fetched libraries."""
    folder = Path(platformdirs.user_cache_dir("assistant", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def browser_folder(city: str) -> Path:
    """Where the tool's own browser keeps a city's session; `login forget` deletes it."""
    return private_data() / "browser" / city
