"""Asks whether any pinned dependency has a known vulnerability: `uv run python -m scripts.known_flaws`.

uv's own audit looks at the Python packages, npm's at the mock portals' widget libraries and the checkers. Both need an advisory
service on the internet. Where none answers it is said in so many words, one line each, and the exit status stays 0: what
was not audited never looks as if it had been. Exit 1 when something known is found, or a tool does not understand the question.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent.parent
Verdict = Literal["clean", "found", "not audited", "wrongly asked"]
# How the tools say that they were called with what they don't know: no network mends that.
_USAGE = ("Usage:", "--help", "EUSAGE", "ENOLOCK")
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What an audit came to, and the tool's own words about it."""

    verdict: Verdict
    said: str


@dataclass(frozen=True)
class Inquiry:
    """One tool over one set of locked packages."""

    what: str
    command: Sequence[str]
    folder: Path
    read: Callable[[int, str, str], Answer]


def of_uv(status: int, out: str, errors: str) -> Answer:
    """uv ends with 0 for nothing known, 1 for something, 2 when it could not ask."""
    if status == 0:
        return Answer("clean", "")
    if status == 1:
        return Answer("found", out)
    if status != 2 or any(sign in errors for sign in _USAGE):
        return Answer("wrongly asked", _reason(errors))
    return Answer("not audited", _reason(errors))


def of_npm(status: int, out: str, errors: str) -> Answer:
    """npm ends with 1 both for something known and for a service that does not answer; its JSON tells them apart."""
    try:
        told = json.loads(out)
    except ValueError:
        return Answer("not audited", _reason(errors))
    if isinstance(told, dict) and any(sign in json.dumps(told.get("error")) for sign in _USAGE):
        return Answer("wrongly asked", _reason(errors))
    if not isinstance(told, dict) or "vulnerabilities" not in told:
        return Answer("not audited", str(told.get("message", "")) if isinstance(told, dict) else "")
    return Answer("found" if told["vulnerabilities"] else "clean", out if told["vulnerabilities"] else "")


def _reason(errors: str) -> str:
    lines = [line.strip() for line in errors.splitlines() if line.strip() and not line.startswith("warning")]
    return lines[-1] if lines else "no answer"


AUDITS = (
    Inquiry("Python packages", ("uv", "audit", "--preview-features", "audit-command"), ROOT, of_uv),
    Inquiry(
        "widget libraries", ("npm", "audit", "--package-lock-only", "--json"), ROOT / "fixtures" / "libraries", of_npm
    ),
    Inquiry(
        "widget libraries of tests",
        ("npm", "audit", "--package-lock-only", "--json"),
        ROOT / "fixtures" / "libraries-for-tests",
        of_npm,
    ),
    Inquiry(
        "JavaScript checkers",
        ("npm", "audit", "--package-lock-only", "--json"),
        ROOT / "scripts" / "javascript",
        of_npm,
    ),
)


def ask(audit: Inquiry) -> Answer:
    """Runs one audit; a tool that is missing or does not end has audited nothing."""
    tool = shutil.which(audit.command[0])
    if tool is None:
        return Answer("not audited", f"{audit.command[0]} is not on this machine")
    environment = {**os.environ, "UV_HTTP_TIMEOUT": "15", "UV_HTTP_RETRIES": "1", "npm_config_fetch_retries": "1"}
    try:
        done = subprocess.run(
            (tool, *audit.command[1:]),
            cwd=audit.folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Answer("not audited", f"{audit.command[0]} gave no answer")
    return audit.read(done.returncode, done.stdout, done.stderr)


def report(answers: Sequence[tuple[str, Answer]]) -> int:
    """One line each, what was found in full; the exit status."""
    for what, answer in answers:
        if answer.verdict == "clean":
            print(f"audited: {what}: nothing known")
        elif answer.verdict == "found":
            print(f"audited: {what}: KNOWN VULNERABILITIES\n{answer.said}")
        else:
            print(f"{answer.verdict}: {what}: {answer.said}")
    return 1 if any(answer.verdict in ("found", "wrongly asked") for _, answer in answers) else 0


def main() -> int:
    return report([(audit.what, ask(audit)) for audit in AUDITS])


if __name__ == "__main__":
    sys.exit(main())
