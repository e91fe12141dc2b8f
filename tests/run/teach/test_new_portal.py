"""From a form nobody knows to a fill: `assistant teach --new`, a reviewer who does what docs/portal-changed says, the form filled."""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Page

from assistant.errors import PackError
from assistant.page.form_page import FormPage
from assistant.portal.loading import load_portal
from assistant.profile.paths import read
from assistant.run.fill import section_filler
from assistant.run.plan import make_plan
from assistant.run.teach.new_portal import draft_folder
from assistant.store.locations import SELECTORS
from fixtures.server import HERE


class Files(SimpleHTTPRequestHandler):
    """The unseen forms; whoever posts something is remembered."""

    posted: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.posted.append(self.path)
        self.send_error(405)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def unseen() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(HERE / "unseen"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_form_nobody_knows_is_filled_right_once_its_draft_was_reviewed_and_not_before(
    page: Page, unseen: str, lee, tmp_path: Path
) -> None:
    # A command of its own has a Playwright of its own.
    words = ["teach", "--new", "onboarding", "--url", f"{unseen}/onboarding.html", "--headless", "--lang", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *words], capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Passport No." in done.stdout and "not known:" in done.stdout and "Education: From" in done.stdout
    assert Files.posted == []

    # 1. The draft's folder becomes a pack's; as it came it is refused, with everything that is still open.
    shutil.copytree(SELECTORS, tmp_path / "selectors")
    pack = tmp_path / "selectors" / "portals" / "onboarding"
    shutil.copytree(draft_folder("onboarding"), pack)
    with pytest.raises(PackError) as refused:
        load_portal("onboarding", tmp_path / "selectors")
    told = [problem.what.en for problem in refused.value.problems]
    assert any("nobody has reviewed" in one for one in told)
    assert sum("for a person to fill in" in one for one in told) == (pack / "portal.yaml").read_text().count('"?"')
    # 2. Each `?` of portal.yaml is answered from the page.
    portal_file = pack / "portal.yaml"
    answered = re.sub(r"""["']\?["']""", "Save draft", portal_file.read_text(encoding="utf-8"))
    # Only in this test the form is on this machine, which is no portal's address.
    portal_file.write_text(answered.replace(unseen, "https://assignees.example"), encoding="utf-8")
    # 3. The section gets the page's own title, its lines are checked, and it is called reviewed.
    section_file = pack / "sections" / "01-onboarding.yaml"
    text = section_file.read_text(encoding="utf-8").replace("reviewed: false", "reviewed: true")
    section_file.write_text(
        text.replace("title: onboarding", "title: International assignee data sheet"), encoding="utf-8"
    )
    portal = load_portal("onboarding", tmp_path / "selectors")

    plan = make_plan(lee, portal)
    page.goto(f"{unseen}/onboarding.html")
    filled = section_filler.fill(FormPage(page), plan.sections[0].steps, lambda seen: seen, overwrite=False)
    assert len(filled) >= 18 and {one.status for one in filled} == {"verified"}
    held = page.evaluate(
        "[...document.querySelectorAll('[data-means]')].filter((one) => one.value).map((one) => [one.dataset.means, one.value])"
    )
    assert len(held) == len(filled)
    # What is chosen is the page's own English word for it.
    assert [path for path, value in held if value.casefold() != str(read(lee, path)).casefold()] == []
