"""What a section asks, fields and upload slots alike, as a comparison with a page sees it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.portal.options import OptionTable
from assistant.portal.section import Field, Section, Upload


@dataclass(frozen=True)
class Asked:
    """A field or an upload slot as the comparison sees it."""

    key: str
    labels: Sequence[str]
    block: str | None
    kind: str
    required: bool
    conditional: bool
    options: OptionTable | None
    nth: int | None = None

    @property
    def wordings(self) -> list[tuple[str, ...]]:
        """The texts its option table knows, one tuple for each code; empty without a table."""
        return [option.accepted for option in self.options.options.values()] if self.options else []

    @property
    def label(self) -> str:
        return self.labels[0]


def asked_by(section: Section, tables: Mapping[str, OptionTable]) -> list[Asked]:
    """All single questions of a section: fields and upload slots."""
    return [_of_field(one, tables) for one in section.fields] + [_of_upload(one) for one in section.uploads]


def _of_field(one: Field, tables: Mapping[str, OptionTable]) -> Asked:
    options = tables.get(one.options) if one.options else None
    return Asked(one.key, one.labels, one.block, one.control, one.required, bool(one.when.tests), options, one.nth)


def _of_upload(one: Upload) -> Asked:
    return Asked(f"documents.{one.slot}", one.labels, one.block, "upload", one.required, bool(one.when.tests), None)
