"""The job of looking at a portal that no pack knows: proposes a mapping and writes it as a draft to be reviewed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import forbidden
from assistant.check.deadlines.dates import today
from assistant.drift.propose import HOW_WORDS, Draft, draft_section, table_name
from assistant.errors import InputError
from assistant.jobs.outputs import Results, ask_writable
from assistant.messages import Text
from assistant.page.browser.launch import find_or_install_browser, open_browser
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.guard.rules import origin_of
from assistant.review import lesson_dialogue
from assistant.review.console import Cell, Console
from assistant.run.handover import answered
from assistant.run.teach.new_portal import draft_folder, draft_portal, propose_here


@dataclass(frozen=True)
class NewPortalJob:
    """A form at an address, and the name for its pack. `out` is where the draft goes, in place of the tool's folder."""

    name: str
    url: str
    headless: bool = False
    out: Path | None = None


@dataclass(frozen=True)
class ProposedPortal:
    """The draft as a person reads it, and where it was written."""

    path: Path
    results: Results
    rows: Sequence[Sequence[Cell]]
    """Question on the page, profile path, confidence, why."""
    styles: Sequence[str]
    unknown: Sequence[str]
    tables: Sequence[str]
    share: float
    is_sure: bool
    """Every question was proposed for sure, so that nothing is left to the person."""

    @classmethod
    def of(cls, draft: Draft, path: Path, results: Results) -> "ProposedPortal":
        return cls(
            path,
            results,
            [(one.label, one.path, f"{one.confidence:.0%}", HOW_WORDS[one.how]) for one in draft.proposed],
            ["good" if one.sure else "warning" for one in draft.proposed],
            [one.name for one in draft.unknown],
            [table_name(table) for table in draft.tables],
            draft.share,
            not draft.unknown and not draft.tables and all(one.sure for one in draft.proposed),
        )


def propose_portal(job: NewPortalJob, console: Console) -> ProposedPortal:
    """Raises InputError for a name or an address that can't be used."""
    if not job.url:
        raise InputError(Text("--new 需要 --url", "--new needs --url"))
    if not re.fullmatch(r"[a-z][a-z0-9-]*", job.name):
        raise InputError(Text("名称只能含小写字母、数字和连字符", "a name of a-z, 0-9 and hyphens"), where="--new")
    path = job.out or draft_folder(job.name) / "sections" / f"01-{job.name}.yaml"
    ask_writable(path)
    draft = _look(job, console)
    results = Results(console)
    day = today().isoformat()
    results.file(path, draft_section(draft, job.name, job.name, day))
    if not job.out:
        results.file(draft_folder(job.name) / "portal.yaml", draft_portal(job.name, job.url, day))
    return ProposedPortal.of(draft, path, results)


def _look(job: NewPortalJob, console: Console) -> Draft:
    """What the form that the person opened asks; without a window, the form at the address itself."""
    with open_browser(
        headless=True if job.headless else None,
        found=find_or_install_browser(console.line),
        announce=console.line,
    ) as context:
        guard = Guard(
            context,
            origins=[origin_of(job.url)],
            allowed=[],
            forbidden_words=forbidden.WORDS,
            forbidden_paths=forbidden.PATHS,
        )
        guard.install()
        page = FormPage(context.pages[0])
        page.open(job.url)
        if not job.headless:
            told = Text(
                "请登录并打开要对应的表单，然后回到这里按回车。",
                "Log in, open the form, then come back and press Enter.",
            )
            answered(page, lesson_dialogue.TerminalDialogue(console).done(told))
        return propose_here(page, guard)
