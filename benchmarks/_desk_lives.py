"""Three lives at the desk, each lived for real in a browser, with every press and key of the person counted.

The person uses mouse and keyboard as an average typist does: buttons and ticks with the mouse, answers one after the other with
Tab. What they read (doubtful values, beside their source) and the review are estimated as in _klm.py. Waiting is not counted,
since nobody has to sit by. What is typed is the sample's own; the tool's part is the product, nothing of it is made simpler.
"""

import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import cast

from playwright.sync_api import Locator, Page, sync_playwright

from assistant.desk.app import make_app
from assistant.desk.desk import Desk
from assistant.page.browser.launch import find_or_install_browser
from assistant.profile.loading import load_profile
from assistant.review.cards import above_the_fold
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES
from benchmarks._klm import BUTTON, HOMING, KEY, MENTAL, POINT, reading_seconds, review
from benchmarks._planted import calm_run
from benchmarks.intake import effort, filled_roster, keys_of, sample_values
from fixtures.expected import filled
from fixtures.papers import draw, facts_of_folder
from fixtures.printed import printed_form
from fixtures.seed import Told
from fixtures.server import MockPortal

SAMPLE = PROFILES / "sample-lee"
FIRST_LIMIT, RENEWAL_LIMIT = 6.0, 3.0
"""Minutes."""
ON, NEXT_YEAR = date(2026, 11, 23), date(2027, 11, 1)
PAPERS = ("passport.pdf", "residence_permit.pdf", "work_permit.pdf", "contract.pdf")
NEW_PAPERS = ("work_permit.pdf", "residence_permit.pdf", "contract.pdf")
NEXT_TERM = {
    "employment.requested_from": "2028-01-16",
    "employment.requested_to": "2029-01-15",
    "employment.contract_to": "2029-01-15",
    "residence_request.until": "2029-01-15",
}
"""What the person of the renewal knows of the year to come."""
WAIT = 600_000
ON_THE_PORTAL = 2
"""Presses there: submit, and yes."""


@dataclass
class Life:
    """What one life costs the person."""

    what: str
    presses: int = 0
    keys: int = 0
    looked_at: int = 0
    typed: int = 0
    seconds: float = 0.0
    people: int = 1
    parts: dict[str, float] = field(default_factory=dict)
    """Minutes by what they go into."""

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        before = self.seconds
        yield
        self.parts[name] = round((self.seconds - before) / 60, 2)

    @property
    def minutes(self) -> float:
        return self.seconds / 60 / self.people

    def say(self, by_hand: float) -> str:
        each = " each" if self.people > 1 else ""
        return (
            f"{self.what:34} {self.presses / self.people:5.1f} presses {self.keys / self.people:6.1f} keys "
            f"{self.typed / self.people:4.1f} typed {self.looked_at / self.people:4.1f} looked at "
            f"{self.minutes:5.2f} min{each} (by hand {by_hand:.1f}); of it "
            + ", ".join(f"{name} {minutes:.2f}" for name, minutes in self.parts.items())
        )


class CountedPerson:
    """Hands at the desk's pages; everything they do is counted, and really done."""

    def __init__(self, page: Page, life: Life) -> None:
        self.page, self.life = page, life

    def press(self, at: Locator) -> None:
        at.click()
        self._count(presses=1, seconds=MENTAL + POINT + BUTTON)

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name, exact=True).first)

    def link(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name, exact=True).first)

    def files(self, at: Locator, files: Sequence[Path]) -> None:
        """The field, all files of the window that opens (one key with Ctrl), its button."""
        at.set_input_files(files)
        self._count(presses=2, keys=2, seconds=2 * (MENTAL + POINT + BUTTON) + 2 * HOMING + 2 * KEY)

    def ticks(self, boxes: Sequence[tuple[Locator, str]]) -> None:
        """One after the other: a value is read, and its source, and ticked; Tab comes to the next tick, the space bar ticks."""
        for box, text in boxes:
            box.check()
            self.life.looked_at += 1
            self._count(keys=2, seconds=2 * reading_seconds(text) + MENTAL + 2 * KEY)
        if boxes:
            self._count(presses=1, seconds=POINT + BUTTON + 2 * HOMING)

    def answers(self, values: Mapping[str, str]) -> None:
        """One after the other in the form's order, with Tab; the first one is found with the mouse."""
        order: list[str] = self.page.evaluate(
            "() => [...document.querySelectorAll('form[data-judge] :is(input:not([type=hidden]), select, textarea, button, summary)')]"
            ".filter((one) => one.tabIndex >= 0 && one.checkVisibility()).map((one) => one.name || '')"
        )
        wanted = [name for name in order if name in values]
        if not wanted:
            return
        self._count(presses=1, seconds=POINT + BUTTON + HOMING)
        before = order.index(wanted[0])
        for name in wanted:
            at = self.page.locator(f"[name='{name}']").first
            tabs = order.index(name) - before
            before = order.index(name)
            if at.evaluate("(one) => one.localName") == "select":
                at.select_option(values[name])
                keys = int(at.evaluate("(one) => one.selectedIndex"))
            else:
                at.fill(values[name])
                keys = keys_of(values[name])
            self.life.typed += 1
            self._count(keys=tabs + keys, seconds=MENTAL + (tabs + keys) * KEY)
        self._count(seconds=HOMING)

    def _count(self, presses: int = 0, keys: int = 0, seconds: float = 0.0) -> None:
        self.life.presses += presses
        self.life.keys += keys
        self.life.seconds += seconds


def lives() -> list[Life]:
    return [_first_time(), _renewal(), _twenty()]


def by_hand() -> float:
    """Minutes of typing the portal's form, its papers chosen one by one."""
    values = sample_values()
    papers = len(list((SAMPLE / "documents").iterdir()))
    return (effort("", values.values(), (), 7).seconds + papers * 3 * (MENTAL + POINT + BUTTON)) / 60


def passed(lived: Sequence[Life]) -> bool:
    return lived[0].minutes <= FIRST_LIMIT and lived[1].minutes <= RENEWAL_LIMIT


# ---- the lives -------------------------------------------------------------------------------------------------------


def _first_time() -> Life:
    life = Life("first time, from papers")
    with _desk(ON) as (folder, page):
        shutil.copy(PROFILES / "employer.yaml", folder)
        person = CountedPerson(page, life)
        form = folder.parent / "去年的申请表.pdf"
        form.write_bytes(_last_years_form(page))
        with person.life.part("import"):
            _imports(person, [*(SAMPLE / "documents" / name for name in PAPERS), form], city="shenzhen")
        with person.life.part("data"):
            _completes(person, sample_values())
        with person.life.part("papers"):
            _papers(person)
        with person.life.part("check, review, submission"):
            _fills_and_submits(person)
    return life


def _renewal() -> Life:
    life = Life("renewal")
    with _desk(NEXT_YEAR) as (folder, page):
        shutil.copy(PROFILES / "employer.yaml", folder)
        shutil.copytree(SAMPLE, folder / "sample-lee")
        page.goto(page.url)
        person = CountedPerson(page, life)
        person.link("LEE MINJUN 李敏俊")
        person.link("提交之后")
        person.button("建立明年的资料")
        person.link("导入")
        with person.life.part("import"):
            papers = _papers_of_next_year(folder.parent)
            _imports(person, [papers / name for name in NEW_PAPERS], opened=True)
        with person.life.part("data"):
            person.link("全部显示")
            person.answers(NEXT_TERM)
            _completes(person, {**sample_values(), **NEXT_TERM})
        with person.life.part("papers"):
            _papers(person, papers)
        with person.life.part("check, review, submission"):
            _fills_and_submits(person)
    return life


def _twenty(people: int = 20) -> Life:
    """The roster is imported once; papers, check and review are each applicant's own, and counted for one of them."""
    life = Life("twenty from a roster", people=people)
    with _desk(ON) as (folder, page), tempfile.TemporaryDirectory() as name:
        shutil.copy(PROFILES / "employer.yaml", folder)
        roster = Path(name) / "名册.xlsx"
        roster.write_bytes(filled_roster(sample_values(), people))
        person = CountedPerson(page, life)
        with person.life.part("import"):
            _imports(person, [roster], city="shenzhen")
        own = Life("")
        person.life = own
        with person.life.part("data"):
            _completes(person, sample_values())
        with person.life.part("papers"):
            _papers(person)
        with person.life.part("check, review, submission"):
            _fills_and_submits(person)
        life.parts |= own.parts
        for name_of in ("presses", "keys", "looked_at", "typed", "seconds"):
            setattr(life, name_of, getattr(life, name_of) + people * getattr(own, name_of))
    return life


def _last_years_form(desk: Page) -> bytes:
    """As the national portal printed it when the same person applied there."""
    assert desk.context.browser is not None
    profile = load_profile(PlainFolder(SAMPLE))
    told = cast(dict[str, Told], filled("beijing", profile)["sections"])
    with MockPortal("beijing", auto_login=True) as mock, desk.context.browser.new_page() as page:
        mock.seed(profile.passport.number, told, {})
        return printed_form(mock, page)


def _papers_of_next_year(folder: Path) -> Path:
    """The same person's papers as they are drawn a year later: the permits were prolonged, and the contract is a new one."""
    facts = facts_of_folder(SAMPLE).but(
        work_permit__expires_on="2028-01-15",
        residence_permit__expires_on="2028-01-15",
        employment__contract_from="2028-01-16",
        **{path.replace(".", "__"): value for path, value in NEXT_TERM.items()},
    )
    papers = folder / "明年的材料"
    papers.mkdir()
    for old in (SAMPLE / "documents").iterdir():
        (papers / old.name).write_bytes(draw(old.stem, facts, NEXT_YEAR))
    return papers


def _imports(person: CountedPerson, files: Sequence[Path], *, city: str = "", opened: bool = False) -> None:
    page = person.page
    if not opened:
        person.button("导入")
    person.files(page.get_by_label("选择文件，或拖到这里"), files)
    if city:
        page.get_by_label("城市").select_option(city)
        person._count(presses=2, seconds=2 * (MENTAL + POINT + BUTTON))
    person.button("读取")
    page.get_by_role("button", name="确认导入").wait_for(timeout=WAIT)
    rows = page.get_by_role("row").filter(has=page.get_by_role("checkbox")).all()
    person.ticks([(row.get_by_role("checkbox"), row.get_by_role("cell").first.inner_text()) for row in rows])
    person.button("确认导入")
    person.press(page.get_by_role("status").get_by_role("link").first)


def _completes(person: CountedPerson, values: Mapping[str, str]) -> None:
    """What the page says is missing, typed; each row of a list begun with its button."""
    page = person.page
    for table in ("education",):
        rows = len({path.split(".")[1] for path in values if path.startswith(f"{table}.")})
        if page.locator(f"[name^='{table}.']").count() == 0:
            for number in range(rows):
                person.press(page.locator(f"button[name=add][value={table}]"))
                person.answers({path: text for path, text in values.items() if path.startswith(f"{table}.{number}.")})
    for _ in range(3):
        _answers_what_is_wrong(person, values)
        if not page.locator("[aria-invalid=true]").count():
            return
    raise RuntimeError("the data page still finds something wrong")


def _answers_what_is_wrong(person: CountedPerson, values: Mapping[str, str]) -> None:
    page = person.page
    empty = page.evaluate(
        "() => [...document.querySelectorAll('form[data-judge] :is(input:not([type=hidden]), select, textarea)')]"
        ".filter((one) => !one.value && one.getAttribute('aria-invalid') === 'true').map((one) => one.name)"
    )
    wrong = page.evaluate("() => [...document.querySelectorAll('[aria-invalid=true]')].map((one) => one.name)")
    person.answers({name: values[name] for name in dict.fromkeys([*empty, *wrong]) if name in values})
    person.button("保存")


def _papers(person: CountedPerson, papers: Path = SAMPLE / "documents") -> None:
    """The whole heap at once; sorted, looked at, kept."""
    page = person.page
    person.link("材料")
    person.files(page.get_by_label("选择扫描件"), sorted(papers.iterdir()))
    person.button("整理扫描件")
    keep = page.get_by_role("button", name="采用")
    keep.wait_for(timeout=WAIT)
    for row in page.get_by_role("region", name="整理的结果").get_by_role("row").all()[1:]:
        person.life.looked_at += 1
        person._count(seconds=reading_seconds(row.get_by_role("rowheader").inner_text()) + MENTAL)
    person.button("采用")
    page.get_by_role("button", name="撤销整理").wait_for(timeout=WAIT)


def _fills_and_submits(person: CountedPerson) -> None:
    """Check, start, review and submission; the run itself is nobody's time and is measured elsewhere (benchmarks fill)."""
    person.link("核对")
    person.page.wait_for_function("() => !Number(document.body.dataset.refresh || 0)", timeout=WAIT)
    person.link("填写")
    person.press(person.page.get_by_label("正式：", exact=False))
    person._count(presses=1, seconds=MENTAL + POINT + BUTTON)  # 开始填写
    cards = max((above_the_fold(calm_run(Random(f"desk:{n}"), resumed=False)) for n in range(12)), key=len)
    person._count(keys=len(cards) + 1, seconds=review(cards).seconds)
    person._count(presses=ON_THE_PORTAL, seconds=ON_THE_PORTAL * (MENTAL + POINT + BUTTON))


@contextmanager
def _desk(on: date) -> Iterator[tuple[Path, Page]]:
    """A desk on a day, over an empty folder, open in a browser."""
    import uvicorn

    with tempfile.TemporaryDirectory() as name, socket.socket() as listening, sync_playwright() as driver:
        folder = Path(name) / "applicants"
        folder.mkdir()
        desk = Desk(folder, "zh", on=lambda: on)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(make_app(desk, port), log_config=None, access_log=False, lifespan="off", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        browser = driver.chromium.launch(executable_path=find_or_install_browser().path)
        try:
            page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
            page.goto(f"http://127.0.0.1:{port}/start?token={desk.admission.new_pass()}")
            yield folder, page
        finally:
            browser.close()
            server.should_exit = True
            thread.join(30)
            desk.close()
