"""The scripts and styles that the tool puts into pages, read from the files beside the modules that use them."""

from functools import cache
from pathlib import Path


@cache
def page_script(path: Path) -> str:
    """A script or style of ours without the comment lines; a script is then one expression that can be called."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//")).strip().removesuffix(";")
