"""`/welcome`: the first start, step by step: the folder, this computer, the company, one rehearsal with an invented applicant.

Each step says whether it is done, and names what is missing with the button that mends it. None of them is forced.
"""

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.desk.cases import address_of
from assistant.desk.desk import Desk
from assistant.desk.forms.new_case import put_samples
from assistant.desk.render import language_of, page, seen_at
from assistant.errors import InputError
from assistant.intake.applicants import EMPLOYER_FILE
from assistant.jobs.course import read_course
from assistant.jobs.doctor.places import check_place
from assistant.messages import Text
from assistant.store.base import ApplicantRef, content_of
from assistant.store.locations import choose_folder

SAMPLE = ApplicantRef("sample-lee")
MATTERS = ("browser", "font", "policies", "display", "loopback", "folders")
"""What a rehearsal can't do without; the rest of the doctor's answers stand in the settings."""


def show(request: Request) -> Response:
    return _page(request)


def _page(request: Request, *, done: Text | None = None, fault: Text | None = None, typed: str = "") -> Response:
    desk: Desk = request.app.state.desk
    checks = [one for one in desk.examination.checks if one["name"] in MATTERS]
    return page(
        request,
        "welcome",
        422 if fault else 200,
        done=done,
        fault=fault,
        folder=desk.place,
        typed=typed or str(desk.folder),
        places=[one for one in check_place(desk.folder) if one.state != "ok"],
        examined=bool(checks),
        missing=[one for one in checks if one["state"] != "ok"],
        examining=desk.examination.runs,
        has_employer=content_of(desk.store.shared, EMPLOYER_FILE) is not None,
        rehearsed=_has_rehearsed(desk),
        sample=address_of(SAMPLE.id),
        running=any(not run.ended for run in desk.runs.of(SAMPLE.id)),
        refresh=2 if desk.examination.runs else 0,
    )


def _has_rehearsed(desk: Desk) -> bool:
    if SAMPLE not in desk.store.applicants():
        return False
    with desk.store.open(SAMPLE) as applicant:
        return any(one.what == "rehearsed" for one in read_course(applicant).events)


async def act(request: Request) -> Response:
    form = await request.form()
    said = {name: str(form.get(name, "")) for name in ("do", "folder")}
    return await run_in_threadpool(_act, request, said)


def _act(request: Request, said: dict[str, Any]) -> Response:
    desk: Desk = request.app.state.desk
    if said["do"] == "folder":
        return _choose(request, said["folder"].strip())
    if said["do"] == "examine":
        desk.examination.begin(language_of(request), desk.folder)
        return seen_at("/welcome")
    if said["do"] == "rehearse":
        put_samples(desk.store)
        try:
            desk.runs.start(SAMPLE.id, "fill", "rehearse", "shenzhen", language_of(request))
        except InputError as error:
            return _page(request, fault=error.what)
        return seen_at(f"{address_of(SAMPLE.id)}/fill")
    raise HTTPException(400)


def _choose(request: Request, typed: str) -> Response:
    """Another folder counts from the next start: this desk shows one folder as long as it runs."""
    place = Path(typed.strip('"')).expanduser()
    if not typed or not place.is_absolute():
        what = Text("请写完整的路径，例如 D:\\续签 或 /home/me/续签。", "Write the whole path, such as D:\\renewals.")
        return _page(request, fault=what, typed=typed)
    bad = [one for one in check_place(place) if one.state == "bad"]
    if bad:
        return _page(request, fault=bad[0].message, typed=typed)
    choose_folder(place)
    what = Text(
        f"记住了：{place}。请按「退出」，再重新打开工作台。",
        f"Remembered: {place}. Press “Quit” and open the desk again.",
    )
    return _page(request, done=what)


ROUTES = [Route("/welcome", show), Route("/welcome", act, methods=["POST"])]
