"""Whose paper a page is: the applicant's, their employer's, a stranger's, or nobody's as far as it says. Pure.

A passport number behind its label counts before any name; a number of somebody else's makes the page theirs, whoever else is named on
it. A name counts only whole. What is read is compared and never mended. What the data do not tell yet can't be compared: a page that names
somebody is then neither the applicant's nor a stranger's (`unsettled`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.check.documents.mrz_compare import distance, folded
from assistant.intake.pages.lines import Line
from assistant.intake.papers.words import letters
from assistant.intake.prepare.sorting.signs import found_in, holds_words, latin_words, passport_numbers
from assistant.profile.loading import Profile

Owner = Literal["applicant", "employer", "stranger", "nobody", "unsettled"]

_NAME_LABEL = re.compile(
    r"(?:姓\s*名|受聘人|被聘用人|员工姓名|纳税人(?:名称|姓名)?|申请人|full\s*name|name)[^A-Za-z]{0,12}", re.IGNORECASE
)
_HOLDER_LABEL = re.compile(
    r"(?:户\s*名|账户名称|纳税人名称|纳税人|account\s*name)\s*(?:[(（].*?[)）])?\s*[:：]?\s*", re.IGNORECASE
)
_COMPANY = re.compile(r"[\u4e00-\u9fff（）()]{4,40}?(?:有限责任公司|股份有限公司|有限公司|公司)")
_LEAST_OF_NAME = 8
"""Letters of an employer's name that are enough where a line ends."""


@dataclass(frozen=True)
class KnownWords:
    """What a page may say of the applicant and the employer, in the letters that count."""

    passport: str = field(repr=False)
    name: tuple[str, ...] = field(repr=False)
    chinese: str = field(repr=False)
    numbers: tuple[str, ...] = field(repr=False)
    """Of their permits and of the photo's receipt."""
    duties: str = field(repr=False)
    """How the duties begin: they tell a further page of a contract, though no colleague's from it."""
    employer: str = field(repr=False)
    uscc: str = field(repr=False)
    knows_papers: bool = True
    """Whether everything is known that a passport or a permit is compared with."""

    @property
    def knows_person(self) -> bool:
        """Whether everything is known that tells the applicant from others."""
        return bool(self.passport) and bool(self.name)

    @property
    def knows_employer(self) -> bool:
        return bool(self.uscc) and len(self.employer) >= 4


def known_of(profile: Profile) -> KnownWords:
    """What this applicant's papers may say."""
    person, work = profile.applicant, profile.employment
    numbers = (profile.work_permit.number, profile.residence_permit.number, profile.residence_request.photo_receipt)
    return KnownWords(
        passport=profile.passport.number.upper(),
        name=tuple(latin_words(f"{person.surname or ''} {person.given_names or ''}")),
        chinese=letters(person.chinese_name or ""),
        numbers=tuple(folded(number.upper()) for number in numbers if number and len(number) >= 6),
        duties=letters(work.duties or "")[:24],
        employer=letters(profile.employer.name),
        uscc=profile.employer.uscc.upper(),
        knows_papers=all(
            (
                profile.passport.number,
                profile.passport.expires_on,
                person.birth_date,
                person.nationality,
                person.full_name,
                profile.work_permit.number,
                profile.work_permit.expires_on,
                profile.residence_permit.number,
                profile.residence_permit.expires_on,
            )
        ),
    )


@dataclass(frozen=True)
class PageSigns:
    """What one page says of persons and companies."""

    owner: Owner
    employer: bool
    """Whether the employer is named on it."""
    other_employer: bool
    """Whether companies are named and the employer is not among them."""


def signs_of(lines: Sequence[Line], known: KnownWords) -> PageSigns:
    rows = rows_in(lines)
    text = "".join(map(letters, rows))
    employer = _names_employer(rows, text, known)
    companies = any(_COMPANY.search(row) for row in rows)
    return PageSigns(_owner(rows, text, known, employer=employer), employer, companies and not employer)


def rows_in(lines: Sequence[Line]) -> list[str]:
    """The page's rows from the top, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.middle[1]):
        if rows and abs(rows[-1][-1].middle[1] - line.middle[1]) < 0.5 * min(rows[-1][-1].height, line.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return ["  ".join(line.text for line in sorted(row, key=lambda one: one.left)) for row in rows]


def _owner(rows: Sequence[str], text: str, known: KnownWords, *, employer: bool) -> Owner:
    named = _is_named(rows, text, known)
    numbers = list(passport_numbers(rows))
    if numbers and known.passport:
        return _by_number(numbers[0], known, named=named)
    flat = folded(text.upper())
    by_number = bool(known.passport) and folded(known.passport) in flat
    by_number = by_number or any(number in flat for number in known.numbers)
    mine = named or by_number
    if mine and _first_name_is_anothers(rows, known):
        return "stranger"
    if mine:
        # Where a number can't be compared, the first name on the page must be the applicant's: others' forms name them too.
        sure = _first_name_is_own(rows, known) if numbers else by_number or bool(known.name)
        return "applicant" if sure else "unsettled"
    if any(_is_anothers(name, known) for name in _labelled_names(rows)):
        return "stranger"
    if numbers or (not known.name and any(_is_a_name(name) for name in _labelled_names(rows))):
        return "unsettled"
    return "employer" if employer and not _held_by_another(rows, known) else "nobody"


def _by_number(number: str, known: KnownWords, *, named: bool) -> Owner:
    """The passport's number says whose it is; where one sign differs only the name tells a misreading from a relative's passport."""
    read, own = folded(number), folded(known.passport)
    if read == own:
        return "applicant"
    if len(read) == len(own) and distance(read, own) == 1:
        return "applicant" if named else "nobody"
    return "stranger"


def _is_named(rows: Sequence[str], text: str, known: KnownWords) -> bool:
    if known.name and len("".join(known.name)) >= 5 and any(holds_words(row, known.name) for row in rows):
        return True
    return len(known.chinese) >= 2 and known.chinese in text


def _labelled_names(rows: Sequence[str]) -> Iterator[list[str]]:
    """Latin names right behind a label for one, or in the row below it."""
    for place, row in enumerate(rows):
        for label in _NAME_LABEL.finditer(row):
            for part in (row[label.end() :], *rows[place + 1 : place + 2]):
                told = re.match(r"\s*([A-Z][A-Z'\-]+(?:[ ,]+[A-Z][A-Z'\-]+){1,4})", part)
                if told:
                    yield latin_words(told[1])
                    break


def _is_anothers(name: Sequence[str], known: KnownWords) -> bool:
    return bool(known.name) and not holds_words(" ".join(name), known.name) and _is_a_name(name)


def _is_a_name(words: Sequence[str]) -> bool:
    return not set(words) <= _NO_NAMES


_NO_NAMES = {
    "NAME",
    "SEX",
    "DATE",
    "OF",
    "BIRTH",
    "NATIONALITY",
    "PASSPORT",
    "NO",
    "NUMBER",
    "SURNAME",
    "GIVEN",
    "NAMES",
    "EMPLOYER",
}


def _first_name_is_anothers(rows: Sequence[str], known: KnownWords) -> bool:
    first = next(_labelled_names(rows), None)
    return first is not None and _is_anothers(first, known)


def _first_name_is_own(rows: Sequence[str], known: KnownWords) -> bool:
    first = next(_labelled_names(rows), None)
    return first is not None and bool(known.name) and holds_words(" ".join(first), known.name)


# ---- the employer --------------------------------------------------------------------------------------------------


def _names_employer(rows: Sequence[str], text: str, known: KnownWords) -> bool:
    if known.uscc and folded(known.uscc) in folded(text.upper()):
        return True
    if len(known.employer) < 4:
        return False
    if found_in(text, known.employer, 1 if len(known.employer) >= _LEAST_OF_NAME else 0):
        return True
    start = known.employer[:_LEAST_OF_NAME]
    return len(start) == _LEAST_OF_NAME and any(found_in(letters(row), start) for row in rows)


def _held_by_another(rows: Sequence[str], known: KnownWords) -> bool:
    """Whether the page says who holds the account or pays the tax, and that is not the employer."""
    for place, row in enumerate(rows):
        label = _HOLDER_LABEL.search(row)
        if label is None:
            continue
        said = letters(row[label.end() :]) or letters("".join(rows[place + 1 : place + 2]))
        return known.employer[:_LEAST_OF_NAME] not in said and folded(known.uscc) not in folded(said.upper())
    return False
