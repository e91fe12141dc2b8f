"""`/cases/{id}/documents`: one region a slot, with what it needs, what is in it, and what the checks say."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.check.city.loading import load_city
from assistant.check.readiness import Readiness
from assistant.check.slots import slots_for
from assistant.desk.cases import OpenCase, address_of, applicant_of, opened_case
from assistant.desk.desk import Desk
from assistant.desk.forms.faults import Fault
from assistant.desk.forms.papers import named_in, put_into_slot, take_out
from assistant.desk.pages.bundle import shown_bundle
from assistant.desk.pages.heap import shown_heap
from assistant.desk.pages.profile import name_in
from assistant.desk.render import page, seen_at
from assistant.desk.runs.checks import job_for
from assistant.errors import InputError
from assistant.messages import Text
from assistant.profile.loading import SLOT_NAMES, load_profile, read_raw
from assistant.store.base import Applicant
from assistant.strict_yaml import Tree

MOST_FILES = 200
MOST_SHOWN, MOST_UNFOLDED = 8, 200
"""Pages of a file: shown at once, and shown when the rest is unfolded."""
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".heic")
PORTRAITS = ("photo", "paper_photo")
NO_NOTE = Text("", "")
NEED_WORDS = {
    "required": Text("必需", "required"),
    "optional": Text("可选", "optional"),
    "unsure": Text("不确定是否需要", "not sure whether it is needed"),
    "when-asked": Text("要求时才提供", "when asked for"),
    "": Text("待资料填完后判断", "known once the data are complete"),
}
STATE_WORDS = {
    "ok": Text("可用", "good"),
    "missing": Text("还没有", "missing"),
    "bad": Text("要换", "to be replaced"),
    "unsure": Text("请您看", "please look"),
}


@dataclass(frozen=True)
class ShownSlot:
    """One region of the page."""

    key: str
    label: Text
    need: Text
    files: tuple[dict[str, object], ...]
    note: Text = NO_NOTE
    state_key: str = ""
    findings: tuple[Fault, ...] = ()

    @property
    def straightens(self) -> bool:
        """Whether there may be a sheet to cut out of a photo; a portrait is none."""
        return self.key not in PORTRAITS and any(file["is_picture"] for file in self.files)

    @property
    def state(self) -> Text | None:
        return STATE_WORDS.get(self.state_key)


def show(request: Request) -> Response:
    with opened_case(request) as case:
        return _page(request, case)


def _page(request: Request, case: OpenCase, fault: Text | None = None) -> Response:
    desk: Desk = request.app.state.desk
    data = read_raw(case.applicant).data
    running = desk.checks.of(case, job_for(case, desk.on()), patience=0.4)
    unusable = running.fault is not None
    waiting = not running.answer.done()
    heap, bundle = shown_heap(desk, case), shown_bundle(desk, case)
    return page(
        request,
        "documents",
        422 if fault else 200,
        case=case,
        here="documents",
        name=name_in(data) or case.shown_id,
        slots=_slots(desk, case, data, running.readiness),
        unusable=unusable,
        running=running if waiting else None,
        refresh=2 if waiting or heap["heap_runs"] or bundle["binding_runs"] else 0,
        kept=_count(request.query_params.get("kept", "")),
        fault=fault,
        anything_kept=any(named_in(data, slot) for slot in SLOT_NAMES),
        **heap,
        **bundle,
    )


def _slots(desk: Desk, case: OpenCase, data: dict[str, Tree], ready: Readiness | None) -> list[ShownSlot]:
    states = {slot.slot: slot.state for slot in ready.slots} if ready else {}
    try:
        profile = load_profile(case.applicant)
        needed = slots_for(profile, load_city(profile.city))
    except InputError:
        return _slots_by_city(desk, case, data)
    return [
        ShownSlot(
            slot.key,
            slot.name,
            NEED_WORDS[slot.required],
            _files(desk, case, data, slot.key),
            slot.note or NO_NOTE,
            states.get(slot.key, ""),
            _findings(ready, slot.key),
        )
        for slot in needed
    ]


def _slots_by_city(desk: Desk, case: OpenCase, data: dict[str, Tree]) -> list[ShownSlot]:
    """Every slot of the city, while nobody can say yet which this case needs."""
    try:
        city = load_city(str(data.get("city", "")))
    except InputError:
        return []
    return [
        ShownSlot(entry.slot, Text(entry.label, entry.label_en), NEED_WORDS[""], _files(desk, case, data, entry.slot))
        for entry in city.slots
    ]


def _findings(ready: Readiness | None, slot: str) -> tuple[Fault, ...]:
    found = ready.findings if ready else ()
    return tuple(
        Fault("", one.message, code=one.code, severity=one.severity, source=one.source)
        for one in found
        if one.slot == slot
    )


def _files(desk: Desk, case: OpenCase, data: dict[str, Tree], slot: str) -> tuple[dict[str, object], ...]:
    shown: list[dict[str, object]] = []
    for number, name in enumerate(named_in(data, slot)):
        path = _local(case.applicant, name)
        known = desk.pictures.known(path) if path is not None and not case.sealed else None
        pages = known.count if known else int(path is not None)
        shown.append(
            {
                "name": name,
                "address": f"{case.address}/page/{quote(slot)}/{number}",
                "pages": range(1, min(pages, MOST_SHOWN) + 1),
                "more_pages": range(MOST_SHOWN + 1, min(pages, MOST_UNFOLDED) + 1),
                "count": pages if pages > 1 else 0,
                "is_picture": PurePosixPath(name).suffix.lower() in PICTURE_SUFFIXES,
            }
        )
    return tuple(shown)


def _local(applicant: Applicant, name: str) -> Path | None:
    try:
        return applicant.local_copy(name.strip().replace("\\", "/"))
    except (FileNotFoundError, InputError, OSError):
        return None


def picture(request: Request) -> Response:
    """One page of one file, drawn anew."""
    desk: Desk = request.app.state.desk
    slot, file, number = (request.path_params[key] for key in ("slot", "file", "number"))
    with opened_case(request) as case:
        names = named_in(read_raw(case.applicant).data, slot)
        path = _local(case.applicant, names[file]) if file < len(names) else None
        drawn = desk.pictures.page(path, number) if path is not None else None
    if drawn is None:
        raise HTTPException(404)
    return Response(drawn, media_type="image/jpeg")


async def change(request: Request) -> Response:
    """Takes files into their slots, or one out of it."""
    applicant_of(request)
    came: dict[str, list[bytes]] = {}
    async with request.form(max_files=MOST_FILES, max_fields=20) as form:
        for slot, value in form.multi_items():
            if isinstance(value, UploadFile) and (value.filename or value.size):
                came.setdefault(slot, []).append(await value.read())
        out, slot = str(form.get("out", "")), str(form.get("slot", ""))
    return await run_in_threadpool(_change, request, came, slot, out)


def _change(request: Request, came: dict[str, list[bytes]], slot: str, out: str) -> Response:
    with opened_case(request) as case:
        try:
            if out and slot in SLOT_NAMES:
                take_out(case.applicant, slot, out)
            for key, contents in came.items():
                put_into_slot(case.applicant, key, contents)
        except InputError as error:
            return _page(request, case, error.what)
    kept = sum(map(len, came.values()))
    near = f"#slot-{slot or next(iter(came), '')}" if slot or came else ""
    return seen_at(f"{address_of(case.id)}/documents{f'?kept={kept}' if kept else ''}{near}")


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0


ROUTES = [
    Route("/cases/{id}/documents", show),
    Route("/cases/{id}/documents", change, methods=["POST"]),
    Route("/cases/{id}/page/{slot}/{file:int}/{number:int}", picture),
]
