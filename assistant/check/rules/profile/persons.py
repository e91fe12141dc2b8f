"""Everybody a profile speaks of, each with the path where the person stands."""

from collections.abc import Iterator

from assistant.profile.loading import Person, Profile


def persons(profile: Profile) -> Iterator[tuple[str, Person]]:
    """The applicant first, then family and companions in their order."""
    yield "applicant", profile.applicant
    for number, member in enumerate(profile.family, 1):
        yield f"family[{number}]", member
    for number, companion in enumerate(profile.companions, 1):
        yield f"companions[{number}]", companion
