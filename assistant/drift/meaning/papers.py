"""Which document does an upload of an unknown page ask for: by its name among all that portals give it, exactly one or none.

Pure.
"""

from collections.abc import Mapping, Sequence

from assistant.drift.meaning.labels import readings
from assistant.drift.vocabulary import Vocabulary
from assistant.normalize import plain
from assistant.page.snapshot import Control
from assistant.portal.section import Section


def names_of_papers(words: Vocabulary, sections: Sequence[Section]) -> dict[str, set[str]]:
    """Every name of each slot: the vocabulary's and the pack's own."""
    found = {slot: {plain(name) for name in names} for slot, names in words.documents.items()}
    for section in sections:
        for upload in section.uploads:
            found.setdefault(upload.slot, set()).update(map(plain, upload.labels))
    return found


def paper_of(control: Control, names: Mapping[str, set[str]]) -> str | None:
    """The slot that an upload's label, or what stands beside it, is a name of."""
    for text in (control.label, *control.also):
        for reading in readings(text):
            slots = [slot for slot, known in names.items() if any(part in known for part in reading)]
            if len(slots) == 1:
                return slots[0]
            if slots:
                return None
    return None
