"""Promises of assistant/drift/meaning/labels.py: the page's dressing is forgiven, what tells two questions apart is not."""

import pytest

from assistant.drift.meaning.labels import canonical, readings


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("用人单位全称必填", "用人单位全称"),
        ("籍贯（地区）", "籍贯"),
        ("读者姓（照身份证）", "读者姓"),
        ("社会信用代码（18位）", "社会信用代码"),
        ("2、 借阅意向：", "借阅意向"),
        ("Family name (as in passport)", "familyname"),
        ("押金（人民币元，税前）", "押金"),
        ("别名（没有可不填）", "别名"),
        ("※ 读者姓名", "读者姓名"),
        ("寄送所在区（县）", "寄送所在区"),
        ("寄送地（省/市/区）", "寄送地"),
    ],
)
def test_dressing_is_taken_off(label: str, word: str) -> None:
    assert (word,) in readings(label)


def test_a_bracket_may_belong_to_one_half_of_a_label_in_two_languages() -> None:
    assert ("名", "givenname(s)") in readings("名 Given Name(s)")


@pytest.mark.parametrize("label", ["姓名（配偶）", "电话（单位）", "有效期（起）", "Name (spouse)"])
def test_a_bracket_that_tells_questions_apart_stays(label: str) -> None:
    assert all("(" in part for reading in readings(label) if len(reading) == 1 for part in reading)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("护照签发日", "护照签发日期"),
        ("工作许可证编号", "工作许可号"),
        ("居留许可有效期至", "居留许可到期日"),
        ("Expiry date of passport", "passport valid until"),
        ("Cell phone number", "Mobile"),
        ("申请工作期限自", "申请工作起始日期"),
        ("申请工作期限至", "申请工作截止日期"),
        ("现住址所在省", "居住地省份"),
        ("合同有效期 自", "合同起始日期"),
        ("最后一次入境时间", "最近入境日期"),
        ("数码相片采集回执号", "照片检测回执编号"),
    ],
)
def test_two_wordings_of_the_same_have_one_spelling(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("合同开始日期", "合同结束日期"),
        ("姓名", "名字"),
        ("护照签发日期", "护照有效期至"),
        ("护照号码", "居留许可号码"),
        ("Contract from", "Contract to"),
        ("Place of birth", "Date of birth"),
        ("Employer's phone", "Phone"),
    ],
)
def test_what_tells_two_data_apart_stays_in_their_spelling(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
