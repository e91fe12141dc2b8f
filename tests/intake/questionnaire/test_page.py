"""The questionnaire in a real browser, without a network, in each language: filled in, encrypted, opened with the right key alone."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assistant.errors import InputError
from assistant.intake.draft import SourceFile
from assistant.intake.questionnaire.questions import AskLanguage, wording
from assistant.intake.readers import read_source
from assistant.intake.words.meaning import meant
from assistant.jobs.ask import AskJob, MadeQuestionnaire, ask
from assistant.jobs.intake import IntakeJob, intake
from assistant.store import credentials, sealing
from assistant.store.folders import FolderAt, FolderStore
from assistant.store.locations import PROFILES
from fixtures.libraries_for_tests import fetch_test_libraries

ON = date(2026, 12, 1)
LACKING = {
    "birth_place: SEOUL\n": "",
    "email: minjun.lee@example.com\n": "email: minjun at example\n",
    "nationality: KOR\n": "",
}


@pytest.fixture
def lee(tmp_path: Path) -> Path:
    """Lee's folder without birth place and nationality, with an e-mail that can't be one, without family and permit scans."""
    shutil.copytree(PROFILES / "sample-lee", tmp_path / "into" / "lee")
    text = (tmp_path / "into" / "lee" / "profile.yaml").read_text(encoding="utf-8")
    for old, new in LACKING.items():
        text = text.replace(f"  {old}", f"  {new}" if new else "", 1)
    before, _, rest = text.partition("family:\n")
    text = before + rest.partition("\n\n")[2]
    text = "".join(line for line in text.splitlines(keepends=True) if "residence_permit: documents" not in line)
    (tmp_path / "into" / "lee" / "profile.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "into" / "lee"


def asked_of(lee: Path, language: AskLanguage) -> MadeQuestionnaire:
    return ask(AskJob(FolderAt(lee), language, ON))


def opened(page: Page, asked: MadeQuestionnaire, tmp_path: Path) -> list[str]:
    """Opens the page from the disk; what it asks the network for, or has against its own policy, is noted."""
    noted: list[str] = []
    page.context.set_offline(True)
    page.on("request", lambda request: noted.append(request.url))
    page.on("console", lambda message: noted.append(message.text))
    page.on("pageerror", lambda error: noted.append(str(error)))
    (tmp_path / "ask.html").write_text(asked.html, encoding="utf-8")
    page.goto((tmp_path / "ask.html").as_uri())
    return [one for one in noted if not one.endswith("/ask.html")]


@pytest.mark.parametrize("language", ["zh", "en", "ja", "ko"])
def test_answered_without_a_network_it_ends_in_a_file_that_only_the_handler_opens(
    page: Page, lee: Path, tmp_path: Path, language: AskLanguage
) -> None:
    asked = asked_of(lee, language)
    words = wording(language).words
    assert [one.path for one in asked.questions.values] == [
        "applicant.nationality",
        "applicant.birth_place",
        "applicant.email",
    ]
    assert opened(page, asked, tmp_path) == []
    assert page.locator("html").get_attribute("lang") == language

    page.get_by_role("button", name=words["finish"]).click()
    assert page.get_by_role("alert").get_by_role("link").count() == 3, "what is missing is said, and no file made"

    page.locator('[name="applicant.nationality"]').select_option("KOR")
    page.locator('[name="applicant.birth_place"]').fill(" ＳＥＯＵＬ ")
    page.locator('[name="applicant.email"]').fill("minjun.lee@example.com")
    page.locator('[data-table="family"]').click()
    for leaf, text in {
        "surname": "KIM",
        "given_names": "SEOYEON",
        "birth_date": "1989-08-02",
        "passport_number": "M11112222",
    }.items():
        page.locator(f'[name="family.0.{leaf}"]').fill(text)
    for leaf, code in {"sex": "female", "relation": "spouse", "nationality": "KOR"}.items():
        page.locator(f'[name="family.0.{leaf}"]').select_option(code)
    (tmp_path / "Sticker 1.jpg").write_bytes(b"\xff\xd8 a picture")
    page.locator('[data-slot="residence_permit"]').set_input_files(tmp_path / "Sticker 1.jpg")
    with page.expect_download() as download:
        page.get_by_role("button", name=words["finish"]).click()
    answers = tmp_path / download.value.suggested_filename
    download.value.save_as(answers)
    assert page.get_by_role("status").inner_text() == words["finished"].replace("{name}", "answers-lee.age")
    assert b"SEOUL" not in answers.read_bytes()

    found = intake(IntakeJob((answers,), FolderStore(lee.parent), ON)).applicants[0]
    assert (found.id, found.new) == ("lee", False)
    new = {one.path: (one.value, one.state) for one in found.values if one.kind == "answers"}
    assert new["applicant.birth_place"] == ("SEOUL", "sure")
    assert new["applicant.nationality"] == ("KOR", "sure")
    assert new["family.0.relation"] == ("spouse", "sure")
    assert new["applicant.email"][1] == "conflict", "what the profile holds is not overwritten without a word"
    assert [(paper.slot, paper.name, paper.content) for paper in found.papers] == [
        ("residence_permit", "Sticker 1.jpg", b"\xff\xd8 a picture")
    ]

    altered = bytearray(answers.read_bytes())
    altered[len(altered) // 2] ^= 1
    (tmp_path / "altered.age").write_bytes(altered)
    (tmp_path / "cut.age").write_bytes(answers.read_bytes()[:-20])
    for name in ("altered.age", "cut.age"):
        with pytest.raises(InputError):
            read_source(SourceFile(tmp_path / name), "", ON)
    credentials.keep_seal_key(sealing.new_key())
    with pytest.raises(InputError):
        read_source(SourceFile(answers), "", ON)


def test_it_is_kept_on_that_computer_only_if_the_applicant_says_so(page: Page, lee: Path, tmp_path: Path) -> None:
    opened(page, asked_of(lee, "en"), tmp_path)
    place = page.locator('[name="applicant.birth_place"]')
    place.fill("SEOUL")
    page.reload()
    assert place.input_value() == ""
    page.locator("#keep").check()
    place.fill("SEOUL")
    page.locator('[data-table="family"]').click()
    page.locator('[name="family.0.surname"]').fill("KIM")
    page.reload()
    assert (place.input_value(), page.locator('[name="family.0.surname"]').input_value()) == ("SEOUL", "KIM")
    page.locator("#keep").uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_an_answer_is_judged_as_the_tool_judges_it(page: Page, lee: Path, tmp_path: Path) -> None:
    opened(page, asked_of(lee, "en"), tmp_path)
    texts = {
        ("day", "passport.expires_on"): ["2032-05-10", "2032-02-30", "2032-13-01", "10/05/2032x", "1990-01-01"],
        ("month", "education.0.from"): ["2019-09", "2019-13", "2019", "0999-01"],
        ("name", "applicant.surname"): ["LEE", "lee min", "李", "LEE1"],
        ("passport", "passport.number"): ["M98765432", "Ｍ98765432", "M98-7654", "M9", "M 9876 5432"],
        ("phone", "applicant.phone"): [
            "13800000011",
            "+86 138-0000-0011",
            "1380000001",
            "0755-12345678",
            "12345",
            "+8210123456789",
        ],
        ("email", "applicant.email"): ["a@example.com", "a at example.com", "a@b", "a@@example.com"],
        ("number", "employment.annual_salary"): ["420000", "42万", "4.5"],
    }
    for (check, path), written in texts.items():
        for text in written:
            in_page = page.evaluate("([check, text]) => wrongWith(check, true, text) === null", [check, text])
            assert in_page == (meant(path, text).state == "sure"), (check, text)


def test_the_accessibility_checker_finds_no_serious_fault(page: Page, lee: Path, tmp_path: Path) -> None:
    opened(page, asked_of(lee, "zh"), tmp_path)
    page.locator('[data-table="family"]').click()
    page.locator("button[type=submit]").click()
    checker = (fetch_test_libraries() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(f"() => {{ {checker} }}")
    found = page.evaluate("axe.run()")
    assert len(found["passes"]) > 10
    assert [one["id"] for one in found["violations"] if one["impact"] in ("serious", "critical")] == []


def test_nothing_of_the_applicants_and_no_open_door_is_in_the_file(lee: Path) -> None:
    html = asked_of(lee, "en").html
    for value in ("M98765432", "minjun", "13800000011", "样例路", "1988-03-14"):
        assert value not in html
    assert "default-src 'none'" in html and "unsafe" not in html.partition("<style>")[0]
    data = html.partition('id="questions">')[2].partition("</script>")[0]
    assert json.loads(data)["recipient"].startswith("age1")
