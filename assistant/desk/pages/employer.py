"""`/employer`: the employer's data, shared by all applicants of the folder; the same form, checks and promises as theirs."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.desk.desk import Desk
from assistant.desk.forms.faults import Fault, faults_of
from assistant.desk.forms.posted import merged
from assistant.desk.forms.shape import employer_form
from assistant.desk.forms.shown import Showing
from assistant.desk.render import page, seen_at
from assistant.errors import ChangedMeanwhile, InputError, ProfileError
from assistant.intake.applicants import EMPLOYER_FILE as EMPLOYER
from assistant.profile.model import Employer
from assistant.store.base import Version, version_of
from assistant.store.documents import document_in
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Tree
from assistant.validation import validated

FORM = employer_form("employer.")


def show(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    content, data = _held(desk)
    return _page(request, desk, data, version_of(content) if content is not None else None)


async def save(request: Request) -> Response:
    form = await request.form(max_fields=200)
    posted = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_save, request, posted)


def _save(request: Request, posted: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    content, before = _held(desk)
    version = version_of(content) if content is not None else None
    data = merged({"employer": before}, FORM, posted)["employer"]
    assert isinstance(data, dict)
    try:
        if posted.get("version", "") != (version or ""):
            return _page(request, desk, data, version, others=before)
        text = written(data, (content or b"").decode("utf-8-sig", "replace"))
        desk.store.shared.write(EMPLOYER, text.encode("utf-8"), expected=version)
    except ChangedMeanwhile:
        content, there = _held(desk)
        return _page(request, desk, data, version_of(content or b""), others=there)
    return seen_at("/employer?saved=1")


def _held(desk: Desk) -> tuple[bytes | None, dict[str, Tree]]:
    """The file and what it says; nothing where there is none yet."""
    try:
        content = desk.store.shared.read(EMPLOYER)
    except FileNotFoundError:
        return None, {}
    return content, document_in(desk.store.shared, EMPLOYER, ProfileError).data


def _page(
    request: Request,
    desk: Desk,
    data: dict[str, Tree],
    version: Version | None,
    others: dict[str, Tree] | None = None,
) -> Response:
    faults = _faults(desk) if version is not None and others is None else []
    there = None if others is None else {"employer": others}
    return page(
        request,
        "employer",
        409 if others is not None else 200,
        parts=Showing({"employer": data}, faults, others=there).parts(FORM),
        faults=faults,
        saved=request.query_params.get("saved") == "1",
        conflict=others is not None,
        version_read=version or "",
    )


def _faults(desk: Desk) -> list[Fault]:
    document = document_in(desk.store.shared, EMPLOYER, ProfileError)
    try:
        validated(document, Employer, ProfileError)
    except InputError as error:
        plain = faults_of(error, employer_form(), document.data)
        return [Fault(f"employer.{fault.field}" if fault.field else "", fault.what, fault.label) for fault in plain]
    return []


ROUTES = [Route("/employer", show), Route("/employer", save, methods=["POST"])]
