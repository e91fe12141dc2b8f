"""What people write for a code: `男`, `male`, `大韩民国`, `South Korea`, `B(一)`, `本科`. From the option tables, the applicants' words,
the countries' list and `selectors/rosters.yaml`.

Promises: matching is exact after folding width, blanks and case, never by part; a name that two codes of a table share stands for
neither.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from assistant.errors import PackError
from assistant.normalize import fold_words
from assistant.portal.options import shared_tables
from assistant.store.documents import load_model, read_yaml
from assistant.store.locations import SELECTORS
from assistant.validation import StrictModel

LANGUAGES = ("zh", "en", "ja", "ko")


class RosterWords(StrictModel):
    """`selectors/rosters.yaml` as written."""

    meaning: str
    as_of: str
    heads: dict[str, tuple[str, ...]]
    rows: dict[str, dict[str, tuple[str, ...]]]
    skip: tuple[str, ...]
    names: dict[str, dict[str, tuple[str, ...]]]


def roster_words() -> RosterWords:
    return load_model(SELECTORS / "rosters.yaml", RosterWords, PackError)


# Which option table a path's codes belong to, by its last part; where that is not enough, by the whole path.
_TABLES: Mapping[str, str] = {
    "sex": "sex",
    "nationality": "country",
    "country": "country",
    "previous_nationalities": "country",
    "marital_status": "marital_status",
    "highest_degree": "education_level",
    "level": "education_level",
    "degree": "degree",
    "chinese_level": "chinese_level",
    "category": "category",
    "purpose": "residence_purpose",
    "held": "held_document",
    "currency": "currency",
    "industry": "industry",
    "relation": "relation",
    "change": "change",
    "passport.kind": "passport_kind",
    "work_permit.kind": "work_permit_kind",
}


def table_of(path: str) -> str | None:
    """The option table of a path's codes, None where it has none."""
    return _TABLES.get(path) or _TABLES.get(path.rpartition(".")[2])


def code_of(table: str, written: str) -> str | None:
    """The code that a name means, None for a name that is not known or not of one code alone."""
    return _codes(table).get(fold_words(written))


def codes(table: str) -> Sequence[str]:
    """Every code of a table, in its order."""
    shared = _option_names(table)
    return tuple(shared) or tuple(roster_words().names.get(table, ()))


def shown(table: str, code: str, language: str) -> str:
    """A code's name for people of a language: the first that is known, else the code."""
    if table == "country" and language != "zh":
        return _country(code, language)
    own = labels(language)["options"].get(table, {}).get(code)
    known = _option_names(table).get(code) or roster_words().names.get(table, {}).get(code) or (code,)
    return own or (known[0] if language == "zh" else known[-1])


@cache
def labels(language: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The applicants' words of a language: `labels` by field key and `options` by table and code."""
    data = read_yaml(SELECTORS / "labels" / f"{language}.yaml", PackError).data
    found = {part: data.get(part, {}) for part in ("sections", "labels", "options")}
    return cast(Mapping[str, Mapping[str, Mapping[str, str]]], found)


@cache
def _codes(table: str) -> Mapping[str, str]:
    found: dict[str, str | None] = {}
    for code, names in _all_names(table):
        for name in names:
            key = fold_words(name)
            found[key] = code if found.get(key, code) == code else None
    return {name: code for name, code in found.items() if code and name}


def _all_names(table: str) -> Iterator[tuple[str, Sequence[str]]]:
    for code, names in _option_names(table).items():
        yield code, (code, *names)
    for code, names in roster_words().names.get(table, {}).items():
        yield code, (code, *names)
    for language in LANGUAGES[1:]:
        for code, name in labels(language)["options"].get(table, {}).items():
            yield code, (name,)
    if table == "country":
        yield from _countries()
    if table == "category":
        yield from _categories()


@cache
def _option_names(table: str) -> Mapping[str, Sequence[str]]:
    found = next((one for one in shared_tables() if one.table == table), None)
    return {code: option.accepted for code, option in found.options.items()} if found else {}


def _countries() -> Iterator[tuple[str, Sequence[str]]]:
    import pycountry

    for country in pycountry.countries:
        names = (getattr(country, kind, "") for kind in ("name", "common_name", "official_name"))
        yield country.alpha_3, [name for name in names if name and name not in _OF_TWO]


# ISO's short name of one country that people use for another as well.
_OF_TWO = ("Congo",)
_IN_CHINESE = "一二三四五六"


def _categories() -> Iterator[tuple[str, Sequence[str]]]:
    """`B1` is written B(1), B（一）, B类（一）, B类1 as well: the letter and the number of the item."""
    for code in _option_names("category"):
        letter, number = code[0], code[1]
        count = _IN_CHINESE[int(number) - 1]
        items = (f"({count})", count, f"({number})", number, f"-{number}")
        yield code, [f"{letter}{kind}{item}" for kind in ("", "类") for item in items]


def _country(code: str, language: str) -> str:
    import gettext

    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    name = str(getattr(country, "common_name", country.name)) if country else code
    if language == "en" or country is None:
        return name
    with_words = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
    return with_words.gettext(name)
