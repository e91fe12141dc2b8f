"""Which documents a case needs: the guides' tables, row by row, and what each file must be."""

from functools import cache

import pytest

from assistant.check.city.loading import load_city
from assistant.check.slots import Slot, slots_for
from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

COMMON = {
    "extension_form": "外国人来华工作许可延期申请表",
    "visa_form": "外国人签证证件申请表",
    "guarantee_letter": "申请签证证件的证明(担保)函件",
    "contract": "聘用合同原件",
    "passport": "申请人护照或国际旅行证件",
    "residence_permit": "申请人所持的有效的工作类居留许可页",
    "work_permit": "外国人工作许可证",
    "photo_receipt": "广东省外国人签证数字相片采集检测回执",
}
PAY = {"salary_proof": "薪资证明材料", "tax_certificate": "申请人近1年的完税证明"}
COMPANY = {
    "company_tax": "公司近3个月的纳税证明",
    "company_bank": "公司近3个月的对公账户银行账单",
    "company_contracts": "公司贸易/服务合同复印件",
}


@cache
def sample() -> Profile:
    return load_profile(PlainFolder(PROFILES / "sample-okafor"))


def case(city: str, category: str = "B6", **employment: object) -> dict[str, Slot]:
    profile = sample().model_copy(
        update={
            "work_permit": sample().work_permit.model_copy(update={"category": category}),
            "employment": sample().employment.model_copy(update=employment),
        }
    )
    return {slot.key: slot for slot in slots_for(profile, load_city(city))}


@pytest.mark.parametrize(
    ("category", "pay_need"),
    [("B6", "required"), ("B1", "unsure"), ("B4", "unsure"), ("A3", "unsure"), ("C1", "unsure")],
)
def test_shenzhens_two_tables(category, pay_need):
    slots = case("shenzhen", category)
    for key, label in (COMMON | PAY | COMPANY).items():
        assert slots[key].label == label
    assert {slots[key].required for key in COMMON} == {"required"}
    assert {slots[key].required for key in PAY} == {pay_need}
    assert {slots[key].required for key in COMPANY} == {"when-asked"}
    assert slots["photo"].required == "required"


def test_an_unsure_paper_says_why():
    for slot in case("shenzhen", "B1").values():
        if slot.required == "unsure":
            assert slot.note is not None
            assert "shifted" in slot.note.en


def test_beijings_list():
    slots = case("beijing", "B1")
    assert {key: slot.label for key, slot in slots.items() if slot.required == "required"} == {
        "extension_form": "外国人来华工作许可延期申请表",
        "contract": "聘用合同或任职证明",
        "passport": "护照信息页",
        "residence_permit": "有效居留许可信息页",
        "photo": "照片",
    }
    card = slots["work_permit"]
    assert card.required == "unsure" and card.note is not None and "newer list" in card.note.en


@pytest.mark.parametrize("city", ["beijing", "shenzhen"])
def test_class_a_by_salary_commitment_needs_its_three_papers(city):
    three = {"salary_commitment", "tax_certificate", "withholding_detail"}
    promised, plain = case(city, "A3", salary_commitment=True), case(city, "A3", salary_commitment=False)
    assert {promised[key].required for key in three} == {"required"}
    assert not three & {key for key, slot in plain.items() if slot.required == "required"}
    assert promised["category_proof"].required == plain["category_proof"].required == "required"


def test_a_promise_of_salary_counts_for_class_a_only():
    assert "salary_commitment" not in case("beijing", "B4", salary_commitment=True)


@pytest.mark.parametrize("city", ["beijing", "shenzhen"])
def test_a_change_within_the_entity_needs_its_letter(city):
    assert case(city, change="within_entity")["change_letter"].required == "required"
    assert "change_letter" not in case(city, change="none")


@pytest.mark.parametrize("city", ["beijing", "shenzhen"])
@pytest.mark.parametrize(
    ("occupation", "need"),
    [
        ("首席代表", "required"),
        ("销售代表", None),
        ("麻醉科医生", "required"),
        ("医疗器械工程师", "unsure"),
        ("中餐厨师长", "required"),
        ("厨房设备工程师", "unsure"),
        ("篮球教练", "required"),
        ("企业教练", "unsure"),
        ("软件工程师", None),
    ],
)
def test_a_trade_that_needs_approval_is_known_by_its_occupation(city, occupation, need):
    slot = case(city, occupation=occupation).get("sector_approval")
    assert (slot.required if slot else None) == need


@pytest.mark.parametrize("city", ["beijing", "shenzhen"])
def test_a_certificate_of_employment_serves_representatives_only(city):
    chief, engineer = case(city, occupation="首席代表")["contract"], case(city)["contract"]
    assert not chief.rules.essentials and chief.note is not None and "任职证明" in chief.note.zh
    assert engineer.rules.essentials and engineer.note is None


def test_a_paper_form_is_sealed_and_a_photo_is_a_white_picture():
    slots = case("shenzhen")
    assert {key for key, slot in slots.items() if slot.rules.seal} == {
        "extension_form",
        "guarantee_letter",
        "contract",
        "salary_proof",
    }
    photo = slots["photo"].rules
    assert (photo.types, photo.min_pixels, photo.aspect, photo.background) == (
        ("jpeg", "png"),
        (354, 472),
        (35, 48),
        "white",
    )
    assert {key: slot.rules.identity for key, slot in slots.items() if slot.rules.identity} == {
        "passport": "passport",
        "residence_permit": "residence_permit",
        "work_permit": "work_permit",
    }


def test_what_a_slot_leaves_out_is_the_citys_limit():
    for slot in case("shenzhen").values():
        assert slot.rules.max_bytes == 1_000_000
        assert slot.rules.types == (("jpeg", "png") if slot.key in ("photo", "paper_photo") else ("pdf",))


def test_papers_grow_old():
    ages = {key: slot.rules.max_age_days for key, slot in case("shenzhen").items() if slot.rules.max_age_days}
    assert ages == {"photo_receipt": 365, "tax_certificate": 365, "company_tax": 92, "company_bank": 92}
    assert case("shenzhen")["photo_receipt"].rules.doubt_age_days == 30


@pytest.mark.parametrize("city", ["beijing", "shenzhen"])
def test_every_slot_says_where_its_rules_stand(city):
    for slot in case(city, "A3", salary_commitment=True).values():
        assert str(slot.as_of) in slot.source
        assert slot.rules_source
        assert slot.label_en and slot.name.say("zh") == slot.label
