"""`/cases/{id}/fill`: a rehearsal or the real run, followed section by section; what it asks is answered here as well."""

import asyncio
import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from typing import Any, Literal

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.desk.cases import OpenCase, address_of, applicant_of, opened_case
from assistant.desk.desk import Desk
from assistant.desk.pages.profile import name_in
from assistant.desk.render import language_of, page, seen_at
from assistant.desk.runs.line import line_of
from assistant.desk.runs.run import STATE_WORDS, Run
from assistant.errors import InputError
from assistant.jobs.course import read_course
from assistant.jobs.outputs import PROOF, REPORT, RESULT
from assistant.messages import Text
from assistant.outcome import CALM, REASON_WORDS, STATUS_WORDS, STATUSES
from assistant.profile.loading import read_raw

WhereTo = Literal["rehearse", "live"]
TARGETS: tuple[WhereTo, ...] = ("rehearse", "live")
PAPERS = (
    (REPORT, Text("报告（值已遮盖）", "Report (values masked)")),
    (PROOF, Text("核对单（给申请人签字）", "Proof sheet (for the applicant to sign)")),
)
# A page of its own that was made by a run: nothing of it runs, nothing is loaded; its one style sheet is known by its hash.
PAPER_POLICY = "default-src 'none'; img-src data:; style-src {styles}; frame-ancestors 'none'; sandbox allow-modals"


def show(request: Request) -> Response:
    with opened_case(request) as case:
        return _page(request, case)


def _page(request: Request, case: OpenCase, fault: Text | None = None) -> Response:
    desk: Desk = request.app.state.desk
    run = next((one for one in desk.runs.of(case.id) if one.kind == "fill"), None)
    target, result = _result(case, run)
    return page(
        request,
        "fill",
        422 if fault else 200,
        case=case,
        here="fill",
        name=name_in(read_raw(case.applicant).data) or case.shown_id,
        run=run,
        state=STATE_WORDS[run.state] if run else "",
        before=desk.runs.before(run) if run and not run.ended else 0,
        refresh=2 if run and not run.ended else 0,
        fault=fault,
        rehearsed=any(one.what == "rehearsed" for one in read_course(case.applicant).events),
        waiting_line=line_of(desk.runs, without=case.id),
        **_shown_result(case, target, result),
    )


def _result(case: OpenCase, run: Run | None) -> tuple[WhereTo, Mapping[str, Any] | None]:
    """What came of this run, or of the last one that was kept."""
    if run is not None and (run.result or not run.ended):
        return run.target, run.result
    for target in ("live", "rehearse"):
        try:
            kept = json.loads(case.applicant.read(f"results/{target}-{RESULT}"))
        except (FileNotFoundError, ValueError):
            continue
        if isinstance(kept, dict) and isinstance(kept.get("sections"), list):
            return "live" if target == "live" else "rehearse", kept
    return "rehearse", None


def _shown_result(case: OpenCase, target: WhereTo, result: Mapping[str, Any] | None) -> dict[str, Any]:
    if result is None:
        return {"result": None}
    sections = [
        {"title": one["title"], "counts": Counter(outcome["status"] for outcome in one["outcomes"])}
        for one in result["sections"]
    ]
    seen = [status for status in STATUSES if any(one["counts"][status] for one in sections)]
    left = [
        {
            "section": section["title"],
            "label": one["label"],
            "row": one["row"],
            "status": one["status"],
            "word": STATUS_WORDS[one["status"]],
            "why": REASON_WORDS.get(one["reason"]),
        }
        for section in result["sections"]
        for one in section["outcomes"]
        if one["status"] not in CALM
    ]
    there = case.applicant.names()
    papers = [
        (f"{case.address}/results/{target}/{name}", words)
        for name, words in PAPERS
        if f"results/{target}-{name}" in there
    ]
    statuses = [(status, STATUS_WORDS[status]) for status in seen]
    return {"result": result, "sections": sections, "statuses": statuses, "left": left, "papers": papers}


async def start(request: Request) -> Response:
    applicant_of(request)
    form = await request.form()
    return await run_in_threadpool(
        _start, request, {key: str(form.get(key, "")) for key in ("target", "url", "unseen", "overwrite")}
    )


def _start(request: Request, asked: Mapping[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    with opened_case(request) as case:
        target = next((one for one in TARGETS if one == asked["target"]), None)
        url = asked["url"].strip()
        if target is None:
            return _page(request, case, Text("请选择演练或正式填写。", "Choose: rehearse or live."))
        if url and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
            return _page(
                request,
                case,
                Text("网址应以 http:// 或 https:// 开头。", "The address must begin with http:// or https://."),
            )
        try:
            desk.runs.start(
                case.id,
                "fill",
                "live" if url else target,
                str(read_raw(case.applicant).data.get("city", "")),
                language_of(request),
                url=url,
                unseen=asked["unseen"] == "yes",
                overwrite=asked["overwrite"] == "yes",
            )
        except InputError as error:
            return _page(request, case, error.what)
        return seen_at(f"{case.address}/fill")


def _run_of(request: Request) -> Run:
    desk: Desk = request.app.state.desk
    run = desk.runs.by_id(request.path_params["run"])
    if run is None:
        raise HTTPException(404)
    return run


async def answer(request: Request) -> Response:
    run, form = _run_of(request), await request.form()
    await run_in_threadpool(run.answer, form.get("word") == "yes")
    return _back_to(run)


async def stop(request: Request) -> Response:
    run = _run_of(request)
    await run_in_threadpool(run.stop)
    return _back_to(run)


def _back_to(run: Run) -> Response:
    return seen_at(f"{address_of(run.case)}/{run.kind}")


async def events(request: Request) -> Response:
    """Says that there is something new, never what: the page is asked for as always."""
    run = _run_of(request)

    async def told() -> AsyncIterator[str]:
        seen = -1
        while not run.ended:
            if run.version != seen:
                seen = run.version
                yield "event: changed\ndata: -\n\n"
            await asyncio.sleep(0.4)
        yield "event: over\ndata: -\n\n"

    return StreamingResponse(told(), media_type="text/event-stream")


def paper(request: Request) -> Response:
    """The report or the proof sheet, as the run made it."""
    target, name = request.path_params["target"], request.path_params["name"]
    if target not in TARGETS or name not in (REPORT, PROOF):
        raise HTTPException(404)
    with opened_case(request) as case:
        content = case.applicant.read(f"results/{target}-{name}")
    return made_page(content.decode("utf-8"))


def made_page(text: str) -> Response:
    """A whole page that another part made, with its own style sheet and nothing else allowed."""
    styles = (
        b64encode(sha256(one.encode("utf-8")).digest()).decode()
        for one in re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    )
    allowed = " ".join(f"'sha256-{one}'" for one in styles) or "'none'"
    return HTMLResponse(text, headers={"content-security-policy": PAPER_POLICY.format(styles=allowed)})


ROUTES = [
    Route("/cases/{id}/fill", show),
    Route("/cases/{id}/fill", start, methods=["POST"]),
    Route("/cases/{id}/results/{target}/{name}", paper),
    Route("/runs/{run}/answer", answer, methods=["POST"]),
    Route("/runs/{run}/stop", stop, methods=["POST"]),
    Route("/runs/{run}/events", events),
]
