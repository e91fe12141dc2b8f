"""The command line: bad input is one clear error and exit 2, before anything is opened or written; bugs never show values."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.store.locations import PROFILES, SELECTORS


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of one applicant's folder that a test may spoil."""
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    return Path(shutil.copytree(PROFILES / "sample-lee", tmp_path / "sample-lee"))


@pytest.fixture(autouse=True)
def nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a browser or starting a mock portal would be wrong in every one of these cases."""

    def fail(*_words: object, **_named: object) -> None:
        raise AssertionError("opened a browser or a portal")

    monkeypatch.setattr("fixtures.server.MockPortal.start", fail)
    monkeypatch.setattr("playwright.sync_api.sync_playwright", fail)
    monkeypatch.setattr("assistant.page.browser.launch.sync_playwright", fail)


def rewrite(folder: Path, old: str, new: str) -> None:
    file = folder / "profile.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


SPOILED = {
    "an unknown key": ("  surname: LEE", "  surnam: LEE", "surnam"),
    "a duplicate key": ("  surname: LEE", "  surname: LEE\n  surname: LEE", "surname"),
    "an impossible date": ("birth_date: 1988-03-14", "birth_date: 1988-02-31", "birth_date"),
    "a wrong check digit": ("M987654320KOR8803148", "M987654321KOR8803148", "mrz"),
    "a missing document file": ("documents/passport.pdf", "documents/none.pdf", "passport"),
}


@pytest.mark.parametrize("verb", ["fill", "plan", "check"])
@pytest.mark.parametrize("case", SPOILED)
def test_a_profile_that_cannot_be_used_is_refused_by_file_line_and_key(sample, capsys, verb, case):
    old, new, key = SPOILED[case]
    rewrite(sample, old, new)
    assert main.main([verb, str(sample), "--lang", "en"]) == 2
    error = capsys.readouterr().err
    assert "profile.yaml:" in error and key in error
    assert "1988" not in error and "M98765432" not in error


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_missing_or_binary_file_is_named(tmp_path, capsys, lang):
    assert main.main(["fill", str(tmp_path / "nobody"), "--lang", lang]) == 2
    assert "nobody" in capsys.readouterr().err
    (tmp_path / "profile.yaml").write_bytes(bytes(range(256)))
    assert main.main(["fill", str(tmp_path), "--lang", lang]) == 2
    assert "profile.yaml" in capsys.readouterr().err


def test_an_unknown_city_names_the_known_ones(sample, capsys):
    assert main.main(["fill", str(sample), "--city", "atlantis", "--lang", "en"]) == 2
    assert "shenzhen" in capsys.readouterr().err


def test_an_unknown_section_names_the_known_ones(sample, capsys):
    assert main.main(["fill", str(sample), "--section", "nowhere", "--lang", "en"]) == 2
    assert "residence" in capsys.readouterr().err


def test_a_pack_with_an_unknown_control_is_refused_with_its_trail(sample, tmp_path, capsys, monkeypatch):
    packs = Path(shutil.copytree(SELECTORS, tmp_path / "packs"))
    file = next((packs / "portals" / "shenzhen" / "sections").glob("*personal*"))
    file.write_text(file.read_text(encoding="utf-8").replace("control: date", "control: dat", 1), encoding="utf-8")
    monkeypatch.setattr("assistant.portal.loading.load_portal.__defaults__", (packs, ()))
    assert main.main(["fill", str(sample), "--lang", "en"]) == 2
    error = capsys.readouterr().err
    assert file.name in error and "control" in error and "cascader" in error


def test_a_missing_browser_is_said_with_what_to_do(sample, capsys, monkeypatch):
    monkeypatch.setenv("ASSISTANT_BROWSER", "/no/such/browser")
    assert main.main(["fill", str(sample), "--dry-run", "--headless", "--lang", "en"]) == 2
    assert "ASSISTANT_BROWSER" in capsys.readouterr().err


def test_a_bug_shows_its_place_and_no_value(sample, capsys, monkeypatch):
    def broken(_profile: object, _portal: object) -> None:
        raise ValueError("the passport number is M98765432")

    monkeypatch.setattr("assistant.jobs.plan.make_plan", broken)
    assert main.main(["plan", str(sample), "--lang", "en"]) == 3
    shown = capsys.readouterr()
    assert "ValueError" in shown.err and "assistant.cli.plan" in shown.err
    assert "M98765432" not in shown.err + shown.out and "Traceback" not in shown.err


def test_an_interrupted_run_says_that_nothing_was_submitted(sample, capsys, monkeypatch):
    def interrupted(_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.cli.plan.run", interrupted)
    assert main.main(["plan", str(sample), "--lang", "en"]) == 130
    assert "nothing was submitted" in capsys.readouterr().out


def test_json_on_standard_output_is_nothing_but_json(sample, capsys):
    assert main.main(["plan", str(sample), "--json", "-", "--lang", "en"]) == 0
    assert json.loads(capsys.readouterr().out)["command"] == "plan"


@pytest.mark.parametrize(("lang", "word"), [("zh", "申请人"), ("en", "applicant")])
def test_help_speaks_the_chosen_language(capsys, lang, word):
    with pytest.raises(SystemExit) as ended:
        main.main(["fill", "--lang", lang, "--help"])
    assert ended.value.code == 0
    assert word in capsys.readouterr().out


@pytest.mark.parametrize("verb", main.VERBS)
def test_every_verb_has_one_sentence_in_both_languages(verb):
    sentence = main.VERBS[verb]
    assert sentence.zh and sentence.en and sentence.zh != sentence.en
