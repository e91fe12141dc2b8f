"""`python -m benchmarks NAME [options]`: runs one measurement, a module here with `run(argv) -> int`."""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path


def names() -> list[str]:
    """The measurements there are."""
    return sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name[0] != "_")


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] not in names():
        sys.stderr.write(f"usage: python -m benchmarks {{{','.join(names())}}} [options]\n")
        return 2
    measurement = importlib.import_module(f"benchmarks.{arguments[0]}")
    return int(measurement.run(list(arguments[1:])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
