"""The panel of a lesson: what does not match on one side of the page, the form on the other.

Promises: the person answers by mouse or keyboard, on the panel alone; while they point at the page, the page gets nothing of
it (picker.js); nothing of the panel is part of what the page posts; after `close` it is gone.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from assistant.drift.kinds import Candidate, reasons_in_words
from assistant.messages import Language, Text
from assistant.page.engine.scripts import page_script
from assistant.page.form_page import FormPage
from assistant.review.panel.element_paths import ways_to
from assistant.review.panel.host import PanelHost, Said
from assistant.run.handover import Reply
from assistant.run.teach.dialogue import LessonAnswer, LessonEntry, Offer

HERE = Path(__file__).parent
WORDS: Mapping[str, Text] = {
    "title": Text("重新对应栏目", "Map fields again"),
    "side": Text("把面板移到另一侧", "Move the panel to the other side"),
    "left": Text("未对应的栏目（还剩 % 项）", "Fields without a match (% left)"),
    "maybe": Text("可能是：", "It may be:"),
    "others": Text("本段其余未对应的栏目", "Other unmatched fields of this section"),
    "take": Text("选用", "Take"),
    "point": Text("在页面上点选", "Click it on the page"),
    "elsewhere": Text("在另一段", "In another section"),
    "skip": Text("跳过，到时手工填写", "Skip: I'll fill it by hand"),
    "end": Text("结束", "End"),
    "cancel": Text("放弃点选（Esc）", "Give up clicking (Esc)"),
    "open": Text("待对应", "open"),
    "mended": Text("已对应", "mapped"),
    "skipped": Text("已跳过", "skipped"),
    "busy": Text("正在页面上检验…", "Testing it on the page…"),
    "done": Text("我做好了，继续", "Done, go on"),
    "stop": Text("不做了", "Stop here"),
    "chosen": Text("就是勾选的这些", "These that are ticked"),
    "save": Text("保存", "Save"),
    "discard": Text("不保存", "Don't save"),
    "before": Text("原来", "before"),
    "after": Text("改为", "after"),
    "holder": Text(
        "只看不填：没有提交，也不会保存您的申请", "Looking only: nothing is submitted, and no draft is saved"
    ),
    "keys": Text("Tab 移动　Enter 选定　F9 进出面板", "Tab to move · Enter to choose · F9 into the panel and back"),
}

T = TypeVar("T")


class PanelReply(Generic[T]):
    """The person's next word on a panel; `nobody` until there is one."""

    def __init__(self, host: PanelHost, means: Callable[[Said], T], nobody: T) -> None:
        self._host, self._means, self.word = host, means, nobody
        self._given = False

    @property
    def given(self) -> bool:
        said = (
            next((word for word in self._host.heard() if word.kind not in ("stirred", "went")), None)
            if not self._given
            else None
        )
        if said is not None:
            self.word, self._given = self._means(said), True
        return self._given


class LessonPanel:
    """One panel for one lesson on one page; shown from the first word on."""

    def __init__(self, page: FormPage, language: Language) -> None:
        self._page, self._language = page, language
        words = {**self._each(WORDS), "lang": "zh-CN" if language == "zh" else "en"}
        style = "\n".join(page_script(HERE / name) for name in ("panel.css", "lesson.css"))
        self._host = PanelHost(page, page_script(HERE / "lesson.js"), style, {"words": words})
        self._host.on_ready = self._show
        self._state: dict[str, object] = {"mode": "busy", "entries": [], "at": -1}
        self._note: tuple[str, str] = ("", "")
        self._turn = 0

    def say(self, what: Text, style: str = "") -> None:
        """One sentence the person should know now."""
        self._note = (what.say(self._language), style)
        self._show()

    def answer(self, entries: Sequence[LessonEntry], at: int, offer: Offer) -> Reply[LessonAnswer | None]:
        """What the person wants done about an entry."""
        lines = [{"section": one.section, "what": one.what.say(self._language), "state": one.state} for one in entries]
        ways = ways_to(self._page, [one.place for one in offer.all if one.place is not None])

        def candidate(one: Candidate) -> dict[str, object]:
            why = reasons_in_words(one.reasons).say(self._language)
            way = ways.get(one.place) if one.place is not None else None
            return {"label": one.label, "why": why, "block": one.block, "way": way[0] if way else None}

        self._state = {
            "mode": "answer",
            "entries": lines,
            "at": at,
            "candidates": [candidate(one) for one in offer.candidates],
            "others": [candidate(one) for one in offer.others],
            "pointing": offer.pointing is not None,
            "sections": [{"key": key, "title": title} for key, title in offer.sections],
        }
        return self._reply(self._answered, None)

    def _answered(self, said: Said) -> LessonAnswer:
        self._state = {**self._state, "mode": "busy"}
        self._show()
        number = said.data.get("number")
        at_number = number if isinstance(number, int) else 0
        match said.kind:
            case "take":
                return LessonAnswer("take", at_number)
            case "turn-to":
                return LessonAnswer("turn-to", at_number)
            case "point":
                return LessonAnswer("point", section=said.text("section"))
            case "skip":
                return LessonAnswer("skip")
        return LessonAnswer("end")

    def pointing(self, what: Text) -> Callable[[], bool]:
        """Asks for a click on the page; giving up is a button and Escape."""
        self._state = {**self._state, "mode": "point", "asked": what.say(self._language)}
        self._host.heard()
        self._show()
        given_up: list[Said] = []

        def go_on() -> bool:
            given_up.extend(one for one in self._host.heard() if one.kind == "cancel")
            return not given_up and not self._page.closed

        return go_on

    def done(self, what: Text) -> Reply[bool]:
        """Whether the person says that they have done something."""
        self._state = {"mode": "ask", "asked": what.say(self._language)}
        return self._reply(lambda said: said.kind == "done", nobody=False)

    def several(self, what: Text, title: Text, rows: Sequence[Sequence[str]]) -> Reply[tuple[int, ...]]:
        """The rows the person ticks."""
        self._state = {"mode": "several", **self._asking(what, title), "rows": [list(row) for row in rows]}

        def chosen(said: Said) -> tuple[int, ...]:
            ticked = said.data.get("ticked") if said.kind == "chosen" else None
            if not isinstance(ticked, list):
                return ()
            return tuple(one for one in ticked if isinstance(one, int) and 0 <= one < len(rows))

        return self._reply(chosen, ())

    def accepts(self, what: Text, title: Text, rows: Sequence[Sequence[str]]) -> Reply[bool]:
        """Whether the person presses "save", having the rows (where, before, after) in view."""
        self._state = {"mode": "accept", **self._asking(what, title), "rows": [list(row) for row in rows]}
        return self._reply(lambda said: said.kind == "save", nobody=False)

    def close(self) -> None:
        """Takes the panel away without a trace."""
        self._host.close()

    def _asking(self, what: Text, title: Text) -> dict[str, object]:
        return {"asked": what.say(self._language), "heading": title.say(self._language)}

    def _reply(self, means: Callable[[Said], T], nobody: T) -> "PanelReply[T]":
        """Shows the state, and hears the person's next word."""
        self._turn += 1
        self._host.heard()
        self._show()
        return PanelReply(self._host, means, nobody)

    def _show(self) -> None:
        if not self._host.shown:
            self._host.open()
        note, style = self._note
        self._host.tell({"state": {**self._state, "turn": self._turn, "note": note, "style": style}})

    def _each(self, words: Mapping[str, Text]) -> dict[str, str]:
        return {name: text.say(self._language) for name, text in words.items()}
