"""Builds the zip for handlers' computers, looks at every file of it, and prints its size.

uv run python -m scripts.windows_zip --into dist --interpreter python-3.12.10-embed-amd64.zip
uv run python -m scripts.windows_zip --into dist --ocr            without an interpreter: uv fetches it at the first start
uv run python -m scripts.windows_zip --into dist --for linux --python 3.11
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.windows_zip.archive import files_of, write_sums, write_zip
from scripts.windows_zip.inspection import faults_of
from scripts.windows_zip.systems import SYSTEMS
from scripts.windows_zip.tree import ROOT, CannotBuild, Wanted, make_tree, own_wheel, pinned, version

_MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--for", dest="system", choices=SYSTEMS, default="windows", help="the system")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where the zip is written")
    parser.add_argument("--ocr", action="store_true", help="with text recognition for scans")
    parser.add_argument("--python", default="3.12", metavar="X.Y", help="the Python that compiled modules are for")
    parser.add_argument("--interpreter", type=Path, metavar="ZIP", help="python.org's embeddable zip (Windows)")
    parser.add_argument("--handbook", type=Path, metavar="FOLDER", help="the built handbook")
    args = parser.parse_args(arguments)
    try:
        return build(args)
    except CannotBuild as error:
        sys.stderr.write(f"{error}\n")
        return 1


def build(args: argparse.Namespace) -> int:
    """Exit status 1 when the tree has a fault or is too large; then there is no zip."""
    system = SYSTEMS[args.system]
    if args.interpreter is not None and not system.is_windows:
        raise CannotBuild("an interpreter can be put into the zip for Windows only")
    args.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zip-") as scratch:
        wheel = own_wheel(Path(scratch) / "wheel")
        requirement = f"assistant{'[ocr]' if args.ocr else ''} @ {wheel.as_uri()}"
        tree = Path(scratch) / "tree"
        wanted = Wanted(system, requirement, args.python, pinned(), (), args.interpreter, args.handbook)
        make_tree(wanted, tree)
        write_sums(tree)
        faults = faults_of(tree, system, args.python, (scratch, str(ROOT)))
        if faults:
            sys.stderr.write("".join(f"{fault}\n" for fault in faults))
            return 1
        inside = f"assistant-{version()}"
        name = f"{inside}-{system.name}{'-ocr' if args.ocr else ''}"
        file = args.into / f"{name}.zip"
        write_zip(tree, file, inside)
        return _told(file, tree, system.megabytes_with_ocr if args.ocr else system.megabytes)


def _told(file: Path, tree: Path, most: int) -> int:
    size = file.stat().st_size / _MEGABYTE
    unpacked = sum(path.stat().st_size for _, path in files_of(tree)) / _MEGABYTE
    count = sum(1 for _ in files_of(tree))
    sys.stdout.write(f"{file}: {size:.1f} MB of {most}, {unpacked:.0f} MB unpacked, {count} files\n")
    sys.stdout.write(f"sha256 {hashlib.sha256(file.read_bytes()).hexdigest()}\n")
    if size > most:
        file.unlink()
        sys.stderr.write("too large: it was not kept\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
