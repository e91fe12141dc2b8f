"""The on-site pack says what the city's file says, in the order of the windows, each line with its source."""

import json
import os
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from assistant.check.city.loading import City, load_city
from assistant.check.slots import slots_for
from assistant.cli.main import main
from assistant.profile.loading import Profile, load_profile
from assistant.review.onsite import OfficeVisit, OnsiteLine, OnsitePack, onsite_pack, onsite_page, residence_months
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES, ROOT
from scripts.pictures import mark_of, pack_markup, pack_picture

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
CITIES = ("shenzhen", "beijing")
CASES = [(sample, city) for sample in SAMPLES for city in CITIES]


def case(sample: str, city: str) -> tuple[Profile, City, OnsitePack]:
    profile, rules = load_profile(PlainFolder(PROFILES / sample)), load_city(city)
    return profile, rules, onsite_pack(profile, rules)


def lines_of(part: object) -> list[OnsiteLine]:
    if isinstance(part, OnsiteLine):
        return [part]
    if isinstance(part, OnsitePack | OfficeVisit):
        return [line for one in fields(part) for line in lines_of(getattr(part, one.name))]
    return [line for one in part for line in lines_of(one)] if isinstance(part, tuple) else []


@pytest.mark.parametrize(("sample", "city"), CASES)
def test_every_line_leads_to_a_source_of_the_citys_file(sample: str, city: str) -> None:
    _, rules, pack = case(sample, city)
    known = {source.title.text: source for source in rules.sources.values()}
    numbers = {one.number: one for one in pack.sources}
    lines = lines_of(pack)
    assert len(lines) > 10
    assert all(line.sources for line in lines)
    assert {number for line in lines for number in line.sources} == set(numbers)
    for one in pack.sources:
        assert one.title in known
        assert one.url == known[one.title].url
        assert one.url.startswith("http") or one.inferred
    assert list(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("sample", "city"), CASES)
def test_every_required_paper_is_to_be_brought_once(sample: str, city: str) -> None:
    profile, rules, pack = case(sample, city)
    required = [slot.label for slot in slots_for(profile, rules) if slot.required == "required"]
    brought = [line.text.zh for visit in pack.visits for line in visit.papers]
    assert brought == required
    assert len(set(brought)) == len(brought)


def test_in_shenzhen_both_come_and_the_windows_stand_in_their_order() -> None:
    _, _, pack = case("sample-lee", "shenzhen")
    windows = [re.match(r"[0-9]+–[0-9]+", visit.where.zh) for visit in pack.visits]
    assert [found and found.group() for found in windows] == ["51–53", "55–56", "52–53"]
    assert all({who.en for who in visit.who} == {"applicant", "handler"} for visit in pack.visits)
    said = " ".join(line.text.zh for line in lines_of(pack))
    for fact in ("35×48", "蓝底", "公章", "护照原件", "两周", "16:00", "9:00-17:30", "回执单", "800 元", "个人票据"):
        assert fact in said, fact


def test_beijings_class_a_brings_no_voucher() -> None:
    _, _, booked = case("sample-lee", "beijing")
    _, _, direct = case("sample-delacruz", "beijing")
    assert any("预约凭证" in line.text.zh for line in lines_of(booked.visits))
    assert not any("预约凭证" in line.text.zh for line in lines_of(direct.visits))
    assert direct.visits


def test_what_is_not_published_is_said_on_the_page() -> None:
    _, _, pack = case("sample-lee", "beijing")
    assert "北京请另行确认" in onsite_page(pack, "zh")
    _, _, unsure = case("sample-lee", "shenzhen")
    assert [mark.zh for visit in unsure.visits for line in visit.perhaps for mark in line.marks].count("待确认") == 2
    assert "办公时间未公布" in onsite_page(unsure, "zh")


@pytest.mark.parametrize(
    ("start", "until", "months"),
    [
        (date(2027, 1, 16), date(2028, 1, 15), 12),
        (date(2027, 1, 16), date(2028, 1, 14), 11),
        (date(2027, 2, 1), date(2029, 1, 31), 24),
        (date(2027, 1, 31), date(2027, 2, 28), 1),
    ],
)
def test_months_count_the_first_and_the_last_day(start: date, until: date, months: int) -> None:
    profile = load_profile(PlainFolder(PROFILES / "sample-lee"))
    changed = profile.model_copy(
        update={
            "employment": profile.employment.model_copy(update={"requested_from": start}),
            "residence_request": profile.residence_request.model_copy(update={"until": until}),
        }
    )
    assert residence_months(changed) == months


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_pack_is_one_a4_page(language: str, page) -> None:
    for sample, city in CASES:
        _, _, pack = case(sample, city)
        page.set_content(onsite_page(pack, "zh" if language == "zh" else "en"))
        document = PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(document) == 1, (sample, city)
        width, height = document[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        text = document[0].get_textpage().get_text_range()
        assert pack.name in text
        assert pack.sources[-1].as_of.isoformat() in re.sub(r"\s", "", text)


def test_the_page_loads_nothing_and_shows_no_number_of_the_person() -> None:
    profile, _, pack = case("sample-lee", "shenzhen")
    html = onsite_page(pack, "zh")
    assert "default-src 'none'" in html
    assert not re.search(r"<script|src=|@import|url\(", html)
    for value in (
        profile.passport.number,
        profile.work_permit.number,
        profile.applicant.phone,
        profile.applicant.email,
    ):
        assert value not in html


def test_after_writes_the_pack_without_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import assistant.page.browser.launch

    monkeypatch.setattr(assistant.page.browser.launch, "open_browser", lambda **_: pytest.fail("no browser is needed"))
    target = tmp_path / "pack.html"
    assert main(["after", str(PROFILES / "sample-lee"), "--pack", str(target), "--lang", "zh"]) == 0
    assert "现场办理清单" in target.read_text(encoding="utf-8")
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o600


def test_where_the_portals_pages_are_not_known_after_says_what_is_with_sources_and_opens_no_browser(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import assistant.page.browser.launch

    monkeypatch.setattr(assistant.page.browser.launch, "open_browser", lambda **_: pytest.fail("no browser is needed"))
    assert main(["after", str(PROFILES / "sample-lee"), "--city", "beijing", "--lang", "en", "--json", "-"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["command"], found["status"]) == ("after", None)
    said = " ".join(step["zh"] for step in found["by_hand"])
    for fact in ("外国人来华工作查询", "业务编号", "预约凭证", "三个工作日", "010-89150841"):
        assert fact in said, fact
    assert all(source["url"].startswith("https://") for step in found["by_hand"] for source in step["sources"])
    assert all(step["sources"] for step in found["by_hand"])


def in_district(district: str | None) -> OnsitePack:
    profile = load_profile(PlainFolder(PROFILES / "sample-lee"))
    workplace = profile.employment.workplace.model_copy(update={"district": "朝阳区"})
    changed = {
        "employer": profile.employer.model_copy(update={"district": district}),
        "employment": profile.employment.model_copy(update={"workplace": workplace}),
    }
    return onsite_pack(profile.model_copy(update=changed), load_city("beijing"))


def test_the_office_is_that_of_the_employers_district() -> None:
    pack = in_district("海淀区")
    assert "海淀区" in pack.offices[0].text.zh
    assert pack.offices[0].marks == ()
    assert not any("朝阳区" in line.text.zh for line in pack.offices)


def test_where_the_employers_district_is_not_stated_the_workplaces_office_says_whom_it_serves() -> None:
    pack = in_district(None)
    assert "朝阳区" in pack.offices[0].text.zh
    assert [mark.en for mark in pack.offices[0].marks] == ["only employers registered there"]
    assert pack.offices[-1].marks == ()


@pytest.mark.parametrize(("sample", "city"), CASES)
def test_the_picture_in_the_docs_shows_the_page_as_it_is_now(sample: str, city: str) -> None:
    """`uv run python -m scripts.pictures packs` renews them."""
    picture = pack_picture(sample, city)
    with Image.open(picture) as shown:
        assert shown.info.get("shows") == mark_of(pack_markup(sample, city)), picture.name
        assert abs(shown.height / shown.width - 297 / 210) < 0.01
    assert f"pictures/{picture.name}" in (ROOT / "docs" / "onsite.md").read_text(encoding="utf-8")
