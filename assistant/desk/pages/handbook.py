"""`/handbook`: opens the handbook in this computer's browser. It is a site of its own and gets nothing of the desk's.

Its pages run scripts of their own, which the desk's rules for pages do not allow: so it is opened as files, not served.
"""

import threading
import webbrowser

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.desk.render import language_of, message_page
from assistant.messages import Text
from assistant.store.locations import HANDBOOK

OPENED = Text("手册已在浏览器的另一个窗口打开。", "The handbook is open in another window of your browser.")
NOT_HERE = Text(
    "这份程序没有附带手册；请看程序文件夹或发布页中的 docs。",
    "No handbook came with this copy: see `docs` where you got it from.",
)


def open_it(request: Request) -> Response:
    if HANDBOOK is None:
        return message_page(request, 404, NOT_HERE)
    first = HANDBOOK / f"desk.{language_of(request)}.html"
    open_in_browser(first.as_uri())
    return message_page(request, 200, OPENED)


def open_in_browser(address: str) -> None:
    """Without waiting for it: some systems' openers end with the browser."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


ROUTES = [Route("/handbook", open_it, methods=["POST"])]
