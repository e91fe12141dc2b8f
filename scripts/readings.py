"""Compares what tests keep of the reading engine with what it reads now, or keeps it anew.

    uv run python -m scripts.readings [--write]

Runs the tests that read pages, each page for real; about three minutes. After another version of the engine, other drawn
papers or a change of `ocr.py` or `ocr_models.py`: `--write`. How it is kept: tests/support/readings.py.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "support" / "readings.jsonl"
MODE = "ASSISTANT_TESTS_READ"
"""Unset: kept readings are used. `real`: nothing kept is used. Else COMPARE, or KEEP and a folder."""
COMPARE, KEEP = "compare", "keep:"
TESTS = ("tests/check/documents", "tests/intake", "tests/cli/test_check.py", "tests/adversary/test_fuzz_documents.py")
OF_THIS_READER = "tests/support/test_readings.py"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true")
    if not parser.parse_args(words).write:
        return run(COMPARE, OF_THIS_READER, *TESTS)
    with tempfile.TemporaryDirectory() as folder:
        status = run(KEEP + folder, *TESTS)
        if status:
            return status
        parts = [line for part in Path(folder).glob("*.jsonl") for line in part.read_text("utf-8").splitlines()]
    KEPT.write_text(joined(parts), encoding="utf-8")
    return 0


def run(mode: str, *tests: str) -> int:
    """What these tests answer in that mode."""
    command = [sys.executable, "-m", "pytest", "-q", *tests]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, MODE: mode}, check=False).returncode


def joined(parts: Sequence[str]) -> str:
    """The file of all readings: the engine, then one line a picture, in the order of their keys. What each process wrote
    are lines of engine, key and what was read."""
    read = {key: lines for _, key, *lines in map(json.loads, parts)}
    (engine,) = {json.loads(part)[0] for part in parts}
    rows = [engine, *([key, *read[key]] for key in sorted(read))]
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
