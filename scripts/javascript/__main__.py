"""Style, lint and types of all the project's JavaScript: `uv run python -m scripts.javascript`.

`--write` formats, and mends what can be mended safely. The checkers come from npm as package-lock.json pins them, fetched
once into node_modules beside it.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from fixtures.libraries_for_tests import fetch_pinned

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHECKED = ("assistant", "benchmarks", "fixtures")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="format, and mend what can be mended safely")
    write = parser.parse_args(arguments).write
    tools = fetch_pinned(HERE) / ".bin"
    biome = [str(tools / "biome"), *(["check", "--write"] if write else ["ci"])]
    settings = (f"--config-path={HERE}", "--error-on-warnings", "--max-diagnostics=50")
    commands = ([*biome, *settings, *CHECKED], [str(tools / "tsc"), "--project", str(HERE)])
    return max(subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands)


if __name__ == "__main__":
    sys.exit(main())
