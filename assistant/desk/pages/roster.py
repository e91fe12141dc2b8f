"""`/`: everyone, most urgent first, with a picture of the year; a new applicant; the calendar file."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from assistant.check.city.loading import cities, load_city
from assistant.check.deadlines.dates import now
from assistant.check.deadlines.roster import make_roster
from assistant.check.deadlines.words import STATE_WORDS
from assistant.desk.cases import address_of
from assistant.desk.desk import Desk
from assistant.desk.forms.new_case import begin_case, put_samples
from assistant.desk.known_cases import RosterRow
from assistant.desk.render import language_of, page, seen_at
from assistant.desk.runs.line import line_of
from assistant.desk.year import Bar, year_picture
from assistant.errors import InputError
from assistant.intake.applicants import EMPLOYER_FILE
from assistant.jobs.course import STAGE_WORDS, STAGES, Stage
from assistant.messages import Text
from assistant.store.base import content_of

NEXT_STEPS: dict[Stage, tuple[str, Text]] = {
    "data": ("profile", Text("补全资料", "complete the data")),
    "papers": ("documents", Text("补齐材料", "add the papers")),
    "filling": ("fill", Text("核对并填写", "check and fill")),
    "submitted": ("after", Text("查询审核与预约", "see status and booking")),
    "booked": ("after", Text("打印现场清单", "print the on-site page")),
    "collected": ("after", Text("核对新证件", "check the new permits")),
    "done": ("after", Text("查看记录", "see what was done")),
}


def roster(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    wanted = {key: request.query_params.get(key, "").strip() for key in ("q", "city", "stage")}
    look = desk.known.look()
    holders = desk.holders()
    rows = [row for row in look.rows if _is_wanted(row, **wanted)]
    bars = [Bar(row.name, row.due) for row in rows if row.due is not None]
    return page(
        request,
        "roster",
        rows=[_shown(row, holders.get(row.id, "")) for row in rows],
        total=len(look.rows) + look.unread,
        unread=look.unread,
        refresh=1 if look.unread else 3 if desk.runs.active else 0,
        waiting_line=line_of(desk.runs),
        picture=year_picture(bars, look.on, language_of(request)),
        cities=[(key, load_city(key).title.text) for key in cities()],
        stages=[(stage, STAGE_WORDS[stage]) for stage in STAGES],
        has_employer=content_of(desk.store.shared, EMPLOYER_FILE) is not None,
        q=wanted["q"],
        city=wanted["city"],
        stage=wanted["stage"],
    )


def _is_wanted(row: RosterRow, q: str, city: str, stage: str) -> bool:
    named = q.casefold() in f"{row.name} {row.shown_id}".casefold()
    there = not city or (row.due is not None and row.due.city.city == city)
    return named and there and (not stage or row.stage == stage)


def _shown(row: RosterRow, holder: str) -> dict[str, object]:
    where, what = NEXT_STEPS[row.stage]
    address = address_of(row.id)
    return {
        "row": row,
        "holder": holder,
        "address": address,
        "state": STATE_WORDS[row.due.state] if row.due else "",
        "stage": STAGE_WORDS[row.stage],
        "next": what,
        "next_address": f"{address}/{where}",
    }


def calendar(request: Request) -> Response:
    """The deadlines of everyone as a file for Outlook and phones."""
    from assistant.check.deadlines.ics import calendar_file

    desk: Desk = request.app.state.desk
    content = calendar_file(make_roster(desk.store, desk.on()), language_of(request), now())
    return Response(
        content, media_type="text/calendar", headers={"content-disposition": 'attachment; filename="renewals.ics"'}
    )


def new_case(request: Request) -> Response:
    return _new_case_page(request, {})


def _new_case_page(request: Request, typed: dict[str, str], fault: Text | None = None) -> Response:
    known = [(key, load_city(key).title.text) for key in cities()]
    return page(request, "new_case", 422 if fault else 200, cities=known, typed=typed, fault=fault)


async def add_case(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    form = await request.form()
    typed = {key: str(form.get(key, "")).strip() for key in ("surname", "given_names", "chinese_name", "city")}
    try:
        name = await run_in_threadpool(begin_case, desk.store, **typed)
    except InputError as error:
        return _new_case_page(request, typed, error.what)
    return seen_at(f"{address_of(name)}/profile")


async def samples(request: Request) -> Response:
    """The invented applicants, to try everything with; nothing that is there is replaced."""
    desk: Desk = request.app.state.desk

    await run_in_threadpool(put_samples, desk.store)
    return seen_at("/")


def case(request: Request) -> Response:
    return RedirectResponse(f"/cases/{quote(request.path_params['id'], safe='')}/profile")


ROUTES = [
    Route("/", roster),
    Route("/calendar.ics", calendar),
    Route("/samples", samples, methods=["POST"]),
    Route("/cases/new", new_case),
    Route("/cases", add_case, methods=["POST"]),
    Route("/cases/{id}", case),
]
