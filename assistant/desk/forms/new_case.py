"""A new applicant: a profile with the city, the employer's file and the name, everything else still to be filled; the invented
ones, to try everything with.
"""

import re
from contextlib import suppress
from pathlib import Path

from assistant.errors import InputError, Unfit
from assistant.intake.applicants import EMPLOYER_FILE
from assistant.messages import Text
from assistant.profile import identifiers
from assistant.store.base import PROFILE, ApplicantRef, Store, content_of
from assistant.store.locations import PROFILES
from assistant.store.yaml_writer import written


def begin_case(store: Store, surname: str, given_names: str, chinese_name: str, city: str) -> str:
    """The id of the applicant who was made. Raises InputError for a name that can't be used."""
    names = [_latin(name) for name in (surname, given_names)]
    if not any(names):
        raise InputError(
            Text("请填写姓名（护照拼写）。", "Write the name as in the passport."),
        )
    person = {"surname": names[0], "given_names": names[1]} | ({"chinese_name": chinese_name} if chinese_name else {})
    data = {"city": city, "employer": f"../{EMPLOYER_FILE}", "applicant": person}
    wanted = re.sub(r"[^a-z0-9]+", "-", "-".join(filter(None, names)).lower()).strip("-")[:60] or "applicant"
    return _made(store, wanted, written(data).encode("utf-8"))


def _latin(name: str) -> str:
    try:
        return identifiers.latin_name(name) if name else ""
    except Unfit:
        raise InputError(
            Text(
                f"姓名只能用字母 A–Z 和空格，请按护照机读码的拼写填写；可能是 {identifiers.transliterate(name)}",
                f"Only letters A–Z and spaces, as in the machine readable zone; perhaps {identifiers.transliterate(name)}",
            )
        ) from None


def _made(store: Store, wanted: str, profile: bytes) -> str:
    """A new applicant of this name, or of the next that is free."""
    taken = {ref.id for ref in store.applicants()}
    for number in range(1, 10_000):
        ref = ApplicantRef(wanted if number == 1 else f"{wanted}-{number}")
        if ref.id in taken:
            continue
        # Another window may take the name at this moment, and there may be a folder that is no applicant's.
        with suppress(InputError), store.new(ref) as kept:
            kept.write(PROFILE, profile, expected=None)
            return ref.id
    raise AssertionError("ten thousand of one name")


def put_samples(store: Store) -> None:
    """The invented applicants and their employer; nothing that is there is replaced."""
    if content_of(store.shared, EMPLOYER_FILE) is None:
        store.shared.write(EMPLOYER_FILE, (PROFILES / EMPLOYER_FILE).read_bytes(), expected=None)
    for source in sorted(PROFILES.glob("sample-*")):
        with suppress(InputError), store.new(ApplicantRef(source.name)) as kept:
            for file in sorted(_files(source)):
                kept.write(file.relative_to(source).as_posix(), file.read_bytes(), expected=None)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
