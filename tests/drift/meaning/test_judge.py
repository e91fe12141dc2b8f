"""Promises of the judge, by tables and without a browser: what is sure is right, and what could be wrong is never sure."""

from collections.abc import Mapping

import pytest

from assistant.drift.meaning.judge import PageJudge, Proposal
from assistant.drift.vocabulary import every_word
from assistant.page.snapshot import Control
from assistant.portal.options import shared_tables
from assistant.profile.loading import Profile
from assistant.run.plan import Known, load_known

TABLES = {table.table: table for table in shared_tables()}
APPLICANT = ("申请人信息",)


@pytest.fixture
def known(lee: Profile) -> Known:
    return load_known(lee)


@pytest.fixture
def judge(known: Known) -> PageJudge:
    return PageJudge(every_word(), TABLES, known.look)


def box(label: str, kind: str = "text", **more: object) -> Control:
    """One control; `number` tells it from the others."""
    box.last = getattr(box, "last", 0) + 1  # type: ignore[attr-defined]
    more.setdefault("context", APPLICANT)
    more.setdefault("label_source", "cell")
    return Control(frame=0, id=box.last, kind=kind, library="native", label=label, **more)  # type: ignore[attr-defined, arg-type]


def sure(found: tuple[Proposal, ...]) -> Mapping[str, object]:
    return {one.label: (one.key, one.value) for one in found if one.state == "sure"}


@pytest.mark.parametrize(
    ("control", "key", "value"),
    [
        (box("英文姓氏（照护照）"), "applicant.surname", "LEE"),
        (box("3. 护照号码 / Passport No.："), "passport.number", "M98765432"),
        (box("护照英文姓名", beside="护照英文姓名 写法：SURNAME, GIVEN"), "name.full", "LEE, MINJUN"),
        (box("Full name (as in passport)"), "name.full", "LEE MINJUN"),
        (
            box("婚姻状况", "select", options=("请选择", "未婚（单身）", "已婚（在籍）")),
            "applicant.marital_status",
            "已婚（在籍）",
        ),
        (
            box("Nationality", "select", options=("--", "KOR - South Korea", "PRK - North Korea")),
            "applicant.nationality",
            "KOR - South Korea",
        ),
        (
            box("所属行业", "select", options=("请选择", "C 制造业", "I 信息传输、软件和信息技术服务业")),
            "employer.industry",
            "I 信息传输、软件和信息技术服务业",
        ),
        (box("出生日期", placeholder="YYYY/MM/DD"), "applicant.birth_date", "1988/03/14"),
        (box("出生日期", placeholder="DD / MM / YYYY"), "applicant.birth_date", "14/03/1988"),
        (box("出生日期", placeholder="e.g. 31.12.1990"), "applicant.birth_date", "14.03.1988"),
        (box("延期至", "date", context=("居留许可延期",)), "residence_request.until", "2028-01-15"),
        (box("延期至", "date", context=("工作许可延期",)), "employment.requested_to", "2028-01-15"),
        (box("年薪（万元）"), "employment.annual_salary", "42"),
        (box("年薪（千元）", "number"), "employment.annual_salary", "420"),
        (box("年薪（元）", "number"), "employment.annual_salary", "420000"),
        (box("居住地派出所"), "applicant.address.police_station", "粤海派出所"),
        (box("合同期限", "date-range"), "contract.range", ("2025-01-16", "2028-01-15")),
    ],
    ids=lambda one: one.label if isinstance(one, Control) else "",
)
def test_one_name_one_kind_one_datum_is_sure(judge: PageJudge, control: Control, key: str, value: object) -> None:
    (one,) = judge.judge([control])
    assert (one.state, one.key) == ("sure", key)
    assert (one.accepted[0] if control.kind == "select" else one.value) == value


@pytest.mark.parametrize(
    "control",
    [
        box("年薪"),
        box("年薪", beside="年薪 亿元"),
        box("月薪（元）"),
        box("护照号码", placeholder="请输入手机号码", also=("手机号码",)),
        box("护照号码", max_length=7),
        box("护照号码", "date"),
        box("性别", "radio", options=("是", "否")),
        box("国籍", "select", options=("中国香港", "中国澳门")),
        box("出生日期"),
        box("手机号码", context=("担保人",)),
        box("姓名", context=("紧急联系人信息", "配偶")),
        box("职务", context=("工作经历",)),
        box("宗教信仰"),
    ],
    ids=lambda one: f"{one.label}{one.placeholder}{one.max_length or ''}",
)
def test_what_could_be_another_question_is_never_sure(judge: PageJudge, control: Control) -> None:
    assert sure(judge.judge([control])) == {}


def test_an_amount_in_a_box_without_a_unit_is_listed_with_the_reason(judge: PageJudge) -> None:
    (one,) = judge.judge([box("年薪")])
    assert one.state == "likely" and "unit" in one.why.en


def test_two_equal_labels_are_neither_s(judge: PageJudge) -> None:
    found = judge.judge(
        [
            box("护照号码", label_source="label"),
            box("性别", "radio", options=("男", "女")),
            box("护照号码", label_source="label"),
        ]
    )
    assert set(sure(found)) == {"性别"}


def test_the_plainer_of_two_places_is_taken_and_the_other_left(judge: PageJudge) -> None:
    found = judge.judge([box("Passport number"), box("Passport number of spouse")])
    assert [one.state for one in found] == ["sure", "unknown"]


def test_one_label_over_several_boxes_is_one_question(judge: PageJudge) -> None:
    found = judge.judge(
        [
            box("合同期限", "date"),
            box("至", "date"),
            box("在华住址", "select", options=("--省--", "广东省", "湖南省")),
            box("在华住址", "select", options=("--市--", "深圳市", "广州市")),
            box("在华住址", "select", options=("--区--", "南山区", "福田区")),
            box("单位固定电话", max_length=5),
            box("－", max_length=15),
        ]
    )
    assert [(one.state, one.value) for one in found] == [
        ("sure", "2025-01-16"),
        ("sure", "2028-01-15"),
        ("sure", "广东省"),
        ("sure", "深圳市"),
        ("sure", "南山区"),
        ("sure", "0755"),
        ("sure", "86000000"),
    ]
    assert [one.nth for one in found] == [1, 2, 1, 2, 3, 1, 2]


def test_what_is_asked_once_more_gets_the_same(judge: PageJudge) -> None:
    found = judge.judge([box("护照号码"), box("再次输入护照号码")])
    assert [one.value for one in found] == ["M98765432", "M98765432"]


def test_a_row_is_judged_by_its_lists_columns_alone(judge: PageJudge, known: Known) -> None:
    row = [box("学校"), box("起始年月", "month"), box("国家", "select", options=("韩国", "中国")), box("护照号码")]
    found = judge.judge_row("education", row, known.rows["education"][1])
    assert [one.key for one in found] == ["education.school", "education.from", "education.country", ""]
    assert found[0].value == "HANGANG MODEL UNIVERSITY"


@pytest.mark.parametrize(
    "lying",
    [
        box("护照号码", placeholder="配偶座机，含区号"),
        box("Passport number", beside="Passport number spouse's telephone, digits only"),
        box("护照号码 / Passport No.(境外联系电话 phone abroad)", also=("护照号码 / Passport No.",)),
    ],
)
def test_a_label_whose_hint_asks_for_something_else_is_not_sure(judge: PageJudge, lying: Control) -> None:
    (found,) = judge.judge([lying])
    assert found.state != "sure"


def test_of_two_headings_the_nearer_one_says_whose_expiry_it_is(judge: PageJudge) -> None:
    there = ("三、旅行证件与许可", "工作许可")
    (found,) = judge.judge([box("有效期限", "date", context=there)])
    assert (found.state, found.key) == ("sure", "work_permit.expires_on")


def test_a_name_with_a_hint_in_its_label_is_known_by_what_is_left(judge: PageJudge) -> None:
    control = box("姓 / Surname capital letters", also=("姓 / Surname",))
    assert sure(judge.judge([control])) == {"姓 / Surname capital letters": ("applicant.surname", "LEE")}


def test_the_columns_of_a_row_are_questions_of_their_own(judge: PageJudge, known: Known) -> None:
    """To behind From is a column, not the second box of a stretch."""
    row = [box(one, "month", label_source="head", context=()) for one in ("From", "To")]
    found = judge.judge_row("education", row, known.rows["education"][0])
    assert [one.key for one in found] == ["education.from", "education.to"]


def test_a_heading_over_the_whole_page_tells_what_its_questions_are_about(judge: PageJudge) -> None:
    phone = box("Mobile phone", context=("In China",))
    assert not sure(judge.judge([phone]))
    assert sure(judge.judge([phone], ["Contact details"])) == {"Mobile phone": ("applicant.phone", "13800000011")}


def test_the_number_of_a_permit_is_that_of_the_permit_its_heading_speaks_of(judge: PageJudge) -> None:
    asked = [box("许可证号码", context=(held,)) for held in ("现有工作许可", "现有居留许可")]
    assert [one.key for one in judge.judge(asked) if one.state == "sure"] == [
        "work_permit.number",
        "residence_permit.number",
    ]
    assert not sure(judge.judge([box("许可证号码", context=("证件",))]))


@pytest.mark.parametrize("label", ["申请延期至", "Extension until"])
def test_an_extension_of_nobody_knows_which_permit_is_not_sure(judge: PageJudge, label: str) -> None:
    assert not sure(judge.judge([box(label, "date", context=("新的申请",))]))


@pytest.mark.parametrize("example", ["e.g. 01/02/2030", "如 01-02-2030"])
def test_an_example_whose_day_could_be_its_month_says_nothing(judge: PageJudge, example: str) -> None:
    assert not sure(judge.judge([box("出生日期", placeholder=example)]))
