"""`/cases/{id}/bundle`: all papers of the case bound in one PDF, for the window and for the file; fetched when it is ready.

What is shown of it stands on the page of the documents, whose template asks `shown_bundle`.
"""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.desk.cases import OpenCase, address_of, applicant_of
from assistant.desk.desk import Desk
from assistant.desk.render import seen_at
from assistant.desk.runs.binding import Binding


def shown_bundle(desk: Desk, case: OpenCase) -> dict[str, Any]:
    """What the page shows of the binding: how far it is, or what was bound and what was not."""
    binding = desk.bindings.get(case.id)
    bundle = binding.bundle if binding is not None and not binding.runs else None
    return {
        "binding": binding,
        "binding_runs": binding is not None and binding.runs,
        "bundle": bundle,
        "bound": [one for one in bundle.parts if one.why is None] if bundle else [],
        "unbound": [one for one in bundle.parts if one.why is not None] if bundle else [],
    }


async def act(request: Request) -> Response:
    """Begins to bind, or stops that and drops what was bound."""
    at = applicant_of(request)
    form = await request.form(max_files=0, max_fields=5)
    desk: Desk = request.app.state.desk
    await run_in_threadpool(_bind, desk, Binding(at, desk.on()), drop=form.get("do") == "drop")
    return seen_at(f"{address_of(at.ref.id)}/documents#bundle")


def _bind(desk: Desk, binding: Binding, *, drop: bool) -> None:
    name = binding.applicant.ref.id
    if drop:
        binding.close()
        desk.bind_anew(name, None)
    else:
        desk.bind_anew(name, binding)
        binding.begin()


def fetch(request: Request) -> Response:
    desk: Desk = request.app.state.desk
    binding = desk.bindings.get(applicant_of(request).ref.id)
    if binding is None or binding.bundle is None or not binding.file.is_file():
        raise HTTPException(404)
    headers = {"content-disposition": 'attachment; filename="papers.pdf"'}
    return Response(binding.file.read_bytes(), media_type="application/pdf", headers=headers)


ROUTES = [
    Route("/cases/{id}/bundle", act, methods=["POST"]),
    Route("/cases/{id}/papers.pdf", fetch),
]
