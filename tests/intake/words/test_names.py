"""Names of codes: each means one code, in every language that applicants have."""

import pytest

from assistant.intake.words import names
from assistant.intake.words.meaning import taste
from assistant.normalize import fold_words
from assistant.profile.model import Profile
from assistant.profile.paths import places_of

TABLES = sorted({table for path in places_of(Profile) if (table := names.table_of(path))})


@pytest.mark.parametrize("table", TABLES)
def test_every_code_is_known_by_what_is_shown_for_it(table: str) -> None:
    assert names.codes(table)
    for code in names.codes(table):
        assert names.code_of(table, code) == code
        for language in ("zh", "en", "ja", "ko"):
            shown = names.shown(table, code, language)
            assert shown
            if table != "country":
                assert names.code_of(table, shown) in (code, None), (code, language)
            assert names.code_of(table, names.shown(table, code, "zh")) == code or table == "category"


def test_the_names_of_rosters_belong_to_one_code_each() -> None:
    for table, codes in names.roster_words().names.items():
        every = [fold_words(name) for listed in codes.values() for name in listed]
        assert len(every) == len(set(every)), table
        assert set(codes) <= set(names.codes(table)) | {"unspecified"}, table


def test_the_codes_of_a_path_are_those_of_its_table() -> None:
    for path, place in places_of(Profile).items():
        table = names.table_of(path)
        if table and place.codes and place.shape == "value":
            assert set(names.codes(table)) | {"unspecified"} >= set(place.codes), path
            assert taste(path) == "code"
