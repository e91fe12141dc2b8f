"""A session on a portal repeats nothing of the person's, whichever verb it serves."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Playwright

from assistant.page.browser.launch import open_browser
from assistant.portal.loading import load_portal
from assistant.profile.loading import Profile
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.probe import Prober
from assistant.run.session import guarded_page
from fixtures.onlooker import Onlooker


@pytest.fixture
def window_over_the_portal(lee: Profile) -> Iterator[str]:
    """A portal, logged in, on which a window with somebody's name lies over everything."""
    name = lee.applicant.chinese_name
    assert name
    body = (
        "<meta charset=utf-8><a>退出登录</a>"
        f"<div role=dialog aria-modal=true aria-label='{name} 的申请'><p>请稍候</p><button>知道了</button></div>"
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None: ...

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_address[1]}/"
    running.shutdown()
    running.server_close()


def test_a_probe_names_a_window_of_the_page_without_the_applicant_in_it(
    playwright: Playwright, lee: Profile, window_over_the_portal: str
) -> None:
    portal = load_portal("shenzhen")
    with open_browser(headless=True, driver=playwright) as context:
        page, guard = guarded_page(context, portal, window_over_the_portal)
        options = Options(window_over_the_portal, login_seconds=10)
        result = Prober(page, guard, portal, make_plan(lee, portal), options, Onlooker()).probe()
    said = str(result.as_json("shenzhen"))
    assert "的申请" in said
    assert lee.applicant.chinese_name not in said
