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
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from assistant.page.engine.scripts import page_script
from assistant.page.form_page import FormPage

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

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
        self.page = page
        self._secret, self._world = secrets.token_hex(16), f"panel-{secrets.token_hex(8)}"
        binding = f"panel{secrets.token_hex(16)}"
        told = {
            **(settings or {}),
            "binding": binding,
            "secret": self._secret,
            "style": page_script(HERE / "host.css") + style,
        }
        self._source = f"({page_script(HERE / 'host.js')})({json.dumps(told)}, {app})"
        self._binding = binding
        self._session: CDPSession | None = None
        self._script = self._frame = ""
        self._context: int | None = None
        self._said: deque[Said] = deque(maxlen=MOST_WAITING)
        self.on_ready: Callable[[], None] = lambda: None
        """Called whenever the panel starts anew in a document, with nothing on it yet."""

    def open(self) -> None:
        """Shows the panel in the page as it is, and in every document that comes after it."""
        with suppress(PlaywrightError):
            session = self.page.page.context.new_cdp_session(self.page.page)
            self._session = session
            session.on("Runtime.bindingCalled", self._on_call)
            session.send("Page.enable")
            session.send("Runtime.enable")
            session.send("Runtime.addBinding", {"name": self._binding, "executionContextName": self._world})
            self._frame = str(session.send("Page.getFrameTree")["frameTree"]["frame"]["id"])
            told = {"source": self._source, "worldName": self._world}
            self._script = str(session.send("Page.addScriptToEvaluateOnNewDocument", told)["identifier"])
            self._evaluate(self._source)

    @property
    def shown(self) -> bool:
        """Whether it was opened and not closed since."""
        return self._session is not None

    def tell(self, message: Mapping[str, object]) -> object:
        """Gives the panel something to show, and answers with what it says to it; None where no panel is."""
        with suppress(PlaywrightError):
            return self._evaluate(f"globalThis.assistantPanel?.hear({json.dumps(message)})")
        return None

    def heard(self) -> list[Said]:
        """What the person pressed since the last time, in order."""
        said = list(self._said)
        self._said.clear()
        return said

    def close(self) -> None:
        """Takes the panel away without a trace; later documents don't get one."""
        session, self._session = self._session, None
        if session is None:
            return
        with suppress(PlaywrightError):
            self._evaluate("globalThis.assistantPanel?.remove()", session)
            session.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": self._script})
            session.send("Runtime.removeBinding", {"name": self._binding})
            session.detach()

    def _on_call(self, event: Mapping[str, object]) -> None:
        if event.get("name") != self._binding:
            return
        try:
            word = json.loads(str(event.get("payload")))
            secret, kind, data = str(word["secret"]), str(word["kind"]), dict(word["data"])
        except (ValueError, KeyError, TypeError):
            return
        if not secrets.compare_digest(secret.encode(), self._secret.encode()):
            return
        if kind == "ready":
            self._context = int(str(event["executionContextId"]))
            self.on_ready()
        else:
            self._said.append(Said(kind, data))

    def _evaluate(self, expression: str, session: "CDPSession | None" = None) -> object:
        """In the panel's own world of the document that the page's main frame shows now."""
        session = session or self._session
        if session is None:
            return None
        if self._context is None:
            told = {"frameId": self._frame, "worldName": self._world}
            self._context = int(session.send("Page.createIsolatedWorld", told)["executionContextId"])
        words = {"expression": expression, "contextId": self._context, "returnByValue": True}
        try:
            answer = session.send("Runtime.evaluate", words)
        except PlaywrightError:
            # The document it was in is gone; the next one says so itself.
            self._context = None
            raise
        if "exceptionDetails" in answer:
            raise PlaywrightError("the panel's script failed")
        return answer.get("result", {}).get("value")
