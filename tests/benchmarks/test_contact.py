"""The measurement of first contact, without a browser: its mixes, its names, its typing, and what it calls a pass."""

from dataclasses import replace

import pytest

from benchmarks.contact import Figures, _good
from benchmarks.contact.mixes import KINDS, make_mix
from benchmarks.contact.person import NEVER, is_theirs
from benchmarks.contact.sitting import named
from benchmarks.contact.typing import seconds_by_hand
from fixtures.unseen.judge import Verdict
from fixtures.unseen.server import NAMES, form_of

FORMS = [form_of(name) for name in NAMES]


def test_a_seed_and_a_number_give_the_same_mix_and_a_campaign_meets_every_kind_on_every_form() -> None:
    mixes = [make_mix(7, number, FORMS) for number in range(60)]
    assert mixes == [make_mix(7, number, FORMS) for number in range(60)]
    assert {kind for mix in mixes for kind in mix.kinds} == set(KINDS)
    assert {mix.form for mix in mixes} == set(NAMES)
    assert all(mix.sample != mix.other for mix in mixes)


def test_two_ways_to_show_another_persons_form_are_never_mixed() -> None:
    apart = {"swapped", "late", "wrong form"}
    assert all(len(apart & set(make_mix(7, number, FORMS).kinds)) <= 1 for number in range(200))


@pytest.mark.parametrize(
    ("label", "told", "same"),
    [
        ("有效期限", "* 有效期限：", True),
        ("税前年薪（万元）", "税前年薪", True),
        ("Document No.", "document no", True),
        ("手机", "联系电话", False),
        ("姓", "姓名", False),
    ],
)
def test_a_label_is_named_whatever_badges_and_signs_it_wears(label: str, told: str, same: bool) -> None:
    assert named(label, {told}) is same


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("这是 LEE MINJUN（M98***432）的申请表吗？", True),
        ("Is this LEE MINJUN's form? M9876****", True),
        ("这是 LEE MINJUN（A00***456）的申请表吗？", False),
        ("这是 KIM MINJUN（M98***432）的申请表吗？", False),
        ("这是 LEE MINJUN 的申请表吗？", False),
    ],
)
def test_the_person_says_yes_to_their_own_name_and_number_alone(text: str, theirs: bool) -> None:
    assert is_theirs(text, "LEE MINJUN", "M98765432") is theirs


def test_what_submits_books_or_pays_is_never_allowed_by_the_person() -> None:
    for address in ("POST /yct/api/1/tijiao", "POST /desk/lodge.do", "提交申请", "POST /pay", "POST /booking"):
        assert NEVER.search(address), address
    for address in ("PUT /yct/api/1/bufen/person", "POST /hall/matter/step/1", "POST /rc/dossier/1/self/draft"):
        assert not NEVER.search(address), address


def test_more_to_type_takes_longer_and_chinese_takes_longer_than_letters() -> None:
    def seconds(*values: str) -> float:
        return seconds_by_hand(FORMS[0], [Verdict("unit", "dwdz", "注册地址", "right", wanted=one) for one in values])

    assert seconds() == 0
    assert seconds("AB") < seconds("ABCD") < seconds("深圳样例") < seconds("深圳样例", "深圳样例")


def test_a_wrong_value_a_submit_or_too_many_presses_is_no_pass() -> None:
    good = Figures("folded", "sample-lee", 100, 90, 0, 0, 10, 0, 20, 5, 6, 60.0, 3.0, 20.0, 0, "", (), ())
    assert _good(good, 0) and not _good(good, 1)
    assert _good(replace(good, right=96, listed=4, presses=4), 1)
    for spoilt in (
        replace(good, wrong=1),
        replace(good, submits=1),
        replace(good, presses=26),
        replace(good, right=84),
    ):
        assert not _good(spoilt, 0)
    assert not _good(replace(good, answerable=0, right=0), 0)
