"""The one place where HTML is drawn: the files beside this one, each filled with what a page of the review shows.

Promises: everything put into a template is escaped; a page is one file that loads nothing from anywhere.
"""

import base64
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.messages import Language

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent
LANGUAGE_TAGS = {"zh": "zh-CN"}


def render(name: str, language: Language | str, /, **shown: object) -> str:
    """The template of this name in one language, which it says two-language texts in by `say`."""
    tag = LANGUAGE_TAGS.get(language, language)
    say = {"say": lambda text: text.say(language)}
    return (
        _environment().get_template(f"{name}.html").render(language=tag, version=version("assistant"), **say, **shown)
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["b64"] = lambda picture: base64.b64encode(picture).decode("ascii")
    return environment
