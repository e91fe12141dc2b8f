"""The handbook is gathered from docs/ without a loose end. (The site itself is built at night and for a release.)"""

from pathlib import Path

import pytest

from scripts import handbook
from scripts.handbook import DOCS, PAGES, gather, loads_from_elsewhere, write_settings


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook") / "docs"
    gather(folder)
    return folder


def test_every_page_of_it_is_there_in_both_languages(gathered: Path) -> None:
    names = {name for pages in PAGES.values() for name, _ in pages}
    assert names <= {path.name for path in gathered.iterdir()}
    chinese = {name.replace(".zh.", ".") for name in names if ".zh." in name}
    assert chinese == {name.replace(".en.", ".") for name in names if ".en." in name} and len(chinese) >= 5
    # What handlers read in docs/ in both languages is in it.
    assert {path.name for path in DOCS.glob("*.zh.md")} <= names


def test_no_link_and_no_picture_leads_nowhere(gathered: Path) -> None:
    for page in gathered.glob("*.md"):
        for _, _, target in handbook._LINK.findall(page.read_text(encoding="utf-8")):
            place = target.partition("#")[0]
            assert "://" in place or not place or (gathered / place).is_file(), f"{page.name}: {target}"


def test_a_page_that_loads_over_the_network_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="https://x.cn">x</a><img src="pictures/a.png">', encoding="utf-8")
    assert loads_from_elsewhere(tmp_path) == []
    for bad in (
        '<script src="https://x.cn/a.js">',
        "<link rel=stylesheet href=//x.cn/a.css>",
        '<img alt="" src="http://x.cn/a.png">',
    ):
        (tmp_path / "b.html").write_text(bad, encoding="utf-8")
        assert loads_from_elsewhere(tmp_path) == ["b.html"]


def test_the_settings_name_every_page(tmp_path: Path) -> None:
    write_settings(tmp_path / "mkdocs.yml")
    text = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    assert all(name in text for pages in PAGES.values() for name, _ in pages)
    assert "offline" in text and "font: false" in text
