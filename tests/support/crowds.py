"""Folders of several invented applicants, each with values of their own: the samples with other names and numbers."""

import re
import shutil
from pathlib import Path

from assistant.profile.loading import load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def crowd(root: Path, count: int) -> list[str]:
    """So many applicants beside their employer; their ids."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROFILES / "employer.yaml", root)
    return [_one(root, number) for number in range(count)]


def _one(root: Path, number: int) -> str:
    sample = SAMPLES[number % len(SAMPLES)]
    profile = load_profile(PlainFolder(PROFILES / sample))
    folder = Path(shutil.copytree(PROFILES / sample, root / f"case-{number:03d}"))
    text = (folder / "profile.yaml").read_text(encoding="utf-8")
    surname = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(3)) + "SON"
    for old, new in {
        profile.applicant.surname: surname,
        profile.passport.number: f"M{70_000_000 + number}",
        profile.work_permit.number: f"EXAMPLE{80_000_000 + number}",
        profile.residence_permit.number: f"EX{9_000_000 + number}",
    }.items():
        text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(old)}(?![A-Za-z0-9])", new, text)
    # The zone of the passport is the sample's and would not fit the new name.
    text = re.sub(r"(?m)^  mrz:.*\n(?:    \S.*\n)*", "", text)
    (folder / "profile.yaml").write_text(text, encoding="utf-8")
    return folder.name
