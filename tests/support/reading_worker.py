"""A child process that reads, with the readings that are kept: `python -m tests.support.reading_worker MODULE`."""

import runpy
import sys

from assistant.check.documents import ocr
from tests.support.readings import KeptReader

if __name__ == "__main__":
    ocr.TextReader = KeptReader  # type: ignore[assignment,misc]
    runpy.run_module(sys.argv[1], run_name="__main__")
