"""What the applicants of a store hold already, as drafts: so that what is read anew can be compared with it."""

from assistant.errors import AssistantError, ProfileError
from assistant.intake.draft import Note, ProfileDraft, ReadValue
from assistant.intake.trees import flat
from assistant.profile.loading import read_raw
from assistant.store.base import Files, Store, content_of
from assistant.store.documents import document_in
from assistant.strict_yaml import Tree

PROFILE_SOURCE = "profile.yaml"
EMPLOYER_FILE = "employer.yaml"


def held_in(store: Store) -> tuple[dict[str, ProfileDraft], list[Note]]:
    """Applicant's id → what their profile and the shared employer's file hold; and a note for each that can't be read."""
    held, notes = {}, []
    employer, unreadable = employer_of(store.shared)
    for ref in store.applicants():
        try:
            with store.open(ref) as kept:
                held[ref.id] = draft_of(read_raw(kept).data, employer)
        except AssistantError as trouble:
            notes.append(Note(ref.id, trouble.what))
    return held, [*unreadable, *notes]


def employer_of(shared: Files) -> tuple[ProfileDraft, list[Note]]:
    """What the shared employer's file holds; nothing where there is none."""
    if content_of(shared, EMPLOYER_FILE) is None:
        return ProfileDraft(EMPLOYER_FILE, ()), []
    try:
        data = document_in(shared, EMPLOYER_FILE, ProfileError).data
    except ProfileError as trouble:
        return ProfileDraft(EMPLOYER_FILE, ()), [Note(EMPLOYER_FILE, trouble.what)]
    values = (
        ReadValue(f"employer.{path}", text, f"{EMPLOYER_FILE}#{path}", "profile", "kept") for path, text in flat(data)
    )
    return ProfileDraft(EMPLOYER_FILE, tuple(values)), []


def draft_of(data: dict[str, Tree], employer: ProfileDraft) -> ProfileDraft:
    """A profile's data as a draft whose values are kept, with those of the employer's file it names."""
    values = tuple(
        ReadValue(path, text, f"{PROFILE_SOURCE}#{path}", "profile", "kept")
        for path, text in flat(data)
        if not path.startswith("documents.")
    )
    shares = not isinstance(data.get("employer"), dict)
    return ProfileDraft(PROFILE_SOURCE, (*values, *(employer.values if shares else ())))
