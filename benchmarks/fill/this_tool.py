"""This tool in the fill benchmark: fill, verify, read back from the server; JOB.json URL BROWSER PROFILE.

The whole run counts, from opening the portal to the finished report. Beside its seconds it tells where they went: in the
page (calls that compute there, and wait there until it is quiet), in waiting (calls that only wait for the page or its
server), in Python (the rest), and how
much of the run was verification.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.page.browser.discovery import find_browser
from assistant.page.browser.launch import open_browser
from assistant.page.engine.client import EngineCalls
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.request_tracker import PortalAnswers
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.run.fill import filler, section_filler
from assistant.run.fill.filler import Filler
from assistant.run.handover import Unattended
from assistant.run.navigation import Navigator
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.session import PortalSession, guarded_page
from assistant.store.applicant_folder import PlainFolder
from fixtures.server import known_city

# A look, press or write that waits until the page is quiet does so inside the page, in the same call.
IN_PAGE = (
    *("look", "settledLook", "write", "writeAndLook", "press", "pressAndLook", "send", "go"),
    *("facts", "sees", "isOpen", "attach", "give"),
)
PHASES = (
    *("opening and login", "the way to the form", "opening sections", "looking, writing, rows, uploads", "saving"),
    "last reading from the server",
)
WAITING = ("settle", "pause", "open", "reload", "wait")


class Clock:
    """Seconds and calls by name; a name counts only while none of its group is running."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._open: set[str] = set()

    def run(self, group: str, name: str, work: Callable[[], Any]) -> Any:
        if group in self._open:
            return work()
        self._open.add(group)
        start = time.perf_counter()
        try:
            return work()
        finally:
            self._open.discard(group)
            self.seconds[name] += time.perf_counter() - start
            self.calls[name] += 1

    def watch(self, owner: object, name: str, group: str, label: str | None = None) -> None:
        original = getattr(owner, name)

        def timed(*words: Any, **more: Any) -> Any:
            called = label or name
            return self.run(group, called, lambda: original(*words, **more))

        setattr(owner, name, timed)


def main() -> None:
    job_file, url, _, folder = sys.argv[1:5]
    city = json.loads(Path(job_file).read_text(encoding="utf-8"))["city"]
    clock = Clock()
    ask = EngineCalls.ask

    def asked(page: EngineCalls, frame: Any, name: str, *words: object, **more: Any) -> Any:
        return clock.run("browser", name, lambda: ask(page, frame, name, *words, **more))

    for name in ("attach", "pause", "open", "reload"):
        clock.watch(FormPage, name, "browser")
    clock.watch(PortalAnswers, "wait", "browser")
    setattr(EngineCalls, "ask", asked)  # noqa: B010
    clock.watch(Filler, "_judge", "proof", "verification")
    clock.watch(Filler, "_read_once_more", "proof", "verification")
    clock.watch(section_filler, "_judge", "proof", "verification")
    clock.watch(Guard, "_refusal", "guard", "guard")
    clock.watch(Filler, "_read_once_more", "phase", "last reading from the server")
    clock.watch(PortalSession, "open", "phase", "opening and login")
    clock.watch(PortalSession, "enter", "phase", "the way to the form")
    clock.watch(Navigator, "go_to", "phase", "opening sections")
    clock.watch(Navigator, "save", "phase", "saving")
    clock.watch(filler, "write", "phase", "looking, writing, rows, uploads")

    portal = load_portal(known_city(city))
    plan = make_plan(load_profile(PlainFolder(Path(folder))), portal)
    with open_browser(headless=True, found=find_browser()) as context:
        form_page, guard = guarded_page(context, portal, url)
        run = Filler(form_page, guard, portal, plan, Options(url, login_seconds=60), Unattended())
        start = time.perf_counter()
        report = run.run(command="fill", city=city)
        report.as_json()
        seconds = time.perf_counter() - start
        trips = form_page.round_trips
    in_page = sum(clock.seconds[name] for name in IN_PAGE)
    waiting = sum(clock.seconds[name] for name in WAITING)
    answer = {
        "seconds": seconds,
        "round_trips": trips,
        "verification": clock.seconds["verification"] / seconds,
        "shares": {
            "page": in_page / seconds,
            "waiting": waiting / seconds,
            "python": 1 - (in_page + waiting) / seconds,
        },
        "guard": clock.seconds["guard"] / seconds,
        "judged": clock.calls["guard"],
        "phases": {name: round(clock.seconds[name], 3) for name in PHASES},
        "calls": {
            name: [clock.calls[name], round(took, 3)]
            for name, took in sorted(clock.seconds.items(), key=lambda one: -one[1])
        },
        "sections": {one.key: [one.round_trips, round(one.seconds, 3)] for one in report.sections},
        "for_the_person": len(report.for_the_person),
        "exit_code": report.exit_code,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
