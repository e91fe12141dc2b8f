"""The desk's life: it listens on this computer only, opens in the person's browser, and ends when they say so.

Promises: there is one desk a folder; a second start opens the one that runs. The start address is the first line on standard
output and goes nowhere else. The server writes no log. Where it can't start, one sentence says why.
"""

import http.client
import json
import logging
import socket
import sys
import threading
import time
import webbrowser
from contextlib import closing, suppress
from pathlib import Path

from assistant.desk.desk import Desk
from assistant.desk.render import get_ready
from assistant.errors import InputError, SetupError
from assistant.messages import Language, Text
from assistant.store.files import write_private
from assistant.store.format.migration import migrate
from assistant.store.locks import lock_file, the_only_one
from assistant.store.scratch import sweep_all

HOST = "127.0.0.1"
IDLE_SECONDS = 12 * 3600
"""Without a page asked for and without a run, the desk ends by itself."""


def serve(folder: Path, *, port: int, language: Language, open_browser: bool, address: str = "") -> None:
    """With an `address` the cases are in that store, and `folder` is this machine's own. Runs until the person ends it. Raises InputError for a folder that can't be used, SetupError for a taken port."""
    _ready(folder)
    sweep_all()
    with the_only_one(folder, "desk") as alone:
        if not alone:
            _announce(_address_of_running(folder), open_browser)
            return
        listening = _listen(port)
        desk = Desk(folder.resolve(), language, address)
        try:
            _run(desk, listening, open_browser)
        finally:
            _where(folder).unlink(missing_ok=True)


def _ready(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        next(folder.iterdir(), None)
    except OSError:
        raise InputError(
            Text(
                "这个文件夹无法建立或读取；请换一个位置，或检查权限。",
                "This folder can't be made or read: choose another place or check the permissions.",
            ),
            where=str(folder),
        ) from None
    migrate(folder)


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise SetupError(
            Text(
                f"端口 {port} 已被别的程序占用；请去掉 --port 让它自动选择，或换一个。",
                f"Port {port} is taken by another program: leave --port out, or choose another.",
            )
        ) from None
    return listening


def _run(desk: Desk, listening: socket.socket, open_browser: bool) -> None:
    import uvicorn

    from assistant.desk.app import make_app

    get_ready()
    port = listening.getsockname()[1]
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        # A traceback could quote a person's data; what goes wrong is said on the page.
        logging.getLogger(name).handlers = [logging.NullHandler()]
        logging.getLogger(name).propagate = False
    config = uvicorn.Config(
        make_app(desk, port), log_config=None, access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=3
    )
    server = uvicorn.Server(config)
    known = {"port": port, "again": desk.admission.again}
    write_private(_where(desk.folder), json.dumps(known))
    desk.known.begin()
    _announce(f"http://{HOST}:{port}/start?token={desk.admission.new_pass()}", open_browser)
    threading.Thread(target=_end_when_told, args=(desk, server), daemon=True).start()
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    desk.close()


def _end_when_told(desk: Desk, server: object) -> None:
    while not desk.ended.wait(timeout=30):
        if time.monotonic() - desk.last_seen > IDLE_SECONDS and not desk.busy:
            break
    time.sleep(0.3)  # the page that says so is still on its way
    server.should_exit = True  # type: ignore[attr-defined]


def _where(folder: Path) -> Path:
    """Where a running desk says how a second start of this user finds it."""
    return lock_file(folder, ".desk").with_suffix(".json")


def _address_of_running(folder: Path) -> str:
    """A start address of the desk that already shows this folder. Raises SetupError where it does not answer."""
    for _ in range(20):
        with suppress(OSError, ValueError, KeyError, http.client.HTTPException):
            known = json.loads(_where(folder).read_text(encoding="utf-8"))
            own, again = f"http://{HOST}:{known['port']}", f"Bearer {known['again']}"
            with closing(http.client.HTTPConnection(HOST, int(known["port"]), timeout=5)) as asked:
                asked.request("POST", "/start/again", headers={"Authorization": again, "Origin": own})
                given = json.loads(asked.getresponse().read())["pass"]
            return f"{own}/start?token={given}"
        time.sleep(0.25)
    raise SetupError(
        Text(
            "这个文件夹的工作台正在运行，但没有回应；请稍等再试，或先结束它。",
            "A desk for this folder is running but does not answer: wait a moment, or end it first.",
        )
    )


def _announce(address: str, open_browser: bool) -> None:
    """The one place that shows the start address."""
    with suppress(OSError, AttributeError):
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
