"""Promises of assistant/portal/options.py and of the shared tables."""

from pathlib import Path

import pycountry
import pytest

from assistant.errors import PackError
from assistant.normalize import fold_words
from assistant.portal.options import OptionTable
from assistant.store.documents import load_model
from assistant.store.locations import SELECTORS

FILES = sorted((SELECTORS / "options").glob("*.yaml"))


def table(name: str) -> OptionTable:
    return load_model(SELECTORS / "options" / f"{name}.yaml", OptionTable, PackError)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_wording_stands_for_two_codes(file: Path) -> None:
    owners: dict[str, str] = {}
    options = table(file.stem).options
    for code, option in options.items():
        for wording in option.accepted:
            assert owners.setdefault(fold_words(wording), code) == code, wording
    assert len(owners) >= len(options) > 1


def test_every_country_of_iso_3166_has_a_chinese_name() -> None:
    assert set(table("country").options) == {country.alpha_3 for country in pycountry.countries}


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("CHN", ("HKG", "MAC", "TWN")),
        ("COD", ("COG",)),
        ("KOR", ("PRK",)),
        ("GIN", ("GNB", "GNQ", "PNG")),
        ("DMA", ("DOM",)),
        ("NER", ("NGA",)),
        ("SDN", ("SSD",)),
        ("VGB", ("VIR",)),
        ("MAF", ("SXM",)),
        ("AUS", ("AUT",)),
        ("IND", ("IDN",)),
        ("IRN", ("IRQ",)),
    ],
)
def test_near_duplicates_are_never_each_other(code: str, near: tuple[str, ...]) -> None:
    options = table("country").options
    mine = {fold_words(wording) for wording in options[code].accepted}
    for other in near:
        assert not mine & {fold_words(wording) for wording in options[other].accepted}


def test_a_name_that_could_mean_two_countries_is_nobodys() -> None:
    every = {fold_words(wording) for option in table("country").options.values() for wording in option.accepted}
    assert not every & {
        fold_words(name)
        for name in ("刚果", "维尔京群岛", "圣马丁", "苏丹王国", "萨摩亚群岛", "法属", "中国特别行政区")
    }
    assert fold_words("苏丹") in every


def test_a_cascaders_levels_become_one_text() -> None:
    option = table("category").options["B1"]
    assert option.text == "外国专业人才（B类） / (一)具有学士及以上学位和2年以上相关工作经历的专业人才"
    assert option.accepted[1].endswith("2年及以上相关工作经历的外国专业人才")
    assert len(option.accepted) == 2


def test_the_first_accepted_text_is_the_canonical_one() -> None:
    option = table("country").options["GBR"]
    assert option.accepted[:3] == ("英国", "大不列颠及北爱尔兰联合王国", "United Kingdom")


@pytest.mark.parametrize("entry", ["{texts: x}", "{text: ''}", "{text: [a, {b: c}]}", "[]", "{text: x, aliases: y}"])
def test_a_misshapen_option_is_refused(tmp_path: Path, entry: str) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(f"table: t\nmeaning: m\nsource: s\nas_of: d\noptions:\n  X: {entry}\n", encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_model(file, OptionTable, PackError)
    assert refused.value.problems
