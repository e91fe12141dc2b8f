"""`assistant demo` as a person sees it: a terminal, a window, and after hand-over a browser that is theirs."""

import json
import urllib.request
from pathlib import Path

import pytest

from fixtures.onlooker import Onlooker


@pytest.mark.timeout(240)
def test_in_a_visible_window_the_run_stops_at_hand_over_and_waits_for_the_person(in_a_terminal, tmp_path: Path) -> None:
    """The window stays open with the form in it, nothing submitted, until the person closes it."""
    report = tmp_path / "out.json"
    with in_a_terminal("demo", "--lang", "en", "--json", str(report)) as terminal:
        terminal.wait_for("closing its window ends this")
        assert "no display" not in terminal.said
        result = json.loads(report.read_text(encoding="utf-8"))
        assert result["handed_over"] is True
        assert set(result["counts"]) <= {"verified", "already", "skipped"}
        assert terminal.run.poll() is None, "the browser must stay with the person"


def test_after_hand_over_a_real_click_in_the_window_submits_exactly_once(display, playwright, mock, lee):
    """The same page, visible: the guard that held is lifted, and the person's mouse reaches 提交."""
    from assistant.page.browser.launch import open_browser
    from assistant.portal.loading import load_portal
    from assistant.run.fill.filler import Filler
    from assistant.run.options import Options
    from assistant.run.plan import make_plan
    from assistant.run.session import guarded_page

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
