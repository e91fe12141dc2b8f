"""Puts a panel of the tool's own into the page, and talks with it over a channel that the page can't reach.

The panel lives in an isolated world of the browser: the page's scripts share the tree with it, but no object, no function
and no channel. Promises: it comes back after every navigation and when the page takes it away; every word from it carries
this run's secret, and only what a person pressed is a word; what is shown stays in the page's memory and in this process;
after `close` nothing of it is left in the page.
"""

import json
import secrets
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.page.engine.scripts import page_script
from assistant.page.form_page import FormPage

HERE = Path(__file__).parent
# More than a person presses between two looks at the queue; a broken page must not fill the memory.
MOST_WAITING = 100


@dataclass(frozen=True)
class Said:
    """One word from the panel: what was pressed, and on what. Never a value."""

    kind: str
    data: Mapping[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """One text of it, "" where there is none."""
        found = self.data.get(name)
        return found if isinstance(found, str) else ""


class PanelHost:
    """One panel in one page. `app` is the script that draws it (see host.js for what it is given), `style` its CSS."""

    def __init__(self, page: FormPage, app: str, style: str, settings: Mapping[str, object] | None = None) -> None:
        self._secret = secrets.token_hex(16)
        binding = f"panel{secrets.token_hex(16)}"
        told = {
            **(settings or {}),
            "binding": binding,
            "secret": self._secret,
            "style": page_script(HERE / "host.css") + style,
        }
        source = f"({page_script(HERE / 'host.js')})({json.dumps(told)}, {app}, {page_script(HERE / 'dock.js')})"
        self._world = page.isolated_world(f"panel-{secrets.token_hex(8)}", binding, source)
        self._world.on_word = self._on_word
        self._said: deque[Said] = deque(maxlen=MOST_WAITING)
        self.on_ready: Callable[[], None] = lambda: None
        """Called whenever the panel starts anew in a document, with nothing on it yet."""

    def open(self) -> None:
        """Shows the panel in the page as it is, and in every document that comes after it."""
        self._world.start()

    @property
    def shown(self) -> bool:
        """Whether it was opened and not closed since."""
        return self._world.open

    def tell(self, message: Mapping[str, object]) -> object:
        """Gives the panel something to show, and answers with what it says to it; None where no panel is."""
        return self._world.call("assistantPanel?.hear", message)

    def heard(self) -> list[Said]:
        """What the person pressed since the last time, in order."""
        said = list(self._said)
        self._said.clear()
        return said

    def close(self) -> None:
        """Takes the panel away without a trace; later documents don't get one."""
        self._world.close("assistantPanel?.remove")

    def _on_word(self, payload: object, context: int) -> None:
        try:
            word = json.loads(str(payload))
            secret, kind, data = str(word["secret"]), str(word["kind"]), dict(word["data"])
        except (ValueError, KeyError, TypeError):
            return
        if not secrets.compare_digest(secret.encode(), self._secret.encode()):
            return
        if kind == "ready":
            self._world.began(context)
            self.on_ready()
        else:
            self._said.append(Said(kind, data))
