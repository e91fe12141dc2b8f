"""One defect, one code: under each city's own rules each check finds its own fault and nothing else is found."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from assistant.check.city.loading import load_city
from assistant.check.documents import paper as paper_module
from assistant.check.documents.checks import CHECKS, KIND_BY_CODE
from assistant.check.documents.result import FileResult
from assistant.check.documents.worker import look_at
from assistant.check.documents.worker_pool import Task
from assistant.check.file_rules import FileRules
from assistant.check.readiness import check_case
from assistant.profile.loading import Profile
from fixtures.papers import Facts, draw, hostile
from fixtures.papers import defects as spoiled
from fixtures.papers.identity import lines_of_passport, passport_sheet, zone
from fixtures.papers.pdf import pdf_of, printed_pdf
from fixtures.papers.photo import BLUE, jpeg_of, portrait, portrait_jpeg
from fixtures.papers.sheet import Sheet

ON = date(2026, 11, 22)
BOTH = ("shenzhen", "beijing")
SHENZHEN, BEIJING = BOTH[:1], BOTH[1:]
PLAIN = FileRules()
ONLINE = FileRules(types=("jpeg", "png"), min_pixels=(354, 472), aspect=(35, 48), background="white", colour=True)
FRESH = FileRules(max_age_days=365)
CONTRACT = FileRules(essentials=True, translation=True)
PASSPORT = FileRules(colour=True, identity="passport")
CLAUSES = [
    "第一条 合同期限：自2026年2月11日起至2028年2月10日止。", "第二条 工作地点：深圳市福田区。",
    "第三条 工作岗位：市场总监。", "第四条 工作内容：制定推广计划，管理代理商，组织展会。",
    "第五条 劳动报酬：每月人民币两万五千元。", "第六条 争议由双方协商解决。", "甲方（盖章）：  乙方（签字）：",
]  # fmt: skip


FOREIGN = ["We certify that the applicant has worked with us for years."] * 8


@dataclass(frozen=True)
class Given:
    """What a defect is made from."""

    facts: Facts
    paper: Callable[[str], bytes]


@dataclass(frozen=True)
class Defect:
    """A spoiled file, the slot it lies in, and the cities whose own rules must find it."""

    code: str
    make: Callable[[Given], bytes]
    slot: str = "other"
    cities: tuple[str, ...] = BOTH
    name: str = "paper.pdf"
    note: str = ""


def _stained(page: Image.Image) -> Image.Image:
    """A red blot of a seal's size."""
    pen = ImageDraw.Draw(page)
    pen.rectangle([page.width * 0.6, page.height * 0.6, page.width * 0.78, page.height * 0.7], fill=(205, 30, 34))
    return page


def _numbered() -> Sheet:
    sheet = Sheet()
    sheet.text(80, 140, "以下空白，第 3 页", 10)
    return sheet


def _contract(lines: list[str]) -> bytes:
    """Signed and sealed, with these clauses."""
    sheet = Sheet()
    sheet.mark()
    for number, line in enumerate(["劳动合同", *lines]):
        sheet.text(26, 30 + number * 10, line, 11)
    sheet.seal(150, 200, "示例科技有限公司", "合同专用章")
    sheet.signature(54, 227, 7)
    return printed_pdf(sheet)


def _receipt(line: str) -> bytes:
    return spoiled.written("外国人签证数字相片采集检测回执", ["回执号：Y2610010000001A", line, "申请人签名："])


def _two_pages(facts: Facts) -> bytes:
    return pdf_of([passport_sheet(facts), passport_sheet(facts)], text_layer=True)


def _squeezed() -> bytes:
    """A sound photo, saved so small that its detail is gone."""
    out = io.BytesIO()
    portrait(1).save(out, "JPEG", quality=40)
    return out.getvalue()


def _passport(facts: Facts) -> bytes:
    """A scan with the text layer that a scanner's program adds."""
    return pdf_of([passport_sheet(facts)], text_layer=True)


def _misprinted(facts: Facts) -> bytes:
    """The number's check digit does not fit the number."""
    sheet = passport_sheet(facts)
    first, second = lines_of_passport(facts)
    zone(sheet, (first, second.replace("A001234565NGA", "A001234567NGA")), 71)
    return pdf_of([sheet])


def _ground(colour: tuple[int, int, int]) -> bytes:
    return portrait_jpeg(5, background=colour)


FORM, PHOTO = "extension_form", "photo"
DEFECTS = [
    Defect("type.not-accepted", lambda g: spoiled.pictures_of(g.paper("other"), 50)[0].tobytes(), note="raw bytes"),
    Defect("type.not-accepted", lambda g: portrait_jpeg(1), note="a photo called .pdf"),
    Defect("type.not-accepted", lambda g: hostile.text_called_pdf(), note="text called .pdf"),
    Defect("type.not-accepted", lambda g: g.paper("other"), PHOTO, note="a letter as the photo"),
    Defect("type.wrong-name", lambda g: g.paper("other"), name="paper.jpg"),
    Defect("type.wrong-name", lambda g: portrait_jpeg(1), PHOTO, name="photo.png"),
    Defect("type.two-in-one", lambda g: hostile.pdf_then_zip()),
    Defect("type.two-in-one", lambda g: hostile.jpeg_then_pdf()),
    Defect("size.too-large", lambda g: spoiled.padded(g.paper("other"), 1_050_000)),
    Defect("size.too-small", lambda g: _squeezed(), PHOTO, name="photo.jpg"),
    Defect("file.damaged", lambda g: g.paper("other")[:8_000], note="cut short"),
    Defect("file.damaged", lambda g: hostile.truncated_jpeg(), PHOTO, name="photo.jpg"),
    Defect("file.damaged", lambda g: hostile.page_tree_loop()),
    Defect("file.encrypted", lambda g: spoiled.locked(g.paper("other"))),
    Defect("file.restricted", lambda g: spoiled.locked(g.paper("other"), user="")),
    Defect("file.active-content", lambda g: spoiled.scripted(g.paper("other"))),
    Defect("file.active-content", lambda g: hostile.with_attachment()),
    Defect("file.too-heavy", lambda g: hostile.giant_png(), PHOTO, SHENZHEN, "photo.png"),
    Defect("file.too-heavy", lambda g: hostile.zip_bomb()),
    Defect("pages.absurd", lambda g: hostile.hundred_thousand_pages()),
    Defect("pages.more-than-asked", lambda g: _two_pages(g.facts), "passport", BEIJING),
    Defect("page.blank", lambda g: spoiled.with_page(g.paper(FORM), Sheet()), FORM),
    Defect("page.nearly-blank", lambda g: spoiled.with_page(g.paper(FORM), _numbered()), FORM),
    Defect("scan.low-resolution", lambda g: spoiled.coarse(g.paper("other"))),
    Defect("scan.blurred", lambda g: spoiled.blurred(g.paper("other"))),
    Defect("scan.soft", lambda g: spoiled.blurred(g.paper("other"), 1.7)),
    Defect("colour.grey", lambda g: spoiled.grey(g.paper("salary_proof")), "salary_proof", SHENZHEN),
    Defect("colour.grey", lambda g: spoiled.grey(g.paper(FORM)), FORM),
    Defect("colour.grey", lambda g: jpeg_of(portrait(3, (700, 960)).convert("L").convert("RGB")), PHOTO, name="photo.jpg"),
    Defect("seal.missing", lambda g: spoiled.unsealed("salary_proof", g.facts, ON), "salary_proof", SHENZHEN),
    Defect("seal.missing", lambda g: spoiled.unsealed("guarantee_letter", g.facts, ON), "guarantee_letter", SHENZHEN),
    Defect("seal.missing", lambda g: spoiled.unsealed(FORM, g.facts, ON), FORM),
    Defect("seal.unclear", lambda g: spoiled.rescanned(spoiled.unsealed(FORM, g.facts, ON), _stained), FORM),
    Defect("signature.not-seen", lambda g: spoiled.unsigned("salary_proof", g.facts, ON), "salary_proof", SHENZHEN),
    Defect("signature.not-seen", lambda g: spoiled.unsigned(FORM, g.facts, ON), FORM),
    Defect("photo.too-few-pixels", lambda g: jpeg_of(portrait(3, (340, 466)), 100), PHOTO, name="photo.jpg"),
    Defect("photo.wrong-shape", lambda g: portrait_jpeg(3, (600, 600)), PHOTO, name="photo.jpg"),
    Defect("photo.blue-for-online", lambda g: _ground(BLUE), PHOTO, name="photo.jpg"),
    Defect("photo.white-for-paper", lambda g: portrait_jpeg(3), "paper_photo", SHENZHEN, "photo.jpg"),
    Defect("photo.background", lambda g: _ground((40, 120, 60)), PHOTO, name="photo.jpg"),
    Defect("photo.background-unclear", lambda g: _ground((206, 206, 208)), PHOTO, name="photo.jpg"),
    Defect("age.too-old", lambda g: draw("tax_certificate", g.facts, ON - timedelta(days=400)), "tax_certificate", SHENZHEN),
    Defect("age.too-old", lambda g: draw("company_bank", g.facts, ON - timedelta(days=90)), "company_bank", SHENZHEN),
    Defect("age.too-old", lambda g: draw("company_tax", g.facts, ON - timedelta(days=90)), "company_tax", SHENZHEN),
    Defect("age.doubtful", lambda g: _receipt("采集日期：2026年10月1日"), "photo_receipt", SHENZHEN),
    Defect("age.in-the-future", lambda g: draw("tax_certificate", g.facts, ON + timedelta(days=60)), "tax_certificate", SHENZHEN),
    Defect("age.no-date", lambda g: _receipt("检测结果：合格"), "photo_receipt", SHENZHEN),
    Defect("contract.essential-missing", lambda g: _contract(CLAUSES[:4] + CLAUSES[5:]), "contract", note="pay"),
    Defect("contract.essential-missing", lambda g: _contract(CLAUSES[:1] + CLAUSES[2:]), "contract", note="place"),
    Defect("translation.missing", lambda g: spoiled.written("REFERENCE LETTER", FOREIGN)),
    Defect("identity.other-document", lambda g: _passport(g.facts.but(passport__number="A00999111")), "passport", SHENZHEN),
    Defect("identity.other-document", lambda g: _passport(g.facts.but(applicant__birth_date="1981-01-02")), "passport", SHENZHEN),
    Defect("identity.other-document", lambda g: _passport(g.facts.but(passport__expires_on="2031-01-02")), "passport", SHENZHEN),
    Defect("identity.other-document", lambda g: _passport(g.facts.but(applicant__nationality="GHA")), "passport", SHENZHEN),
    Defect("identity.other-document", lambda g: _passport(g.facts.but(applicant__surname="ADEYEMI")), "passport", SHENZHEN),
    Defect("identity.other-document", lambda g: _passport(g.facts.but(applicant__sex="female")), "passport", SHENZHEN),
    Defect("identity.not-confirmed", lambda g: _passport(g.facts.but(passport__number="AO0123456")), "passport", SHENZHEN),
    Defect("identity.not-confirmed", lambda g: _misprinted(g.facts), "passport", SHENZHEN),
]  # fmt: skip
ELSEWHERE = {
    "file.missing", "file.unreadable", "file.empty", "file.huge",
    "same.file-twice", "same.picture-twice", "file.too-slow", "file.crashes-reader", "reading.not-installed",
    "text.not-as-seen", "identity.another-person-too", "file.xfa-form",
    "contract.essential-not-seen", "translation.language-unclear", "identity.unreadable", "identity.look-alike", "pages.not-all-seen",
}  # fmt: skip
"""Seeded in this folder's other modules, or below."""


Checked = Callable[[str, Path | None, str], set[tuple[str, str | None]]]


@pytest.fixture
def checked(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """What `check` says, under the city's own rules, of a case with this one file; without one, with the sample's own."""

    def look_here(tasks: Sequence[Task], _jobs: int, _done: object, looked: Callable[[int, FileResult], None]) -> None:
        for place, task in enumerate(tasks):
            looked(place, look_at(task.request))

    monkeypatch.setattr("assistant.check.documents.check_files.look_at_all", look_here)

    def found(slot: str, file: Path | None, city: str) -> set[tuple[str, str | None]]:
        own = profile.documents.get(slot, ())  # type: ignore[call-overload]
        case = profile.model_copy(update={"documents": {slot: (file,) if file else own}})
        return {(finding.code, finding.slot) for finding in check_case(case, load_city(city), ON).findings}

    return found


@pytest.mark.parametrize(
    ("defect", "city"),
    [pytest.param(each, city, id=f"{n}-{each.code}-{city}") for n, each in enumerate(DEFECTS) for city in each.cities],
)
def test_a_defect_is_found_with_its_own_code_and_nothing_else(
    defect: Defect, city: str, facts: Facts, paper: Callable[[str], bytes], checked: Checked, tmp_path: Path
) -> None:
    (tmp_path / defect.name).write_bytes(defect.make(Given(facts, paper)))
    sound = checked(defect.slot, None, city)
    assert {code for code, slot in sound if slot == defect.slot} <= {"slot.missing"}
    assert checked(defect.slot, tmp_path / defect.name, city) - sound == {(defect.code, defect.slot)}


def test_a_grey_scan_hides_a_seal_where_colour_is_free(
    paper: Callable[[str], bytes], codes: Callable[..., list[str]]
) -> None:
    assert codes([("paper.pdf", spoiled.grey(paper("salary_proof")))], FileRules(seal=True)) == ["seal.missing"]


def test_the_applicants_own_passport_gives_no_finding(facts: Facts, codes: Callable[..., list[str]]) -> None:
    assert codes([("passport.pdf", _passport(facts))], PASSPORT) == []


def test_every_code_is_seeded_somewhere() -> None:
    assert {defect.code for defect in DEFECTS} | ELSEWHERE == set(KIND_BY_CODE)


def test_more_pages_than_are_looked_at_are_told(
    monkeypatch: pytest.MonkeyPatch, paper: Callable[[str], bytes], codes: Callable[..., list[str]]
) -> None:
    monkeypatch.setattr(paper_module, "MOST_PAGES", 1)
    monkeypatch.setattr(next(check for check in CHECKS if hasattr(check, "UNSEEN")), "MOST_PAGES", 1)
    assert codes([("contract.pdf", paper("contract"))], PLAIN) == ["pages.not-all-seen"]


def test_a_contract_split_into_files_is_judged_as_one(
    paper: Callable[[str], bytes], codes: Callable[..., list[str]]
) -> None:
    rules = CONTRACT.model_copy(update={"seal": True, "signature": True, "colour": True})
    parts = [("contract-1.pdf", paper("contract-1")), ("contract-2.pdf", paper("contract-2"))]
    assert codes(parts, rules) == []
    assert codes(parts[:1], rules) == ["seal.missing", "signature.not-seen", "contract.essential-not-seen"]


def test_a_foreign_paper_with_its_translation_beside_it_is_fine(codes: Callable[..., list[str]]) -> None:
    foreign = spoiled.written("DIPLOMA", ["The university has awarded the degree of master of science."] * 8)
    chinese = spoiled.written("学位证书（翻译件）", ["某某大学授予理学硕士学位，特此证明。"] * 8)
    assert codes([("diploma.pdf", foreign), ("translation.pdf", chinese)], FileRules(translation=True)) == []


def test_without_text_recognition_a_scan_is_unsure_and_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, paper: Callable[[str], bytes], codes: Callable[..., list[str]]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for kind, rules in (("passport", PASSPORT), ("photo_receipt", FRESH), ("other", FileRules(translation=True))):
        assert codes([(f"{kind}.pdf", paper(kind))], rules) == ["reading.not-installed"]
    kind = KIND_BY_CODE["reading.not-installed"]
    assert kind.severity == "warning"
    assert "assistant[ocr]" in kind.remedy.zh and "assistant[ocr]" in kind.remedy.en


def test_a_picture_file_is_looked_at_upright_and_without_transparency(codes: Callable[..., list[str]]) -> None:
    out = io.BytesIO()
    clear = portrait(3).convert("RGBA")
    ground = ImageChops.invert(clear.convert("L")).point(lambda level: 255 if level else 0)
    clear.putalpha(ground)
    clear.save(out, "PNG")
    assert codes([("photo.png", out.getvalue())], ONLINE) == []
