"""How long the command takes to start, against only importing pydantic, what starting must not import, and how soon the desk answers.

`assistant --help` and `assistant check --help` are run alternately with `python -c "import pydantic"`, each a process of
its own; the best of each counts, so that a busy machine does not decide. The desk is started on an empty folder and asked
for its first page as a browser asks. Targets: `--help` in at most the yardstick's time, neither command loads Playwright or
what reads pictures, and the desk's first page within a second of the command.
"""

import http.client
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from urllib.parse import urlsplit

from assistant.jobs.outputs import write_json
from assistant.store.locations import ROOT

TARGET = 1.0
DESK_TARGET = 1.0
"""Seconds."""
HEAVY = ("playwright", "rapidocr", "onnxruntime", "cv2", "numpy", "PIL", "pypdfium2", "pikepdf")
STARTS = {
    "pydantic": ["-c", "import pydantic"],
    "help": ["-m", "assistant", "--help"],
    "check-help": ["-m", "assistant", "check", "--help"],
}
LOADED = """
import sys
from assistant.cli.main import main
try:
    main({words!r})
except SystemExit:
    pass
sys.stderr.write("LOADED " + " ".join(name for name in {heavy!r} if name in sys.modules) + "\\n")
"""


def run(arguments: Sequence[str]) -> int:
    """Prints the times and their ratio; 1 when a target is missed."""
    parser = ArgumentParser(prog="python -m benchmarks start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    seconds = {name: float("inf") for name in STARTS}
    for _ in range(args.rounds):
        for name, words in STARTS.items():
            seconds[name] = min(seconds[name], _seconds(words))
    desk = min(_seconds_to_desk() for _ in range(args.rounds))
    ratio = seconds["help"] / seconds["pydantic"]
    heavy = {name: loaded(words) for name, words in {"help": ["--help"], "check-help": ["check", "--help"]}.items()}
    print(f"import pydantic {seconds['pydantic']:.3f} s, --help {seconds['help']:.3f} s: {ratio:.2f} (target {TARGET})")
    print(f"the desk's first page after {desk:.2f} s (target {DESK_TARGET})")
    for name, modules in heavy.items():
        print(f"{name} loads {', '.join(modules) or 'nothing heavy'}")
    if args.json:
        document = {
            "benchmark": "start",
            "seconds": seconds,
            "ratio": ratio,
            "target": TARGET,
            "desk_seconds": desk,
            "heavy": heavy,
        }
        write_json(args.json, document)
    return 0 if ratio <= TARGET and desk <= DESK_TARGET and not any(heavy.values()) else 1


def loaded(words: Sequence[str]) -> list[str]:
    """Which heavy packages the command has loaded by its end."""
    script = LOADED.format(words=list(words), heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    line = next(line for line in done.stderr.splitlines() if line.startswith("LOADED"))
    return line.split()[1:]


def _seconds(words: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def _seconds_to_desk() -> float:
    """From the command to the roster's page: the address that the desk writes, its cookie, the page."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "desk", folder, "--no-open", "--port", "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        try:
            assert process.stdout is not None
            where = urlsplit(process.stdout.readline().strip())
            _, cookie = _asked(where.netloc, f"{where.path}?{where.query}", "")
            status, _ = _asked(where.netloc, "/", cookie)
            took = time.perf_counter() - start
            assert status == 200, f"the desk answered {status}"
        finally:
            process.terminate()
            process.communicate()
    return took


def _asked(host: str, path: str, cookie: str) -> tuple[int, str]:
    """The answer's status, and the cookie that it sets."""
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, (answer.getheader("set-cookie") or "").partition(";")[0]
