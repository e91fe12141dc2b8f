"""What the checks must know of the applicant: only what identity papers are compared with, and the day."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.profile.loading import Profile


@dataclass(frozen=True)
class ApplicantFacts:
    """The applicant's facts for one run. Dates are ISO text, so that a case crosses to a child process as JSON."""

    on: str
    surname: str
    given_names: str
    nationality: str
    birth_date: str
    sex: str
    passport_number: str
    passport_expires: str
    work_permit_number: str
    work_permit_expires: str
    residence_number: str
    residence_expires: str

    @property
    def today(self) -> date:
        return date.fromisoformat(self.on)

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def facts_of(profile: "Profile", on: date) -> ApplicantFacts:
    """The facts of this profile as of `on`; "" for what it does not tell yet."""
    person, passport = profile.applicant, profile.passport
    work, residence = profile.work_permit, profile.residence_permit
    return ApplicantFacts(
        on=on.isoformat(),
        surname=person.surname or "",
        given_names=person.given_names or "",
        nationality=person.nationality,
        birth_date=_iso(person.birth_date),
        sex=person.sex,
        passport_number=passport.number,
        passport_expires=_iso(passport.expires_on),
        work_permit_number=work.number or "",
        work_permit_expires=_iso(work.expires_on),
        residence_number=residence.number or "",
        residence_expires=_iso(residence.expires_on),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
