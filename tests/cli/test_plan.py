"""Promises of `assistant plan`."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.store.locations import PROFILES

SAMPLES = sorted(folder.name for folder in PROFILES.glob("sample-*"))


@pytest.fixture(params=SAMPLES)
def applicant(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A sample with stand-ins for its documents."""
    shutil.copy(PROFILES / "employer.yaml", tmp_path)
    folder = tmp_path / str(request.param)
    folder.mkdir()
    text = (PROFILES / folder.name / "profile.yaml").read_text(encoding="utf-8")
    (folder / "profile.yaml").write_text(text, encoding="utf-8")
    for file in re.findall(r"documents/[\w.-]+", text):
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(b"stand-in")
    return folder


def values_of(applicant: Path) -> set[str]:
    """Everything in the profile that must not be told: long values, and numbers."""
    text = (applicant / "profile.yaml").read_text(encoding="utf-8") + (applicant.parent / "employer.yaml").read_text(
        encoding="utf-8"
    )
    words = re.findall(r"(?<!/)\b[A-Z0-9][A-Z0-9a-z@.]{6,}\b", re.sub(r"(?m)^\s*#.*$|documents:[\s\S]*", "", text))
    return {word for word in words if any(char.isdigit() for char in word) or "@" in word}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_plan_is_listed_without_a_value(applicant: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(applicant), "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert "护照号码" in shown
    assert "个人信息" in shown
    secrets = values_of(applicant)
    assert len(secrets) > 5
    assert [secret for secret in secrets if secret in shown] == []


def test_the_json_names_fields_and_no_values(applicant: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    assert main(["plan", str(applicant), "--json", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    document = json.loads(text)
    assert (document["schema"], document["command"], document["city"]) == (1, "plan", "shenzhen")
    assert (document["portal"], document["applicant"]) == ("shenzhen", applicant.name)
    assert len(document["sections"]) == 7
    steps = [step for section in document["sections"] for step in section["steps"]]
    assert set(steps[0]) == {"field", "label", "control", "row", "masked"}
    assert {step["row"] for step in steps} >= {None, 0}
    uploads = [upload for section in document["sections"] for upload in section["uploads"]]
    assert all(upload["files"] >= 1 for upload in uploads)
    assert [secret for secret in values_of(applicant) if secret in text] == []


def test_json_on_standard_output_stands_alone(applicant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(applicant), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["command"] == "plan"


def test_what_is_left_to_the_person_shows_in_the_exit_status(
    applicant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = applicant / "profile.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^\s+contract: .*(\n\s+- .*)*$", "", text), encoding="utf-8")
    assert main(["plan", str(applicant), "--lang", "en"]) == 1
    assert "1 left to you" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["nowhere"], ["nowhere", "--city", "shenzhen"]])
def test_a_missing_profile_is_unusable_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", *words]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_an_unknown_city_is_answered_with_the_known_ones(applicant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(applicant), "--city", "atlantis"]) == 2
    assert "shenzhen" in capsys.readouterr().err


def test_a_plan_needs_no_browser() -> None:
    """Checked in a fresh interpreter, since other tests load Playwright."""
    import subprocess

    code = (
        "import sys, assistant.cli.plan; print([m for m in ('playwright', 'numpy', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
