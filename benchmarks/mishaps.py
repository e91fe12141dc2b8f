"""Mishaps at the desk: random mixes of what a person does there and of what goes wrong meanwhile; their files decide.

    python -m benchmarks mishaps --runs 40 --seed N [--only I] [--json FILE]

What goes wrong: kill -9 of the desk in the middle of an act, a full disk, a folder that may not be written, a browser closed in
the middle of an upload, a run that is killed, a clock that jumps, two desks started at once. After each mix: what was
acknowledged is in the files, what was not is there whole or not at all, nothing else has changed, every page opens, and
where an act was refused the page said what to do. A mix that breaks a rule prints its number: `--only` repeats it alone. Exit 1 then.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from errno import EACCES, ENOSPC, EROFS
from hashlib import sha256
from pathlib import Path

import psutil

from assistant.jobs.outputs import write_json
from assistant.profile.loading import read_raw
from assistant.store.applicant_folder import PlainFolder
from assistant.store.base import version_of
from assistant.store.locations import PROFILES
from benchmarks._visitor import Visit, Visitor

HERE = Path(__file__).parent
CASE = "sample-lee"
KINDS = ("killed", "full", "read-only", "browser-closed", "run-killed", "clock", "two-desks")
PAGES = ("/", "/intake", "/employer", *(f"/cases/{CASE}/{page}" for page in ("profile", "documents", "fill", "after")))
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n" + b"% " + b"x" * 60_000
ROSTER = "姓,名,性别,出生日期,国籍,护照号码,护照有效期至\nGARCIA,ANA,女,1990-05-06,西班牙,XDE765432,2031-02-03\n"


@dataclass
class Mix:
    """One mix: what goes wrong, and during which act."""

    number: int
    kind: str
    act: str
    broken: list[str] = field(default_factory=list)

    def rule(self, holds: object, what: str) -> None:
        if not holds:
            self.broken.append(what)


def run(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="python -m benchmarks mishaps", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args(arguments)
    numbers = range(args.runs) if args.only is None else (args.only,)
    started = time.monotonic()
    mixes = [mix_of(args.seed, number) for number in numbers]
    for one in mixes:
        print(f"{one.number:3} {one.kind:15} {one.act:10} {'; '.join(one.broken) or 'as promised'}", flush=True)
    broken = [one for one in mixes if one.broken]
    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(one.kind for one in mixes).items())
    print(f"{len(mixes)} mixes ({kinds}): {len(broken)} broken; {time.monotonic() - started:.0f} s")
    if args.json:
        write_json(args.json, {"benchmark": "mishaps", "seed": args.seed, "mixes": [vars(one) for one in mixes]})
    return 1 if broken else 0


def mix_of(seed: int, number: int) -> Mix:
    """One mix, the same whatever came before it. The kinds take turns."""
    chance = random.Random(f"{seed}:{number}")
    kind = KINDS[number % len(KINDS)]
    mix = Mix(number, kind, "rehearsal" if kind == "run-killed" else chance.choice(list(ACTS)))
    with tempfile.TemporaryDirectory(prefix="mishaps") as name:
        place = Place(Path(name))
        try:
            MISHAPS[kind](mix, place, chance)
            afterwards(mix, place)
        finally:
            place.end()
    return mix


# ---- a folder and its desk -------------------------------------------------------------------------------------------


class Place:
    """An applicants' folder with a desk over it, and the weather there (see _mishap/sitecustomize.py)."""

    def __init__(self, home: Path) -> None:
        self.folder, self._weather = home / "续签", home / "weather.json"
        shutil.copytree(PROFILES / CASE, self.folder / CASE)
        shutil.copy(PROFILES / "employer.yaml", self.folder)
        self._environment = {
            **os.environ,
            "MISHAP_WEATHER": str(self._weather),
            "MISHAP_FOLDER": str(self.folder.resolve()),
            "PYTHONPATH": os.pathsep.join([str(HERE / "_mishap"), str(HERE.parent), os.environ.get("PYTHONPATH", "")]),
            **{f"XDG_{kind}_HOME": str(home / kind) for kind in ("DATA", "CACHE", "CONFIG")},
        }
        self.desks: list[subprocess.Popen[str]] = []
        self.expected = self.files()
        self.allowed: dict[str, set[str]] = {}

    def weather(self, **now: object) -> None:
        self._weather.write_text(json.dumps(now), encoding="utf-8")

    def start(self) -> subprocess.Popen[str]:
        desk = subprocess.Popen(
            [sys.executable, "-m", "assistant", "desk", str(self.folder), "--no-open", "--lang", "zh"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=self._environment,
        )
        self.desks.append(desk)
        return desk

    def visitor(self, desk: subprocess.Popen[str] | None = None) -> Visitor:
        said = (desk or self.start()).stdout
        assert said is not None
        return Visitor(said.readline().strip())

    def files(self) -> dict[str, str]:
        """Every file of the applicants' by its content; what a killed write leaves behind is none of theirs."""
        return {
            path.relative_to(self.folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".assistant-")
        }

    def end(self) -> None:
        for desk in self.desks:
            for one in psutil.Process(desk.pid).children(recursive=True) if desk.poll() is None else ():
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            desk.kill()
            desk.communicate()


# ---- what a person does ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """`do` answers with what came back; `done` says whether the files hold it."""

    do: Callable[[Visitor, Place], Visit]
    done: Callable[[Place], bool]


def _profile(place: Place) -> PlainFolder:
    return PlainFolder(place.folder / CASE)


def _save_data(visitor: Visitor, place: Place) -> Visit:
    version = version_of(_profile(place).read("profile.yaml"))
    return visitor.post(f"/cases/{CASE}/profile", {"version": version, "applicant.birth_place": "BUSAN"})


def _save_employer(visitor: Visitor, place: Place) -> Visit:
    version = version_of((place.folder / "employer.yaml").read_bytes())
    return visitor.post("/employer", {"version": version, "employer.landline": "0755-86000009"})


def _upload(visitor: Visitor, _place: Place) -> Visit:
    return visitor.upload(f"/cases/{CASE}/documents", "salary_proof", "薪资.pdf", PAPER)


def _take_out(visitor: Visitor, _place: Place) -> Visit:
    return visitor.post(f"/cases/{CASE}/documents", {"slot": "contract", "out": "documents/contract.pdf"})


def _set_stage(visitor: Visitor, _place: Place) -> Visit:
    return visitor.post(f"/cases/{CASE}/after", {"do": "stage", "stage": "submitted"})


def _begin_case(visitor: Visitor, _place: Place) -> Visit:
    return visitor.post("/cases", {"surname": "GARCIA", "given_names": "ANA", "chinese_name": "", "city": "shenzhen"})


def _import(visitor: Visitor, _place: Place) -> Visit:
    visitor.upload("/intake", "files", "名册.csv", ROSTER.encode())
    until = time.monotonic() + 60
    while 'value="apply"' not in (page := visitor.get("/intake")).text and time.monotonic() < until:
        time.sleep(0.2)
    return visitor.post("/intake", {"do": "apply", "who": page.between('name="who" value="', '"')})


def _holds(name: str, text: str) -> Callable[[Place], bool]:
    def held(place: Place) -> bool:
        file = place.folder / name
        return file.is_file() and text in file.read_text(encoding="utf-8")

    return held


ACTS: Mapping[str, Act] = {
    "data": Act(_save_data, _holds(f"{CASE}/profile.yaml", "birth_place: BUSAN")),
    "employer": Act(_save_employer, _holds("employer.yaml", "0755-86000009")),
    "upload": Act(_upload, _holds(f"{CASE}/profile.yaml", "salary_proof: documents/salary_proof.pdf")),
    "take-out": Act(_take_out, lambda place: not _holds(f"{CASE}/profile.yaml", "documents/contract.pdf")(place)),
    "stage": Act(_set_stage, _holds(f"{CASE}/case.yaml", "submitted")),
    "new-case": Act(_begin_case, _holds("garcia-ana/profile.yaml", "surname: GARCIA")),
    "import": Act(_import, _holds("garcia-ana/profile.yaml", "XDE765432")),
}


# ---- what goes wrong -------------------------------------------------------------------------------------------------


def _killed(mix: Mix, place: Place, chance: random.Random) -> None:
    """In the middle of the act, or just before, or just after it."""
    desk = place.start()
    visitor = place.visitor(desk)
    act, answers = ACTS[mix.act], list[Visit]()

    def doing() -> None:
        with suppress(OSError, ConnectionError):
            answers.append(act.do(visitor, place))

    person = threading.Thread(target=doing)
    person.start()
    time.sleep(chance.uniform(0, 0.15))
    desk.send_signal(signal.SIGKILL)
    person.join(90)
    if answers:
        mix.rule(act.done(place), "an acknowledged act is not in the files")
    _again(mix, place, place.visitor())


def _again(mix: Mix, place: Place, visitor: Visitor) -> None:
    """Where it was not done, it is done now without a word."""
    act = ACTS[mix.act]
    if not act.done(place):
        answer = act.do(visitor, place)
        mix.rule(answer.status == 303, f"the act does not work afterwards ({answer.status})")
    mix.rule(act.done(place), "the act has no effect afterwards")


def _without_room(*errors: int) -> Callable[[Mix, Place, random.Random], None]:
    def mishap(mix: Mix, place: Place, chance: random.Random) -> None:
        visitor, act = place.visitor(), ACTS[mix.act]
        visitor.get("/")
        before = place.files()
        place.weather(errno=chance.choice(errors), event=chance.choice(("open", "os.rename")))
        answer = act.do(visitor, place)
        mix.rule(answer.status in (400, 409, 422, 507), f"it is not refused as it should be ({answer.status})")
        mix.rule("请" in answer.words, "the page does not say what to do")
        mix.rule(place.files() == before, "something has changed all the same")
        place.weather()
        _again(mix, place, visitor)

    return mishap


def _browser_closed(mix: Mix, place: Place, _chance: random.Random) -> None:
    """In the middle of an upload; the person starts the desk once more, and is shown the one that runs."""
    mix.act = "upload"
    visitor = place.visitor()
    before = place.files()
    visitor.half_an_upload(f"/cases/{CASE}/documents", "salary_proof", "薪资.pdf", PAPER)
    time.sleep(0.3)
    mix.rule(place.files() == before, "half a file was kept")
    second = place.visitor()
    mix.rule(second.place == visitor.place, "another desk is shown")
    _again(mix, place, second)


def _run_killed(mix: Mix, place: Place, chance: random.Random) -> None:
    desk = place.start()
    visitor = place.visitor(desk)
    visitor.post(f"/cases/{CASE}/fill", {"target": "rehearse", "unseen": "yes"})
    until = time.monotonic() + 60
    while not (runs := _runs_of(desk)) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(chance.uniform(0, 2))
    for one in runs:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    page = visitor.get(f"/cases/{CASE}/fill")
    while 'data-state="failed"' not in page.text and time.monotonic() < until:
        time.sleep(0.2)
        page = visitor.get(f"/cases/{CASE}/fill")
    mix.rule('data-state="failed"' in page.text, "the page does not say that it has ended")
    mix.rule("再开始一次" in page.words, "the page does not say what to do")
    mix.rule("开始填写" in page.words, "it can't be started again")


def _runs_of(desk: subprocess.Popen[str]) -> list[psutil.Process]:
    found = []
    for one in psutil.Process(desk.pid).children():
        with suppress(psutil.Error):
            if "assistant.jobs.spoken" in one.cmdline():
                found.append(one)
    return found


def _clock(mix: Mix, place: Place, chance: random.Random) -> None:
    """Some weeks or years forward, or back."""
    visitor = place.visitor()
    place.weather(days=chance.choice((-4000, -40, 40, 4000)))
    for page in PAGES:
        mix.rule(visitor.get(page).status == 200, f"{page} does not open")
    _again(mix, place, visitor)
    place.weather()


def _two_desks(mix: Mix, place: Place, _chance: random.Random) -> None:
    """Started at the same moment; then two windows save the same thing."""
    first, second = map(place.visitor, (place.start(), place.start()))
    mix.rule(first.place == second.place, "two desks serve one folder")
    version = version_of(_profile(place).read("profile.yaml"))
    mine, theirs = (
        one.post(f"/cases/{CASE}/profile", {"version": version, "applicant.birth_place": where})
        for one, where in ((first, "SEOUL CITY"), (second, "INCHEON"))
    )
    mix.rule((mine.status, theirs.status) == (303, 409), "the second window overwrites the first, or neither saves")
    mix.rule("SEOUL CITY" in theirs.words and "INCHEON" in theirs.text, "the two answers are not shown side by side")
    _again(mix, place, second)


MISHAPS: Mapping[str, Callable[[Mix, Place, random.Random], None]] = {
    "killed": _killed,
    "full": _without_room(ENOSPC),
    "read-only": _without_room(EACCES, EROFS),
    "browser-closed": _browser_closed,
    "run-killed": _run_killed,
    "clock": _clock,
    "two-desks": _two_desks,
}


def afterwards(mix: Mix, place: Place) -> None:
    """What holds after every mix: nothing is lost, and every page opens."""
    visitor = place.visitor()
    for page in PAGES:
        answer = visitor.get(page)
        mix.rule(answer.status == 200, f"{page} does not open afterwards ({answer.status})")
    now = place.files()
    changed = {name for name, content in place.expected.items() if now.get(name) != content}
    mix.rule(changed <= {f"{CASE}/profile.yaml", "employer.yaml"}, f"lost or changed: {sorted(changed)}")
    data = read_raw(_profile(place)).data
    before = read_raw(PlainFolder(PROFILES / CASE)).data
    mix.rule(data.get("education") == before.get("education"), "answers that nobody touched are gone")
