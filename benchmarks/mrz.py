"""`python -m benchmarks mrz [--pages N] [--seed N] [--json FILE]`: how often a scanned passport is judged rightly.

Draws invented passports as a flatbed, a copier or a phone would give them (turned by up to 5°, noise, JPEG quality 60,
perspective) and checks each twice: against its own holder, where only `ok` or `unsure` is right, and against somebody
else and against its holder with one digit mistyped, where `ok` would be wrong.
"""

import argparse
import io
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageFilter

from assistant.check.documents.checks.identity import Reading, confirms, glances_of, judge, readings_of
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.paper import Paper
from assistant.check.file_rules import FileRules
from fixtures.papers.facts import Facts
from fixtures.papers.identity import passport_sheet

_SURNAMES = [
    "OKONKWO",
    "MUELLER",
    "GARCIA LOPEZ",
    "KIM",
    "DE LA CRUZ",
    "O BRIEN",
    "YAMAMOTO",
    "IVANOVA",
    "SILVA",
    "LLOYD",
    "QUISPE",
    "BOLL",
    "SZABO",
]
_GIVEN = [
    "ANNA",
    "JOHN PAUL",
    "MINJUN",
    "MARIA JOSE",
    "OLIVER",
    "IDA",
    "GUS",
    "LILIAN",
    "BOB",
    "ZOE",
    "XAVIER MARIA DEL CARMEN",
    "ESTELLE",
]
_NATIONS = ["GBR", "FRA", "DEU", "ESP", "NGA", "KOR", "JPN", "USA", "BRA", "POL"]
_NASTY = "O0B8I1SZ5"


@dataclass(frozen=True)
class Trial:
    """One page and how it was spoiled."""

    facts: Facts
    case: ApplicantFacts
    picture: Image.Image
    how: str


def trials(count: int, seed: int) -> list[Trial]:
    """Invented pages; every third number is made of look-alike characters only."""
    chance = random.Random(seed)
    made = []
    for index in range(count):
        facts = _person(chance, nasty=index % 3 == 2)
        how = ("flat", "turned", "noise", "jpeg-60", "perspective", "all")[index % 6]
        sheet = passport_sheet(facts, dpi=chance.choice((200, 250, 300)))
        made.append(Trial(facts, case_of_facts(facts), _spoiled(sheet.image, how, chance), how))
    return made


@dataclass(frozen=True)
class PageRead:
    """What the check reads on one page: at a first glance, and where that confirms nothing."""

    glances: list[Reading]
    whole: list[Reading]


def read(picture: Image.Image, folder: Path) -> PageRead:
    """The page, saved as a picture file and read as the check does."""
    path = folder / "page.jpg"
    picture.save(path, "JPEG", quality=92)
    paper = Paper(path, FileRules(types=("jpeg",), identity="passport"), "passport")
    return PageRead(list(glances_of(paper)), list(readings_of(paper)))


def verdict(page: PageRead, case: ApplicantFacts) -> str:
    """ok, unsure or wrong, as the check of identity says."""
    if any(confirms(reading, "passport", case) for reading in page.glances):
        return "ok"
    found = judge(page.whole, "passport", case)
    return "ok" if not found else "wrong" if found[0].code == "identity.other-document" else "unsure"


def run(argv: list[str]) -> int:
    """Exit status 1 when a page was wrongly ok, or its own holder's page was called somebody else's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks mrz", description=__doc__)
    parser.add_argument("--pages", type=int, default=42)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(argv)
    result = campaign(chosen.pages, chosen.seed)
    print(f"own holder: {result['own']}; another's: {result['other']}; one digit off: {result['typo']}")
    print(f"right {result['right']:.0%}, the rest unsure; by kind: {result['by_kind']}")
    print(f"{result['pages']} pages, {result['seconds']:.0f} s, of one processor {result['processor_seconds']:.0f} s")
    if chosen.json:
        chosen.json.write_text(json.dumps({"schema": 1, "benchmark": "mrz", **result}, indent=1), encoding="utf-8")
    own, other, typo = (Counter(result[name]) for name in ("own", "other", "typo"))  # type: ignore[call-overload]
    return 1 if own["wrong"] or other["ok"] or typo["ok"] else 0


def campaign(pages: int, seed: int) -> dict[str, object]:
    """Counts of verdicts for three questions a page."""
    began, worked = time.perf_counter(), time.process_time()
    own: Counter[str] = Counter()
    other: Counter[str] = Counter()
    typo: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = {}
    made = trials(pages, seed)
    chance = random.Random(seed + 1)
    with TemporaryDirectory() as name:
        for place, trial in enumerate(made):
            page = read(trial.picture, Path(name))
            got = verdict(page, trial.case)
            own[got] += 1
            by_kind.setdefault(trial.how, Counter())[got] += 1
            other[verdict(page, made[place - 1].case)] += 1
            typo[verdict(page, mistyped(trial.case, chance))] += 1
    return {
        "pages": pages,
        "seed": seed,
        "own": dict(own),
        "other": dict(other),
        "typo": dict(typo),
        "by_kind": {how: dict(counts) for how, counts in by_kind.items()},
        "right": round(own["ok"] / pages, 3),
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
    }


def mistyped(case: ApplicantFacts, chance: random.Random) -> ApplicantFacts:
    """The same applicant with one character of the passport number changed, often to one that looks alike."""
    number = list(case.passport_number)
    place = chance.randrange(len(number))
    alike = {
        "O": "0",
        "0": "O",
        "I": "1",
        "1": "I",
        "B": "8",
        "8": "B",
        "S": "5",
        "5": "S",
        "Z": "2",
        "2": "Z",
        "6": "G",
    }
    others = [sign for sign in "0123456789" if sign != number[place]]
    number[place] = alike.get(number[place], chance.choice(others)) if chance.random() < 0.5 else chance.choice(others)
    return replace(case, passport_number="".join(number))


def case_of_facts(facts: Facts) -> ApplicantFacts:
    return ApplicantFacts(
        on="2026-11-22",
        surname=facts["applicant.surname"],
        given_names=facts["applicant.given_names"],
        nationality=facts["applicant.nationality"],
        birth_date=facts["applicant.birth_date"],
        sex=facts["applicant.sex"],
        passport_number=facts["passport.number"],
        passport_expires=facts["passport.expires_on"],
        work_permit_number="",
        work_permit_expires="2027-01-15",
        residence_number="",
        residence_expires="2027-01-15",
    )


def _person(chance: random.Random, *, nasty: bool) -> Facts:
    number = (
        "".join(chance.choice(_NASTY) for _ in range(9))
        if nasty
        else chance.choice(("", "A", "XD", "M")) + "".join(chance.choice("0123456789") for _ in range(9))
    )[:9]
    return Facts(
        {
            "applicant": {
                "surname": chance.choice(_SURNAMES),
                "given_names": chance.choice(_GIVEN),
                "nationality": chance.choice(_NATIONS),
                "sex": chance.choice(("male", "female")),
                "birth_date": (date(1968, 1, 1) + timedelta(days=chance.randrange(12_000))).isoformat(),
            },
            "passport": {
                "number": number,
                "expires_on": (date(2028, 1, 1) + timedelta(days=chance.randrange(2_800))).isoformat(),
                "mrz": "",
            },
        }
    )


def _spoiled(image: Image.Image, how: str, chance: random.Random) -> Image.Image:
    """The page as it comes out of that machine, on a little ground around it."""
    ground = (225, 225, 220)
    margin = image.width // 20
    page = Image.new("RGB", (image.width + 2 * margin, image.height + 2 * margin), ground)
    page.paste(image, (margin, margin))
    if how in ("turned", "all"):
        page = page.rotate(chance.uniform(-5, 5), resample=Image.Resampling.BICUBIC, fillcolor=ground)
    if how in ("perspective", "all"):
        page = _seen_askew(page, chance, ground)
    if how in ("noise", "all"):
        grain = Image.frombytes("RGB", page.size, chance.randbytes(page.width * page.height * 3))
        page = Image.blend(page, grain, 0.12 if how == "noise" else 0.07).filter(ImageFilter.GaussianBlur(0.5))
    if how in ("jpeg-60", "all"):
        out = io.BytesIO()
        page.save(out, "JPEG", quality=60)
        page = Image.open(out).convert("RGB")
    return page


def _seen_askew(page: Image.Image, chance: random.Random, ground: tuple[int, int, int]) -> Image.Image:
    """As by a phone held not quite level: each corner moves by up to 4 % of the width."""
    import numpy as np

    wide, high = page.size
    reach = wide * 0.04
    to = [(0, 0), (wide, 0), (wide, high), (0, high)]
    origin = [(x + chance.uniform(-reach, reach), y + chance.uniform(-reach, reach)) for x, y in to]
    rows, values = [], []
    for (x, y), (u, v) in zip(to, origin, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    factors = np.linalg.solve(np.array(rows, dtype=float), np.array(values, dtype=float))
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, tuple(factors), resample=Image.Resampling.BICUBIC, fillcolor=ground
    )
