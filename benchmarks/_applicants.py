"""Invented applicants from a seed: the samples with other names, numbers, dates, countries and choices."""

from datetime import date, timedelta
from functools import cache
from random import Random

from assistant.portal.loading import load_portal
from assistant.portal.options import OptionTable
from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
_SYLLABLES = ("KA", "LO", "MIR", "TEN", "SA", "VU", "OR", "BEL", "NA", "DI", "RO", "HAN", "PEI", "ZU")
_TOWNS = ("SAMPLETON", "MODELBURG", "EXAMPLE CITY", "TESTVILLE")


def invented(random: Random) -> Profile:
    """One applicant. Nobody real: names are made of syllables, numbers of drawn signs."""
    base = load_sample(random.choice(SAMPLES))
    tables = load_portal("shenzhen").tables
    born = date(random.randint(1965, 1996), random.randint(1, 12), random.randint(1, 28))
    issued = date(random.randint(2019, 2024), random.randint(1, 12), random.randint(1, 28))
    until = date(random.randint(2028, 2029), random.randint(1, 12), random.randint(1, 28))
    expires = base.work_permit.expires_on + timedelta(days=random.randint(-20, 20))
    applicant = base.applicant.model_copy(
        update={
            "surname": _word(random),
            "given_names": f"{_word(random)} {_word(random)}",
            "sex": _code(random, tables["sex"]),
            "nationality": _code(random, tables["country"]),
            "birth_date": born,
            "birth_place": random.choice(_TOWNS),
            "marital_status": _code(random, tables["marital_status"]),
            "highest_degree": _code(random, tables["education_level"]),
            "chinese_level": _code(random, tables["chinese_level"]),
            "phone": f"138{random.randrange(10**8):08d}",
            "email": f"{_word(random).lower()}@example.com",
        }
    )
    education = tuple(
        row.model_copy(update={"country": _code(random, tables["country"]), "degree": _code(random, tables["degree"])})
        for row in base.education
    )
    return base.model_copy(
        update={
            "applicant": applicant,
            "education": education,
            "passport": base.passport.model_copy(
                update={
                    "number": f"{random.choice('EGKMX')}{random.randrange(10**8):08d}",
                    "issued_on": issued,
                    "expires_on": issued.replace(year=issued.year + 10),
                }
            ),
            "work_permit": base.work_permit.model_copy(
                update={"number": f"EXAMPLE{random.randrange(10**8):08d}", "expires_on": expires}
            ),
            "residence_permit": base.residence_permit.model_copy(
                update={"number": f"EX{random.randrange(10**7):07d}", "expires_on": expires}
            ),
            "employment": base.employment.model_copy(
                update={"requested_from": expires + timedelta(days=1), "requested_to": until}
            ),
            "residence_request": base.residence_request.model_copy(update={"until": until}),
        }
    )


@cache
def load_sample(name: str) -> Profile:
    return load_profile(PlainFolder(PROFILES / name))


def _code(random: Random, table: OptionTable) -> str:
    return random.choice(sorted(table.options))


def _word(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.randint(2, 3)))
