"""A new applicant's folder: a profile with the city, the employer's file and the name, everything else still to be filled."""

import re
from pathlib import Path

from assistant.errors import InputError, Unfit
from assistant.messages import Text
from assistant.profile import identifiers
from assistant.store.base import PROFILE
from assistant.store.files import write_private
from assistant.store.locks import writing
from assistant.store.yaml_writer import written

EMPLOYER = "employer.yaml"


def begin_case(folder: Path, surname: str, given_names: str, chinese_name: str, city: str) -> str:
    """The name of the folder that was made. Raises InputError for a name that can't be used."""
    names = [_latin(name) for name in (surname, given_names)]
    if not any(names):
        raise InputError(
            Text("请填写姓名（护照拼写）。", "Write the name as in the passport."),
        )
    home = _free_folder(folder, "-".join(filter(None, names)))
    person = {"surname": names[0], "given_names": names[1]} | ({"chinese_name": chinese_name} if chinese_name else {})
    data = {"city": city, "employer": f"../{EMPLOYER}", "applicant": person}
    write_private(home / PROFILE, written(data))
    return home.name


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


def _free_folder(folder: Path, name: str) -> Path:
    """A new folder, never one that is there."""
    wanted = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "applicant"
    with writing(folder):
        for number in range(1, 10_000):
            home = folder / (wanted if number == 1 else f"{wanted}-{number}")
            if not home.exists():
                home.mkdir(mode=0o700, parents=True)
                return home
    raise AssertionError("ten thousand of one name")
