"""`/cases/{id}/check`: ready, or what is missing: every finding with its place and its source; a letter to the applicant."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.check.city.loading import load_city
from assistant.check.documents.result import SlotState
from assistant.check.readiness import Readiness
from assistant.desk.cases import OpenCase, opened_case
from assistant.desk.desk import Desk
from assistant.desk.forms.faults import Fault, fault_of, faults_of
from assistant.desk.forms.shape import employer_form, profile_form
from assistant.desk.letters import letters
from assistant.desk.pages.profile import name_in
from assistant.desk.render import page
from assistant.desk.runs.checks import job_for
from assistant.messages import Text
from assistant.profile.loading import read_raw
from assistant.strict_yaml import Tree


def show(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    with opened_case(request) as case:
        data = read_raw(case.applicant).data
        running = desk.checks.of(case, job_for(case, desk.on()))
        shape = (*profile_form(), *employer_form("employer."))
        ready = running.readiness
        if ready is not None:
            faults = [fault_of(one, shape) for one in ready.findings]
        elif running.fault is not None:
            faults = [
                Fault(one.field, one.what, one.label, "profile.unusable")
                for one in faults_of(running.fault, shape, data)
            ]
        else:
            faults = []
        missing = _missing(ready)
        name = name_in(data) or case.shown_id
        return page(
            request,
            "check",
            case=case,
            here="check",
            name=name,
            running=None if running.answer.done() else running,
            refresh=0 if running.answer.done() else 1,
            broken=running.failed,
            ready=ready is not None and ready.ready,
            errors=sum(one.severity == "error" for one in faults),
            missing=[{"slot": slot.slot, "label": _paper(data, slot)} for slot in missing],
            findings=[_linked(case, one, ready, data) for one in faults],
            letters=letters(name, [_paper(data, slot) for slot in missing], faults),
        )


def _missing(ready: Readiness | None) -> Sequence[SlotState]:
    return [slot for slot in ready.slots if slot.required == "required" and slot.state == "missing"] if ready else []


def _paper(data: dict[str, Tree], slot: SlotState) -> Text:
    """What a slot is called in both languages, by the city's file."""
    listed = load_city(str(data.get("city", ""))).slots
    return next(
        (Text(one.label, one.label_en) for one in listed if one.slot == slot.slot), Text(slot.label, slot.label)
    )


def _linked(case: OpenCase, fault: Fault, ready: Readiness | None, data: dict[str, Tree]) -> dict[str, object]:
    """A finding with the address of its field or slot."""
    slots = {slot.slot: _paper(data, slot) for slot in ready.slots} if ready else {}
    key = fault.field.removeprefix("documents.").partition(".")[0] if fault.field.startswith("documents.") else ""
    by_name = next(
        (one.slot for one in (ready.findings if ready else ()) if one.message == fault.what and one.slot), ""
    )
    slot = by_name or (key if key in slots else "")
    label = slots.get(slot) or fault.label or Text("查看", "see")
    address = f"{case.address}/documents#slot-{slot}" if slot else f"{case.address}/profile#f-{fault.field}"
    if fault.field.startswith("employer."):
        address = f"/employer#f-{fault.field}"
    return {
        "code": fault.code,
        "severity": fault.severity,
        "what": fault.what,
        "source": fault.source,
        "label": label,
        "address": address if slot or fault.label else "",
    }


ROUTES = [Route("/cases/{id}/check", show)]
