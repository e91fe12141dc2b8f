"""What the applicants of a folder hold already, as drafts: so that what is read anew can be compared with it."""

from pathlib import Path

from assistant.errors import ProfileError
from assistant.intake.draft import Note, ProfileDraft, ReadValue
from assistant.intake.trees import flat
from assistant.profile.loading import read_raw
from assistant.store.folders import FolderStore
from assistant.strict_yaml import Tree

PROFILE_SOURCE = "profile.yaml"


def held_in(folder: Path) -> tuple[dict[str, ProfileDraft], list[Note]]:
    """Applicant's id → what their profile holds; and a note for each profile that can't be read."""
    held, notes = {}, []
    store = FolderStore(folder)
    for ref in store.applicants():
        try:
            with store.open(ref) as kept:
                held[ref.id] = draft_of(read_raw(kept).data)
        except ProfileError as unreadable:
            notes.append(Note(ref.id, unreadable.what))
    return held, notes


def draft_of(data: dict[str, Tree]) -> ProfileDraft:
    """A profile's data as a draft whose values are kept."""
    values = tuple(
        ReadValue(path, text, f"{PROFILE_SOURCE}#{path}", "profile", "kept")
        for path, text in flat(data)
        if not path.startswith("documents.")
    )
    return ProfileDraft(PROFILE_SOURCE, values)
