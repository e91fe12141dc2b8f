"""The teaching dialogue with a person: in the terminal, line by line, or on the panel in the page.

Promises: an answer is only ever the person's; without anybody to answer (end of input, a closed page) the answer is None or
no at once, never a default.
"""

import re
from collections.abc import Callable, Sequence

from assistant.drift.kinds import reasons_in_words
from assistant.messages import Text
from assistant.page.form_page import FormPage
from assistant.review.console import Console
from assistant.review.panel.lesson import LessonPanel
from assistant.review.prompter import Prompter, TypedLines, says_yes
from assistant.run.handover import Reply
from assistant.run.teach.dialogue import LessonAnswer, LessonEntry, Offer, Rows


class TerminalDialogue:
    """Asks in the terminal, and reads lines there."""

    def __init__(self, console: Console, lines: TypedLines | None = None) -> None:
        self._console, self._prompter = console, Prompter(console, lines)
        self._prompter.listen()

    def say(self, what: Text, style: str = "") -> None:
        self._console.line(what, style=style)

    def table(self, title: Text, headers: Sequence[Text], rows: Rows) -> None:
        self._console.table(title, headers, rows)

    def answer(self, entries: Sequence[LessonEntry], at: int, offer: Offer) -> Reply[LessonAnswer | None]:
        """A number, `c` (with a section perhaps), `s` or `q`; asked again until it is one of these."""
        entry, place = entries[at], f"[{at + 1}/{len(entries)}] {entries[at].section} › "
        self.say(Text(place + entry.what.zh, place + entry.what.en), "warning")
        for number, one in enumerate(offer.candidates, 1):
            why = reasons_in_words(one.reasons)
            self.say(Text(f"  {number} = 「{one.label}」 {why.zh}", f"  {number} = “{one.label}” {why.en}"))
        point = Text(f"c = {offer.pointing.zh}；", f"c = {offer.pointing.en}; ") if offer.pointing else Text("", "")
        question = Text(
            f"输入序号选用；{point.zh}s = 跳过；q = 结束", f"a number takes it; {point.en}s = skip; q = end"
        )

        def means(line: str) -> LessonAnswer | None:
            word, _, section = line.casefold().partition(" ")
            if word in ("s", "q"):
                return LessonAnswer("skip" if word == "s" else "end")
            if word == "c" and offer.pointing:
                return LessonAnswer("point", section=section.strip())
            if word.isdecimal() and 1 <= int(word) <= len(offer.candidates):
                return LessonAnswer("take", int(word) - 1)
            return None

        return self._prompter.choose(question, means, None)

    def pointing(self, what: Text) -> Callable[[], bool]:
        """Pressing Enter in the terminal, or its end, gives up."""
        self.say(Text(f"{what.zh}（回车放弃）", f"{what.en} (Enter gives up)"), "title")
        return lambda: not self._prompter.gives_up()

    def done(self, what: Text) -> Reply[bool]:
        return self._prompter.choose(what, lambda _: True, nobody=False)

    def several(self, what: Text, title: Text, headers: Sequence[Text], rows: Rows) -> Reply[tuple[int, ...]]:
        numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
        self.table(title, (Text("序号", "no."), *headers), numbered)
        question = Text(f"{what.zh}输入序号，用空格分开", f"{what.en} numbers, with spaces between")

        def means(line: str) -> tuple[int, ...]:
            return tuple(int(word) - 1 for word in re.findall(r"\d+", line) if 1 <= int(word) <= len(rows))

        return self._prompter.choose(question, means, ())

    def accepts(self, what: Text, title: Text, headers: Sequence[Text], rows: Rows) -> Reply[bool]:
        self.table(title, headers, rows)
        question = Text(f"{what.zh}输入 y 保存", f"{what.en} y saves it")
        return self._prompter.choose(question, says_yes, nobody=False)

    def close(self) -> None:
        """Nothing of it is left anywhere."""


class PanelDialogue:
    """Asks on the panel in the page: the list on one side, the form on the other. The terminal repeats what was said."""

    def __init__(self, console: Console, page: FormPage, panel: LessonPanel | None = None) -> None:
        self._console = console
        self._panel = panel or LessonPanel(page, console.language)

    def say(self, what: Text, style: str = "") -> None:
        self._console.line(what, style=style)
        self._panel.say(what, style)

    def table(self, title: Text, headers: Sequence[Text], rows: Rows) -> None:
        self._console.table(title, headers, rows)

    def answer(self, entries: Sequence[LessonEntry], at: int, offer: Offer) -> Reply[LessonAnswer | None]:
        return self._panel.answer(entries, at, offer)

    def pointing(self, what: Text) -> Callable[[], bool]:
        return self._panel.pointing(what)

    def done(self, what: Text) -> Reply[bool]:
        self._console.line(what, style="title")
        return self._panel.done(what)

    def several(self, what: Text, title: Text, headers: Sequence[Text], rows: Rows) -> Reply[tuple[int, ...]]:
        self.table(title, headers, rows)
        return self._panel.several(what, title, self._told(rows))

    def accepts(self, what: Text, title: Text, headers: Sequence[Text], rows: Rows) -> Reply[bool]:
        self.table(title, headers, rows)
        return self._panel.accepts(what, title, self._told(rows))

    def close(self) -> None:
        """Takes the panel away without a trace."""
        self._panel.close()

    def _told(self, rows: Rows) -> list[list[str]]:
        language = self._console.language
        return [[cell.say(language) if isinstance(cell, Text) else str(cell) for cell in row] for row in rows]
