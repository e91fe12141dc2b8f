"""What became of a heap as the terminal's table: it names files and slots and shows nothing that stands on a page."""

from assistant.intake.prepare.result import DONE_WORDS, Prepared, PreparedPaper, why_listed
from assistant.intake.prepare.sorting.found import ListedPage
from assistant.messages import Text
from assistant.review.console import Cell, Console
from assistant.review.heap.words import HEADS, proof_of, size_of


def show(console: Console, prepared: Prepared, *, applied: bool) -> None:
    """The table of before and after, then what goes into no slot."""
    console.table(
        Text(f"{prepared.applicant}：整理后的材料", f"{prepared.applicant}: papers ready to upload"),
        HEADS,
        [_row(console, paper) for paper in prepared.papers],
        styles=["" if paper.state == "ready" else "bad" for paper in prepared.papers],
    )
    for paper in prepared.papers:
        if paper.why is not None:
            console.line(Text(f"{paper.label.zh}：{paper.why.zh}", f"{paper.label.en}: {paper.why.en}"), style="bad")
        if paper.missing:
            numbers = ", ".join(map(str, paper.missing))
            console.line(
                Text(f"{paper.label.zh}：缺第 {numbers} 页", f"{paper.label.en}: page {numbers} is missing"),
                style="warning",
            )
    for said in prepared.unjudged:
        console.line(said, style="warning")
    for note in prepared.translations:
        if not note.paired and note.accepted:
            console.line(
                Text(
                    f"{note.label.zh}：不是中文，缺翻译件。{note.accepted.zh}",
                    f"{note.label.en}: not in Chinese, its translation is missing. {note.accepted.en}",
                ),
                style="warning",
            )
            console.line(f"    {note.source}", style="quiet")
    for one in prepared.listed:
        console.line(
            Text(f"{one.place}：{why_listed(one).zh}", f"{one.place}: {why_listed(one).en}"), style=_style(one)
        )
    counts = prepared.counts
    console.line(
        Text(
            f"共 {counts['pages']} 页：{counts['placed']} 页放入材料项，{counts['doubles']} 页重复，{counts['strangers']} 页是别人的，"
            f"{counts['listed']} 页请您看；{counts['unusable']} 个文件不能用。",
            f"{counts['pages']} pages: {counts['placed']} in slots, {counts['doubles']} doubles, {counts['strangers']} somebody else's, "
            f"{counts['listed']} for you to look at; {counts['unusable']} files can't be used.",
        ),
        style="title",
    )
    if prepared.run:
        console.line(
            Text(
                f"已放入资料，原件在 documents/originals/。撤销：--undo {prepared.run}",
                f"Put into the profile; the originals are in documents/originals/. To take it back: --undo {prepared.run}",
            ),
            style="good",
        )
    elif applied:
        console.line(
            Text("资料里已经是这些文件，没有改动。", "The profile names these files already; nothing was written."),
            style="quiet",
        )
    else:
        console.line(
            Text("还没有写入；放入资料请加 --apply。", "Nothing is written yet; --apply puts them into the profile.")
        )


def _style(one: ListedPage) -> str:
    return "quiet" if one.reason in ("double", "blank", "stranger", "not-needed", "unasked") else "warning"


def _row(console: Console, paper: PreparedPaper) -> tuple[Cell, ...]:
    done = "、" if console.language == "zh" else ", "
    return (
        paper.label,
        "\n".join(paper.places[:6] + (("…",) if len(paper.places) > 6 else ())),
        str(len(paper.pages)),
        size_of(paper.before),
        "\n".join(f"{file.name} {size_of(file.size)}" for file in paper.files) or "–",
        done.join(console.say(DONE_WORDS[one]) for one in paper.done),
        proof_of(paper),
    )
