"""The page driver keeps the browser to itself: its messages, and frames of strangers."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

import assistant
from assistant.errors import PortalUnreachable
from assistant.page.form_page import FormPage

PORTAL = "<meta charset=utf-8><title>portal</title><dl><dt>Name</dt><dd>KIM</dd></dl>"


@pytest.fixture
def server() -> Iterator[tuple[ThreadingHTTPServer, str]]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # At the second look, the portal's page has a stranger's frame in it.
            stranger = f"<iframe src='http://localhost:{self.server.server_address[1]}/frame'></iframe>"
            body = PORTAL.replace("KIM", "OTHER") if self.path == "/frame" else PORTAL + stranger
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None: ...

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=running.serve_forever, daemon=True).start()
    yield running, f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()


def test_another_tab_hears_no_strangers_frame_and_is_closed_in_the_end(
    page: Page, server: tuple[ThreadingHTTPServer, str]
) -> None:
    here = FormPage(page, server[1])
    here.open(server[1])
    with here.in_new_tab() as tab:
        tab.page.frame_locator("iframe").get_by_text("OTHER").wait_for()
        assert tab.facts(["Name"]) == {"Name": {"KIM"}}
        assert FormPage(tab.page).facts(["Name"]) == {"Name": {"KIM", "OTHER"}}
    assert page.context.pages == [page]


def test_another_tab_that_gets_no_answer_is_said_in_the_tools_own_words(
    page: Page, server: tuple[ThreadingHTTPServer, str]
) -> None:
    here = FormPage(page, server[1])
    here.open(server[1])
    page.context.route("**/*", lambda route: route.abort())
    with pytest.raises(PortalUnreachable), here.in_new_tab():
        raise AssertionError("there is no tab to look at")
    assert page.context.pages == [page]


def test_nobody_outside_the_page_room_reaches_through_to_the_browsers_page() -> None:
    package = Path(assistant.__file__).parent
    others = [file for file in package.rglob("*.py") if package / "page" not in file.parents]
    through = re.compile(r"page\.page\.")
    assert others and [file.name for file in others if through.search(file.read_text(encoding="utf-8"))] == []


def test_a_file_that_the_box_holds_already_is_given_again(page: Page, tmp_path: Path) -> None:
    page.set_content("<p>收据 <input type=file onchange='window.given = (window.given || 0) + 1'></p>")
    here, paper = FormPage(page), tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.4")
    (box,) = here.look().controls
    assert [here.attach(box, [paper]) for _ in range(2)] == [None, None]
    assert page.evaluate("window.given") == 2
