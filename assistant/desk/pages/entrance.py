"""In and out: the start address, another one for a second start, the language, the way out."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.desk.desk import Desk
from assistant.desk.gate import NOT_LET_IN
from assistant.desk.render import LANGUAGE_COOKIE, message_page, page, seen_at
from assistant.messages import Text

YEAR = 365 * 24 * 3600


async def start(request: Request) -> Response:
    """Lets the browser in that brings a pass; anything else is refused the same way."""
    desk: Desk = request.app.state.desk
    if not desk.admission.lets_in(request.query_params.get("token", "")):
        return message_page(request, 403, NOT_LET_IN)
    answer = seen_at("/")
    answer.set_cookie(request.app.state.cookie, desk.admission.key, path="/", httponly=True, samesite="strict")
    return answer


async def start_again(request: Request) -> Response:
    """Another pass, for a second start of the same user on the same folder."""
    desk: Desk = request.app.state.desk
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not desk.admission.knows(shown):
        return message_page(request, 403, NOT_LET_IN)
    return JSONResponse({"pass": desk.admission.new_pass()})


async def speak(request: Request) -> Response:
    form = await request.form()
    chosen, back = str(form.get("language", "")), str(form.get("back", "/"))
    answer = seen_at(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
    if chosen in ("zh", "en"):
        answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, path="/", httponly=True, samesite="strict")
    return answer


async def leave(request: Request) -> Response:
    """Ends the desk; with something under way it asks first."""
    desk: Desk = request.app.state.desk
    form = await request.form()
    if desk.runs.active and form.get("sure") != "yes":
        return page(request, "quit", running=len(desk.runs.active))
    desk.ended.set()
    ended = Text(
        "工作台已退出，可以关闭这个窗口。资料都已保存；要继续，请再次启动。",
        "The desk has ended; you can close this window. Everything is saved; start it again to go on.",
    )
    return page(request, "ended", what=ended)


ROUTES = [
    Route("/start", start),
    Route("/start/again", start_again, methods=["POST"]),
    Route("/language", speak, methods=["POST"]),
    Route("/quit", leave, methods=["POST"]),
]
