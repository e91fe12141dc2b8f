"""Drafts as a run leaves them, without the run."""

from assistant.profile.loading import Profile
from fixtures.expected import NATIONAL_SLOTS, SHENZHEN_SLOTS, filled
from fixtures.server import MockPortal

SLOTS = {"shenzhen": SHENZHEN_SLOTS, "beijing": NATIONAL_SLOTS}


def seed_filled(mock: MockPortal, profile: Profile, *sections: str) -> None:
    """This applicant's whole form with its files; or these sections alone."""
    told = filled(mock.city, profile)["sections"]
    assert isinstance(told, dict)
    wanted = {key: one for key, one in told.items() if not sections or key in sections}
    mock.seed(profile.passport.number, wanted, {} if sections else files_of(mock.city, profile))


def files_of(city: str, profile: Profile) -> dict[str, list[tuple[str, bytes]]]:
    """The applicant's files by the labels of this city's portal."""
    slots = SLOTS[city]
    papers = {slot: files for slot, files in profile.documents.items() if slot in slots}
    return {slots[slot]: [(path.name, path.read_bytes()) for path in files] for slot, files in papers.items()}
