"""A probe for people: the terminal's tables, and one self-contained HTML file with the page's pictures and numbered marks.

Pictures come with every value blurred. The file loads nothing from anywhere and runs no script.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from struct import unpack

from assistant.check.deadlines.dates import now
from assistant.drift.compare import SectionProbe
from assistant.drift.kinds import KIND_WORDS, Drift, Verdict, most_pressing_first, reasons_in_words
from assistant.messages import Language, Text
from assistant.page.snapshot import ElementRef
from assistant.review.console import Cell, Console
from assistant.review.templates import render
from assistant.run.teach.picker import Box

VERDICT_WORDS: dict[Verdict, Text] = {
    "go": Text("可以填写", "go"),
    "go-with-list": Text("可以填写，请先看清单", "go, with a list to look at"),
    "stop": Text("请先处理，暂不要填写", "stop: mend this first"),
}
_STYLES = {"go": "good", "go-with-list": "warning", "stop": "bad"}
_WORDS = {
    "title": Text("平台核对", "Does the portal still match?"),
    "section": Text("分段", "section"),
    "what": Text("情况", "what"),
    "candidates": Text("可能是", "candidates"),
    "todo": Text("怎么办", "what to do"),
    "found": Text("找到", "found"),
    "verdict": Text("结论", "verdict"),
    "first": Text("请先看这些", "Look at these first"),
    "same": Text("与资料包一致。", "As the pack describes it."),
    "foot": Text(
        "只看不填：没有写入任何内容。截图中的填写内容已模糊。",
        "Looked only: nothing was written. Values in pictures are blurred.",
    ),
}


def unopened_in_words(tables: Sequence[str]) -> Text:
    """What a probe has not looked at, said plainly."""
    names = "、".join(tables)
    return Text(
        f"没有打开添加窗口，里面的栏目没有核对：{names}。填写时打开窗口后先核对，有新必填项就不填这一行并告诉您。",
        f"Windows for adding rows were not opened, so what they ask was not looked at: {names}. A fill looks at each before it "
        "writes there; where one has a new required question, it writes no row and tells you.",
    )


@dataclass(frozen=True)
class Mark:
    """A number on the picture, in percent of its size."""

    number: int
    weight: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class MarkedSection:
    """One section as the HTML page shows it."""

    probe: SectionProbe
    picture: str
    marks: tuple[Mark, ...]
    numbers: tuple[int | None, ...]


def show(console: Console, sections: Sequence[SectionProbe], entry: Sequence[Drift], verdict: Verdict) -> None:
    """The tables for the terminal."""
    rows: list[tuple[Cell, ...]] = []
    for one in sections:
        found = sum(state.state == "found" for state in one.fields)
        asked = sum(state.state != "not-asked" for state in one.fields)
        rows.append((one.title, f"{found}/{asked}", VERDICT_WORDS[one.verdict]))
    headers = (_WORDS["section"], _WORDS["found"], _WORDS["verdict"])
    console.table(_WORDS["title"], headers, rows, styles=[_STYLES[one.verdict] for one in sections])
    drifts = most_pressing_first([*entry, *(drift for one in sections for drift in one.drifts)])
    titles = {one.key: one.title for one in sections}
    if drifts:
        listed = [(titles.get(one.section, ""), one.what, _candidates(one), one.todo) for one in drifts]
        styles = ["bad" if one.weight == "stop" else "warning" if one.weight == "list" else "quiet" for one in drifts]
        columns = (_WORDS["section"], _WORDS["what"], _WORDS["candidates"], _WORDS["todo"])
        console.table(None, columns, listed, styles=styles)
    if unopened := [label for one in sections for label in one.unopened]:
        console.line(unopened_in_words(unopened), style="quiet")
    console.line(VERDICT_WORDS[verdict], style=_STYLES[verdict])


def probe_page(
    sections: Sequence[SectionProbe],
    entry: Sequence[Drift],
    verdict: Verdict,
    pictures: dict[str, tuple[bytes | None, dict[ElementRef, Box]]],
    portal: str,
    language: Language,
) -> str:
    """The HTML file, in one language."""
    return render(
        "probe_report",
        language,
        words=_WORDS,
        kinds=KIND_WORDS,
        verdicts=VERDICT_WORDS,
        verdict=verdict,
        entry=entry,
        first=[one for one in most_pressing_first(drift for part in sections for drift in part.drifts) if one.pressing],
        titles={one.key: one.title for one in sections},
        sections=[_shown(one, *pictures.get(one.key, (None, {}))) for one in sections],
        candidates=_candidates,
        unopened=unopened_in_words,
        portal=portal,
        written=now().strftime("%Y-%m-%d %H:%M"),
    )


def _shown(probe: SectionProbe, picture: bytes | None, boxes: dict[ElementRef, Box]) -> MarkedSection:
    if picture is None:
        return MarkedSection(probe, "", (), tuple(None for _ in probe.drifts))
    width, height = unpack(">II", picture[16:24])
    marks: list[Mark] = []
    numbers: list[int | None] = []
    for drift in probe.drifts:
        box = boxes.get(drift.place) if drift.place else None
        if box is None:
            numbers.append(None)
            continue
        numbers.append(len(marks) + 1)
        x, y = 100 / width, 100 / height
        marks.append(Mark(len(marks) + 1, drift.weight, box.left * x, box.top * y, box.width * x, box.height * y))
    return MarkedSection(probe, base64.b64encode(picture).decode("ascii"), tuple(marks), tuple(numbers))


def _candidates(drift: Drift) -> Text:
    said = [(one.label, reasons_in_words(one.reasons)) for one in drift.candidates]
    return Text(
        "；".join(f"「{label}」" + (f"（{why.zh}）" if why.zh else "") for label, why in said),
        "; ".join(f"“{label}”" + (f" ({why.en})" if why.en else "") for label, why in said),
    )
