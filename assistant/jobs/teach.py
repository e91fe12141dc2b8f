"""The job of teaching: mends a mapping by pointing at the page, or learns what saves a draft; kept as an overlay.

Promises: nothing is kept before the person has seen the whole difference and said yes; what does not fit the pack is never
kept; the page is the person's again at the end.
"""

import getpass
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from assistant.check.deadlines.dates import today
from assistant.drift.compare import SectionProbe
from assistant.drift.kinds import Drift, Verdict
from assistant.jobs.overlays import difference, sign, take
from assistant.jobs.probe import Opened, opened
from assistant.jobs.target import LIVE, Target, city_and_portal
from assistant.messages import Text
from assistant.page.guard.rules import origin_of
from assistant.portal.loading import Portal, load_portal
from assistant.portal.overlay import Laid, Overlay, overlays_for
from assistant.profile.loading import load_profile
from assistant.review import lesson_dialogue
from assistant.review.console import Console
from assistant.run.handover import answered
from assistant.run.teach.dialogue import Dialogue
from assistant.run.teach.lesson import Teacher
from assistant.run.teach.save_recorder import host_patch, listen
from assistant.store.base import Applicant, ApplicantAt, opened_if


@dataclass(frozen=True)
class TeachJob:
    """One lesson on a portal. `by` signs what is learned; `agreed` takes the difference without asking."""

    city: str = ""
    applicant: ApplicantAt | None = None
    target: Target = LIVE
    headless: bool = False
    panel: bool = True
    learn_save: bool = False
    by: str = ""
    agreed: bool = False

    @property
    def signature(self) -> str:
        if self.by:
            return self.by
        with suppress(OSError, KeyError, ImportError):
            return getpass.getuser()
        return "?"


@dataclass(frozen=True)
class Taught:
    """How a lesson ended, and what is still different where that is known."""

    exit_code: int
    verdict: Verdict | None = None
    entry: Sequence[Drift] = ()
    sections: Sequence[SectionProbe] = ()


def teach(job: TeachJob, console: Console) -> Taught:
    """Raises InputError where the city, the applicant or what was learned before can't be used."""
    with opened_if(job.applicant) as kept:
        return _teach(job, kept, console)


def _teach(job: TeachJob, kept: Applicant | None, console: Console) -> Taught:
    applicant = load_profile(kept) if kept else None
    city, name = city_and_portal(job.city, applicant)
    laid = overlays_for(name, kept)
    before = laid[0].overlay if laid else None
    portal = load_portal(name, overlays=laid)
    with opened(job.target, city, applicant, portal, console, headless=job.headless) as here:
        entry = here.prober.reach()
        if entry:
            return Taught(1, "stop", entry)
        dialogue = _dialogue(job, here, console)
        overlay = learn_save(job, here, dialogue, before) if job.learn_save else _lesson(job, here, dialogue, before)
        taken = overlay is not None and _agreed(job, console, here, dialogue, overlay)
        dialogue.close()
        if overlay is not None:
            if not taken:
                return Taught(1)
            take(overlay, kept, console)
            here.prober.use(load_portal(name, overlays=(Laid(overlay),)))
        result = here.prober.compare()
        here.guard.hand_over()
    if overlay is None:
        return Taught(result.exit_code)
    return Taught(result.exit_code, result.verdict, sections=result.sections)


def _dialogue(job: TeachJob, here: Opened, console: Console) -> Dialogue:
    if here.interactive and job.panel:
        return lesson_dialogue.PanelDialogue(console, here.page)
    return lesson_dialogue.TerminalDialogue(console)


def _lesson(job: TeachJob, here: Opened, dialogue: Dialogue, before: Overlay | None) -> Overlay | None:
    def load(laid: Sequence[Laid]) -> Portal:
        return load_portal(here.portal.name, overlays=laid)

    return Teacher(here.prober, here.page, dialogue, load, before, job.signature, today()).teach()


def _agreed(job: TeachJob, console: Console, here: Opened, dialogue: Dialogue, overlay: Overlay) -> bool:
    """Whether the person says yes to the whole difference."""
    sign(console, overlay)
    title, headers, rows = difference(overlay, overlay.overlay)
    if job.agreed:
        console.table(title, headers, rows)
        return True
    question = Text("以上改动，保存吗？", "Save these changes?")
    return answered(here.page, dialogue.accepts(question, title, headers, rows))


def learn_save(job: TeachJob, here: Opened, dialogue: Dialogue, before: Overlay | None) -> Overlay | None:
    """The overlay with the requests that the person says save a draft; None where none was seen or chosen."""
    heard = listen(here.page, here.url)
    here.guard.hand_over()
    told = Text(
        "现在由您操作：请在两个不同的分段各点一次「暂存」（不要提交），然后回到这里继续。",
        "The page is yours: save the draft once in two different sections (don't submit), then come back and go on.",
    )
    done = answered(here.page, dialogue.done(told))
    here.guard.take_pen()
    if not done:
        return None
    offered = heard.offered(here.portal.file.forbidden_paths)
    if not offered:
        dialogue.say(Text("没有看到保存请求。", "no request that saves was seen."), "warning")
        return None
    headers = (Text("方法", "method"), Text("路径", "path"), Text("次数", "count"))
    rows = [(method, path, str(count)) for method, path, count in offered]
    which = Text("哪些是保存草稿？", "Which of them save the draft?")
    title = Text("刚才看到的请求", "The requests that were seen")
    numbers = answered(here.page, dialogue.several(which, title, headers, rows))
    chosen = [offered[number][:2] for number in numbers]
    return _with_saves(job, here, chosen, before) if chosen else None


def _with_saves(job: TeachJob, here: Opened, chosen: Sequence[tuple[str, str]], before: Overlay | None) -> Overlay:
    """What was learned before, with these requests as this host's. Raises PackError where the pack refuses them."""
    day, by = today(), job.signature
    patch = host_patch(origin_of(here.url), chosen, by, day)
    base = before or Overlay(overlay=here.portal.name, written_on=day, by=by)
    hosts = (*(one for one in base.hosts if one.origin != patch.origin), patch)
    overlay = base.model_copy(update={"hosts": hosts, "written_on": day, "by": by})
    load_portal(here.portal.name, overlays=(Laid(overlay),))
    return overlay
