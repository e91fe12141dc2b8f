"""How a proof sheet names things in the applicant's language: `selectors/labels/<language>.yaml`.

Promises: what a file lacks is shown under the portal's own Chinese label, never left out; an option is explained by what a
second, independent reading makes of the page's text, and only where that reading is sure. Pure after the file is read.
"""

import gettext
from functools import cache
from typing import Literal, get_args

import pydantic
from pydantic import BaseModel, ConfigDict

from assistant.errors import PackError
from assistant.review.cross_check import readings
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS

ProofLanguage = Literal["zh", "en", "ja", "ko"]
PROOF_LANGUAGES: tuple[ProofLanguage, ...] = get_args(ProofLanguage)
FOLDER = SELECTORS / "labels"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class Words(_Strict):
    """The sheet's own sentences."""

    title: str
    intro: str
    passport: str
    portal: str
    read_on: str
    question: str
    on_page: str
    correct: str
    row: str
    files: str
    empty: str
    not_listed: str
    unseen: str
    stopped: str
    statement: str
    signature: str
    date: str
    handler: str
    foot: str
    yes: str
    no: str


class Labels(_Strict):
    """One language: section keys, field keys (also of tables and, after `documents.`, of slots) and option codes."""

    language: ProofLanguage
    meaning: str
    as_of: str
    words: Words
    sections: dict[str, str] = pydantic.Field(default_factory=dict)
    labels: dict[str, str] = pydantic.Field(default_factory=dict)
    options: dict[str, dict[str, str]] = pydantic.Field(default_factory=dict)

    def explained(self, table: str | None, text: str) -> str:
        """What an option's text means in this language; empty where no second reading is sure of it."""
        codes = readings(table, text) if table and self.language != "zh" else frozenset()
        if len(codes) != 1:
            return ""
        (code,) = codes
        return _country(code, self.language) if table == "country" else self.options.get(table or "", {}).get(code, "")


@cache
def labels_in(language: ProofLanguage) -> Labels:
    """The labels of one language. Raises PackError for a file that can't be used."""
    return load_model(FOLDER / f"{language}.yaml", Labels, PackError)


def _country(code: str, language: ProofLanguage) -> str:
    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return ""
    name = str(getattr(country, "common_name", None) or country.name)
    if language == "en":
        return name
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language]).gettext(name)
