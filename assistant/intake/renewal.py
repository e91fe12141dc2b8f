"""Next year's profile from last year's: what must change comes first, what should be looked at next, the rest is kept with its source.

Promises: what a new permit, a new contract or a new request always changes is left empty, never carried over; nothing is made up in its
place. Pure.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from assistant.intake.trees import without_rows
from assistant.messages import Text

Fate = Literal["change", "look", "kept"]
"""`change`: left empty, to be filled anew. `look`: kept, and likely to have changed. `kept`: as it was."""

ORDER: tuple[Fate, ...] = ("change", "look", "kept")


@dataclass(frozen=True)
class Item:
    """One path (or `documents.<slot>`) and what becomes of it."""

    path: str
    fate: Fate
    message: Text | None = None
    value: str = field(default="", repr=False)


_NEW_PERMIT = Text("以新的工作许可为准", "as the new work permit says")
_NEW_STICKER = Text("每次都换新的居留许可，请按新证填写", "each residence permit is a new one; fill in as it says")
_NEW_REQUEST = Text("按这一次的申请填写", "for this application")
_NEW_CONTRACT = Text(
    "上一份合同不覆盖新的期限，请按新合同填写",
    "the last contract does not cover the new term; fill in as the new one says",
)
_OLD_PASSPORT = Text("护照已到期，请按新护照填写", "the passport has expired; fill in as the new one says")
_SHORT_PASSPORT = Text(
    "护照一年内到期；换了新护照请改，并写明 passport.changed",
    "the passport expires within a year; change it for a new one, with passport.changed",
)
_STILL_SO = Text("请核对是否有变动", "see whether it is still so")
_NEW_ENTRY = Text("按最近一次入境填写", "as of the latest entry")
_TOO_OLD = Text(
    "需要新的：去年的已超过有效时间或属于上一次申请",
    "a new one is needed: last year's is too old or was for the last application",
)

_ALWAYS: Mapping[str, Text] = {
    "work_permit.expires_on": _NEW_PERMIT,
    "residence_permit.number": _NEW_STICKER,
    "residence_permit.expires_on": _NEW_STICKER,
    "employment.requested_from": _NEW_REQUEST,
    "employment.requested_to": _NEW_REQUEST,
    "employment.change": _NEW_REQUEST,
    "employment.previous_contract_to": _NEW_REQUEST,
    "residence_request.until": _NEW_REQUEST,
    "residence_request.photo_receipt": _NEW_REQUEST,
    "residence_request.remarks": _NEW_REQUEST,
    "residence_request.entry_date": _NEW_ENTRY,
    "residence_request.entry_port": _NEW_ENTRY,
}
_LOOK = (
    "applicant.address",
    "applicant.phone",
    "applicant.email",
    "applicant.marital_status",
    "applicant.highest_degree",
    "applicant.chinese_level",
    "applicant.emergency_contact",
    "work_permit.number",
    "work_permit.category",
    "employment.position",
    "employment.occupation",
    "employment.annual_salary",
    "employment.workplace",
    "employment.duties",
    "family",
)
_CONTRACT = ("employment.contract_from", "employment.contract_to")
_PASSPORT = ("passport.number", "passport.issued_on", "passport.expires_on", "passport.mrz")
# Papers that outlive one application, while what they are about does.
_LASTING: Mapping[str, str] = {"passport": "passport", "contract": "contract", "category_proof": ""}


def renewed(values: Mapping[str, str], slots: Mapping[str, str], on: date) -> tuple[Item, ...]:
    """What becomes of each path of last year's profile and of each slot that has files, what must change first. `values`: path → text;
    `slots`: slot → its files."""
    expired, short = _passport(values, on)
    covers = _contract_covers(values)

    def fate_of(path: str) -> Item:
        plain, value = without_rows(path), values[path]
        if plain in _ALWAYS:
            return Item(path, "change", _ALWAYS[plain])
        if plain in _PASSPORT and expired:
            return Item(path, "change", _OLD_PASSPORT)
        if plain in _CONTRACT and not covers:
            return Item(path, "change", _NEW_CONTRACT)
        if plain in _PASSPORT and short:
            return Item(path, "look", _SHORT_PASSPORT, value)
        if plain in _CONTRACT or any(plain == known or plain.startswith(f"{known}.") for known in _LOOK):
            return Item(path, "look", _STILL_SO, value)
        return Item(path, "kept", None, value)

    found = [fate_of(path) for path in values if not path.startswith("documents.")]
    if not covers and (ended := values.get("employment.contract_to")):
        found = [one for one in found if one.path != "employment.previous_contract_to"]
        found.append(Item("employment.previous_contract_to", "look", _STILL_SO, ended))
    found += _slots(slots, kept=lambda slot: _lasts(slot, expired=expired, covers=covers))
    return tuple(sorted(found, key=lambda one: ORDER.index(one.fate)))


def _slots(slots: Mapping[str, str], kept: Callable[[str], bool]) -> Iterator[Item]:
    for slot, files in slots.items():
        if kept(slot):
            yield Item(f"documents.{slot}", "look", _STILL_SO, files)
        else:
            yield Item(f"documents.{slot}", "change", _TOO_OLD)


def _lasts(slot: str, *, expired: bool, covers: bool) -> bool:
    about = _LASTING.get(slot)
    return about is not None and not (about == "passport" and expired) and not (about == "contract" and not covers)


def _passport(values: Mapping[str, str], on: date) -> tuple[bool, bool]:
    """Whether it has expired, and whether it will within a year."""
    until = _day(values.get("passport.expires_on"))
    return (until is None or until <= on), (until is not None and until <= on + timedelta(days=366))


def _contract_covers(values: Mapping[str, str]) -> bool:
    """Whether the contract runs on beyond what was asked for last year, which is about what the permit has now."""
    contract, asked = _day(values.get("employment.contract_to")), _day(values.get("employment.requested_to"))
    return contract is not None and asked is not None and contract > asked


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
