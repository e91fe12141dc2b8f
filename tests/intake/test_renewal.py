"""What becomes of last year's profile: what a new permit changes is empty, nothing is made up, the rest is kept."""

from datetime import date, timedelta

from assistant.intake.renewal import renewed

ON = date(2027, 11, 1)
VALUES = {
    "applicant.surname": "LEE",
    "applicant.address.detail": "样例路 8 号",
    "passport.number": "M98765432",
    "passport.expires_on": "2032-05-10",
    "work_permit.number": "EX1",
    "work_permit.expires_on": "2027-01-15",
    "residence_permit.number": "EX0000001",
    "employment.contract_from": "2025-01-16",
    "employment.contract_to": "2028-01-15",
    "employment.requested_to": "2028-01-15",
    "employment.annual_salary": "420000",
    "residence_request.entry_date": "2026-09-27",
    "education.0.school": "A",
}


def fates(slots: dict[str, str] | None = None, **changed: str) -> dict[str, str]:
    values = VALUES | {path.replace("__", "."): value for path, value in changed.items()}
    return {one.path: one.fate for one in renewed(values, slots or {}, ON)}


def test_what_a_new_permit_request_or_sticker_changes_is_not_carried_over() -> None:
    found = {one.path: one for one in renewed(VALUES, {}, ON)}
    for path in (
        "work_permit.expires_on",
        "residence_permit.number",
        "employment.requested_to",
        "residence_request.entry_date",
    ):
        assert (found[path].fate, found[path].value) == ("change", "")
        assert found[path].message


def test_what_must_change_comes_first_then_what_to_look_at() -> None:
    order = [one.fate for one in renewed(VALUES, {}, ON)]
    assert order == sorted(order, key=["change", "look", "kept"].index)
    assert fates()["applicant.surname"] == fates()["education.0.school"] == "kept"
    assert (
        fates()["applicant.address.detail"]
        == fates()["employment.annual_salary"]
        == fates()["work_permit.number"]
        == "look"
    )


def test_a_contract_that_ends_with_last_years_request_is_the_previous_one_now() -> None:
    found = {one.path: one for one in renewed(VALUES, {"contract": "documents/contract.pdf"}, ON)}
    assert found["employment.contract_to"].fate == found["documents.contract"].fate == "change"
    assert found["employment.previous_contract_to"].value == "2028-01-15"
    runs_on = fates({"contract": "documents/contract.pdf"}, employment__contract_to="2030-01-15")
    assert runs_on["employment.contract_to"] == runs_on["documents.contract"] == "look"
    assert "employment.previous_contract_to" not in runs_on


def test_an_expired_passport_is_not_carried_over_and_a_short_one_is_to_be_looked_at() -> None:
    slots = {"passport": "documents/passport.pdf"}
    assert fates(slots)["passport.number"] == "kept"
    assert fates(slots)["documents.passport"] == "look"
    expired = fates(slots, passport__expires_on=ON.isoformat())
    assert expired["passport.number"] == expired["documents.passport"] == "change"
    assert fates(slots, passport__expires_on=(ON + timedelta(days=300)).isoformat())["passport.number"] == "look"


def test_photos_and_forms_of_last_year_are_never_used_again() -> None:
    found = fates({"photo": "documents/photo.jpg", "extension_form": "a.pdf", "tax_certificate": "b.pdf"})
    assert {found[f"documents.{slot}"] for slot in ("photo", "extension_form", "tax_certificate")} == {"change"}
