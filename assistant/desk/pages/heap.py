"""`/cases/{id}/heap`: a heap of scans, sorted into the slots; each copy beside its original before anything is kept.

What is shown of it stands on the page of the documents, whose template asks `shown_heap`.
"""

from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.desk.cases import OpenCase, address_of, applicant_of
from assistant.desk.desk import Desk
from assistant.desk.render import seen_at
from assistant.desk.runs.preparing import Preparing
from assistant.errors import InputError
from assistant.intake.prepare.keep import runs_of
from assistant.intake.prepare.result import DONE_WORDS, Prepared, PreparedPaper, why_listed
from assistant.jobs.prepare import undo
from assistant.messages import Text
from assistant.profile.loading import SLOT_NAMES

MOST_FILES = 200
HEAP_FIRST = Text(
    "还有一堆扫描件没有处理完；请先「采用」或「放弃」，再拉正已存入的材料。",
    "A heap of scans is still waiting: keep or discard it first, then straighten what is in the slots.",
)
NO_FILES = Text("请先选择扫描件，或把它们拖到这里。", "Choose the scans first, or drop them here.")


def shown_heap(desk: Desk, case: OpenCase) -> dict[str, Any]:
    """What the page shows of the heap: its files, how far it is, what it came to, and what can be taken back."""
    heap = desk.heaps.get(case.id)
    found = heap.found if heap is not None and not heap.runs and not heap.kept else None
    if heap is not None and heap.kept:
        # Once it is kept, the slots show it.
        desk.heaps.pop(case.id).close()
    runs = runs_of(case.applicant)
    return {
        "heap": heap,
        "heap_runs": heap is not None and heap.runs,
        "heap_found": found,
        "papers": _papers(case, found) if found else (),
        "sort_again": heap is not None and not heap.slot and not heap.whole and not heap.runs and bool(heap.files),
        "left_over": [{"place": one.place, "why": why_listed(one)} for one in found.listed] if found else (),
        "undoable": next(
            ({"run": name, "at": str(run.get("at", ""))[:16].replace("T", " ")} for name, run in runs.items()), None
        ),
    }


def _papers(case: OpenCase, found: Prepared) -> list[dict[str, Any]]:
    return [
        {
            "label": paper.label,
            "slot": paper.slot,
            "ready": paper.state == "ready",
            "from": _places(paper),
            "before": _size(paper.before),
            "after": _size(paper.after),
            "limit": _size(paper.limit) if paper.limit else "",
            "done": [DONE_WORDS[one] for one in paper.done if one in DONE_WORDS],
            "why": paper.why,
            "missing": paper.missing,
            "number": number,
            "can_be_straightened": _is_photographed(paper),
            "pairs": _pairs(f"{case.address}/heap", number, paper),
        }
        for number, paper in enumerate(found.papers)
    ]


def _is_photographed(paper: PreparedPaper) -> bool:
    """Whether there may be a sheet to cut out: a picture file, no portrait."""
    pictures = [page for page in paper.pages if page.file.kind not in ("", "pdf")]
    portraits = [page for page in pictures if page.file.pages and page.seen.portrait is not None]
    return paper.state == "ready" and len(pictures) > len(portraits) and "straightened" not in paper.done


def _places(paper: PreparedPaper) -> list[str]:
    """Files with their pages: `all.pdf 3, 4`."""
    pages: dict[str, list[int]] = {}
    for page in paper.pages:
        pages.setdefault(page.file.name, []).append(page.number)
    files = {page.file.name: page.file for page in paper.pages}
    return [
        name if files[name].count <= 1 else f"{name} {', '.join(map(str, numbers))}" for name, numbers in pages.items()
    ]


def _pairs(address: str, number: int, paper: PreparedPaper) -> list[dict[str, Any]]:
    """Each page of the copy with the page it was made of."""
    after = [(file, page) for file, one in enumerate(paper.files) for page in range(1, one.pages + 1)]
    return [
        {
            "before": f"{address}/before/{number}/{place}",
            "after": f"{address}/after/{number}/{place}" if place < len(after) else "",
        }
        for place in range(len(paper.pages))
    ]


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


async def act(request: Request) -> Response:
    """Takes a heap and sorts it; keeps what it came to, drops it, or takes the last one back."""
    at = applicant_of(request)
    came: list[tuple[str, bytes]] = []
    async with request.form(max_files=MOST_FILES, max_fields=20) as form:
        for value in form.getlist("heap"):
            if isinstance(value, UploadFile) and value.filename:
                came.append((value.filename, await value.read()))
        what, run = str(form.get("do", "sort")), str(form.get("run", ""))
        paper, slot = str(form.get("paper", "")), str(form.get("slot", ""))
    desk: Desk = request.app.state.desk
    name = at.ref.id
    if what == "undo":
        await run_in_threadpool(undo, at, run)
    elif what == "drop":
        desk.heap_anew(name, None)
    elif what == "keep":
        await run_in_threadpool(_keep, desk, name)
    elif what == "straighten" and slot in SLOT_NAMES:
        await run_in_threadpool(_straighten_kept, desk, Preparing(at, desk.on(), slot))
    elif what == "straighten":
        _straighten(desk, name, int(paper) if paper.isdecimal() else -1)
    else:
        await run_in_threadpool(_sort, desk, Preparing(at, desk.on()), came)
    return seen_at(f"{address_of(name)}/documents#heap")


def _keep(desk: Desk, name: str) -> None:
    heap = desk.heaps.get(name)
    if heap is None or heap.found is None or heap.runs:
        raise HTTPException(404)
    heap.apply()


def _straighten(desk: Desk, name: str, place: int) -> None:
    """A paper of the heap that is looked at."""
    heap = desk.heaps.get(name)
    if heap is None or heap.found is None or heap.runs or not 0 <= place < len(heap.found.papers):
        raise HTTPException(404)
    heap.straighten(place)


def _straighten_kept(desk: Desk, new: Preparing) -> None:
    """What the profile names for a slot; a heap that is looked at stays until the person has said what becomes of it."""
    heap = desk.heaps.get(new.applicant.ref.id)
    if heap is not None and (heap.runs or heap.files):
        new.close()
        raise InputError(HEAP_FIRST)
    desk.heap_anew(new.applicant.ref.id, new)
    new.begin()


def _sort(desk: Desk, new: Preparing, came: Sequence[tuple[str, bytes]]) -> None:
    """More files join those that could not be sorted yet, or not wholly; after a heap that was sorted a new one begins."""
    name = new.applicant.ref.id
    heap = desk.heaps.get(name)
    if heap is None or heap.slot or heap.whole or heap.runs:
        if not came:
            new.close()
            raise InputError(NO_FILES)
        heap = new
    else:
        new.close()
    for file, content in came:
        heap.take(file, content)
    desk.heap_anew(name, heap)
    heap.begin()


def picture(request: Request) -> Response:
    """One page of an original or of its copy, drawn anew."""
    desk: Desk = request.app.state.desk
    side, number, place = (request.path_params[key] for key in ("side", "paper", "place"))
    heap = desk.heaps.get(applicant_of(request).ref.id)
    papers = heap.found.papers if heap is not None and heap.found is not None else ()
    if number >= len(papers):
        raise HTTPException(404)
    spots = [(page.file.path, page.number) for page in papers[number].pages]
    if side == "after":
        spots = [(file.local, page) for file in papers[number].files for page in range(1, file.pages + 1)]
    if place >= len(spots):
        raise HTTPException(404)
    path, page = spots[place]
    drawn = desk.pictures.page(path, page) if path.is_file() else None
    if drawn is None:
        raise HTTPException(404)
    return Response(drawn, media_type="image/jpeg")


ROUTES = [
    Route("/cases/{id}/heap", act, methods=["POST"]),
    Route("/cases/{id}/heap/{side}/{paper:int}/{place:int}", picture),
]
