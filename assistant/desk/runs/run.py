"""One run as the desk follows it: how far it is, what it asks, what came of it. It holds no value of a person's."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import assistant
from assistant.messages import Text
from assistant.store.locations import MODULE

RunState = Literal["waiting", "running", "asking", "yours", "over", "stopped", "failed"]
STATE_WORDS: dict[RunState, Text] = {
    "waiting": Text("排队中：前一次结束后自动开始", "waiting in line: starts when the one before has ended"),
    "running": Text("正在填写", "running"),
    "asking": Text("等您回答", "waiting for your answer"),
    "yours": Text("已移交：浏览器留给您核对、提交", "handed over: the browser is yours to review and submit"),
    "over": Text("已结束", "over"),
    "stopped": Text("已停止", "stopped"),
    "failed": Text("没有完成", "not completed"),
}
ACTIVE: tuple[RunState, ...] = ("running", "asking", "yours")
_SECONDS_TO_CLOSE = 12
ENDED_EARLY = Text(
    "填写程序没有说明原因就结束了（可能被系统或别的程序关闭）。没有提交任何内容，已保存的不会重填：请关闭它留下的浏览器窗口，再开始一次。",
    "It ended without a word (the system or another program may have closed it). Nothing was submitted, and what was saved is "
    "not filled twice: close the browser it left behind, and start it once more.",
)


@dataclass
class SectionProgress:
    """One section of the form: `left` are the fields for the person; None while it is being filled."""

    title: str
    calm: int = 0
    left: int | None = None
    seconds: float = 0


@dataclass
class Run:
    """`login` is what no two runs may use at once. `kind` and `target` are what was asked for."""

    id: str
    case: str
    kind: Literal["fill", "after"]
    target: Literal["rehearse", "live"]
    login: str
    request: Mapping[str, str]
    state: RunState = "waiting"
    began: float = field(default_factory=time.time)
    sections: list[SectionProgress] = field(default_factory=list)
    total: int = 0
    said: list[Text] = field(default_factory=list)
    question: tuple[str, Text] | None = None
    result: dict[str, Any] | None = None
    trouble: list[Text] = field(default_factory=list)
    version: int = 0
    """Grows with everything new."""

    def __post_init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._stopping = False

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def ended(self) -> bool:
        return self.state in ("over", "stopped", "failed")

    def begin(self, delivered: Callable[["Run"], None], ended: Callable[["Run"], None]) -> None:
        """Starts the process. `delivered` is called when there is a result, `ended` when the process is gone."""
        home = str(Path(assistant.__file__).resolve().parent.parent)
        paths = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._child = subprocess.Popen(
            [*MODULE, "assistant.jobs.spoken"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": paths},
            encoding="utf-8",
        )
        self._now("running")
        self._tell(json.dumps(dict(self.request)))
        threading.Thread(target=self._follow, args=(self._child, delivered, ended), daemon=True).start()

    def answer(self, yes: bool) -> None:
        """The person's word on what is asked."""
        if self.question is None:
            return
        kind, _ = self.question
        self.question = None
        self._tell("" if kind == "go-on" else "y" if yes else "n")
        self._now("running")

    def stop(self) -> None:
        """Ends this run's process and its browser, and no other."""
        self._stopping = True
        child = self._child
        if child is None:
            self._now("stopped")
            return
        with suppress(OSError):
            child.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        clock = threading.Timer(_SECONDS_TO_CLOSE, lambda: child.kill() if child.poll() is None else None)
        clock.daemon = True
        clock.start()
        self._now(self.state)

    def let_go(self) -> None:
        """The desk ends: nobody answers here any more; a browser that is open stays with the person."""
        if self._child is not None and self._child.stdin is not None:
            with suppress(OSError):
                self._child.stdin.close()

    def _tell(self, line: str) -> None:
        if self._child is not None and self._child.stdin is not None:
            with suppress(OSError, ValueError):
                self._child.stdin.write(line + "\n")
                self._child.stdin.flush()

    def _follow(
        self, child: "subprocess.Popen[str]", delivered: Callable[["Run"], None], ended: Callable[["Run"], None]
    ) -> None:
        assert child.stdout is not None
        for line in child.stdout:
            with suppress(ValueError, KeyError, TypeError):
                event = json.loads(line)
                self.hear(event)
                if event["event"] in ("report", "after", "by-hand"):
                    delivered(self)
        status = child.wait()
        child.stdout.close()
        self.let_go()
        if not (self._stopping or status == 130 or self.result or self.trouble):
            self.trouble.append(ENDED_EARLY)
        self._now("stopped" if self._stopping or status == 130 else "over" if self.result else "failed")
        ended(self)

    def hear(self, event: Mapping[str, Any]) -> None:
        """One event of the process."""
        kind = event["event"]
        if kind == "section":
            self.total = int(event["total"])
            self.sections = [one for one in self.sections if one.title != event["title"]]
            self.sections.append(SectionProgress(event["title"]))
            self._goes_on()
        elif kind == "finished":
            for one in self.sections:
                if one.title == event["title"]:
                    one.calm, one.left, one.seconds = int(event["calm"]), int(event["left"]), float(event["seconds"])
            self._goes_on()
        elif kind == "ask":
            self.question = (str(event["kind"]), Text(event["zh"], event["en"]))
            self._now("asking")
        elif kind == "report":
            self._read_result()
            self.question = None
            self._now("yours" if event.get("stays") else "running")
        elif kind in ("after", "by-hand"):
            # By hand: nothing is known of this portal's pages after submission, and nothing was opened.
            self.result = dict(event) if kind == "after" else {"by_hand": True}
            self._goes_on()
        elif kind in ("problem", "say"):
            text = Text(str(event["zh"]), str(event["en"]))
            if self.request["out"] in text.zh:
                return  # where a result lies for a moment; the page has it by then
            (self.trouble if kind == "problem" else self.said).append(text)
            self._now(self.state)
        elif kind == "bug":
            where = f"{event['kind']}, {' → '.join(event['places'])}"
            self.trouble.append(
                Text(
                    f"程序内部错误（{where}）；请告诉开发者。", f"A bug in this program ({where}); tell the developers."
                )
            )

    def _read_result(self) -> None:
        file = Path(self.request["out"]) / "fill.json"
        with suppress(OSError, ValueError):
            self.result = json.loads(file.read_text(encoding="utf-8"))

    def _goes_on(self) -> None:
        self.question = None
        self._now("running")

    def _now(self, state: RunState) -> None:
        self.state = state
        self.version += 1
