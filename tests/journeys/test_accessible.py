"""The real panel over the mock portal under an accessibility checker (axe-core), in every phase and both languages.

The checker can't look into a closed shadow root, so for these runs alone the root is left open; nothing else differs.
"""

import pytest

from assistant.review.panel.state import words
from fixtures.libraries_for_tests import fetch_test_libraries

SERIOUS = ("serious", "critical")


def faults_of(session) -> list[object]:
    """What the checker has against the panel as it stands in the page now."""
    page = session.page.page
    if not page.evaluate("Boolean(window.axe)"):
        checker = (fetch_test_libraries() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        page.evaluate(f"() => {{ {checker} }}")
    found = page.evaluate("axe.run(document.documentElement.lastElementChild)")
    assert "button-name" in {one["id"] for one in found["passes"]}, "the checker looked into the panel"
    return [
        (one["id"], one["impact"], [node["target"] for node in one["nodes"]], one["nodes"][0]["failureSummary"])
        for one in found["violations"]
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_checker_finds_no_serious_fault_in_any_phase(session, lee, language):
    pause, sections, rest = {"zh": ("暂停", "各分段", "其余"), "en": ("Pause", "Sections", "The other")}[language]
    go_on = {"zh": "继续", "en": "Go on"}[language]
    faults: dict[str, list[object]] = {}

    def at(title, number):
        host = session.panel._host
        assert '{ mode: "closed" }' in host._world._source
        host._world._source = host._world._source.replace('{ mode: "closed" }', '{ mode: "open" }')
        session.panel_section(title, number)
        session.person.press(sections)
        faults["run"] = faults_of(session)
        session.person.press(pause)

    def asked(person):
        yield
        faults["ask"] = faults_of(session)
        person.press(go_on)
        yield

    def reviewed(person):
        yield
        person.press(rest)
        faults["review"] = faults_of(session)
        yield

    report = session.fill(lee, language=language, sections=("personal",), on_section=at, script=asked)
    session.review(report, reviewed)
    assert faults == {"run": [], "ask": [], "review": []}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_the_panel_is_there_in_both_languages(language: str) -> None:
    said = words(language)
    assert all(said.values()) and said["lang"].startswith(language)
    assert set(words("zh")) == set(words("en"))
