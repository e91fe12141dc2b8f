"""`/problem`: everything that a report of a problem would hold, to be read; then one file to save and send."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from assistant.desk.desk import Desk
from assistant.desk.render import language_of, page, seen_at
from assistant.jobs.trouble.problem_report import ProblemReport, make_report


async def show(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    if not desk.examination.checks and not desk.examination.runs:
        desk.examination.begin(language_of(request), desk.folder)
    if desk.examination.runs:
        return page(request, "problem", text="", refresh=2)
    report = await run_in_threadpool(_report, request)
    return page(request, "problem", text=report.as_text(), refresh=0)


async def save(request: Request) -> Response:
    """The file is what was shown: both are made of the same."""
    desk: Desk = request.app.state.desk
    if not desk.examination.checks:
        return seen_at("/problem")
    report = await run_in_threadpool(_report, request)
    headers = {"content-disposition": 'attachment; filename="assistant-problem.html"'}
    return HTMLResponse(report.as_page(), headers=headers)


def _report(request: Request) -> ProblemReport:
    desk: Desk = request.app.state.desk
    return make_report(desk.examination.checks, language_of(request))


ROUTES = [Route("/problem", show), Route("/problem", save, methods=["POST"])]
