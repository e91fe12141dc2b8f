"""The second reading: independent of the option tables, sure of what it says, silent about what it can't read."""

import doctest
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant import values
from assistant.portal.contact.shapes import Shaped
from assistant.portal.loading import load_portal
from assistant.profile.loading import load_profile
from assistant.review import cross_check
from assistant.review.cross_check import readings, says_the_same
from assistant.run.plan import Plan, Step, make_plan
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(load_profile(PlainFolder(PROFILES / "sample-lee")), load_portal("shenzhen"))


def step_of(plan: Plan, key: str) -> Step:
    return next(step for section in plan.sections for step in section.steps if step.field.key == key)


def test_the_examples_hold() -> None:
    tried = doctest.testmod(cross_check)
    assert tried.attempted and not tried.failed


@pytest.mark.parametrize("portal", ["shenzhen", "national"])
def test_no_option_table_says_anything_else_than_the_second_reading(portal: str) -> None:
    for name, table in load_portal(portal).tables.items():
        for code, option in table.options.items():
            for text in option.accepted:
                assert readings(name, text) <= {code}, f"{name}: {text}"
            if name != "country":
                assert readings(name, option.text) == {code}, f"{name}: {option.text} is not read"


def test_nine_of_ten_countries_are_read() -> None:
    options = load_portal("shenzhen").tables["country"].options
    read = sum(readings("country", option.text) == {code} for code, option in options.items())
    assert read > 0.9 * len(options)
    assert readings("country", "刚果（布）") == frozenset() and readings("country", "朝鲜") == {"PRK"}


@pytest.mark.parametrize("sample", ["sample-lee", "sample-okafor", "sample-delacruz"])
def test_every_planned_value_of_a_sample_says_what_the_profile_says(sample: str) -> None:
    for portal in ("shenzhen", "national"):
        plan = make_plan(load_profile(PlainFolder(PROFILES / sample)), load_portal(portal))
        for section in plan.sections:
            rows = [step for table in section.tables for row in table.rows for step in row.steps]
            for step in (*section.steps, *rows):
                assert says_the_same(step, step.value) is True, step.field.key


@pytest.mark.parametrize(
    ("key", "shown", "answer"),
    [
        ("applicant.nationality", "大韩民国", True),
        ("applicant.nationality", "朝鲜", False),
        ("applicant.nationality", "南韩", None),
        ("applicant.birth_date", "1988年3月14日", True),
        ("applicant.birth_date", "1988-03-13", False),
        ("applicant.address", "广东省 > 深圳市 > 南山区", True),
        ("applicant.address", "广东省 / 南山区", False),
        ("employer.contact", "陈样例　0755-86000001", True),
        ("employer.contact", "0755-86000001 陈样例", False),
        ("employer.contact", "陈样例 0755-86000001 转 2", False),
        ("residence.has_companions", "无", True),
        ("residence.has_companions", "有", False),
        ("residence.has_companions", "不详", None),
        ("work_permit.category", "外国专业人才（B类） / (四)任意措辞", False),
        ("passport.number", "M98765431", False),
        ("residence.action", "居留许可(延期)", True),
    ],
)
def test_a_shown_value_is_read_back_into_the_profiles_words(
    plan: Plan, key: str, shown: str, answer: bool | None
) -> None:
    assert says_the_same(step_of(plan, key), shown) is answer


@pytest.mark.parametrize(
    ("table", "text", "codes"),
    [
        ("country", "Korea, Republic of", {"KOR"}),
        ("country", "KOR", {"KOR"}),
        ("country", "韩国 Korea, Republic of", {"KOR"}),
        ("country", "韩国（KOR）", {"KOR"}),
        ("country", "刚果（金）", set()),
        ("sex", "男 Male", {"male"}),
        ("marital_status", "Single / never married", {"single"}),
        ("marital_status", "已婚（离婚）", {"married", "divorced"}),
        ("education_level", "学士（大学本科）", {"bachelor"}),
        ("chinese_level", "HSK level 3", {"hsk3"}),
        ("category", "B (1)", {"B1"}),
        ("category", "B类（一）", {"B1"}),
        ("industry", "I 信息传输、软件和信息技术服务业", {"I"}),
        ("industry", "J 信息传输、软件和信息技术服务业", set()),
    ],
)
def test_an_option_in_two_languages_or_with_a_code_is_read_by_its_parts(table: str, text: str, codes: set[str]) -> None:
    assert readings(table, text) == codes


@pytest.mark.parametrize(
    ("shape", "said", "right", "wrong"),
    [
        ("month", "1988-03-14", ("03", "3", "3月", "Mar", "March"), ("14", "April", "")),
        ("day", "1988-03-14", ("14", "14日"), ("3", "15")),
        ("year", "1988-03-14", ("1988", "1988年"), ("1989", "88")),
        ("dd/mm/yyyy", "1988-03-04", ("04/03/1988",), ("03/04/1988", "1988-03-04")),
        ("ten-thousands", "420000", ("42", "42.0"), ("420000", "420", "4.2")),
        ("thousands", "420000", ("420",), ("42",)),
        ("plus-country-code", "+2348000000001", ("+234", "234"), ("+235",)),
        ("national-number", "+2348000000001", ("8000000001",), ("8000000002", "01")),
        ("area-code", "0755-86000000", ("0755",), ("0756",)),
        ("local-number", "0755-86000000", ("86000000",), ("86000001",)),
    ],
)
def test_a_value_in_a_shape_is_read_back_into_the_whole(
    plan: Plan, shape: str, said: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    of = step_of(plan, "passport.expires_on")
    step = replace(of, field=of.field.model_copy(update={"source": Shaped(shape, "any.path")}), said=(said,))
    assert [says_the_same(step, text) for text in right] == [True] * len(right)
    assert [says_the_same(step, text) for text in wrong] == [False] * len(wrong)


def test_several_values_must_all_be_there_and_no_other(plan: Plan) -> None:
    several = replace(step_of(plan, "applicant.nationality"), said=("KOR", "USA"))
    assert says_the_same(several, ["韩国", "美国"]) is True
    assert says_the_same(several, ["韩国"]) is False
    assert says_the_same(several, ["韩国", "英国"]) is False


DAYS = ("passport.expires_on", "applicant.birth_date", "employment.requested_to")


@pytest.mark.parametrize("key", DAYS)
def test_a_slip_in_the_fillers_reader_of_dates_does_not_slip_past_the_second_reading(
    plan: Plan, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.values._as_date", lambda text: date(2000, 1, 1))
    monkeypatch.setattr("assistant.page.kinds.fold", lambda text: "")
    step = step_of(plan, key)
    (said,) = step.said
    day = date.fromisoformat(said)
    assert values.same(said, f"{day + timedelta(days=1):%Y-%m-%d}"), "the planted fault takes one day for another"
    assert says_the_same(step, f"{day:%Y/%m/%d}") is True
    for other in (day + timedelta(days=1), day.replace(year=day.year + 1)):
        assert says_the_same(step, f"{other:%Y/%m/%d}") is False


def test_a_date_is_read_alike_by_both_readers_however_a_page_writes_it(plan: Plan) -> None:
    step = step_of(plan, "passport.expires_on")
    (said,) = step.said
    day = date.fromisoformat(said)
    ways = (f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}", f"{day:%Y/%m/%d} 00:00:00")
    for way in ways:
        assert values.same(said, way) and says_the_same(step, way) is True, way
    for way in (f"{day:%d/%m/%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d} 08:00", f"{day:%Y-%m-%d} x", ""):
        assert says_the_same(step, way) is False, way
