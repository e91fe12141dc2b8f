"""A profile as far as it is right, for work that need not wait until the person has mended the rest.

Promises: no value that is wrong by itself, and neither side of a disagreement, is ever in it; what is not known is as if it were left out
(where it may not be: "" in the place of words or a code, else None); of a name neither half is known where one is wrong; everything that
is wrong is told with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_origin

from pydantic.fields import FieldInfo

from assistant.errors import Problem
from assistant.profile.consistency import Wrong, contradicted, what_is_right
from assistant.profile.loading import SLOT_NAMES, profile_of, profile_parts
from assistant.profile.model import Employer, Part, Profile, ProfileFile
from assistant.store.base import Applicant

_NAME = ("surname", "given_names")


@dataclass(frozen=True)
class PartProfile:
    """What can be used of a profile; without `problems` it is the whole."""

    profile: Profile
    problems: Sequence[Problem] = ()


def load_what_is_right(kept: Applicant) -> PartProfile:
    """The profile of an open applicant as far as it can be used. Raises `ProfileError` only where the file can't be read at all."""
    found = profile_parts(kept)
    right = what_is_right(ProfileFile, found.data)
    unsure = contradicted(found.applicant or right)
    parts = _filled(ProfileFile, found.applicant or right, unsure)
    written = found.employer_written
    employer = found.employer or Employer.model_construct(
        **_filled(Employer, what_is_right(Employer, written) if isinstance(written, dict) else {})
    )
    files = {slot: named for slot, named in found.files.items() if slot in SLOT_NAMES}
    return PartProfile(profile_of(kept, parts, employer, files), found.problems)


def _filled(shape: type[Part], right: object, unsure: frozenset[str] = frozenset(), prefix: str = "") -> dict[str, Any]:
    """The values of a part by its attributes, every one of them: what is not known stands there empty."""
    values: dict[str, Any] = {}
    for name, info in shape.model_fields.items():
        path = prefix + (info.alias or name)
        given = _given(right, name, info)
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, Part):
            values[name] = kind.model_construct(**_filled(kind, given, unsure, f"{path}."))
        elif path in unsure or isinstance(given, Wrong | _Nothing | list):  # a list: rows of which not all are right
            values[name] = _empty(info)
        else:
            values[name] = given
    if any(isinstance(_given(right, name, shape.model_fields[name]), Wrong) for name in _NAME if name in values):
        values.update(dict.fromkeys(_NAME))
    return values


class _Nothing:
    """What is not written."""


def _given(right: object, name: str, info: FieldInfo) -> object:
    if isinstance(right, Wrong):
        return right
    if isinstance(right, Mapping):
        return right.get(info.alias or name, _Nothing())
    return getattr(right, name, _Nothing())


def _empty(info: FieldInfo) -> Any:
    if not info.is_required():
        return info.get_default(call_default_factory=True)
    kind = get_origin(info.annotation) or info.annotation
    return {str: "", Literal: "", tuple: ()}.get(kind)
