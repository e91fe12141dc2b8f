"""`/cases/{id}/after`: how far the case is, what follows when, the pages to print, and status and booking at one press."""

import re
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.check.city.loading import load_city
from assistant.check.deadlines.dates import now
from assistant.check.deadlines.roster import Roster, due_of
from assistant.desk.cases import OpenCase, address_of, applicant_of, opened_case
from assistant.desk.desk import Desk
from assistant.desk.pages.fill import PAPERS, made_page
from assistant.desk.pages.profile import name_in
from assistant.desk.render import language_of, page, seen_at
from assistant.desk.runs.run import STATE_WORDS
from assistant.errors import InputError
from assistant.jobs.course import HAPPENING_WORDS, STAGE_WORDS, STAGES, Happened, keep_course, read_course
from assistant.jobs.follow_up import FollowUpJob, onsite
from assistant.jobs.renew import RenewJob, renew
from assistant.messages import Text
from assistant.profile.loading import load_profile, read_raw
from assistant.review.onsite import onsite_page


def show(request: Request) -> Response:
    with opened_case(request) as case:
        return _page(request, case)


def _page(request: Request, case: OpenCase, fault: Text | None = None) -> Response:
    desk: Desk = request.app.state.desk
    run = next((one for one in desk.runs.of(case.id) if one.kind == "after"), None)
    course, there = read_course(case.applicant), case.applicant.names()
    return page(
        request,
        "after",
        422 if fault else 200,
        case=case,
        here="after",
        name=name_in(read_raw(case.applicant).data) or case.shown_id,
        stages=[(stage, STAGE_WORDS[stage]) for stage in STAGES],
        events=[{"at": one.at.replace("T", " ")[:16], "words": _words(one)} for one in reversed(course.events)],
        papers=[
            (f"{case.address}/results/{target}/{name}", words)
            for target in ("live",)
            for name, words in PAPERS
            if f"results/{target}-{name}" in there
        ],
        run=run,
        reviewed_by=None if desk.shared is None else desk.shared.reviews.reviewers(case.id).get(case.id, ""),
        state=STATE_WORDS[run.state] if run else "",
        refresh=2 if run and not run.ended else 0,
        fault=fault,
        **_dates(desk, case),
    )


def _dates(desk: Desk, case: OpenCase) -> dict[str, Any]:
    """The days of this case, and where it stands; nothing while the data can't be used."""
    course = read_course(case.applicant)
    try:
        due = due_of(load_profile(case.applicant, fetched=False), desk.on())
    except InputError:
        return {"days": [], "stage": course.stage(errors=1, papers_missing=0)}
    then = due.next_steps
    days = [
        (Text("最早申请日", "First day to file"), due.dates.first_day),
        (Text("稳妥申请日", "Last safe day"), due.dates.last_safe_day),
        (Text("最后申请日", "Last day"), due.dates.last_day),
        (Text("许可到期", "Permit expires"), due.dates.expires_on),
        (
            Text(f"若 {then.filed_on} 提交：预审结果", f"If filed on {then.filed_on}: pre-review result"),
            then.pre_review_due,
        ),
        (Text("预约现场办理", "Visit, with a booking"), then.visit_from if then.needs_booking else "—"),
        (Text("预计取证", "New permit expected"), then.collection),
    ]
    return {"days": days, "stage": course.stage(errors=due.errors, papers_missing=due.required - due.present)}


def _words(event: Happened) -> Text:
    words = HAPPENING_WORDS[event.what]
    stage = next((STAGE_WORDS[one] for one in STAGES if one == event.note), None)
    if event.what == "stage" and stage:
        return Text(f"{words.zh}「{stage.zh}」", f"{words.en} “{stage.en}”")
    more = (f"：{event.note} 项就绪", f": {event.note} settled") if event.note.isdecimal() else ("", "")
    return Text(words.zh + more[0], words.en + more[1])


async def act(request: Request) -> Response:
    applicant_of(request)
    form = await request.form()
    return await run_in_threadpool(_act, request, {key: str(form.get(key, "")) for key in ("do", "stage", "url")})


def _act(request: Request, asked: dict[str, str]) -> Response:
    """Sets the stage, or starts the look after the application."""
    desk: Desk = request.app.state.desk
    with opened_case(request) as case:
        stage = next((one for one in STAGES if one == asked["stage"]), None)
        if asked["do"] == "stage" and stage is not None:
            keep_course(case.applicant, read_course(case.applicant).at_stage(stage, now()))
        elif asked["do"] == "reviewed" and desk.shared is not None:
            desk.shared.reviews.mark(case.id)
        elif asked["do"] == "look":
            url = asked["url"].strip()
            if url and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
                return _page(
                    request,
                    case,
                    Text("网址应以 http:// 或 https:// 开头。", "It must begin with http:// or https://."),
                )
            city = str(read_raw(case.applicant).data.get("city", ""))
            try:
                desk.runs.start(case.id, "after", "live", city, language_of(request), url=url)
            except InputError as error:
                return _page(request, case, error.what)
        elif asked["do"] == "renew":
            made = renew(RenewJob(case.at, desk.store, desk.on()))
            return seen_at(f"{address_of(made.applicant)}/profile")
        return seen_at(f"{case.address}/after")


def onsite_sheet(request: Request) -> Response:
    """The page to take along, to be printed."""
    pack = onsite(FollowUpJob(applicant_of(request)))
    return made_page(onsite_page(pack, language_of(request)))


def calendar(request: Request) -> Response:
    """This applicant's days as a file for Outlook and phones."""
    from assistant.check.deadlines.ics import calendar_file

    desk: Desk = request.app.state.desk
    with opened_case(request) as case:
        profile = load_profile(case.applicant, fetched=False)
        load_city(profile.city)
        roster = Roster(desk.on(), (due_of(profile, desk.on()),), (), desk.store.shared)
        content = calendar_file(roster, language_of(request), now())
    headers = {"content-disposition": 'attachment; filename="renewal.ics"'}
    return Response(content, media_type="text/calendar", headers=headers)


ROUTES = [
    Route("/cases/{id}/after", show),
    Route("/cases/{id}/after", act, methods=["POST"]),
    Route("/cases/{id}/onsite", onsite_sheet),
    Route("/cases/{id}/calendar.ics", calendar),
]
