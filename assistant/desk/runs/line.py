"""What runs and what waits, as a page shows it: by login, since one login has one run at a time."""

from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from assistant.check.city.loading import cities, load_city
from assistant.desk.cases import address_of
from assistant.desk.runs.run import STATE_WORDS, Run
from assistant.desk.runs.runs import REHEARSALS, Runs
from assistant.messages import Text, printable


def line_of(runs: Runs, without: str = "") -> list[dict[str, Any]]:
    """Every run that is not over, each login's in their order; `without` is the applicant whose page it is."""
    there = [run for run in runs.active if run.case != without]
    by_login = groupby(sorted(there, key=lambda run: run.login), key=lambda run: run.login)
    return [_shown(runs, run) for _, group in by_login for run in group]


def _shown(runs: Runs, run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "login": login_words(run.login),
        "address": f"{address_of(run.case)}/{run.kind}",
        "name": printable(run.case),
        "state": STATE_WORDS[run.state],
        "state_key": run.state,
        "before": runs.before(run),
    }


def login_words(login: str) -> Text:
    """What no two runs may use at once, as people call it."""
    if login == REHEARSALS:
        return Text("演练（这台电脑）", "rehearsals (this computer)")
    if login in cities():
        title = load_city(login).title.text
        return Text(f"{title.zh}的平台", f"the portal of {title.en}")
    return Text(urlsplit(login).netloc or login, urlsplit(login).netloc or login)
