"""The desk's pages as HTML: the files of templates/, filled and escaped, in the person's language.

A template says `t("名册", "Roster")` for its own words and `say(text)` for a `Text`; what a template shows is always
escaped, so that no value and no file name can be more than text.
"""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from assistant.check.deadlines.dates import with_age
from assistant.messages import Language, Text

if TYPE_CHECKING:
    from jinja2 import Environment

    from assistant.desk.desk import Desk

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_COOKIE = "desk-language"
_TAGS = {"zh": "zh-CN", "en": "en"}


def language_of(request: Request) -> Language:
    """What the person chose on the page, else what the desk was started with."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    desk: Desk | None = getattr(request.app.state, "desk", None) if "app" in request.scope else None
    if chosen not in ("zh", "en"):
        return desk.language if desk is not None else "zh"
    return "zh" if chosen == "zh" else "en"


def page(request: Request, name: str, /, status: int = 200, **shown: object) -> HTMLResponse:
    """A page of the desk. `name` is the template's, without its ending."""
    return HTMLResponse(markup(request, name, **shown), status)


def markup(request: Request, name: str, /, **shown: object) -> str:
    language = language_of(request)

    def t(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    def say(text: Text | str | None) -> str:
        return text.say(language) if isinstance(text, Text) else text or ""

    def aged(source: str) -> str:
        desk: Desk = request.app.state.desk
        return with_age(source, desk.on()).say(language)

    words: Mapping[str, Any] = {
        "language": language,
        "tag": _TAGS[language],
        "t": t,
        "say": say,
        "aged": aged,
        "path": request.url.path,
        "version": version("assistant"),
    }
    return _environment().get_template(f"{name}.html").render({**words, **shown})


def get_ready() -> None:
    """Reads what the first page needs, so that the person who opens it does not wait for that."""
    for name in ("roster.html", "message.html"):
        _environment().get_template(name)


def message_page(request: Request, status: int, what: Text, details: tuple[str, ...] = ()) -> Response:
    """A page that says one thing: what went wrong and what to do."""
    return page(request, "message", status, what=what, details=details)


def refusal(scope: Scope, status: int, what: Text) -> Response:
    """What the gate answers."""
    return message_page(Request(scope), status, what)


def seen_at(address: str | URL) -> RedirectResponse:
    """After what was posted: the page to look at next, so that reloading posts nothing again."""
    return RedirectResponse(str(address), status_code=303)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
