"""Takes the pictures of docs/portal-changed.*.md anew: a probe's report on a changed copy of the mock portal, the panel of
a lesson beside it, and pointing.

uv run python -m scripts.pictures_changed
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from assistant.messages import Text
from assistant.page.browser.launch import open_browser
from assistant.page.form_page import FormPage
from assistant.portal.loading import Portal, load_portal
from assistant.portal.overlay import Laid
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.review.lesson_dialogue import PanelDialogue
from assistant.review.panel.host import Said
from assistant.review.panel.lesson import LessonPanel
from assistant.review.probe_report import probe_page
from assistant.run.options import Options
from assistant.run.plan import make_plan
from assistant.run.probe import Prober
from assistant.run.session import guarded_page
from assistant.run.teach.lesson import Teacher
from assistant.run.teach.picker import pick
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from fixtures.drifts import DRIFTS, Drift, both
from fixtures.onlooker import Onlooker
from fixtures.server import MockPortal

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
_CHANGES = (
    "renamed: passport number",
    "new-required: a text",
    "length-changed: place of birth",
    "kind-changed: a date box became a text box",
)


def main() -> None:
    portal, lee = load_portal("shenzhen"), load_profile(PlainFolder(PROFILES / "sample-lee"))
    with MockPortal(auto_login=True, on=lee.work_permit.expires_on) as mock, open_browser(headless=True) as context:
        mock.change(Drift("picture", "shenzhen", "personal", both(*(DRIFTS[name].change for name in _CHANGES))))
        page, guard = guarded_page(context, portal, mock.url)
        plan = make_plan(lee, portal)
        prober = Prober(page, guard, portal, plan, Options(mock.url, login_seconds=90), Onlooker())
        result = prober.probe(pictures=True)
        pictures = {key: (look.picture, look.boxes) for key, look in result.looks.items()}
        html = probe_page(result.sections[:1], result.entry, result.verdict, pictures, portal.title.zh, "zh")
        guard.take_pen()
        page.page.set_viewport_size({"width": 1366, "height": 820})
        panel = Pictured(page, "zh")
        voice = PanelDialogue(Console("zh"), page, panel)
        Teacher(prober, page, voice, load, None, "王小明", date.today()).teach()
        look = prober.go_to(portal.section("personal"))
        pick(page, look.snapshot, _pointing(page, panel))
        panel.close()
        guard.hand_over()
        report = context.new_page()
        report.set_viewport_size({"width": 1100, "height": 900})
        report.set_content(html)
        report.screenshot(path=PICTURES / "probe-report.png", full_page=True)


class Pictured(LessonPanel):
    """Turns to the second entry, then takes the picture where it would wait for the person, who ends the lesson."""

    _turned = False

    def _wait(self) -> Said | None:
        self._show()
        if not self._turned:
            self._turned = True
            return Said("turn-to", {"number": 1})
        self._page.pause(500)
        (PICTURES / "teach-panel.png").write_bytes(_covered(self._page))
        return None


def load(laid: Sequence[Laid]) -> Portal:
    return load_portal("shenzhen", overlays=laid)


def _pointing(page: FormPage, panel: LessonPanel) -> Callable[[], Callable[[], bool]]:
    """Moves the mouse over the renamed field, takes the picture, gives up."""

    def invite() -> Callable[[], bool]:
        panel.pointing(
            Text("请在页面上点一下「护照号码」现在所在的栏目", "Click the field on the page that is “护照号码” now")
        )
        page.page.mouse.click(1330, 34)  # the panel to the other side
        label = page.page.get_by_text("护照号：", exact=True)
        label.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        label.hover()
        page.pause(400)
        (PICTURES / "teach-pick.png").write_bytes(_covered(page))
        return lambda: False

    return invite


def _covered(page: FormPage) -> bytes:
    """The page as it is, but for whose form it is."""
    return page.page.screenshot(style="dd { filter: blur(5px); }")


if __name__ == "__main__":
    main()
