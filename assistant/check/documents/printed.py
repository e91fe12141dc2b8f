"""Comparing what a permit without a machine-readable zone shows in print: its number, its holder's name, its dates."""

import re

from assistant.check.documents.facts import Case
from assistant.check.documents.mrz_compare import Verdict, folded
from assistant.check.documents.wording import dates_in

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def printed_number(number: str, printed: str, case: Case) -> Verdict:
    """Exact, alike, or another number of the same make in its place; `misread` when none is seen.

    `printed` is upper case without spaces, line by line.
    """
    wanted = number.upper()
    before, after = r"(?:^|[^A-Z0-9]|NO|NUMBER)", r"(?![A-Z0-9])"
    if re.search(before + re.escape(wanted) + after, printed, re.MULTILINE):
        return "same"
    if re.search(before + re.escape(folded(wanted)) + after, folded(printed).replace("N0", "NO"), re.MULTILINE):
        return "alike"
    known = {case.passport_number.upper(), case.work_permit_number.upper(), case.residence_number.upper()}
    rivals = [
        token
        for token in re.findall(r"[A-Z0-9]+", printed)
        if len(token) == len(wanted) and token not in known and _make(token) == _make(wanted)
    ]
    return "other" if rivals else "misread"


def _make(number: str) -> tuple[bool, bool]:
    """Whether it begins with a letter and has four digits or more: enough to tell a number from a word."""
    return number[:1].isalpha(), sum(map(str.isdigit, number)) >= 4


def printed_name(printed: str, case: Case) -> Verdict:
    """The holder's name in either order, on one line or on several; `misread` when only a part of it is seen."""
    letters = [re.sub(r"[^A-Z]", "", line) for line in printed.splitlines()]
    everything = "".join(letters)
    surname, given = (re.sub(r"[^A-Z]", "", part.upper()) for part in (case.surname, case.given_names))
    for text in (*letters, everything):
        if surname + given in text or given + surname in text:
            return "same"
    if all(part in letters for part in (surname, given) if part):
        return "same"
    if folded(surname + given) in folded(everything):
        return "alike"
    return "misread" if surname in everything or (given and given in everything) else "other"


def printed_days(printed: str) -> set[str]:
    """ISO dates: 2027-01-20, 2027年1月20日, 20 JAN 2027."""
    days = {day.isoformat() for day in dates_in(printed)[0]}
    for day, month, year in re.findall(rf"(\d{{2}})({'|'.join(_MONTHS)})[A-Z]*(20\d{{2}})", printed):
        days.add(f"{year}-{_MONTHS.index(month) + 1:02}-{day}")
    return days
