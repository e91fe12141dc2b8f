"""The roster gets its results back: a copy of the workbook with what became of each row's person.

Promises: the workbook itself is never changed; a row is whose intake says it is, and one of which that can't be said for sure is
named and left; a number of the portal's that an earlier copy holds is not lost when a batch goes on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import InputError
from assistant.intake.applicants import held_in
from assistant.intake.draft import ProfileDraft, SourceFile
from assistant.intake.persons import applicants_meant
from assistant.intake.readers import roster
from assistant.intake.sheets.results import RowPlace, RowResult, results_in, with_results
from assistant.intake.sheets.workbook import sheets_of
from assistant.messages import Text
from assistant.store.base import Store

_ROW = re.compile(r"(?:#(?P<sheet>.*)!|#)(?P<row>\d+):\d+$")
_WHO = frozenset({"passport.number", "applicant.surname", "applicant.given_names", "applicant.birth_date"})
_IN_TABLE = re.compile(r"\.\d+\.")
_NOBODYS = Text("不是这里的申请人", "nobody among the applicants here")
_SEVERALS = Text(
    "看不出是哪一位（号码与姓名指向不同的人，或同名）",
    "can't be told whose: number and name mean two, or a name is borne twice",
)
_DOUBTFUL = Text("护照号码、姓名或生日读不准", "passport number, name or birth date can't be read for sure")


@dataclass(frozen=True)
class UnsureRow:
    """A row that is left as it is, and why."""

    place: str
    why: Text


def copy_of(workbook: Path) -> Path:
    """Where the copy goes: beside the workbook."""
    return workbook.with_name(f"{workbook.stem}-results.xlsx")


class RosterCopy:
    """One workbook, whose rows are known, and what an earlier copy says of them."""

    def __init__(self, workbook: Path, store: Store, on: date) -> None:
        """Raises InputError where the workbook can't be read, or has no person's row."""
        file = SourceFile(workbook)
        try:
            self._content = file.content
        except OSError:
            raise InputError(
                Text("名册打不开；请检查路径", "the roster can't be opened; check the path"), where="--write-back"
            ) from None
        if not roster.recognises(file):
            raise InputError(
                Text("不是名册（xlsx、xls、ods、csv）", "not a roster (xlsx, xls, ods, csv)"), where="--write-back"
            )
        self.target = copy_of(workbook)
        self._heads = {
            "" if sheet.title == "csv" else sheet.title: heads.row
            for sheet in sheets_of(self._content)
            if (heads := roster.heads_in(sheet, {})) is not None
        }
        held, _ = held_in(store)
        self._whose: dict[RowPlace, str] = {}
        self.unsure: list[UnsureRow] = []
        for draft in roster.read(file, "", on).drafts:
            self._take(draft, held)
        self._earlier = self._from_earlier()

    def with_lines(self, said: Mapping[str, RowResult], kept: Iterable[str] = ()) -> bytes:
        """The copy's content. `said`: what became of applicants, by id; of the `kept` ones, and of those who are not among them,
        an earlier copy's word stays."""
        kept = set(kept)
        results = {}
        for place, case in self._whose.items():
            now, before = said.get(case), self._earlier.get(case)
            if before is not None and (now is None or (case in kept and before.result)):
                results[place] = before
            elif now is not None:
                number = now.number or (before.number if before else "")
                results[place] = RowResult(case, now.result, number, now.why)
        return with_results(self._content, results)

    # -- within --------------------------------------------------------------------------------------------------------

    def _take(self, draft: ProfileDraft, held: Mapping[str, ProfileDraft]) -> None:
        found = _ROW.search(draft.source)
        if found is None or not _is_a_persons(draft):
            return
        sheet = found["sheet"] or ""
        doubtful = any(one.path in _WHO and one.state != "sure" for one in draft.values)
        meant = applicants_meant(draft, held)
        if doubtful or len(meant) != 1:
            why = _DOUBTFUL if doubtful else _SEVERALS if meant else _NOBODYS
            self.unsure.append(UnsureRow(draft.source, why))
        else:
            self._whose[RowPlace(sheet, int(found["row"]), self._heads.get(sheet, 1))] = next(iter(meant))

    def _from_earlier(self) -> Mapping[str, RowResult]:
        try:
            return results_in(self.target.read_bytes())
        except (OSError, InputError):
            return {}


def _is_a_persons(draft: ProfileDraft) -> bool:
    """Not a row of a sheet of schools, jobs or family, which a person has several of."""
    in_table = [bool(_IN_TABLE.search(one.path)) for one in draft.values]
    others = [one.path not in _WHO and not table for one, table in zip(draft.values, in_table, strict=True)]
    return any(others) or not any(in_table)
