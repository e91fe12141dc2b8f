"""Writes assistant/traditional.py: the traditional forms of the characters of GB 2312, which Chinese forms are written in.

    uv run python -m scripts.traditional

The pairs are OpenCC's; a test holds the module to them, and every label of the packs to the module.
"""

from importlib.resources import files
from pathlib import Path

PLACE = Path(__file__).parent.parent / "assistant" / "traditional.py"
_HEAD = '''"""Traditional forms of characters, each above its plain one; made by scripts/traditional.py from OpenCC's table.

One character for one: enough to know a label again, not to convert a text.
"""

'''


def pairs() -> list[tuple[str, str]]:
    """(traditional, plain), in a steady order; a form that is a plain character of its own is left alone."""
    lines = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    known = (line.split()[:2] for line in lines if line.strip())
    return sorted((one, plain) for one, plain in known if _common(plain) and not _common(one))


def module() -> str:
    """The module's text."""
    one, other = ("".join(side) for side in zip(*pairs(), strict=True))
    return f'{_HEAD}TRADITIONAL = "{one}"\nPLAIN = "{other}"\n'


def _common(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore"))


if __name__ == "__main__":
    PLACE.write_text(module(), encoding="utf-8")
