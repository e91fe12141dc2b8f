"""`/settings`: logins in the keyring, sealing, what was learned of the portals, what is stored where, this machine."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.check.city.loading import cities, load_city
from assistant.desk.desk import Desk
from assistant.desk.render import language_of, page
from assistant.errors import AssistantError, InputError, SetupError
from assistant.jobs.doctor import check_stored
from assistant.jobs.doctor.mend import MENDS, can_mend
from assistant.jobs.overlays import OverlayJob, difference, exported, import_overlay
from assistant.jobs.sealing import SealJob, UnsealJob, seal, unseal
from assistant.messages import Text, printable
from assistant.portal.overlay import read_overlay
from assistant.review.console import Console
from assistant.store import credentials, sealing
from assistant.store.base import ApplicantIn, ApplicantRef
from assistant.store.folders import FolderStore
from assistant.store.locations import browser_folder
from assistant.store.scratch import passing_folder
from assistant.values import mask

MOST_BYTES_OF_OVERLAY = 1_000_000
RECOVERY_HEAD = "# assistant：封存文件夹的恢复密钥。能打开所有封存的文件夹，请离线保管。\n# Opens every sealed folder: keep it elsewhere.\n"


@dataclass(frozen=True)
class Pressed:
    """What a press came to: a sentence, or changes to be agreed to first."""

    done: Text | None = None
    differences: list[tuple[str, str, str]] | None = None
    city: str = ""
    text: str = ""


def show(request: Request) -> Response:
    return _page(request, Pressed())


def _page(request: Request, said: Pressed, fault: Text | None = None) -> Response:
    desk: Desk = request.app.state.desk
    language = language_of(request)
    stored = [one.message.say(language) for one in check_stored()]
    return page(
        request,
        "settings",
        422 if fault else 200,
        done=said.done,
        fault=fault,
        differences=said.differences,
        overlay_city=said.city,
        overlay_text=said.text,
        store=credentials.store_name(),
        logins=[_login(desk, city) for city in cities()],
        applicants=[
            {"id": ref.id, "name": printable(ref.id), "sealed": desk.store.is_sealed(ref)}
            for ref in desk.store.applicants()[:200]
        ]
        if isinstance(desk.store, FolderStore)
        else [],
        has_key=_has_key(),
        folder=desk.place,
        stored=[line for one in stored for line in one.replace("；", "; ").split("; ")],
        examining=desk.examination.runs,
        checks=[{**one, "button": _button(one)} for one in desk.examination.checks],
        mended=desk.examination.mended if not desk.examination.runs else None,
        refresh=2 if desk.examination.runs else 0,
    )


def _button(check: Mapping[str, Any]) -> Text | None:
    """What a press would install, where that could help here."""
    key = str(check.get("mend") or "")
    return MENDS[key][0] if check["state"] != "ok" and can_mend(key) else None


def _login(desk: Desk, city: str) -> dict[str, Any]:
    try:
        kept = credentials.login_of(city) if credentials.store_name() else None
    except SetupError:
        kept = None
    try:
        learned = bool(exported(_overlay_job(desk, city)))
    except InputError:
        learned = False
    return {
        "city": city,
        "title": load_city(city).title.text,
        "user": mask(kept.user) if kept else "",
        "learned": learned,
    }


def _has_key() -> bool:
    try:
        return credentials.store_name() is not None and credentials.seal_key() is not None
    except SetupError:
        return False


def _overlay_job(desk: Desk, city: str) -> OverlayJob:
    """What this folder's applicants of a city share; the tool's own where there is none."""
    rows = (row for row in desk.known.look().rows if row.due is not None and row.due.city.city == city)
    first = next(rows, None)
    return OverlayJob("" if first else city, ApplicantIn(desk.store, ApplicantRef(first.id)) if first else None)


async def act(request: Request) -> Response:
    overlay = b""
    async with request.form(max_files=3, max_fields=30) as form:
        came = form.get("overlay")
        if isinstance(came, UploadFile):
            overlay = await came.read(MOST_BYTES_OF_OVERLAY + 1)
        said = {name: str(value) for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_act, request, said, overlay)


def _act(request: Request, said: Mapping[str, str], overlay: bytes) -> Response:
    desk: Desk = request.app.state.desk
    try:
        what = said.get("do", "")
        city = said.get("city", "")
        if what in ("keep-login", "forget-login", "show-overlay", "take-overlay") and city not in cities():
            raise InputError(Text("没有这个城市。", "There is no such city."))
        if what == "examine":
            desk.examination.begin(language_of(request), desk.folder)
            return _page(request, Pressed())
        if what == "mend" and can_mend(said.get("key", "")):
            desk.examination.begin(language_of(request), desk.folder, said["key"])
            return _page(request, Pressed())
        if what == "keep-login":
            return _page(request, _keep_login(city, said))
        if what == "forget-login":
            return _page(request, _forget_login(city))
        if what in ("seal", "unseal"):
            return _page(request, _seal(desk, what, said.get("applicant", "")))
        if what == "show-overlay":
            return _page(request, _shown_overlay(desk, city, overlay))
        if what == "take-overlay":
            return _page(request, _taken_overlay(request, desk, city, said.get("text", "")))
    except AssistantError as error:
        return _page(request, Pressed(), error.what)
    raise HTTPException(400)


def _keep_login(city: str, said: Mapping[str, str]) -> Pressed:
    user, password = said.get("user", "").strip(), said.get("password", "")
    if not user or not password:
        raise InputError(
            Text("用户名和密码都要填写；没有保存。", "Both user name and password are needed; nothing was kept.")
        )
    credentials.keep_login(city, credentials.PortalLogin(user, password))
    return Pressed(Text("已存入系统密码库。", "Kept in the system's password store."))


def _forget_login(city: str) -> Pressed:
    """The session first: it can be deleted on machines without a password store as well."""
    try:
        if browser_folder(city).exists():
            shutil.rmtree(browser_folder(city))
    except OSError:
        raise SetupError(
            Text(
                "请先关闭由本工具打开的浏览器窗口，再删除一次。",
                "Close the browser that this tool opened, then try again.",
            )
        ) from None
    if credentials.store_name() is not None:
        credentials.forget_login(city)
    return Pressed(Text("登录信息和浏览器会话已删除。", "Login and browser session are deleted."))


def _seal(desk: Desk, what: str, applicant: str) -> Pressed:
    if not isinstance(desk.store, FolderStore):
        raise InputError(Text("数据库中的案件本来就是封存的。", "Cases in a database are sealed already."))
    if ApplicantRef(applicant) not in desk.store.applicants():
        raise InputError(Text("没有这位申请人。", "There is no such applicant."))
    folder = desk.folder / applicant
    if what == "unseal":
        unseal(UnsealJob(folder))
        return Pressed(Text("已解开。", "Unsealed."))
    made = seal(SealJob(folder))
    if made.new_key:
        return Pressed(
            Text(
                "已封存。这是第一次封存：请现在下载恢复密钥并离线保管。",
                "Sealed. It is the first time: download the recovery key now and keep it elsewhere.",
            )
        )
    return Pressed(Text(f"已封存 {made.count} 个文件。", f"{made.count} files sealed."))


def _as_file(content: bytes) -> Path:
    file = passing_folder("desk") / "overlay.yaml"
    file.write_bytes(content)
    return file


def _shown_overlay(desk: Desk, city: str, content: bytes) -> Pressed:
    if not content or len(content) > MOST_BYTES_OF_OVERLAY:
        raise InputError(Text("请选择同事导出的文件。", "Choose the file that a colleague exported."))
    file = _as_file(content)
    try:
        laid = read_overlay(file)
        with _overlay_job(desk, city).place() as (portal, _kept):
            _, _, rows = difference(laid.overlay, portal)
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)
    return Pressed(differences=rows, city=city, text=content.decode("utf-8"))


def _taken_overlay(request: Request, desk: Desk, city: str, text: str) -> Pressed:
    file = _as_file(text.replace("\r\n", "\n").encode("utf-8"))
    try:
        console = Console(language_of(request), json_to_stdout=True)
        console.silence()
        import_overlay(_overlay_job(desk, city), file, console, agreed=True)
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)
    return Pressed(Text("已采用；原来的另存为 .bak。", "Taken; what was there before is kept as .bak."))


def overlay(request: Request) -> Response:
    """What was learned of a city's portal, as a file for a colleague; it holds no value of a person's."""
    desk: Desk = request.app.state.desk
    city = request.path_params["city"]
    if city not in cities():
        raise HTTPException(404)
    headers = {"content-disposition": f'attachment; filename="overlay-{city}.yaml"'}
    return Response(exported(_overlay_job(desk, city)), media_type="application/yaml", headers=headers)


def recovery_key(_request: Request) -> Response:
    headers = {"content-disposition": 'attachment; filename="assistant-recovery-key.txt"'}
    return Response(f"{RECOVERY_HEAD}{sealing.kept_key()}\n", media_type="text/plain", headers=headers)


ROUTES = [
    Route("/settings", show),
    Route("/settings", act, methods=["POST"]),
    Route("/settings/overlay/{city}.yaml", overlay),
    Route("/settings/recovery-key", recovery_key, methods=["POST"]),
]
