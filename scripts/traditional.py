"""Writes the table of assistant/normalize.py: the traditional forms of the characters of GB 2312, which Chinese forms are
written in.

    uv run python -m scripts.traditional

The pairs are OpenCC's; a test holds the table to them, and every label of the packs to the table. One character for one:
enough to know a label again, not to convert a text.
"""

from importlib.resources import files
from pathlib import Path

PLACE = Path(__file__).parent.parent / "assistant" / "normalize.py"
_BEGIN = "# ---- written by scripts/traditional.py"
_END = "# ---- end of what scripts/traditional.py wrote ----\n"


def pairs() -> list[tuple[str, str]]:
    """(traditional, simplified), in a steady order; a form that is a simplified character of its own is left alone."""
    lines = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    known = (line.split()[:2] for line in lines if line.strip())
    return sorted((one, simple) for one, simple in known if _common(simple) and not _common(one))


def module() -> str:
    """The module's text with the table as it should be."""
    one, other = ("".join(side) for side in zip(*pairs(), strict=True))
    before, _, rest = PLACE.read_text(encoding="utf-8").partition(_BEGIN)
    head, _, rest = rest.partition("\n")
    _, end, after = rest.partition(_END)
    return f'{before}{_BEGIN}{head}\nTRADITIONAL = "{one}"\nSIMPLIFIED = "{other}"\n{end}{after}'


def _common(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore"))


if __name__ == "__main__":
    PLACE.write_text(module(), encoding="utf-8")
