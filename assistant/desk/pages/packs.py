"""`/packs`: which data of portals and cities are in force; a colleague's signed file shown as a diff, taken, undone."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.desk.render import page
from assistant.errors import AssistantError, InputError
from assistant.jobs.packs import installed
from assistant.jobs.packs.pack_file import MOST_BYTES
from assistant.messages import Text
from assistant.store.files import write_private
from assistant.store.locations import packs_folder

MOST_ROWS = 500
RESTART = Text(
    "请按「退出」，再重新打开工作台，新数据即生效。",
    "Press “Quit” and open the desk again: then the new data are in force.",
)


def show(request: Request) -> Response:
    return _page(request)


def _page(
    request: Request, *, done: Text | None = None, fault: AssistantError | None = None, shown: bool = False
) -> Response:
    pack = installed.opened(_waiting()) if shown else None
    changes = installed.changes(pack) if pack else []
    return page(
        request,
        "packs",
        422 if fault else 200,
        now=installed.in_force(),
        signers=[key.name for key in installed.trusted()],
        done=done,
        fault=fault.what if fault else None,
        details=fault.lines("zh")[1:3] if fault else (),
        pack=pack,
        changes=changes[:MOST_ROWS],
        more=max(0, len(changes) - MOST_ROWS),
    )


async def act(request: Request) -> Response:
    content = b""
    async with request.form(max_files=1, max_fields=5) as form:
        what = str(form.get("do", ""))
        came = form.get("pack")
        if isinstance(came, UploadFile):
            content = await came.read(MOST_BYTES + 1)
    return await run_in_threadpool(_act, request, what, content)


def _act(request: Request, what: str, content: bytes) -> Response:
    try:
        if what == "show":
            if not content or len(content) > MOST_BYTES:
                raise InputError(Text("请选择同事发来的资料包文件。", "Choose the pack file that a colleague sent."))
            write_private(_waiting(), content)
            return _page(request, shown=True)
        if what == "take":
            installed.install(installed.opened(_waiting()))
            _waiting().unlink(missing_ok=True)
            return _page(request, done=RESTART)
        if what == "undo":
            return _page(request, done=RESTART if installed.undo() else None)
        if what == "trust":
            key = installed.trust(content.decode("utf-8", "replace"))
            return _page(request, done=Text(f"已信任 {key.name}。", f"{key.name} is trusted from now on."))
    except AssistantError as error:
        return _page(request, fault=error)
    raise HTTPException(400)


def _waiting() -> Path:
    """What was shown and waits for the person's word."""
    return packs_folder() / "shown.zip"


ROUTES = [Route("/packs", show), Route("/packs", act, methods=["POST"])]
