"""What was learned of a portal, passed on: shown line by line before it is taken, exported, imported.

Promises: whatever does not fit the pack is refused before anybody is asked; what was there before is kept as `.bak`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ChangedMeanwhile, InputError, ResultNotWritten
from assistant.jobs.target import city_and_portal
from assistant.messages import Text
from assistant.portal.loading import load_portal, pack_trees
from assistant.portal.overlay import (
    Overlay,
    overlay_home,
    overlay_name,
    overlay_text,
    overlays_for,
    read_overlay,
    write_overlay,
)
from assistant.portal.overlay_apply import changes
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.review.prompter import Prompter
from assistant.store.base import Applicant, ApplicantAt, opened_if


@dataclass(frozen=True)
class OverlayJob:
    """Whose overlay: the one that an applicant shares with others, or the tool's own."""

    city: str = ""
    applicant: ApplicantAt | None = None

    @contextmanager
    def place(self) -> Iterator[tuple[str, Applicant | None]]:
        """The portal, and the applicant while it is used."""
        with opened_if(self.applicant) as kept:
            _, portal = city_and_portal(self.city, load_profile(kept) if kept else None)
            yield portal, kept


def exported(job: OverlayJob) -> str:
    """What was learned, as text. Raises InputError where nothing was."""
    with job.place() as place:
        laid = overlays_for(*place)
    if not laid:
        raise InputError(Text("还没有可导出的对应关系", "nothing was learned yet, so there is nothing to export"))
    return overlay_text(laid[0].overlay)


def import_overlay(job: OverlayJob, file: Path, console: Console, *, agreed: bool) -> bool:
    """Whether a colleague's overlay was taken: `agreed` takes it without asking. Raises PackError for an unsafe one."""
    with job.place() as (portal, kept):
        return _import(portal, kept, file, console, agreed=agreed)


def _import(portal: str, kept: Applicant | None, file: Path, console: Console, *, agreed: bool) -> bool:
    laid = read_overlay(file)
    load_portal(portal, overlays=(laid,))
    sign(console, laid.overlay)
    console.table(*difference(laid.overlay, portal))
    if overlays_for(portal, kept):
        console.line(
            Text(
                "现有的对应关系将被替换（原文件另存为 .bak）。", "What was learned before is replaced (kept as .bak)."
            ),
            style="warning",
        )
    if not agreed and not Prompter(console).agrees(Text("采用吗？", "Take it?")):
        return False
    take(laid.overlay, kept, console)
    return True


def sign(console: Console, overlay: Overlay) -> None:
    """Says who wrote it and when."""
    console.line(Text(f"{overlay.by}，{overlay.written_on}", f"{overlay.by}, {overlay.written_on}"), style="title")
    if overlay.note:
        console.line(overlay.note)


def difference(overlay: Overlay, portal: str) -> tuple[Text, tuple[Text, ...], list[tuple[str, str, str]]]:
    """Title, headers and rows of what the overlay changes."""
    headers = (Text("哪里", "where"), Text("原来", "before"), Text("改为", "after"))
    rows = [(one.where, one.before, one.after) for one in changes(overlay, dict(pack_trees(portal)))]
    return Text("将要改变的内容", "What changes"), headers, rows


def take(overlay: Overlay, kept: Applicant | None, console: Console) -> None:
    """Puts the overlay in force."""
    home = overlay_home(kept)
    try:
        place = write_overlay(home, overlay)
    except (OSError, ChangedMeanwhile):
        raise ResultNotWritten(
            Text(
                "没能保存（磁盘空间或权限）；原来的对应关系仍然有效。",
                "This could not be saved (disk space or permissions); what was learned before is still in force.",
            ),
            where=home.where(overlay_name(overlay.overlay)),
        ) from None
    console.line(Text(f"已保存：{place}", f"saved: {place}"), style="good")
