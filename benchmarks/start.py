"""How long the command takes to start, against only importing pydantic, and what starting must not import.

`assistant --help` and `assistant check --help` are run alternately with `python -c "import pydantic"`, each a process of
its own; the best of each counts, so that a busy machine does not decide. Targets: `--help` in at most 3 times the yardstick,
and neither command loads Playwright or what reads pictures.
"""

import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence

from assistant.jobs.outputs import write_json
from assistant.store.locations import ROOT

TARGET = 3.0
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
    ratio = seconds["help"] / seconds["pydantic"]
    heavy = {name: loaded(words) for name, words in {"help": ["--help"], "check-help": ["check", "--help"]}.items()}
    print(f"import pydantic {seconds['pydantic']:.3f} s, --help {seconds['help']:.3f} s: {ratio:.2f} (target {TARGET})")
    for name, modules in heavy.items():
        print(f"{name} loads {', '.join(modules) or 'nothing heavy'}")
    if args.json:
        document = {"benchmark": "start", "seconds": seconds, "ratio": ratio, "target": TARGET, "heavy": heavy}
        write_json(args.json, document)
    return 0 if ratio <= TARGET and not any(heavy.values()) else 1


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
