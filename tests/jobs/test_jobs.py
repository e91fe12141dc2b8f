"""A job is a plain value: it can be made without a command line, compared, kept, and changed by nobody."""

import ast
import dataclasses
import importlib
from datetime import date
from pathlib import Path

import pytest

from assistant.cli import load
from assistant.jobs.check import CheckJob
from assistant.jobs.fill import FillJob
from assistant.jobs.follow_up import FollowUpJob
from assistant.jobs.new_portal import NewPortalJob
from assistant.jobs.outputs import Outputs
from assistant.jobs.overlays import OverlayJob
from assistant.jobs.plan import PlanJob
from assistant.jobs.probe import ProbeJob
from assistant.jobs.target import MOCK, Target
from assistant.jobs.teach import TeachJob
from assistant.review.console import Console
from assistant.store.folders import FolderAt
from assistant.store.locations import PROFILES

PACKAGE = Path(__file__).resolve().parents[2] / "assistant"
LEE = FolderAt(Path("lee"))
ADDRESS = Target.of("http://127.0.0.1:9")
JOBS = [
    FillJob(LEE),
    CheckJob(LEE, date(2026, 11, 23)),
    PlanJob(LEE),
    ProbeJob("shenzhen"),
    TeachJob("shenzhen"),
    NewPortalJob("new", "http://127.0.0.1:9"),
    OverlayJob("shenzhen"),
    FollowUpJob(LEE),
]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: type(job).__name__)
def test_a_job_is_a_value_that_nobody_changes(job: object) -> None:
    assert dataclasses.replace(job) == job and hash(job) == hash(dataclasses.replace(job))  # type: ignore[type-var]
    with pytest.raises(dataclasses.FrozenInstanceError):
        job.city = "beijing"  # type: ignore[attr-defined]


def test_nothing_below_the_command_line_is_handed_its_words() -> None:
    users = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "Namespace" for alias in node.names)
    }
    assert users == {"cli"}


MEANT = {
    "fill lee": ("fill", FillJob(LEE)),
    "fill lee --city beijing --dry-run --headless --overwrite --section a --section b --pause section --no-panel": (
        "fill",
        FillJob(LEE, "beijing", MOCK, ("a", "b"), True, "section", True, False),
    ),
    "fill lee --url http://127.0.0.1:9 --json - --report r.html --unmasked --proof-sheet p.html --proof-lang ja": (
        "fill",
        FillJob(LEE, target=ADDRESS, outputs=Outputs("-", Path("r.html"), True, Path("p.html"), "ja")),
    ),
    "demo --headless": (
        "fill",
        FillJob(FolderAt(PROFILES / "sample-lee"), "shenzhen", MOCK, headless=True, overlay=False, command="demo"),
    ),
    "probe --city shenzhen --dry-run --report r.html": ("probe", ProbeJob("shenzhen", None, MOCK, pictures=True)),
    "teach --profile lee --learn-save --by me --yes --no-panel": (
        "teach",
        TeachJob("", LEE, panel=False, learn_save=True, by="me", agreed=True),
    ),
    "after lee --url http://127.0.0.1:9 --headless": ("follow_up", FollowUpJob(LEE, target=ADDRESS, headless=True)),
}


class Started(Exception):
    pass


@pytest.mark.parametrize("words", MEANT)
def test_what_is_typed_becomes_the_job_that_is_meant(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    name, meant = MEANT[words]

    def start(job: object, _console: object) -> None:
        raise Started(job)

    from assistant.cli.main import make_parser

    monkeypatch.setattr(importlib.import_module(f"assistant.jobs.{name}"), name, start)
    args = make_parser("en").parse_args(words.split())
    args.console = Console("en")
    with pytest.raises(Started) as started:
        load(args.verb).run(args)
    assert started.value.args == (meant,)
