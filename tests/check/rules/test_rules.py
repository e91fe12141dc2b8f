"""Each rule broken once: its own code is found and nothing else, with a source, in both languages, without a value."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from assistant.check.city.loading import cities, load_city
from assistant.check.rules import KINDS, check_rules

ON = date(2026, 11, 22)
BOTH = ("shenzhen", "beijing")


def _until(day: date) -> dict[str, object]:
    """Work and residence asked for until that day."""
    return {"employment.requested_to": day, "residence_request.until": day}


ONE_YEAR = _until(date(2028, 1, 31))


@dataclass(frozen=True)
class Defect:
    """One broken rule: what is changed in which sample, and the code that must come of it."""

    code: str
    values: dict[str, object] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    sample: str = "okafor"
    cities: tuple[str, ...] = BOTH
    on: date = ON
    slot: str | None = None


DEFECTS = (
    Defect("window.too-early", on=date(2026, 11, 11), cities=("shenzhen",)),
    Defect("window.too-early", on=date(2026, 10, 12), cities=("beijing",)),
    Defect("window.opens-unclear", on=date(2026, 11, 1), cities=("beijing",)),
    Defect("window.tight", on=date(2027, 1, 8)),
    Defect("window.too-late", on=date(2027, 1, 12), cities=("beijing",)),
    Defect("window.late-unknown", on=date(2027, 1, 12), cities=("shenzhen",)),
    Defect("window.expired", {"residence_permit.expires_on": date(2027, 6, 1)}, on=date(2027, 2, 11)),
    Defect("age.over-limit", {"applicant.birth_date": date(1955, 1, 1)}),
    Defect("age.at-limit", {"applicant.birth_date": date(1966, 1, 1)}, cities=("beijing",)),
    Defect("age.at-limit", {"applicant.birth_date": date(1971, 1, 1), "applicant.sex": "female"}, cities=("shenzhen",)),
    Defect("passport.changed-within", {"passport.changed": True}, cities=("beijing",)),
    Defect("passport.changed-first", {"passport.changed": True}, cities=("shenzhen",)),
    Defect("contract.gap", {"employment.previous_contract_to": date(2026, 1, 31)}),
    Defect("contract.gap", {"employment.contract_from": date(2027, 2, 12)}),
    Defect("age.term-crosses-limit", {"applicant.birth_date": date(1967, 3, 1)}),
    Defect("residence.expired", {"residence_permit.expires_on": date(2026, 11, 21)}),
    *(Defect("residence.not-held", {"residence_permit.held": held}) for held in ("visa", "stay_permit", "visa_free")),
    Defect("residence.not-work", {"residence_permit.purpose": "private"}, cities=("shenzhen",)),
    Defect("residence.expires-first", {"residence_permit.expires_on": date(2026, 12, 31)}),
    Defect("residence.length", {"residence_request.until": date(2027, 3, 1)}),
    Defect("term.too-long", {"employment.in_china_since": date(2024, 1, 1), "employment.requested_to": date(2028, 5, 1), "employment.contract_to": date(2029, 1, 1)}, cities=("shenzhen",)),
    Defect("term.over-category-cap", {"work_permit.category": "B2", "employment.requested_to": date(2029, 5, 1), "employment.contract_to": date(2030, 1, 1)}, cities=("beijing",)),
    Defect("term.length-unknown", {"employment.requested_to": date(2028, 5, 1), "employment.contract_to": date(2029, 1, 1)}, cities=("beijing",)),
    Defect("term.beyond-contract", {"employment.contract_to": date(2027, 12, 31)}),
    Defect("term.beyond-passport", {"passport.expires_on": date(2027, 12, 31)}),
    Defect("term.gap", {"employment.requested_from": date(2027, 2, 12)}),
    Defect("term.beyond-work", {"residence_request.until": date(2028, 2, 11)}),
    Defect("passport.expired", {"passport.expires_on": date(2026, 11, 21)}),
    Defect("contract.ended", {"employment.contract_to": date(2026, 11, 21)}),
    Defect("term.not-longer", {"employment.requested_from": date(2026, 11, 1), **_until(date(2027, 2, 10))}),
    Defect("term.not-longer", {"employment.requested_from": date(2025, 1, 1), **_until(date(2026, 1, 1))}),
    Defect("change.not-an-extension", {"employment.change": "new_occupation"}),
    Defect("entrance.old-certificate", {"work_permit.kind": "foreign_expert_certificate"}),
    Defect("entrance.old-certificate", {"work_permit.kind": "employment_permit"}),
    Defect("salary.below-floor", {"employment.annual_salary": Decimal(71_622 * 12 - 1), **ONE_YEAR}, sample="delacruz", cities=("beijing",)),
    Defect("salary.not-comparable", {"employment.currency": "EUR", **ONE_YEAR}, sample="delacruz", cities=("beijing",)),
    Defect("salary.not-comparable", {"employment.annual_salary": None, **ONE_YEAR}, sample="delacruz", cities=("beijing",)),
    *(Defect("slot.missing", without=(slot,), cities=("shenzhen",), slot=slot) for slot in ("extension_form", "visa_form", "guarantee_letter", "contract", "passport", "residence_permit", "work_permit", "photo_receipt", "salary_proof", "tax_certificate", "photo")),
    *(Defect("slot.missing", without=(slot,), cities=("beijing",), slot=slot) for slot in ("extension_form", "contract", "passport", "residence_permit", "photo")),
    Defect("slot.unsure", without=("work_permit",), cities=("beijing",), slot="work_permit"),
    *(Defect("slot.missing", without=(slot,), sample="delacruz", slot=slot) for slot in ("category_proof", "salary_commitment", "tax_certificate", "withholding_detail")),
    Defect("slot.missing", {"employment.change": "within_entity"}, slot="change_letter"),
    Defect("slot.missing", {"employment.occupation": "首席代表"}, slot="sector_approval"),
    Defect("slot.missing", {"employment.occupation": "外科医师"}, slot="sector_approval"),
    Defect("slot.missing", {"employment.occupation": "短期行医"}, slot="sector_approval"),
    Defect("slot.missing", {"employment.position": "境外非政府组织代表"}, slot="sector_approval"),
    Defect("slot.missing", {"employment.occupation": "西餐厨师"}, slot="sector_approval"),
    Defect("slot.missing", {"employment.occupation": "足球教练"}, slot="sector_approval"),
    Defect("slot.unsure", {"employment.occupation": "医药销售经理"}, slot="sector_approval"),
    Defect("slot.unsure", {"employment.occupation": "敏捷教练"}, slot="sector_approval"),
)  # fmt: skip


def _found(changed, defect: Defect, city: str):
    return check_rules(changed(defect.sample, defect.values, defect.without), load_city(city), defect.on)


def _normal(changed, defect: Defect, city: str) -> set[tuple[str, str | None]]:
    """What the untouched sample gives anyway (a one-year request, so that its length is no question)."""
    values = ONE_YEAR if defect.sample == "delacruz" else {}
    return {
        (finding.code, finding.slot) for finding in check_rules(changed(defect.sample, values), load_city(city), ON)
    }


@pytest.mark.parametrize(
    ("defect", "city"),
    [
        pytest.param(defect, city, id=f"{number}-{defect.code}-{defect.slot or ''}-{city}")
        for number, defect in enumerate(DEFECTS)
        for city in defect.cities
    ],
)
def test_a_broken_rule_is_found_with_its_own_code_and_nothing_else(changed, defect, city):
    values = {**ONE_YEAR, **defect.values} if defect.sample == "delacruz" else defect.values
    profile = changed(defect.sample, values, defect.without)
    found = check_rules(profile, load_city(city), defect.on)
    extra = {(finding.code, finding.slot) for finding in found} - _normal(changed, defect, city)
    assert extra == {(defect.code, defect.slot)}


def test_what_ends_on_the_day_of_filing_has_not_ended(changed):
    last = {"passport.expires_on": ON, "employment.contract_to": ON}
    found = {finding.code for finding in check_rules(changed("okafor", last), load_city("shenzhen"), ON)}
    assert found - {"rules.old"} == {"term.beyond-passport", "term.beyond-contract"}


def test_unknown_amounts_and_unlisted_categories_warn(changed):
    found = {finding.code: finding.severity for finding in check_rules(changed("delacruz"), load_city("shenzhen"), ON)}
    assert found == {"salary.floor-unknown": "warning", "slot.category-not-listed": "warning", "rules.old": "info"}


def test_the_degree_category_is_told_that_two_papers_are_unsure(changed):
    found = [one for one in check_rules(changed("lee"), load_city("shenzhen"), ON) if one.severity != "info"]
    assert {(finding.code, finding.slot) for finding in found} == {
        ("slot.unsure", "salary_proof"),
        ("slot.unsure", "tax_certificate"),
    }
    assert all("错位" in finding.message.zh and "shifted" in finding.message.en for finding in found)


def test_every_code_is_raised_by_some_case():
    raised = {defect.code for defect in DEFECTS} | {"salary.floor-unknown", "slot.category-not-listed", "rules.old"}
    assert raised == {kind.code for kind in KINDS}


@pytest.mark.parametrize("city", cities())
@pytest.mark.parametrize("sample", ["lee", "okafor", "delacruz"])
def test_nothing_stands_against_the_samples(changed, sample, city):
    assert not [f for f in check_rules(changed(sample), load_city(city), ON) if f.severity == "error"]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.code)
def test_every_finding_has_a_source_and_speaks_both_languages(changed, defect):
    for city in defect.cities:
        for finding in _found(changed, defect, city):
            assert finding.code == "rules.old" or re.search(r"\(checked \d{4}-\d{2}-\d{2}\)$", finding.source)
            assert re.search("[\u4e00-\u9fff]", finding.message.zh)
            assert re.search("[a-z]{3}", finding.message.en)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.code)
def test_no_message_repeats_a_value_of_the_person(changed, defect):
    profile = changed(defect.sample, defect.values, defect.without)
    person, passport, permit = profile.applicant, profile.passport, profile.work_permit
    secrets = {
        person.surname, person.given_names, person.birth_date.isoformat(), person.email, person.phone,
        passport.number, passport.expires_on.isoformat(), permit.number, permit.expires_on.isoformat(),
        profile.residence_permit.number, str(profile.employment.annual_salary), profile.employment.duties,
    }  # fmt: skip
    for city in defect.cities:
        for finding in _found(changed, defect, city):
            text = f"{finding.message} {finding.where}"
            assert not [secret for secret in secrets if secret and secret in text]


def test_worse_findings_come_first(changed):
    values = {"employment.change": "new_occupation", "employment.contract_to": date(2027, 12, 31)}
    severities = [finding.severity for finding in check_rules(changed("lee", values), load_city("shenzhen"), ON)]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert set(severities) == {"error", "warning", "info"}
