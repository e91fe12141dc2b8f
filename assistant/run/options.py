"""How the person wants a run: plain settings, the same for whatever goes to a portal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from assistant.messages import Text
from assistant.page.form_page import FormPage

LogIn = Callable[[FormPage], Text | None]
"""Asked while nobody is logged in: types what is kept, if it can, and answers with what the person should know."""


@dataclass(frozen=True)
class Options:
    """How the person wants this run. `login_seconds` bounds the wait for a login where nobody watches; None waits as long
    as it takes."""

    start_url: str
    overwrite: bool = False
    sections: tuple[str, ...] = ()
    required_slots: frozenset[str] = frozenset()
    """The documents that the city demands in this case, by slot: the page's own lists are compared with them."""
    pause: Literal["end", "section"] = "end"
    login_seconds: float | None = None
    pictures: bool = False
    log_in: LogIn | None = field(default=None, repr=False)
    """Types a kept login where the pack says so; None leaves all of the login to the person."""
