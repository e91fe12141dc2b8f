"""`assistant demo` as a person sees it: a terminal, a window, and after hand-over a browser that is theirs."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from fixtures.onlooker import Onlooker

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")


@pytest.mark.timeout(240)
def test_in_a_visible_window_the_run_stops_at_hand_over_and_waits_for_the_person(display: str, tmp_path: Path) -> None:
    """The window stays open with the form in it, nothing submitted, until the person closes it."""
    report = tmp_path / "out.json"
    main, terminal = pty.openpty()
    environment = {**os.environ, "DISPLAY": display, "COLUMNS": "120", "TERM": "xterm"}
    run = subprocess.Popen(
        [sys.executable, "-m", "assistant", "demo", "--lang", "en", "--json", str(report)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
        close_fds=True,
    )
    os.close(terminal)
    try:
        said = _read_until(main, "closing its window ends this", seconds=200)
        assert "no display" not in said
        result = json.loads(report.read_text(encoding="utf-8"))
        assert result["handed_over"] is True
        assert set(result["counts"]) <= {"verified", "already", "skipped"}
        assert run.poll() is None, "the browser must stay with the person"
    finally:
        run.send_signal(2)
        try:
            run.wait(timeout=20)
        except subprocess.TimeoutExpired:
            # Where whoever started the tests ignores the interrupt (a shell's background), so does every process below.
            run.kill()
            run.wait()
        os.close(main)


def _read_until(terminal: int, words: str, *, seconds: float) -> str:
    said, end = "", time.monotonic() + seconds
    os.set_blocking(terminal, False)
    while words not in re.sub(r"\s+", " ", said):
        assert time.monotonic() < end, f"waited for {words!r}; so far: {said[-400:]}"
        try:
            said += os.read(terminal, 4096).decode("utf-8", "replace")
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            break
    return said


def test_after_hand_over_a_real_click_in_the_window_submits_exactly_once(display, playwright, mock, lee):
    """The same page, visible: the guard that held is lifted, and the person's mouse reaches 提交."""
    from assistant.browser import open_browser
    from assistant.filler import Filler, Options
    from assistant.plan import make_plan
    from assistant.portal import load_portal
    from assistant.run import guarded_page

    portal = load_portal("shenzhen")
    with open_browser(headless=False, driver=playwright) as context:
        page, guard = guarded_page(context, portal, mock.url)
        options = Options(mock.url, login_seconds=20)
        Filler(page, guard, portal, make_plan(lee, portal), options, Onlooker()).run(command="fill", city="shenzhen")
        state = json.loads(urllib.request.urlopen(f"{mock.url}/__mock__/state").read())
        assert state["submits"] == 0
        place = page.page.url.rsplit("/", 1)[0]
        page.page.goto(f"{place}/summary")
        page.page.reload()
        page.page.get_by_role("button", name="提交", exact=True).scroll_into_view_if_needed()
        box = page.page.get_by_role("button", name="提交", exact=True).bounding_box()
        assert box is not None
        page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.page.get_by_role("button", name="确认提交").click()
        page.page.wait_for_timeout(500)
    assert mock.state()["submits"] == 1
