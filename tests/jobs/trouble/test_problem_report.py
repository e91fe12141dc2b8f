"""A report of a problem helps, and holds no value of the person whom the last run was about."""

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.cli.main import main
from assistant.errors import InputError
from assistant.jobs import doctor
from assistant.jobs.doctor import Check
from assistant.jobs.trouble import trail, wording
from assistant.jobs.trouble.problem_report import make_report
from assistant.messages import Text
from assistant.profile.loading import Profile, load_profile
from assistant.store.applicant_folder import PlainFolder
from assistant.store.locations import PROFILES

CHECKS = (
    Check("browser", Text("浏览器", "browser"), "ok", Text("Edge (HOME/edge)", "Edge (HOME/edge)")),
    Check("stored", Text("已存", "stored"), "ok", Text("/secret/place", "/secret/place")),
    Check("place", Text("文件夹", "folder"), "ok", Text("/secret/place", "/secret/place")),
)


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, dict):
        yield from texts_of(list(value.values()))
    elif value is not None:
        yield str(value)


def telling(profile: Profile) -> set[str]:
    """What points to the person: names, numbers, addresses, dates; not what is chosen from a list."""
    found = {text for text in texts_of(profile) if re.search(r"\d{4}|[A-Z]{3,} [A-Z]{3,}|[^\x00-\x7f]{6,}|@", text)}
    found |= {profile.applicant.surname, profile.applicant.given_names, str(profile.applicant.chinese_name)}
    return {text for text in found if not re.fullmatch(r"\d{4}", text) and text not in PUBLIC}


PUBLIC = {"信息传输、软件和信息技术服务业", "有配偶、子女随行", "高级后端工程师"}


def run_on_the_mock(folder: Path, data: Path, *more: str) -> None:
    command = [sys.executable, "-m", "assistant", "fill", str(folder), "--dry-run", "--headless", *more]
    environment = os.environ | {"XDG_DATA_HOME": str(data)}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=240, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()


def test_after_a_run_the_report_tells_how_it_went_and_nobodys_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sections of a sample that needs a hand, so that the page's own shape is in it too."""
    folder = PROFILES / "sample-lee"
    run_on_the_mock(folder, tmp_path, "--section", "personal", "--section", "family")
    monkeypatch.setattr(trail, "private_data", lambda: tmp_path / "assistant")
    monkeypatch.setattr(wording.Path, "home", lambda: Path("HOME"))
    report = make_report(CHECKS, "en")
    text = report.as_text()
    assert "个人信息" in text and "护照号码: text · verified" in text and "shenzhen " in text
    assert "Edge (~/edge)" in text
    log = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "assistant" / "runs").iterdir())
    values = telling(load_profile(PlainFolder(folder)))
    assert {"LEE", "MINJUN", "M98765432", "李敏俊"} <= values and len(values) > 30
    for place in (text, report.as_page(), log):
        assert {value for value in values if value in place} == set()
    assert "secret" not in text and "sample-lee" not in text


def test_the_file_is_what_was_shown_and_the_pictures_that_were_asked_for(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    picture = base64.b64encode(b"\x89PNG blurred").decode()
    page.write_text(f'<img alt="LEE" src="data:image/png;base64,{picture}"><p>LEE</p>', encoding="utf-8")
    report = make_report(CHECKS, "zh", page)
    assert report.pictures == [b"\x89PNG blurred"]
    shown = report.as_page()
    assert picture in shown and "LEE" not in shown
    assert make_report(CHECKS, "zh").pictures == ()
    with pytest.raises(InputError):
        make_report(CHECKS, "zh", tmp_path / "none.html")


def test_the_verb_shows_all_of_it_and_writes_only_where_it_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda _place: CHECKS)
    assert main(["report-problem", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "## Versions" in shown and "browser: ok" in shown
    out = tmp_path / "problem.html"
    assert main(["report-problem", "--lang", "zh", "--out", str(out)]) == 0
    assert "## 版本" in capsys.readouterr().out
    assert "## 版本" in out.read_text(encoding="utf-8")


def test_markup_in_a_label_stays_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(trail, "private_data", lambda: tmp_path)
    trail.Trail("fill", []).add("section", title="<script>alert(1)</script>")
    assert "<script>" not in make_report(CHECKS, "en").as_page()
