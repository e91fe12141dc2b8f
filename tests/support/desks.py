"""A desk without a server: requests go straight to the application, and a visitor is let in and keeps their cookies."""

import asyncio
import html
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
import uvicorn

from assistant.check.city.loading import load_city
from assistant.check.documents.result import SlotState
from assistant.check.readiness import Readiness
from assistant.check.rules import check_rules
from assistant.check.rules.profile import check_profile
from assistant.check.slots import slots_for
from assistant.desk.app import make_app
from assistant.desk.desk import Desk
from assistant.desk.known_cases import KnownCases
from assistant.desk.runs import preparing
from assistant.desk.runs.checks import Checks
from assistant.desk.runs.run import Run
from assistant.errors import InputError
from assistant.intake.prepare.heap import HeapFile, PageAt
from assistant.intake.prepare.result import Prepared, PreparedPaper, ReadyFile
from assistant.intake.prepare.sorting.found import ListedPage
from assistant.intake.prepare.sorting.unjudged import unjudged_in
from assistant.jobs import prepare as jobs
from assistant.jobs.check import Checked, CheckJob
from assistant.jobs.prepare import PrepareJob, Progress
from assistant.messages import Text
from assistant.profile.loading import SLOT_NAMES, load_profile
from assistant.profile.partly import load_what_is_right
from assistant.store.folders import FolderStore
from assistant.store.locations import PROFILES

PORT = 8123
ON = date(2026, 11, 23)
SAME = {"sec-fetch-site": "same-origin"}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    cookies: Sequence[str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def words(self) -> str:
        """What a person reads, tags left out."""
        return html.unescape(re.sub(r"<[^>]+>", " ", self.text))


@dataclass
class Visitor:
    """A browser as far as the desk can tell. `host` is what it believes to have opened."""

    desk: Desk
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = f"127.0.0.1:{PORT}"

    def __post_init__(self) -> None:
        self.app = make_app(self.desk, PORT)

    def let_in(self) -> "Visitor":
        self.get(f"/start?token={self.desk.admission.new_pass()}")
        return self

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, b"", headers)

    def post(
        self,
        address: str,
        data: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] = SAME,
    ) -> Answer:
        body = urlencode(list(data.items()) if isinstance(data, Mapping) else list(data)).encode()
        return self.ask("POST", address, body, {"content-type": "application/x-www-form-urlencoded", **headers})

    def upload(self, address: str, files: Sequence[tuple[str, str, bytes]], **fields: str) -> Answer:
        """`files`: input's name, file's name, content; `fields` are the other inputs."""
        parts = [
            f'--line\r\nContent-Disposition: form-data; name="{name}"; filename="{quote(file, safe=" .()/<>")}"\r\n'
            "Content-Type: text/html\r\n\r\n".encode()
            + content
            + b"\r\n"
            for name, file, content in files
        ]
        parts += [
            f'--line\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        body = b"".join(parts) + b"--line--\r\n"
        return self.ask("POST", address, body, {"content-type": "multipart/form-data; boundary=line", **SAME})

    def follow(self, answer: Answer) -> Answer:
        """The page that an answer sends the browser to."""
        assert answer.status == 303, (answer.status, answer.words[:400])
        return self.get(answer.headers["location"])

    def ask(
        self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] = {}, *, length: bool = True
    ) -> Answer:
        where = urlsplit(address)
        sent = {"host": self.host, **({"content-length": str(len(body))} if length else {}), **headers}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": _decoded(where.path),
            "raw_path": where.path.encode(),
            "query_string": where.query.encode(),
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in sent.items()],
            "client": ("127.0.0.1", 5),
            "server": ("127.0.0.1", PORT),
        }
        # In a thread of its own: where this worker has had a browser before, its own thread has a loop already.
        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(lambda: asyncio.run(_answered(self.app, scope, body))).result()
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


def _decoded(path: str) -> str:
    from urllib.parse import unquote

    return unquote(path)


async def _answered(app: Callable, scope: dict, body: bytes) -> Answer:
    chunks = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]
    told: list[dict] = []

    async def receive() -> dict:
        if not chunks:
            return {"type": "http.disconnect"}
        piece = chunks.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(chunks)}

    async def send(message: dict) -> None:
        told.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        # The error page has been sent by then; the server would only write it to its log.
        if not told:
            raise
    start = next(message for message in told if message["type"] == "http.response.start")
    headers = [(name.decode().lower(), value.decode("latin-1")) for name, value in start["headers"]]
    content = b"".join(message.get("body", b"") for message in told if message["type"] == "http.response.body")
    return Answer(start["status"], dict(headers), [value for name, value in headers if name == "set-cookie"], content)


@pytest.fixture
def desk_folder(tmp_path: Path) -> Path:
    """A handler's folder with one sample applicant."""
    folder = tmp_path / "applicants"
    shutil.copytree(PROFILES / "sample-lee", folder / "sample-lee")
    shutil.copy(PROFILES / "employer.yaml", folder)
    return folder


def without_reading(job: CheckJob, _progress: object) -> Checked:
    """A check that takes every file that is there for good, so that no test waits for the reading of scans."""
    with job.applicant.open() as kept:
        profile = load_profile(kept)
        city = load_city(profile.city)
        slots = [
            SlotState(slot.key, slot.label, slot.required, "ok" if profile.documents.get(slot.key) else "missing", 1)
            for slot in slots_for(profile, city)
        ]
        findings = [*check_profile(profile, job.on), *check_rules(profile, city, job.on)]
        return Checked(profile, city, Readiness(tuple(findings), tuple(slots)))


@pytest.fixture
def desk(desk_folder: Path) -> Iterator[Desk]:
    """A desk on a day inside the sample's filing window."""
    made = Desk(desk_folder, "zh", on=lambda: ON)
    made.checks = Checks(without_reading)
    made.known = KnownCases(FolderStore(desk_folder), made.on, patience=60)
    yield made
    made.close()


@pytest.fixture
def served(desk: Desk) -> Iterator[str]:
    """The same desk for a real browser; a start address that is good once."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    port = listening.getsockname()[1]
    config = uvicorn.Config(make_app(desk, port), log_config=None, access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}/start?token={desk.admission.new_pass()}"
    server.should_exit = True
    thread.join(30)
    listening.close()


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    """Somebody at the desk, let in."""
    return Visitor(desk).let_in()


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple]:
    """Runs that begin and do nothing, by applicant, each with what takes its result and what ends it."""
    found: dict[str, tuple] = {}

    def begin(run: Run, delivered: Callable, ended: Callable) -> None:
        run.state = "running"
        found[run.case] = (run, delivered, ended)

    monkeypatch.setattr(Run, "begin", begin)
    return found


@contextmanager
def sorted_by_name(job: PrepareJob, progress: Progress) -> Iterator[Prepared]:
    """What the job would give, without reading: a file is the paper whose slot its name begins with, or nobody knows it."""
    with job.applicant.open() as kept:
        read = load_what_is_right(kept)
    if job.slot:
        label = next(
            Text(one.label, one.label_en) for one in load_city(read.profile.city).slots if one.slot == job.slot
        )
        files = [HeapFile(path.name, path, kind="jpeg", count=1) for path in read.profile.documents[job.slot]]
        done = ("straightened",) if job.straighten else ()
        papers = [PreparedPaper(job.slot, label, (PageAt(file, 1),), "ready", done=done) for file in files]
        yield Prepared(read.profile.id, read.profile.city, tuple(files), tuple(papers), ())
        return
    home = job.scans[0].parent / "copies"
    home.mkdir(exist_ok=True)
    profile = read.profile
    if not profile.city:
        raise InputError(jobs.NO_CITY)
    progress(Text("看每一页", "looking"), 0, len(job.scans))
    papers = []
    listed = []
    for scan in job.scans:
        file = HeapFile(scan.name, scan, sha256(scan.read_bytes()).hexdigest(), scan.stat().st_size, "pdf", count=1)
        slot = max((name for name in SLOT_NAMES if scan.name.startswith(name)), key=len, default="")
        if not slot:
            listed.append(ListedPage(file, 1, "unknown"))
            continue
        copy = Path(shutil.copy(scan, home / f"copy-{scan.name}"))
        ready = ReadyFile(copy, f"documents/ready/{slot}{scan.suffix}", copy.stat().st_size, 1, {})
        label = next(Text(one.label, one.label_en) for one in load_city(profile.city).slots if one.slot == slot)
        papers.append(PreparedPaper(slot, label, (PageAt(file, 1),), "ready", (ready,), ("compressed",)))
    unjudged = unjudged_in(profile, len(read.problems))
    yield Prepared(profile.id, profile.city, (), tuple(papers), tuple(listed), unjudged=unjudged, home=home)


@pytest.fixture
def heap_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heaps are sorted by their files' names, so that no test waits for the reading of scans."""
    monkeypatch.setattr(preparing, "preparing", sorted_by_name)
