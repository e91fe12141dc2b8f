"""`/cases/{id}/profile`: the applicant's data as a form.

Promises: saving writes what was typed, right or wrong, and says what must be mended, so that nothing typed is lost; what
another window has saved meanwhile is never overwritten unseen; comments of the file stay. With `?show=missing` what is in order is
folded away; it is posted all the same.
"""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.check.city.loading import load_city
from assistant.check.rules import check_rules
from assistant.check.rules.profile import check_profile
from assistant.desk.cases import OpenCase, opened_case
from assistant.desk.desk import Desk
from assistant.desk.forms.code_words import countries
from assistant.desk.forms.faults import Fault, fault_in, fault_of, faults_of
from assistant.desk.forms.posted import at, merged
from assistant.desk.forms.shape import FormPart, employer_form, profile_form
from assistant.desk.forms.shown import Origin, Showing
from assistant.desk.render import language_of, page, seen_at
from assistant.errors import InputError, ProfileError
from assistant.intake.sources import sources_of
from assistant.messages import Text
from assistant.profile.loading import load_profile, name_questions
from assistant.store.base import PROFILE, Version, version_of
from assistant.store.yaml_writer import written
from assistant.strict_yaml import Document, Tree, decoded, parse

MOST_FIELDS = 4000


def show(request: Request) -> Response:
    with opened_case(request) as case:
        content = case.applicant.read(PROFILE)
        return _page(request, case, _document(content).data, version_of(content))


async def save(request: Request) -> Response:
    form = await request.form(max_fields=MOST_FIELDS)
    posted = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_save, request, posted)


def _save(request: Request, posted: dict[str, str]) -> Response:
    """Writes, then shows the page anew; where another window was first, shows both and writes nothing."""
    with opened_case(request) as case:
        content = case.applicant.read(PROFILE)
        document = _document(content)
        data = merged(document.data, _shape(document.data), posted, posted.get("remove", ""))
        if posted.get("version") != version_of(content):
            return _page(request, case, data, version_of(content), others=document.data)
        if data != document.data:
            text = written(data, content.decode("utf-8-sig"))
            case.applicant.write(PROFILE, text.encode("utf-8"), expected=version_of(content))
        added = posted.get("add", "")
        table = at(data, added) if added else None
        show = "show=missing&" if posted.get("show") == "missing" else ""
        place = f"add={added}#{added}.{len(table) if isinstance(table, list) else 0}" if added else "saved=1"
        return seen_at(f"{case.address}/profile?{show}{place}")


async def judge(request: Request) -> Response:
    """What is wrong with one answer by itself, for the script that asks when the person leaves a field."""
    form = await request.form()
    fault = fault_in(str(form.get("name", "")), str(form.get("value", "")))
    return JSONResponse({"fault": fault.say(language_of(request)) if fault else ""})


def _page(
    request: Request, case: OpenCase, data: dict[str, Tree], version: Version, others: dict[str, Tree] | None = None
) -> Response:
    shape = _shape(data)
    desk: Desk = request.app.state.desk
    added = request.query_params.get("add", "") if request.method == "GET" else ""
    faults = _faults(case, desk, shape, data) if others is None else []
    wrong = [fault for fault in faults if fault.severity == "error"]
    return page(
        request,
        "profile",
        409 if others is not None else 200,
        case=case,
        here="profile",
        name=name_in(data) or case.shown_id,
        parts=Showing(data, faults, added=added, others=others, origins=_origins(case)).parts(shape),
        faults=wrong,
        saved=request.query_params.get("saved") == "1",
        only_missing=bool(wrong) and request.query_params.get("show") == "missing",
        conflict=others is not None,
        version_read=version,
        employer_elsewhere=not isinstance(data.get("employer"), dict),
        countries=countries(),
    )


def _shape(data: dict[str, Tree]) -> tuple[FormPart, ...]:
    """With the employer's questions where the profile itself holds the answers."""
    within = isinstance(data.get("employer"), dict)
    return (*profile_form(), *(employer_form("employer.") if within else ()))


def _faults(case: OpenCase, desk: Desk, shape: tuple[FormPart, ...], data: dict[str, Tree]) -> list[Fault]:
    """What stands in the way by the file as it is saved: of the data, else of the city's rules."""
    try:
        profile = load_profile(case.applicant, fetched=False)
        city = load_city(profile.city)
    except InputError as error:
        return [*faults_of(error, shape, data), *_about_names(data)]
    found = [*check_profile(profile, desk.on()), *check_rules(profile, city, desk.on())]
    return [fault_of(one, shape) for one in found if one.severity != "info" and not one.where.startswith("documents")]


def _origins(case: OpenCase) -> dict[str, Origin]:
    """Where each value was read, as far as that is known."""
    try:
        known = sources_of(case.applicant).values
    except InputError:
        return {}
    by = {"person": Text("您确认", "confirmed by you"), "sources": Text("来源一致", "the sources agree")}
    return {
        path: Origin(
            Text(
                f"来自 {one.source}（{one.on}，{by.get(one.confirmed, by['sources']).zh}）",
                f"from {one.source} ({one.on}, {by.get(one.confirmed, by['sources']).en})",
            )
        )
        for path, one in known.items()
    }


def _about_names(data: dict[str, Tree]) -> list[Fault]:
    """How a name would be spelled in the machine readable zone."""
    return [
        Fault(
            question.path.replace("[", ".").replace("]", ""),
            Text(
                f"可能应写作 {question.proposal}（以护照机读码为准）",
                f"perhaps {question.proposal}, if the machine readable zone agrees",
            ),
            severity="info",
        )
        for question in name_questions(data)
    ]


def name_in(data: dict[str, Tree]) -> str:
    """The applicant's name as far as there is one."""
    parts = (at(data, f"applicant.{key}") for key in ("surname", "given_names", "chinese_name"))
    return " ".join(part for part in parts if isinstance(part, str) and part)


def _document(content: bytes) -> Document:
    path = Path(PROFILE)
    return parse(decoded(content, path, ProfileError), path, ProfileError)


ROUTES = [
    Route("/cases/{id}/profile", show),
    Route("/cases/{id}/profile", save, methods=["POST"]),
    Route("/judge", judge, methods=["POST"]),
]
