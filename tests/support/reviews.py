"""A run with the review panel on the mock portal, and a person who uses only what can be seen and pressed.

The person reads what a screen reader is given (the browser's accessibility tree, which tells of closed shadow roots what a
person sees of them) and presses with the mouse where it stands, or with keys. Nothing of the panel's own is called.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from assistant.messages import Language
from assistant.page.browser.launch import open_browser
from assistant.page.form_page import FormPage
from assistant.portal.loading import Portal, load_portal
from assistant.profile.loading import Profile, load_profile
from assistant.review.console import Console
from assistant.review.panel.review import ReviewPanel
from assistant.review.terminal import PanelObserver
from assistant.run.fill.filler import Filler
from assistant.run.handover import Unattended
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.report import Report
from assistant.run.session import guarded_page
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal
from tests.support.browsers import OpenContext

Script = Callable[["Person"], Iterator[None]]


class Person:
    """Eyes, mouse and keyboard at one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._cdp = page.context.new_cdp_session(page)
        self._cdp.send("DOM.enable")
        self._cdp.send("Accessibility.enable")

    def reads(self) -> list[tuple[str, str, int]]:
        """Role, name and node of everything in the window that is spoken."""
        nodes = self._cdp.send("Accessibility.getFullAXTree")["nodes"]
        told = [one for one in nodes if not one.get("ignored") and "backendDOMNodeId" in one]
        return [(_said(one, "role"), _said(one, "name"), one["backendDOMNodeId"]) for one in told]

    def sees(self, text: str) -> bool:
        return any(text in name for _, name, _ in self.reads())

    def buttons(self, text: str = "") -> list[str]:
        return [name for role, name, _ in self.reads() if role == "button" and text in name]

    def box(self, text: str, role: str = "button") -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the one thing of this name."""
        node = self._one(text, role)
        quad = self._cdp.send("DOM.getBoxModel", {"backendNodeId": node})["model"]["border"]
        return quad[0], quad[1], quad[4], quad[5]

    def press(self, text: str, role: str = "button") -> None:
        """With the mouse, scrolled to first where it is out of sight."""
        self._cdp.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": self._one(text, role)})
        left, top, right, bottom = self.box(text, role)
        self.page.mouse.click((left + right) / 2, (top + bottom) / 2)

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> str:
        """The name of what has the focus."""
        nodes = self._cdp.send("Accessibility.getFullAXTree")["nodes"]
        return next(
            (
                _said(one, "name")
                for one in reversed(nodes)
                if any(prop["name"] == "focused" and prop["value"].get("value") for prop in one.get("properties", ()))
                and _said(one, "role") != "RootWebArea"
            ),
            "",
        )

    def _one(self, text: str, role: str) -> int:
        every = [(name, node) for kind, name, node in self.reads() if kind == role]
        found = [node for name, node in every if name == text] or [node for name, node in every if text in name]
        assert len(found) == 1, f"{len(found)} of {role} {text!r} among {[name for name, _ in every][-40:]}"
        return found[0]


def _said(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", ""))


class Session:
    """One browser with a run in it; the person's script goes on step by step while the tool waits for them."""

    def __init__(
        self, page: Any, guard: Any, mock: MockPortal, monkeypatch: pytest.MonkeyPatch, portal: Portal
    ) -> None:
        self.page, self.guard, self.mock, self.portal = page, guard, mock, portal
        self.person = Person(page.page)
        self.panel: ReviewPanel | None = None
        self.panel_section: Callable[[str, int], None] = lambda title, number: None
        self._steps: Iterator[None] = iter(())
        monkeypatch.setattr(FormPage, "wait_for_person", lambda form, until: self._live_on(form.page, until))

    def fill(
        self,
        profile: Profile,
        *,
        language: Language = "zh",
        script: Script | None = None,
        on_section: Callable[[str, int], None] | None = None,
        panel: bool = True,
        **options: Any,
    ) -> Report:
        """A run; `on_section` acts when a section begins (and calls `panel_section` for the panel to show it)."""
        portal = self.portal
        plan = make_plan(profile, portal)
        if script is not None:
            self._steps = script(self.person)
        console = Console(language)
        console._rich.file = io.StringIO()
        self.close()
        observer: Unattended = Onlooker()
        chosen = Options(start_url=self.mock.url, login_seconds=20, **options)
        if panel:
            self.panel = ReviewPanel(self.page, self.guard, plan, language, sections=chosen.sections)
            self.panel_section = self.panel.section
            if on_section is not None:
                self.panel.section = on_section  # type: ignore[method-assign]
            observer = PanelObserver(console, self.panel)
        return Filler(self.page, self.guard, portal, plan, chosen, observer).run(command="fill", city="shenzhen")

    def close(self) -> None:
        """Between two runs of one browser: the panel of the last one goes."""
        if self.panel is not None:
            self.panel.close()
            self.panel = None

    def review(self, report: Report, script: Script) -> None:
        """The person's review, until their script is at its end."""
        assert self.panel is not None
        self._steps = script(self.person)
        self.panel.review(report.sections, report.stopped.what if report.stopped else None)

    def _live_on(self, page: Page, until: Callable[[], bool]) -> bool:
        """What `wait_for_person` does, with the person's next step in each turn."""
        for _ in range(600):
            if until() or next(self._steps, "end") == "end":
                return not page.is_closed()
            page.wait_for_timeout(60)
        raise AssertionError("the person's script does not come to an end")


@pytest.fixture(scope="session")
def sample_lee() -> Profile:
    return load_profile(PlainFolder(PROFILES / "sample-lee"))


@contextmanager
def session_of(
    context: BrowserContext, mock: MockPortal, monkeypatch: pytest.MonkeyPatch, portal: Portal | None = None
) -> Iterator[Session]:
    portal = portal or load_portal("shenzhen")
    context.pages[0].set_default_timeout(8000)
    context.pages[0].set_viewport_size({"width": 1366, "height": 768})
    page, guard = guarded_page(context, portal, mock.url)
    yield Session(page, guard, mock, monkeypatch, portal)


@pytest.fixture
def session(open_context: OpenContext, mock: MockPortal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    with open_context() as context, session_of(context, mock, monkeypatch) as one:
        yield one


@pytest.fixture
def unverified_session(
    open_context: OpenContext, mock: MockPortal, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """The mock's address as if it were a live host that nobody has verified."""
    known = load_portal("shenzhen")
    hosts = tuple(host.model_copy(update={"kind": "live", "allow": ()}) for host in known.hosts if host.kind == "mock")
    portal = replace(known, file=known.file.model_copy(update={"hosts": hosts}))
    with open_context() as context, session_of(context, mock, monkeypatch, portal) as one:
        yield one


@pytest.fixture
def visible_session(
    display: str, playwright: Playwright, mock: MockPortal, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """In a window on a display."""
    with open_browser(headless=False, driver=playwright) as context, session_of(context, mock, monkeypatch) as one:
        yield one


@pytest.fixture(scope="module")
def module_session(open_context: OpenContext, shenzhen_portal: MockPortal) -> Iterator[Session]:
    """One context for all tests of a file."""
    with (
        pytest.MonkeyPatch.context() as patch,
        open_context() as context,
        session_of(context, shenzhen_portal, patch) as one,
    ):
        yield one


@pytest.fixture(scope="module")
def window_session(screen: str, playwright: Playwright, shenzhen_portal: MockPortal) -> Iterator[Session]:
    """One browser in a window on a display, for all tests of a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", screen)
        with (
            open_browser(headless=False, driver=playwright) as context,
            session_of(context, shenzhen_portal, patch) as one,
        ):
            yield one
