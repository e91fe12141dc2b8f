"""What is left to type, press and look at on the way from what is there already to a profile, and how long a roster's preview takes.

Counted from real runs of the product on invented samples: what the answer calls missing is typed (with the sample's own values),
what it calls doubtful is looked at. Seconds are those of the keystroke-level model (_klm.py); a Chinese character counts three keys
(its sound, and the choice). Nobody was timed. Targets: twenty applicants from a roster in 60 s each; a renewal from last year's
folder and the new papers in 90 s with at most five values typed; a preview of 1,000 rows in five times openpyxl's bare load.
"""

import io
import json
import shutil
import tempfile
import time
import unicodedata
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from assistant.errors import ProfileError
from assistant.intake.sheets.heads import heads_of
from assistant.intake.sheets.template import ROSTER, TABLES, columns, template
from assistant.intake.sheets.workbook import sheets_of
from assistant.intake.trees import flat
from assistant.jobs.intake import ApplicantDraft, IntakeJob, intake
from assistant.jobs.renew import RenewJob, renew
from assistant.store.folders import FolderAt, FolderStore
from assistant.store.locations import PROFILES
from assistant.strict_yaml import Tree, parse
from benchmarks._klm import BUTTON, HOMING, KEY, MENTAL, POINT, reading_seconds

ON = date(2027, 11, 1)
SAMPLE = PROFILES / "sample-lee"
KEYS_A_CHINESE_CHARACTER = 3
PRESS = MENTAL + POINT + BUTTON
IMPORT_PRESSES = 4
"""Import, choose the files, read, confirm."""
RENEW_PRESSES = 2
NEW_PAPERS = ("work_permit.pdf", "residence_permit.pdf", "contract.pdf")
PREVIEW_TARGET, ROSTER_TARGET, RENEWAL_TARGET, RENEWAL_TYPED = 5.0, 60.0, 90.0, 5


@dataclass(frozen=True)
class Effort:
    """What one profile costs a person."""

    what: str
    typed: int
    keys: int
    looked_at: int
    presses: float
    seconds: float

    def say(self) -> str:
        return (
            f"{self.what:48} {self.typed:4} typed {self.keys:5} keys {self.looked_at:3} looked at "
            f"{self.presses:5.1f} presses {self.seconds / 60:6.2f} min"
        )


def effort(what: str, typed: Iterable[str], looked_at: Iterable[str], presses: float) -> Effort:
    """Each typed value is found, pressed and typed; each doubtful one is read twice, beside its source, and ticked."""
    typed, looked = list(typed), list(looked_at)
    keys = sum(map(keys_of, typed))
    seconds = presses * PRESS + len(typed) * (PRESS + 2 * HOMING) + keys * KEY
    seconds += sum(2 * reading_seconds(text) + PRESS for text in looked)
    return Effort(what, len(typed), keys, len(looked), presses + len(typed) + len(looked), seconds)


def typing_the_file(values: Mapping[str, str]) -> Effort:
    """The profile as a text file: every value and its key, a colon and a blank between them, nothing pressed."""
    keys = sum(keys_of(text) + len(path.rpartition(".")[2]) + 3 for path, text in values.items())
    return Effort("typing profile.yaml", len(values), keys, 0, 0, len(values) * MENTAL + keys * KEY)


def keys_of(text: str) -> int:
    """
    >>> keys_of("M9"), keys_of("深圳")
    (2, 6)
    """
    return sum(KEYS_A_CHINESE_CHARACTER if unicodedata.east_asian_width(sign) == "W" else 1 for sign in text)


def run(arguments: Sequence[str]) -> int:
    """Prints every effort beside typing it all; 1 when a target is missed."""
    parser = ArgumentParser(prog="python -m benchmarks intake", description=__doc__)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--without-papers", action="store_true", help="leave out what reads scans")
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    values = sample_values()
    efforts = [
        typing_the_file(values),
        effort("typing the portal's form", values.values(), (), 7),
    ]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        efforts += from_rosters(scratch, values)
        efforts += from_last_year(scratch, values, papers=not args.without_papers)
        ratio = preview_ratio(scratch, args.rows)
    for one in efforts:
        print(one.say())
    print(f"preview of {args.rows} rows: {ratio:.2f} times openpyxl's bare load (target {PREVIEW_TARGET})")
    if args.json:
        Path(args.json).write_text(
            json.dumps({"efforts": [asdict(one) for one in efforts], "preview": ratio}), encoding="utf-8"
        )
    by_name = {one.what: one for one in efforts}
    missed = [ratio > PREVIEW_TARGET, by_name[FILLED].seconds > ROSTER_TARGET]
    if not args.without_papers:
        renewal = by_name[RENEWED]
        missed += [renewal.seconds > RENEWAL_TARGET, renewal.typed > RENEWAL_TYPED]
    return 1 if any(missed) else 0


def sample_values() -> Mapping[str, str]:
    """What the sample's profile holds, path → text, papers and the employer's file left out."""
    return {path: text for path, text in flat(_sample()) if not path.startswith(("documents", "employer"))}


def _sample() -> dict[str, Tree]:
    return parse((SAMPLE / "profile.yaml").read_text(encoding="utf-8"), Path("profile.yaml"), ProfileError).data


# ---- rosters -------------------------------------------------------------------------------------------------------

FILLED, USUAL = "each of twenty, from the filled roster", "each of twenty, from a company's usual list"
_USUAL = (
    ("姓", "applicant.surname"),
    ("名", "applicant.given_names"),
    ("性别", "applicant.sex"),
    ("国籍", "applicant.nationality"),
    ("出生日期", "applicant.birth_date"),
    ("护照号码", "passport.number"),
    ("护照有效期至", "passport.expires_on"),
    ("手机号码", "applicant.phone"),
    ("邮箱", "applicant.email"),
    ("工作许可证编号", "work_permit.number"),
    ("工作许可有效期至", "work_permit.expires_on"),
    ("居留许可有效期至", "residence_permit.expires_on"),
    ("职务", "employment.position"),
    ("合同开始日期", "employment.contract_from"),
    ("合同结束日期", "employment.contract_to"),
    ("年薪", "employment.annual_salary"),
)


def from_rosters(scratch: Path, values: Mapping[str, str], people: int = 20) -> list[Effort]:
    """Twenty of the sample, each with a number of their own, from the template filled in and from the list that a company keeps."""
    (scratch / "filled.xlsx").write_bytes(filled_roster(values, people))
    (scratch / "usual.xlsx").write_bytes(usual_roster(values, people))
    found = []
    for what, file in ((FILLED, "filled.xlsx"), (USUAL, "usual.xlsx")):
        answer = intake(IntakeJob((scratch / file,), FolderStore(scratch / "none"), ON, "shenzhen"))
        if len(answer.applicants) != people:
            raise RuntimeError("not everybody of the roster was found")
        typed, looked = left(answer.applicants[0], values)
        found.append(effort(what, typed, looked, IMPORT_PRESSES / people))
    return found


def left(applicant: ApplicantDraft, values: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """What is to be typed, and what is to be looked at, for one applicant. A list that is missing as a whole is typed row by row; the
    employer's file is there already."""
    looked = [one for one in applicant.values if one.state == "doubtful"]
    typed = []
    for path in applicant.missing:
        if path == "employer" or any(one.path == path for one in looked):
            continue
        typed += [text for known, text in values.items() if known == path or known.startswith(f"{path}.")]
    return typed, [one.value or "" for one in looked]


def filled_roster(values: Mapping[str, str], people: int) -> bytes:
    return roster_of([_another(values, number) for number in range(people)])


def roster_of(people: Sequence[Mapping[str, str]]) -> bytes:
    """The template, filled in: one mapping of paths to texts a person."""
    book = load_workbook(io.BytesIO(template()))
    heads = {sheet.title: heads_of(sheet, {}) for sheet in sheets_of(template())}
    for person, own in enumerate(people):
        for column, path in enumerate(columns(), 1):
            book[ROSTER].cell(person + 2, column, own.get(path))
        for table, title in TABLES.items():
            rows = sorted({int(path.split(".")[1]) for path in own if path.startswith(f"{table}.")})
            for row in rows:
                found = heads[title]
                assert found is not None
                leaves = [one.path.split(".", 2)[2] for one in found.heads[1:] if one.path]
                book[title].append([own["passport.number"], *(own.get(f"{table}.{row}.{leaf}") for leaf in leaves)])
    return _saved(book)


def usual_roster(values: Mapping[str, str], people: int) -> bytes:
    book = Workbook()
    book.active.append([head for head, _ in _USUAL])
    for person in range(people):
        own = _another(values, person)
        book.active.append([own[path] for _, path in _USUAL])
    return _saved(book)


def _another(values: Mapping[str, str], number: int) -> Mapping[str, str]:
    """Another person: the same name and birth would be the same one with a new passport."""
    letters = f"{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}{chr(65 + number // 676)}"
    return {**values, "applicant.given_names": f"MINJUN {letters}", "passport.number": f"M{number:08}"}


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def preview_ratio(scratch: Path, rows: int) -> float:
    """Processor time of a preview over that of loading the same file with openpyxl alone; the better of two."""
    path = scratch / "large.xlsx"
    path.write_bytes(usual_roster(sample_values(), rows))
    job = IntakeJob((path,), FolderStore(scratch / "none"), ON)
    return min(_seconds(lambda: intake(job)) / _seconds(lambda: load_workbook(path)) for _ in range(2))


def _seconds(work: object) -> float:
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


# ---- last year's folder --------------------------------------------------------------------------------------------

RENEWED, TYPED_ANEW = "renewal, from last year's folder and new papers", "renewal, from last year's folder alone"


def from_last_year(scratch: Path, values: Mapping[str, str], *, papers: bool) -> list[Effort]:
    """The sample renewed. The values of the new year are taken to be as long as last year's."""
    shutil.copytree(SAMPLE, scratch / "2026" / "lee")
    shutil.copyfile(PROFILES / "employer.yaml", scratch / "2026" / "employer.yaml")
    into = FolderStore(scratch / "2027")
    done = renew(RenewJob(FolderAt(scratch / "2026" / "lee"), into, ON))
    known = {**values, "employment.requested_from": "2028-01-16"}
    found = [effort(TYPED_ANEW, (known[path] for path in done.missing), (), RENEW_PRESSES)]
    if papers:
        sources = tuple(SAMPLE / "documents" / name for name in NEW_PAPERS)
        applicant = intake(IntakeJob(sources, into, ON)).applicants[0]
        typed, looked = left(applicant, known)
        found.append(effort(RENEWED, typed, looked, RENEW_PRESSES + IMPORT_PRESSES))
    return found
