"""`assistant doctor` on the command line."""

import json
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.jobs import doctor
from assistant.jobs.doctor import Check, State
from assistant.messages import Text


def with_states(monkeypatch: pytest.MonkeyPatch, *states: State) -> None:
    remedy = Text("去修", "mend it")
    checks = tuple(
        Check(
            f"check-{number}", Text("项目", "thing"), state, Text("说明", "found"), *([] if state == "ok" else [remedy])
        )
        for number, state in enumerate(states)
    )
    monkeypatch.setattr(doctor, "examine", lambda _place: checks)


@pytest.mark.parametrize(("states", "status"), [(("ok", "warning"), 0), (("ok", "bad"), 1)])
def test_it_is_calm_unless_filling_is_impossible(
    states: tuple[State, ...], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_states(monkeypatch, *states)
    assert main(["doctor"]) == status


def test_its_json_names_every_check_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with_states(monkeypatch, "ok", "bad")
    target = tmp_path / "doctor.json"
    main(["doctor", "--lang", "en", "--json", str(target)])
    assert json.loads(target.read_text(encoding="utf-8")) == {
        "schema": 1,
        "command": "doctor",
        "checks": [
            {"name": "check-0", "state": "ok", "message": "found", "remedy": None, "mend": None},
            {"name": "check-1", "state": "bad", "message": "found", "remedy": "mend it", "mend": None},
        ],
    }


@pytest.mark.parametrize(("language", "word"), [("zh", "去修"), ("en", "mend it")])
def test_it_speaks_both_languages(
    language: str, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_states(monkeypatch, "warning")
    main(["doctor", "--lang", language])
    assert word in capsys.readouterr().out
