"""`assistant check`: the contract of its JSON, its exit status, and that the samples are ready in each city."""

import json
import os
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from assistant.check import readiness
from assistant.check.city.loading import cities
from assistant.check.documents.result import DocumentReport, SlotState
from assistant.cli import check
from assistant.errors import InputError, PackError, ProfileError
from assistant.messages import Text
from assistant.outcome import Finding
from assistant.review.console import Console
from assistant.store.locations import PROFILES
from fixtures.papers import draw, facts_of_folder

SAMPLES = ("sample-delacruz", "sample-lee", "sample-okafor")
ON = "2026-11-23"


def arguments(*words: str, language="zh", json_file: Path | None = None) -> Namespace:
    parser = ArgumentParser()
    check.add_arguments(parser)
    args = parser.parse_args([*words, "--on", ON] if "--on" not in words else list(words))
    args.lang, args.json, args.console = language, str(json_file) if json_file else None, Console(language)
    return args


@pytest.fixture
def papers(monkeypatch) -> Callable[..., None]:
    """`papers(...findings)` puts these findings in the place of really opening documents."""

    def answer(*findings: Finding) -> None:
        bad = {finding.slot for finding in findings if finding.severity == "error"}

        def check_documents(profile, slots, on, *, progress=None, crops=None, **_):
            states = []
            for slot in slots:
                files = len(profile.documents.get(slot.key, ()))
                state = "missing" if not files else "bad" if slot.key in bad else "ok"
                states.append(SlotState(slot.key, slot.label, slot.required, state, files))
            return DocumentReport(findings, tuple(states))

        monkeypatch.setattr(readiness, "check_documents", check_documents)

    answer()
    return answer


def run(profile: Path, tmp_path: Path, *words: str, language="zh") -> tuple[int, dict]:
    target = tmp_path / "check.json"
    status = check.run(arguments(str(profile), *words, language=language, json_file=target))
    return status, json.loads(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_sample_is_ready_in_each_city(sample, tmp_path):
    for city in cities():
        status, answer = run(PROFILES / sample, tmp_path, "--city", city)
        assert [finding for finding in answer["findings"] if finding["severity"] == "error"] == []
        assert (status, answer["ready"]) == (0, True)
        assert not [slot for slot in answer["slots"] if slot["required"] and slot["state"] in ("missing", "bad")]


def test_the_json_is_the_contract(papers, tmp_path):
    _, answer = run(PROFILES / "sample-lee", tmp_path)
    assert (answer["schema"], answer["command"]) == (1, "check")
    assert set(answer) == {"schema", "command", "ready", "findings", "slots", "crops"}
    assert answer["crops"] == {}
    assert answer["findings"] and answer["slots"]
    for finding in answer["findings"]:
        assert set(finding) == {"code", "severity", "where", "slot", "message", "source"}
        assert finding["severity"] in ("error", "warning", "info")
    for slot in answer["slots"]:
        assert set(slot) == {"slot", "label", "required", "need", "state", "files"}
        assert slot["required"] is (slot["need"] == "required")
        assert slot["state"] in ("ok", "missing", "bad", "unsure")


@pytest.mark.parametrize(("language", "pattern"), [("zh", "[\u4e00-\u9fff]"), ("en", "needed")])
def test_messages_are_in_the_persons_language(papers, tmp_path, language, pattern):
    _, answer = run(PROFILES / "sample-lee", tmp_path, language=language)
    unsure = [finding for finding in answer["findings"] if finding["code"] == "slot.unsure"]
    assert len(unsure) == 2
    assert all(re.search(pattern, finding["message"]) for finding in unsure)


def test_an_error_in_a_file_is_not_ready(papers, tmp_path):
    papers(Finding("file.empty", "error", "documents/photo.jpg", Text("空", "empty"), "assistant", "photo"))
    status, answer = run(PROFILES / "sample-okafor", tmp_path)
    assert (status, answer["ready"]) == (1, False)
    assert {slot["slot"]: slot["state"] for slot in answer["slots"]}["photo"] == "bad"


def test_a_doubt_is_listed_and_does_not_stand_in_the_way(papers, tmp_path):
    papers(Finding("seal.unsure", "warning", "documents/contract.pdf", Text("印章", "seal"), "assistant", "contract"))
    status, answer = run(PROFILES / "sample-okafor", tmp_path)
    assert (status, answer["ready"]) == (0, True)
    assert [finding["code"] for finding in answer["findings"] if finding["slot"] == "contract"] == ["seal.unsure"]


def test_a_document_nobody_can_say_is_needed_is_unsure_when_absent(papers, tmp_path):
    _, answer = run(PROFILES / "sample-lee", tmp_path)
    states = {slot["slot"]: (slot["need"], slot["state"]) for slot in answer["slots"]}
    assert states["salary_proof"] == states["tax_certificate"] == ("unsure", "unsure")
    assert states["other"] == ("optional", "missing")


def test_a_missing_document_is_told_once(papers, tmp_path, copy_of):
    folder = copy_of("sample-okafor", lambda text: re.sub(r"\n  photo: \S+", "", text))
    status, answer = run(folder, tmp_path)
    assert status == 1
    assert [finding["code"] for finding in answer["findings"] if finding["slot"] == "photo"] == ["slot.missing"]
    assert {slot["slot"]: slot["state"] for slot in answer["slots"]}["photo"] == "missing"


@pytest.fixture
def copy_of(tmp_path) -> Callable[..., Path]:
    """A copy of a sample whose profile text went through a change; its papers are only names."""

    def copy(sample: str, change: Callable[[str], str]) -> Path:
        source, target = PROFILES / sample, tmp_path / "copied" / sample
        (target / "documents").mkdir(parents=True)
        for paper in (source / "documents").iterdir():
            (target / "documents" / paper.name).write_bytes(b"paper")
        employer = (PROFILES / "employer.yaml").read_text(encoding="utf-8")
        (target.parent / "employer.yaml").write_text(employer, encoding="utf-8")
        text = change((source / "profile.yaml").read_text(encoding="utf-8"))
        (target / "profile.yaml").write_text(text, encoding="utf-8")
        return target

    return copy


def test_an_unsure_passport_leaves_a_private_picture_of_its_zone_where_asked(tmp_path, copy_of, capsys):
    folder = copy_of("sample-okafor", lambda text: text)
    look_alike = facts_of_folder(folder).but(passport__number="AO0123456")
    (folder / "documents" / "passport.pdf").write_bytes(draw("passport", look_alike, date.fromisoformat(ON)))
    crops = tmp_path / "to compare"
    _, answer = run(folder, tmp_path, "--crops", str(crops), language="en")
    codes = {finding["code"] for finding in answer["findings"] if finding["slot"] == "passport"}
    assert codes and codes <= {"identity.look-alike", "identity.not-confirmed"}
    (picture,) = crops.iterdir()
    assert answer["crops"] == {"documents/passport.pdf": str(picture)}
    with Image.open(picture) as crop:
        assert crop.width > 3 * crop.height, "the zone, not the whole page"
    if os.name == "posix":
        assert (crops.stat().st_mode & 0o777, picture.stat().st_mode & 0o777) == (0o700, 0o600)
    said = capsys.readouterr().out
    assert str(picture) in said and "personal data" in said


def test_a_place_where_no_pictures_can_be_kept_is_unusable_input(papers, tmp_path):
    (tmp_path / "a file").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        run(PROFILES / "sample-okafor", tmp_path, "--crops", str(tmp_path / "a file" / "crops"))
    assert refused.value.where == "--crops"


def test_the_day_can_be_chosen(papers, tmp_path):
    status, answer = run(PROFILES / "sample-okafor", tmp_path, "--on", "2026-01-01")
    assert status == 1
    assert "window.too-early" in {finding["code"] for finding in answer["findings"]}


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "20261123", "2026-1-3", ""])
def test_a_day_that_does_not_exist_is_unusable_input(papers, tmp_path, day):
    with pytest.raises(InputError) as refused:
        run(PROFILES / "sample-okafor", tmp_path, "--on", day)
    assert (refused.value.exit_code, refused.value.where) == (2, "--on")


def test_an_unknown_city_is_unusable_input(papers, tmp_path):
    with pytest.raises(PackError) as refused:
        run(PROFILES / "sample-okafor", tmp_path, "--city", "atlantis")
    assert refused.value.exit_code == 2


def test_a_name_with_accents_is_answered_with_a_spelling(papers, tmp_path, copy_of, capsys):
    folder = copy_of("sample-okafor", lambda text: text.replace("surname: OKAFOR", "surname: MÜLLER", 1))
    with pytest.raises(ProfileError):
        run(folder, tmp_path)
    assert "MUELLER" in capsys.readouterr().out


def test_what_is_said_names_codes_and_sources_for_people_too(papers, capsys):
    check.run(arguments(str(PROFILES / "sample-lee"), language="en"))
    said = " ".join(capsys.readouterr().out.split())
    assert "slot.unsure" in said and "beyond-shenzhen.cn" in said
    assert "Ready; 2 points for you to settle." in said


def test_no_value_of_the_person_is_in_the_json(papers, tmp_path):
    _, answer = run(PROFILES / "sample-delacruz", tmp_path)
    text = json.dumps(answer, ensure_ascii=False)
    for secret in ("CRUZ", "MARIA", "XDD123456", "1985-07-21", "EXAMPLE44030003", "2027-01-31", "1200000", "1380000"):
        assert secret not in text
