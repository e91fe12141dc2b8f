"""`profile.sources.yaml` beside a profile: where each value came from, who confirmed it, and what each import changed.

It holds values of the person (what stood there before), so that it lies with the profile and is sealed with it.
"""

from collections.abc import Mapping

import pydantic

from assistant.errors import ProfileError
from assistant.intake.draft import ReadBy, SourceKind
from assistant.store.base import Applicant, content_of, version_of
from assistant.store.documents import document_in
from assistant.store.yaml_writer import written
from assistant.validation import StrictModel, validated

FILE = "profile.sources.yaml"
_NOTE = "# 每项资料的出处，由本工具记录 / where each value came from; kept by the tool\n"


class ValueOrigin(StrictModel):
    """Where one value came from. `confirmed`: `person` where somebody decided, `sources` where they agree or are sure."""

    source: str
    kind: SourceKind
    how: ReadBy
    confirmed: str
    on: str
    by_import: str = ""


class WrittenChange(StrictModel):
    """What an import did to one path; "" stands for nothing there."""

    before: str = pydantic.Field(default="", repr=False)
    after: str = pydantic.Field(repr=False)


class Import(StrictModel):
    """One import: when, from what (name → SHA-256), whether it made the applicant, what it changed, which files it added (name →
    SHA-256)."""

    at: str
    new: bool = False
    undone: bool = False
    files: dict[str, str] = pydantic.Field(default={})
    wrote: dict[str, WrittenChange] = pydantic.Field(default={})
    added: dict[str, str] = pydantic.Field(default={})


class Sources(StrictModel):
    """The whole file."""

    values: dict[str, ValueOrigin] = pydantic.Field(default={})
    imports: dict[str, Import] = pydantic.Field(default={})


def sources_of(kept: Applicant) -> Sources:
    """What is known of an applicant's values; nothing for one whose profile was typed. Raises ProfileError."""
    if content_of(kept, FILE) is None:
        return Sources()
    return validated(document_in(kept, FILE, ProfileError), Sources, ProfileError)


def keep_sources(kept: Applicant, sources: Sources) -> None:
    """Writes it. Raises ChangedMeanwhile."""
    before = content_of(kept, FILE)
    data: Mapping[str, object] = sources.model_dump(mode="json", exclude_defaults=True)
    text = _NOTE + written(data)
    kept.write(FILE, text.encode(), expected=version_of(before) if before is not None else None)
