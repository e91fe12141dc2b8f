"""The desk as an application: which address shows which page, behind the gate; what is said when something goes wrong."""

import secrets
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from assistant.desk.desk import Desk
from assistant.desk.gate import Gate
from assistant.desk.pages import PAGES
from assistant.desk.render import language_of, message_page
from assistant.errors import AssistantError, ChangedMeanwhile, InUse
from assistant.messages import Text

STATIC = Path(__file__).parent / "static"

NOT_FOUND = Text(
    "没有这一页，或没有这位申请人（文件夹可能已改名或移走）。请从名册进入。",
    "There is no such page or applicant (the folder may have been renamed or moved). Go in from the roster.",
)
NO_ROOM = Text(
    "磁盘已满，或这里不允许写入；没有保存，原有文件没有改动。请腾出空间或检查权限，再按一次。",
    "The disk is full, or this may not be written: nothing was saved and older files are as they were. Make room or check "
    "the permissions, and press again.",
)


def make_app(desk: Desk, port: int) -> Starlette:
    """The application of a desk that listens on this port."""
    cookie = f"desk-{port}"
    app = Starlette(
        routes=[*PAGES, Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(Gate, port=port, cookie=cookie, key=desk.admission.key, seen=desk.seen)],
        exception_handlers={
            HTTPException: _http_fault,
            AssistantError: _known_fault,
            OSError: _disk_fault,
            Exception: _bug,
        },
    )
    app.state.desk, app.state.cookie = desk, cookie
    return app


def _http_fault(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status == 404:
        return message_page(request, 404, NOT_FOUND)
    return message_page(request, status, Text("这个请求无法处理。", "This request can't be handled."))


def _known_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, AssistantError)
    status = 409 if isinstance(error, ChangedMeanwhile | InUse) else 400
    _, *details = error.lines(language_of(request))
    return message_page(request, status, error.what, tuple(details))


def _disk_fault(request: Request, _error: Exception) -> Response:
    return message_page(request, 507, NO_ROOM)


def _bug(request: Request, error: Exception) -> Response:
    """Says that it was our fault. Only places in our code are shown: a raw message could hold a person's data."""
    number = secrets.token_hex(3)
    trace, places = error.__traceback__, []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = " → ".join([place for place in places if place.startswith("assistant")][-3:])
    what = Text(
        f"程序内部错误（{type(error).__name__}，{ours}，{number}）。已保存的资料没有丢失；请把这一行发给开发者。",
        f"A bug in this program ({type(error).__name__}, {ours}, {number}). What was saved is safe; please send this line to "
        "the developers.",
    )
    return message_page(request, 500, what)
