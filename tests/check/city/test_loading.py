"""City files: complete, sourced, refused when they are not; no city is known by name in the code."""

import ast
from pathlib import Path

import pytest
import yaml

import assistant
from assistant.check.city.loading import FOLDER, City, cities, load_city, read_city, rules_in
from assistant.errors import PackError
from assistant.profile.loading import SLOT_NAMES

CITIES = ("beijing", "shenzhen")


def test_the_cities_are_the_files():
    assert cities() == CITIES


@pytest.mark.parametrize("name", CITIES)
def test_every_rule_names_its_source_and_day(name):
    city = load_city(name)
    rules = list(rules_in(city))
    assert len(rules) > 60
    for rule in rules:
        source = city.sources[rule.source]
        assert source.url.startswith("http") or source.strength == "inferred"
        assert rule.as_of.year >= 2018


@pytest.mark.parametrize("name", CITIES)
def test_what_is_unknown_says_what_is_not_published(name):
    unknown = [rule for rule in rules_in(load_city(name)) if rule.unknown]
    assert unknown
    assert all(rule.note and rule.note.zh and rule.note.en for rule in unknown)


@pytest.mark.parametrize("name", CITIES)
def test_every_source_is_used(name):
    city = load_city(name)
    assert set(city.sources) == {rule.source for rule in rules_in(city)}


@pytest.mark.parametrize("name", CITIES)
def test_every_slot_can_hold_a_profiles_document(name):
    assert {entry.slot for entry in load_city(name).slots} <= set(SLOT_NAMES)


def test_what_a_citys_file_leaves_out_is_the_countrys_and_what_it_says_counts(tmp_path):
    written = (FOLDER / "shenzhen.yaml").read_text(encoding="utf-8")
    own = "entrances:\n  - {permit: employment_permit, name: {zh: 甲, en: A}, source: guide, as_of: 2026-11-22}\n"
    (tmp_path / "shenzhen.yaml").write_text(written + own, encoding="utf-8")
    city, national = read_city(tmp_path / "shenzhen.yaml"), load_city("beijing")
    assert city.sectors == load_city("shenzhen").sectors == national.sectors != ()
    assert [entrance.name.en for entrance in city.entrances] == ["A"]
    assert len(national.entrances) == 2


def test_a_source_of_the_countrys_is_not_a_citys_too(tmp_path):
    written = (FOLDER / "beijing.yaml").read_text(encoding="utf-8")
    (tmp_path / "beijing.yaml").write_text(written.replace("  inferred:\n", "  concluded:\n"
        "    title: {zh: 别的, en: another}\n    strength: inferred\n  inferred:\n"), encoding="utf-8")  # fmt: skip
    with pytest.raises(PackError, match="concluded"):
        read_city(tmp_path / "beijing.yaml")


def test_an_unknown_city_is_answered_with_the_known_ones():
    with pytest.raises(PackError) as refused:
        load_city("atlantis")
    for language in ("zh", "en"):
        assert all(name in refused.value.what.say(language) for name in CITIES)


@pytest.mark.parametrize("name", ["../cities/shenzhen", "", "shenzhen.yaml", "SHENZHEN\x00"])
def test_a_citys_name_is_no_path(name):
    with pytest.raises(PackError):
        load_city(name)


def _broken(tmp_path: Path, change) -> Path:
    data = yaml.load((FOLDER / "shenzhen.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    change(data)
    path = tmp_path / "shenzhen.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: data["margin"].pop("source"), "margin.source"),
        (lambda data: data["margin"].pop("as_of"), "margin.as_of"),
        (lambda data: data["margin"].update(source="hearsay"), "hearsay"),
        (lambda data: data["window"]["closes"].pop("note"), "unknown"),
        (lambda data: data["window"]["closes"].update(days_before_expiry="thirty"), "days_before_expiry"),
        (lambda data: data["margin"].update(as_of="2026-02-30"), "margin.as_of"),
        (lambda data: data["age"][0].update(categories=["D"]), "categories"),
        (lambda data: data["processing"].update(working_days="3"), "processing"),
        (lambda data: data["slots"].append(data["slots"][0]), "slot"),
        (lambda data: data["after"][7].update(office="nowhere"), "office"),
        (lambda data: data["sources"]["guide"].pop("url"), "url"),
        (lambda data: data.update(window_opens=90), "window_opens"),
        (lambda data: data.update(city="guangzhou"), "shenzhen"),
    ],
)
def test_a_wrong_city_file_is_refused_and_says_where(tmp_path, change, expected):
    path = _broken(tmp_path, change)
    with pytest.raises(PackError) as refused:
        read_city(path)
    said = "\n".join(refused.value.lines("en"))
    assert expected in said
    assert "shenzhen.yaml" in said


def test_an_unbroken_copy_loads(tmp_path):
    assert read_city(_broken(tmp_path, lambda data: None)) == load_city("shenzhen")


def test_no_code_knows_a_city_by_name():
    """Only data names cities; texts of the code may not either, or a third city would need a change in it."""
    check = Path(assistant.__file__).parent / "check"
    inside = [path for room in ("city", "deadlines", "rules") for path in (check / room).rglob("*.py")]
    ours = [path for path in inside if path.name != "dates.py"]  # Beijing's time is the country's
    assert len(ours) > 20
    for path in [*ours, *check.glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        names = ("shenzhen", "beijing", "深圳", "北京")
        spoken = [word for word in words if not word.startswith("http")]  # a source's address may name its city
        assert not [word for word in spoken if any(name in word.lower() for name in names)], path


# ---- questions a city answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "rmb"), [(3, 400), (11, 400), (12, 800), (35, 800), (36, 1000), (60, 1000), (61, None)]
)
@pytest.mark.parametrize("name", CITIES)
def test_the_fee_follows_the_months_asked_for(name, months, rmb):
    fee = load_city(name).fee_for("residence", months)
    assert (fee.rmb if fee else None) == rmb


@pytest.mark.parametrize("name", CITIES)
def test_the_work_permit_costs_nothing(name):
    fee = load_city(name).fee_for("work", 12)
    assert fee is not None and fee.rmb == 0


def test_the_residence_fee_gives_a_personal_invoice_only():
    assert all(fee.invoice == "personal" for fee in load_city("shenzhen").fees if fee.permit == "residence")


def test_class_a_needs_no_booking_in_beijing():
    beijing, shenzhen = load_city("beijing"), load_city("shenzhen")
    assert [beijing.booking_for(category).needed for category in ("A1", "A6", "B1", "C3")] == [False, False, True, True]
    assert shenzhen.booking_for("A1").needed


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        ("朝阳区", ["chaoyang", "overseas-talents-center"]),
        ("海淀区", ["haidian", "overseas-talents-center"]),
        ("西城区", ["overseas-talents-center"]),
        (None, ["overseas-talents-center"]),
    ],
)
def test_an_employer_may_use_its_districts_office_and_the_one_for_all(district, expected):
    assert [office.key for office in load_city("beijing").offices_for(district)] == expected


def test_pre_review_is_automatic_or_by_hand():
    beijing = load_city("beijing")
    assert beijing.review_for("A3").by_hand and beijing.review_for("A3").working_days == 1
    assert beijing.review_for("B1").runs_at == ("00:00", "12:00")
    assert load_city("shenzhen").review_for("B1").working_days == 5


def test_the_steps_after_submission_depend_on_the_category():
    beijing = load_city("beijing")
    steps = {category: [step.step for step in beijing.steps_for(category)] for category in ("A1", "A3", "B1")}
    assert "book" in steps["B1"] and "book" not in steps["A3"]
    assert "online-class-a" in steps["A1"] and "window-class-a" not in steps["A1"]
    assert "window-class-a" in steps["A3"]


def test_shenzhens_steps_come_in_the_guides_order():
    steps = [step.step for step in load_city("shenzhen").steps_for("B1")]
    assert steps == [
        "sms", "book", "booking-check", "print-again", "photo", "sign", "seal", "window", "kiosk", "passport-kept",
        "collect", "check-residence", "check-qr",
    ]  # fmt: skip


def test_a_city_can_not_be_changed():
    city = load_city("shenzhen")
    with pytest.raises(ValueError, match="frozen"):
        city.portal = "other"
    assert isinstance(city, City)


# ---- facts of 2026 -------------------------------------------------------------------------------------------------


def test_beijing_s_portal_tests_eleven_points_of_a_photo():
    (tested,) = (photo for photo in load_city("beijing").photos if photo.tests)
    assert len(tested.tests) == 11
    assert {point.by for point in tested.tests} == {"program", "person"}


def test_at_the_end_beijing_prints_notice_and_decision():
    last = load_city("beijing").steps_for("B1")[-1]
    assert "外国人工作许可通知" in last.what.zh and "准予行政许可决定书" in last.what.zh


@pytest.mark.parametrize(("name", "word"), [("beijing", "own translation"), ("shenzhen", "agency")])
def test_who_may_translate_is_the_city_s_to_say(name, word):
    rule = load_city(name).translations
    assert rule is not None and word in rule.accepted.en


@pytest.mark.parametrize("name", CITIES)
def test_every_rule_shows_when_it_was_checked(name):
    city = load_city(name)
    assert all(f"(checked {rule.as_of})" in city.source_of(rule) for rule in rules_in(city))
