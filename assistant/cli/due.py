"""`assistant due`: who must be filed when, most urgent first; as a table, as JSON, as a calendar."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.check.deadlines.dates import now
from assistant.check.deadlines.filing_dates import WindowState
from assistant.check.deadlines.roster import Due, Roster, Unreadable, make_roster
from assistant.check.deadlines.words import STATE_WORDS
from assistant.cli.arguments import ResultFile, add_on, add_store, day_of, store_of
from assistant.jobs.outputs import Results
from assistant.messages import Text
from assistant.review.console import Cell, Console
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES

GIVES_JSON = True

_STYLES: dict[WindowState, str] = {
    "expired": "bad",
    "too-late": "bad",
    "urgent": "bad",
    "open": "good",
    "too-early": "",
}
_HEADERS = (
    Text("申请人", "applicant"),
    Text("城市", "city"),
    Text("状态", "state"),
    Text("天数", "days"),
    Text("最早申请日", "first day"),
    Text("稳妥申请日", "last safe day"),
    Text("材料", "papers"),
    Text("错误", "errors"),
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        default=PROFILES,
        help="申请人文件夹所在的文件夹，默认 profiles/ / folder of applicants, default: profiles/",
    )
    add_store(parser)
    add_on(parser)
    parser.add_argument("--ics", metavar="FILE", action=ResultFile, help="写出日历文件 / write a calendar file")


def run(args: Namespace) -> int:
    """Shows the roster; 1 when somebody must act today or a profile can't be read, else 0."""
    console: Console = args.console
    on, results = day_of(args), Results(console)
    store = store_of(args) or FolderStore.at(args.folder)
    with console.progress(Text("读取申请人", "reading applicants"), len(store.applicants())) as steps:
        roster = make_roster(store, on, steps.done)
    if args.ics:
        from assistant.check.deadlines.ics import calendar_file  # its library is slow to load, and only this needs it

        if results.file(args.ics, calendar_file(roster, args.lang, now())):
            console.line(Text(f"已写出日历 {args.ics}", f"calendar written to {args.ics}"))
    results.json(args.json, as_json(roster))
    if args.json != "-" or not results.complete:
        _show(console, roster)
    results.settle()
    return 0 if roster.calm else 1


def as_json(roster: Roster) -> dict[str, object]:
    """The roster for scripts. The dates follow from the permit's expiry; nothing else is a person's value."""
    applicants = [*map(_due_as_json, roster.due), *map(_unreadable_as_json, roster.unreadable)]
    return {"schema": 1, "command": "due", "on": roster.on.isoformat(), "applicants": applicants}


def _due_as_json(due: Due) -> dict[str, object]:
    dates, then = due.dates, due.next_steps
    return {
        "applicant": due.applicant,
        "city": due.city.city,
        "window": due.state,
        "days_left": due.days_left,
        "first_filing_day": dates.first_day.isoformat(),
        "last_safe_filing_day": dates.last_safe_day.isoformat(),
        "last_filing_day": dates.last_day.isoformat(),
        "pre_review_due": then.pre_review_due.isoformat(),
        "visit_from": then.visit_from.isoformat(),
        "needs_booking": then.needs_booking,
        "collection": then.collection.isoformat(),
        "assumed": dates.assumed,
        "provisional": dates.provisional or then.provisional,
        "slots": {"present": due.present, "required": due.required},
        "errors": due.errors,
        "warnings": due.warnings,
        "problems": [],
    }


def _unreadable_as_json(applicant: Unreadable) -> dict[str, object]:
    lines = zip(applicant.error.lines("zh"), applicant.error.lines("en"), strict=True)
    problems = [{"zh": zh, "en": en} for zh, en in lines]
    return {"applicant": applicant.applicant, "city": None, "window": "unreadable", "problems": problems}


def _show(console: Console, roster: Roster) -> None:
    title = Text(f"延期申请期限（{roster.on}）", f"Renewal deadlines ({roster.on})")
    if roster.due:
        console.table(
            title, _HEADERS, [_row(due) for due in roster.due], styles=[_STYLES[due.state] for due in roster.due]
        )
    if any(due.dates.assumed for due in roster.due):
        console.line(
            Text(
                "* 该城市的最后申请日没有公布，按全国规定计算；请向主管部门确认。",
                "* this city's last day is not published; the national rule is used. Ask the authority.",
            ),
            style="quiet",
        )
    if any(due.dates.provisional or due.next_steps.provisional for due in roster.due):
        console.line(
            Text(
                "~ 部分年份的节假日安排尚未公布，日期为预估（宁早勿晚）。",
                "~ the holidays of a year are not announced yet: an estimate, early rather than late.",
            ),
            style="quiet",
        )
    console.line(
        Text(
            "稳妥申请日：最后申请日之前留出预审和补正所需的工作日。",
            "Last safe day: it leaves the working days of a pre-review and a correction before the last day.",
        ),
        style="quiet",
    )
    for applicant in roster.unreadable:
        console.line(
            Text(f"{applicant.applicant}：资料无法使用", f"{applicant.applicant}: the profile can't be used"),
            style="bad",
        )
        for line in applicant.error.lines(console.language):
            console.line(f"  {line}")


def _row(due: Due) -> tuple[Cell, ...]:
    dates = due.dates
    return (
        due.applicant,
        due.city.title.text,
        STATE_WORDS[due.state],
        str(due.days_left),
        str(dates.first_day),
        f"{dates.last_safe_day}{' *' if dates.assumed else ''}{' ~' if dates.provisional else ''}",
        f"{due.present}/{due.required}",
        str(due.errors),
    )
