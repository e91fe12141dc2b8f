"""What was learned of a portal, passed on: shown line by line before it is taken, exported, imported.

Promises: whatever does not fit the pack is refused before anybody is asked; what was there before is kept as `.bak`.
"""

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError, ResultNotWritten
from assistant.jobs.probe import city_and_portal
from assistant.messages import Text
from assistant.portal.loading import load_portal, pack_trees
from assistant.portal.overlay import Overlay, overlay_path, overlay_text, overlays_for, read_overlay, write_overlay
from assistant.portal.overlay_apply import changes
from assistant.profile.loading import load_profile
from assistant.review.console import Console
from assistant.store.files import write_private


@dataclass(frozen=True)
class OverlayJob:
    """Whose overlay: the one beside an applicant's folder, or the tool's own."""

    city: str = ""
    applicant: Path | None = None

    def place(self) -> tuple[str, Path | None]:
        """The portal and the applicant's folder."""
        applicant = load_profile(self.applicant) if self.applicant else None
        _, portal = city_and_portal(self.city, applicant)
        return portal, applicant.folder if applicant else None


def exported(job: OverlayJob) -> str:
    """What was learned, as text. Raises InputError where nothing was."""
    laid = overlays_for(*job.place())
    if not laid:
        raise InputError(Text("还没有可导出的对应关系", "nothing was learned yet, so there is nothing to export"))
    return overlay_text(laid[0].overlay)


def import_overlay(job: OverlayJob, file: Path, console: Console, *, agreed: bool) -> bool:
    """Whether a colleague's overlay was taken: `agreed` takes it without asking. Raises PackError for an unsafe one."""
    portal, folder = job.place()
    laid = read_overlay(file)
    load_portal(portal, overlays=(laid,))
    sign(console, laid.overlay)
    console.table(*difference(laid.overlay, portal))
    if overlays_for(portal, folder):
        console.line(
            Text(
                "现有的对应关系将被替换（原文件另存为 .bak）。", "What was learned before is replaced (kept as .bak)."
            ),
            style="warning",
        )
    if not agreed and not console.agrees(Text("采用吗？", "Take it?")):
        return False
    take(laid.overlay, portal, folder, console)
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


def take(overlay: Overlay, portal: str, folder: Path | None, console: Console) -> None:
    """Puts the overlay in force."""
    path = overlay_path(portal, folder)
    try:
        if path.is_file():
            write_private(path.with_suffix(".yaml.bak"), path.read_bytes())
        write_overlay(path, overlay)
    except OSError:
        raise ResultNotWritten(
            Text(
                "没能保存（磁盘空间或权限）；原来的对应关系仍然有效。",
                "This could not be saved (disk space or permissions); what was learned before is still in force.",
            ),
            where=str(path),
        ) from None
    console.line(Text(f"已保存：{path}", f"saved: {path}"), style="good")
