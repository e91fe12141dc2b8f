"""What the profile's codes are called: by the portals' option tables where they have them, else by the words here."""

from functools import cache

from assistant.check.city.loading import cities, load_city
from assistant.messages import Text
from assistant.portal.options import shared_tables

# The last name of a path, or the last two, to the option table with its words.
_TABLES = {
    "marital_status": "marital_status",
    "highest_degree": "education_level",
    "level": "education_level",
    "degree": "degree",
    "chinese_level": "chinese_level",
    "sex": "sex",
    "relation": "relation",
    "category": "category",
    "currency": "currency",
    "purpose": "residence_purpose",
    "held": "held_document",
    "industry": "industry",
    "passport.kind": "passport_kind",
}
_WORDS: dict[str, Text] = {
    "work_permit": Text("外国人工作许可证", "work permit"),
    "foreign_expert_certificate": Text("外国专家证（旧）", "foreign expert certificate (old)"),
    "employment_permit": Text("外国人就业证（旧）", "employment permit (old)"),
    "none": Text("无变动", "none"),
    "within_entity": Text("本单位内变动", "within the employer"),
    "new_occupation": Text("换了职业", "new occupation"),
    "day": Text("年月日都有", "to the day"),
    "month": Text("只有年月", "to the month"),
    "year": Text("只有年", "the year only"),
    "unspecified": Text("护照未注明（X）", "not specified (X)"),
    "other": Text("其他", "other"),
    "associate": Text("大专", "college diploma"),
}
_CAPITALS = ("hsk", "cny", "usd", "eur", "jpy", "hkd", "gbp")


def words_of(path: str, codes: tuple[str, ...]) -> tuple[tuple[str, Text], ...]:
    """Each code of a question with its words; for the city, those there are files for."""
    if path == "city":
        return tuple((key, load_city(key).title.text) for key in cities())
    parts = path.split(".")
    table = _TABLES.get(".".join(parts[-2:])) or _TABLES.get(parts[-1], "")
    return tuple((code, _word(table, code)) for code in codes)


def _word(table: str, code: str) -> Text:
    zh = _chinese().get((table, code))
    said = _WORDS.get(code) if table in ("", "sex", "currency", "education_level") else None
    en = said.en if said else code.upper() if code.startswith(_CAPITALS) else code.replace("_", " ")
    if zh is None:
        return Text(said.zh if said else en, en)
    if len(code) <= 3 and code[0].isupper():
        return Text(f"{code} {zh.split(' / ')[-1]}", f"{code} {zh.split(' / ')[-1]}")
    return Text(zh, en)


@cache
def _chinese() -> dict[tuple[str, str], str]:
    return {(one.table, code): option.text for one in shared_tables() for code, option in one.options.items()}


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """Each country's code with its Chinese name, for the list that helps to find a code."""
    return tuple((code, name) for (table, code), name in _chinese().items() if table == "country")
