"""Gives the papers of a page that is met for the first time, one after the other, and believes only what the page then shows.

Promises: a file that the page names already is not sent again; one that the page does not name afterwards is not verified; what
the guard held back is said, and sent again only after the person has allowed it; where a form of its own sends the file, its button
is pressed once that is allowed.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.drift.meaning.judge import Proposal
from assistant.normalize import file_name
from assistant.outcome import Matched, Outcome, Reason, Status
from assistant.page.form_page import FormPage
from assistant.page.snapshot import Control, Snapshot
from assistant.page.stability import Stability
from assistant.run.contact.hand import Hand

_STILL_SECONDS = 4.0


def attach(
    page: FormPage,
    wanted: Sequence[tuple[Proposal, Matched]],
    files: Mapping[str, tuple[Path, ...]],
    gate: Callable[[Snapshot], None],
    hand: Hand,
) -> list[Outcome]:
    """One outcome for each slot."""
    found = []
    for proposal, matched in wanted:
        seen = page.settled_look(all_names=True)
        gate(seen)
        own = files[proposal.key.removeprefix("documents.")]
        status, why = _one(page, proposal, own, seen, hand)
        if status == "failed" and hand.allowed_held_back():
            status, why = _one(page, proposal, own, page.settled_look(all_names=True), hand, again=True)
        found.append(Outcome(proposal.key, proposal.label, status, why, "upload", match=matched))
    return found


def _one(
    page: FormPage, proposal: Proposal, files: Sequence[Path], seen: Snapshot, hand: Hand, *, again: bool = False
) -> tuple[Status, Reason | None]:
    box = _again(proposal.control, seen)
    if box is None:
        return "refused", "not-found"
    left = [file for file in files if again or not shows(box, file)]
    if not left:
        return "already", None
    for file in left:
        out, held_back = hand.sent()
        answer = page.attach(box, [file])
        if answer is not None:
            return (
                "refused" if answer == "not-found" else "failed",
                "unsupported" if answer == "not-found" else "page-error",
            )
        send = next((one for one in page.buttons() if one.frame == box.frame and one.sends == box.id), None)
        if send is not None and not hand.press(send):
            return "failed", "not-taken"
        now = _wait(page, box, file)
        # The box names what it was given, also where what would have sent it was held back.
        now_out, now_held_back = hand.sent()
        if now is None or not shows(now, file) or (now_out == out and now_held_back > held_back):
            return "failed", "not-taken"
        box = now
    return "verified", None


def _wait(page: FormPage, box: Control, file: Path) -> Control | None:
    """The box as soon as the page names the file beside it and has nothing more to send."""
    stability = Stability(_STILL_SECONDS)
    while True:
        now = _again(box, page.settled_look(all_names=True))
        if now is not None and shows(now, file) and not page.busy:
            # What the page takes back a moment later was not taken.
            now = _again(box, page.settled_look(quiet=400, all_names=True))
            if now is not None and shows(now, file):
                return now
        if stability.ran_out(moved=page.busy):
            return now
        page.pause(50)


def _again(box: Control, seen: Snapshot) -> Control | None:
    """The same box in a later look: where it stood, else by its name."""
    there = next((one for one in seen.controls if one.place == box.place), None)
    if there is not None:
        return there
    named = [
        one for one in seen.controls if one.kind == "upload" and one.name == box.name and one.context == box.context
    ]
    return named[0] if len(named) == 1 else None


def shows(box: Control, file: Path) -> bool:
    """Whether the page names the file at the box."""
    listed = box.value if isinstance(box.value, list | tuple) else ()
    return file_name(file.name) in map(file_name, listed) or file_name(file.name) in file_name(box.beside)
