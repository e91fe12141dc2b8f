"""A server for the control pages and the widget libraries they load; the libraries are fetched once, for tests only."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from fixtures import control_pages
from fixtures.libraries import ensure_libraries
from fixtures.libraries_for_tests import fetch_test_libraries


@pytest.fixture(scope="session")
def control_site() -> Iterator[str]:
    """`http://127.0.0.1:<port>`, serving the control pages; the same port answers to `localhost`, another origin."""

    def uploaded(request: Request) -> Response:
        return JSONResponse({"code": 0, "status": "ok"})

    app = Starlette(
        routes=[
            Route("/uploaded", uploaded, methods=["POST"]),
            Mount("/controls", StaticFiles(directory=control_pages.FOLDER)),
            Mount("/libraries/element-ui", StaticFiles(directory=ensure_libraries() / "element-ui")),
            Mount("/libraries/vue", StaticFiles(directory=ensure_libraries() / "vue")),
            Mount("/libraries", StaticFiles(directory=fetch_test_libraries())),
        ]
    )
    with serve(app) as origin:
        yield origin


class serve:
    """Runs an application on a free port of this machine while the block lasts."""

    def __init__(self, app: Starlette) -> None:
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file to attach."""
    file = tmp_path / "note.txt"
    file.write_text("note", encoding="utf-8")
    return file
