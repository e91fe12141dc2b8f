"""`/intake`: files are read, shown by row and field, written at one press, and taken back at another."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.check.city.loading import cities, load_city
from assistant.desk.cases import address_of
from assistant.desk.desk import Desk
from assistant.desk.forms.code_words import countries
from assistant.desk.forms.faults import label_of
from assistant.desk.forms.shape import employer_form, profile_form
from assistant.desk.render import page, seen_at
from assistant.desk.runs.importing import Importing
from assistant.errors import InputError
from assistant.intake.draft import ColumnState, ReadBy, Surety
from assistant.intake.sheets.template import template
from assistant.intake.undo import Undone, imports_in, undo_import
from assistant.jobs.intake import ApplicantDraft, Decision
from assistant.messages import Text, printable

MOST_FILES = 300
STATE_WORDS: dict[Surety, tuple[Text, str]] = {
    "sure": (Text("可采用", "sure"), "ok"),
    "doubtful": (Text("请核对", "please look"), "unsure"),
    "conflict": (Text("来源不一致", "sources differ"), "bad"),
    "error": (Text("不能用", "not usable"), "bad"),
}
HOW_WORDS: dict[ReadBy, Text] = {
    "mrz": Text("护照机读码", "machine readable zone"),
    "form-field": Text("表单栏目", "form field"),
    "text": Text("文件文字", "text of the file"),
    "typed": Text("人工填写", "typed"),
    "ocr": Text("图片识别", "read from a picture"),
    "kept": Text("已有资料", "the profile"),
}
COLUMN_WORDS: dict[ColumnState, Text] = {
    "sure": Text("已识别", "known"),
    "confirmed": Text("您已确认", "confirmed"),
    "likely": Text("请确认", "please confirm"),
    "unknown": Text("不认识", "unknown"),
    "twice": Text("重复，未采用", "twice, not used"),
}


def show(request: Request) -> Response:
    return _page(request)


def _page(request: Request, fault: Text | None = None, undone: Undone | None = None) -> Response:
    desk: Desk = request.app.state.desk
    importing = desk.importing
    if importing is not None:
        importing.wait(0.5)
    reading = importing is not None and importing.reads
    found = importing.found if importing is not None and not reading else None
    return page(
        request,
        "intake",
        422 if fault else 200,
        fault=fault or (importing.fault if importing is not None else None),
        undone=undone,
        reading=reading,
        refresh=2 if reading else 0,
        written=importing is not None and importing.written,
        done=[
            {
                "name": printable(one.applicant),
                "address": address_of(one.applicant),
                "count": len(one.paths),
                "papers": len(one.papers),
            }
            for one in (found.imported.written if found and found.imported else ())
        ],
        people=[_person(importing, one) for one in found.applicants] if found and importing else None,
        notes=found.notes if found else (),
        columns=[
            {"head": one.head, "path": one.path or "", "state": one.state, "word": COLUMN_WORDS[one.state]}
            for one in (found.columns if found else ())
        ],
        unsure_columns=any(one.state not in ("sure", "confirmed") for one in (found.columns if found else ())),
        paths=_paths(),
        cities=[(key, load_city(key).title.text) for key in cities()],
        imports=_imports(desk),
    )


def _person(importing: Importing, one: ApplicantDraft) -> dict[str, Any]:
    pictures = list(importing.crops)
    fields = []
    for value in one.values:
        if value.kind == "profile" and value.state == "sure":
            continue
        place = (one.id, f"{value.path} {value.source}")
        word, tag = STATE_WORDS[value.state]
        fields.append(
            {
                "path": value.path,
                "label": _label(value.path),
                "value": _worded(value.path, value.value) if value.value else value.written,
                "source": value.source,
                "how": HOW_WORDS[value.how],
                "state": value.state,
                "word": word,
                "tag": tag,
                "message": value.message,
                "crop": f"/intake/crop/{pictures.index(place)}" if place in pictures else "",
                "key": f"{one.id}\n{value.path}\n{value.source}" if value.value else "",
            }
        )
    fields.sort(key=lambda value: value["state"] == "sure")
    return {
        "id": one.id,
        "name": _name(one) or printable(one.id),
        "new": one.new,
        "fields": fields,
        "papers": [paper.name for paper in one.papers],
        "missing": len(one.missing),
    }


def _name(one: ApplicantDraft) -> str:
    known = {value.path: value.value for value in one.values if value.value}
    parts = (known.get(f"applicant.{key}") for key in ("surname", "given_names", "chinese_name"))
    return " ".join(part for part in parts if part)


def _label(path: str) -> Text:
    return label_of(path, (*profile_form(), *employer_form("employer."))) or Text(path, path)


def _worded(path: str, value: str) -> Text | str:
    """A code in words."""
    leaf = ".".join(part for part in path.split(".") if not part.isdecimal())
    rows = {f"{part.path}.{one.path}": one for part in profile_form() if part.table for one in part.every_question()}
    plain = {one.path: one for part in profile_form() if not part.table for one in part.every_question()}
    question = rows.get(leaf) or plain.get(leaf)
    if question is not None and question.kind == "country":
        return dict(countries()).get(value, value)
    return next((words for code, words in question.choices if code == value), value) if question else value


def _paths() -> list[tuple[str, Text]]:
    """What a column may mean: every question that stands once, and the first row of each table."""
    found: list[tuple[str, Text]] = []
    for part in (*profile_form(), *employer_form("employer.")):
        for one in part.every_question():
            path = f"{part.path}.0.{one.path}" if part.table else one.path
            found.append((path, Text(f"{part.title.zh}：{one.label.zh}", f"{part.title.en}: {one.label.en}")))
    return found


def _imports(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "at": next(iter(by_applicant.values())).at[:16].replace("T", " "),
            "who": [printable(who) for who in by_applicant][:6],
            "files": sorted({file for one in by_applicant.values() for file in one.files})[:6],
        }
        for name, by_applicant in list(imports_in(desk.store).items())[:10]
    ]


async def act(request: Request) -> Response:
    came: list[tuple[str, bytes]] = []
    async with request.form(max_files=MOST_FILES, max_fields=20_000) as form:
        for value in form.getlist("files"):
            if isinstance(value, UploadFile) and value.filename:
                came.append((value.filename, await value.read()))
        said = {name: str(value) for name, value in form.items() if isinstance(value, str)}
        taken = [str(one) for one in form.getlist("take")]
        who = [str(one) for one in form.getlist("who")]
    return await run_in_threadpool(_act, request, said, came, taken, who)


def _act(
    request: Request, said: Mapping[str, str], came: list[tuple[str, bytes]], taken: list[str], who: list[str]
) -> Response:
    desk: Desk = request.app.state.desk
    what, importing = said.get("do", "read"), desk.importing
    try:
        if what == "undo":
            return _page(request, undone=undo_import(desk.store, said.get("import", "")))
        if what == "read":
            return _read(request, desk, came, said.get("city", ""))
        if what == "clear":
            desk.import_anew(None)
        elif importing is not None and not importing.reads and importing.found is not None and not importing.written:
            if what == "columns":
                heads = {
                    name.removeprefix("column:"): path for name, path in said.items() if name.startswith("column:")
                }
                importing.read(heads)
            elif what == "apply":
                every = {one.id for one in importing.found.applicants}
                decisions = [Decision(*one) for one in map(_key, taken) if len(one) == 3]
                importing.confirm(decisions, every - set(who))
    except InputError as error:
        return _page(request, error.what)
    return seen_at("/intake")


def _key(posted: str) -> list[str]:
    """The parts of a value's key. A browser posts a line's end as two signs."""
    return posted.replace("\r\n", "\n").split("\n")


def _read(request: Request, desk: Desk, came: list[tuple[str, bytes]], city: str) -> Response:
    if not came:
        return _page(request, Text("请先选择文件。", "Choose files first."))
    importing = Importing(desk.store, desk.on(), city if city in cities() else "")
    for name, content in came:
        importing.take(name, content)
    desk.import_anew(importing)
    importing.read()
    return seen_at("/intake")


def crop(request: Request) -> Response:
    """The part of a paper that a value was read from; the tool drew it."""
    desk: Desk = request.app.state.desk
    picture = desk.importing.crop(request.path_params["number"]) if desk.importing else None
    if picture is None:
        raise HTTPException(404)
    return Response(picture, media_type="image/png")


def empty_roster(_request: Request) -> Response:
    headers = {"content-disposition": 'attachment; filename="roster.xlsx"'}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(template(), media_type=kind, headers=headers)


ROUTES = [
    Route("/intake", show),
    Route("/intake", act, methods=["POST"]),
    Route("/intake/crop/{number:int}", crop),
    Route("/intake/template.xlsx", empty_roster),
]
