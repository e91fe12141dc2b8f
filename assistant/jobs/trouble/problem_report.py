"""One file that a person can send when something goes wrong: versions, this machine, the last run, the page it met.

Promises: it holds exactly what `as_text` shows (and the blurred pictures that were asked for); paths lose the user's name; the
applicants' folders are not named; nothing is sent by this program.
"""

import base64
import json
import platform
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.jobs.doctor import Check
from assistant.jobs.trouble.trail import last_run
from assistant.jobs.trouble.wording import without_home
from assistant.messages import Language, Text
from assistant.store.journal import last_lines

LIBRARIES = ("playwright", "pydantic", "pypdfium2", "pikepdf", "rapidocr", "keyring")
_PICTURE = re.compile(r'src="data:image/png;base64,([A-Za-z0-9+/=\s]+)"')
MOST_PICTURES = 12

VERSIONS = Text("版本", "Versions")
MACHINE = Text("本机环境", "This machine")
COMMANDS = Text("最近的命令", "Last commands")
RUN = Text("最近一次填写", "Last run")
HEAD = Text(
    "这是全部内容。其中没有申请人的资料；请看过后再发送。",
    "This is all of it. It holds no applicant's data; read it before you send it.",
)


@dataclass(frozen=True)
class ProblemReport:
    """Titles with their lines; `pictures` are blurred ones of the last report."""

    parts: Sequence[tuple[str, Sequence[str]]]
    language: Language
    pictures: Sequence[bytes] = ()

    def as_text(self) -> str:
        blocks = [f"## {title}\n\n" + "\n".join(lines) for title, lines in self.parts]
        return f"{HEAD.say(self.language)}\n\n" + "\n\n".join(blocks) + "\n"

    def as_page(self) -> str:
        """One page that a browser shows; what is in it is the text and the pictures."""
        pictures = "".join(
            f'<p><img alt="{number}" src="data:image/png;base64,{base64.b64encode(picture).decode("ascii")}"></p>'
            for number, picture in enumerate(self.pictures, 1)
        )
        style = "body{font:14px/1.5 monospace;margin:2em;max-width:70em}pre{white-space:pre-wrap}img{max-width:100%}"
        return (
            f'<!doctype html><html lang="{self.language}"><meta charset="utf-8"><title>assistant</title>'
            f"<style>{style}</style><pre>{escape(self.as_text())}</pre>{pictures}</html>\n"
        )


def make_report(
    checks: Sequence[Check] | Sequence[Mapping[str, Any]], language: Language, report: Path | None = None
) -> ProblemReport:
    """`checks` are the doctor's answers; `report` is a page of `--report`, for its blurred pictures."""
    events = last_run()
    parts = [
        (VERSIONS.say(language), _versions()),
        (MACHINE.say(language), [without_home(line) for line in _machine(checks, language)]),
        (COMMANDS.say(language), [without_home(line) for line in _commands()]),
        (RUN.say(language), [without_home(line) for line in _run(events)] or ["-"]),
    ]
    return ProblemReport(parts, language, _pictures(report) if report else ())


def _versions() -> list[str]:
    lines = [f"assistant {version('assistant')}", f"Python {platform.python_version()} ({sys.implementation.name})"]
    lines.append(f"{platform.system()} {platform.release()} {platform.machine()}")
    for name in LIBRARIES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} -")
    return lines


def _machine(checks: Sequence[Check] | Sequence[Mapping[str, Any]], language: Language) -> list[str]:
    lines = []
    for one in checks:
        if isinstance(one, Check):
            name, state, said = one.name, one.state, one.message.say(language)
        else:
            name, state, said = one["name"], one["state"], one["message"]
        # Where things are stored, and where the applicants' folders are, is nobody else's business.
        lines.append(f"{name}: {state}" + ("" if name == "stored" or name.startswith("place") else f" · {said}"))
    return lines


def _commands() -> list[str]:
    return [
        f"{line.get('time', '?')} {line.get('verb') or line.get('remark', '?')} exit {line.get('exit', '-')} "
        f"{line.get('seconds', '-')} s {json.dumps(line.get('counts') or {})}"
        + (f" {line['bug']}" if line.get("bug") else "")
        for line in last_lines(20)
    ]


def _run(events: Sequence[Mapping[str, Any]]) -> list[str]:
    """One line an event; a section's fields and a page's controls below it."""
    lines = []
    for event in events:
        facts = {
            key: value
            for key, value in event.items()
            if key not in ("event", "after", "outcomes", "controls", "tables")
        }
        lines.append(f"{event['after']:8.1f} s  {event['event']}  {json.dumps(facts, ensure_ascii=False)}")
        for one in event.get("outcomes", ()):
            row = "" if one["row"] is None else f" [{one['row'] + 1}]"
            said = " · ".join(str(one[key]) for key in ("control", "status", "reason", "how", "match") if one.get(key))
            lines.append(f"            {one['label']}{row}: {said}")
        for one in event.get("controls", ()):
            said = " · ".join(f"{key} {value}" for key, value in one.items() if key != "label" and value)
            lines.append(f"            {one['label']}: {said}")
        for headers in event.get("tables", ()):
            lines.append(f"            | {' | '.join(headers)} |")
    return lines


def _pictures(report: Path) -> list[bytes]:
    try:
        page = report.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise InputError(
            Text("这不是 --report 生成的报告。", "This is no report that --report wrote."), where=str(report)
        ) from None
    return [base64.b64decode(found) for found in _PICTURE.findall(page)[:MOST_PICTURES]]
