"""`assistant prepare`: a heap of scans becomes copies that the portal takes; without `--apply` nothing of the applicant's is written."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import ResultFile, add_on, add_profile, applicant_of, day_of
from assistant.intake.prepare.bundle import Bundle
from assistant.intake.prepare.result import DONE_WORDS, Prepared, PreparedPaper, why_listed
from assistant.intake.prepare.sorting.found import ListedPage
from assistant.jobs.outputs import Results
from assistant.jobs.prepare import PrepareJob, preparing, undo
from assistant.messages import Text
from assistant.review.console import Cell, Console

GIVES_JSON = True
LAST = "last"


def add_arguments(parser: ArgumentParser) -> None:
    add_profile(parser)
    parser.add_argument(
        "scans",
        metavar="SCANS",
        nargs="*",
        type=Path,
        help="扫描件、照片或装有它们的文件夹；不给则整理资料里已有的文件 / scans, photos or folders of them; none: the files the profile names",
    )
    add_on(parser)
    parser.add_argument(
        "--apply",
        action="store_true",
        help="把副本放进资料（原件另存到 documents/originals/）/ put the copies into the profile; originals go to documents/originals/",
    )
    parser.add_argument(
        "--bundle",
        metavar="F.pdf",
        action=ResultFile,
        help="把全部材料装订成一个 PDF，带清单、编号和书签（含个人信息）/ also bind all papers in one numbered PDF (personal data)",
    )
    parser.add_argument(
        "--undo",
        metavar="RUN",
        nargs="?",
        const=LAST,
        help="撤销一次整理（默认最近一次），之后改过的保留 / take a run back (the last one); what was changed since stays",
    )


def run(args: Namespace) -> int:
    """Shows what became of the heap; 0 when nothing needs the person, else 1."""
    console: Console = args.console
    results = Results(console)
    if args.undo:
        return _undo(args, results)
    job = PrepareJob(
        applicant_of(args), day_of(args), tuple(args.scans), args.city or "", args.apply, bundle=bool(args.bundle)
    )
    with console.progress(Text("整理扫描件", "preparing papers"), 0) as steps:

        def tell(what: Text, done: int, total: int) -> None:
            steps.now(what)
            steps.at(done, total)

        with preparing(job, tell) as prepared:
            results.json(args.json, prepared.as_json(args.lang))
            if prepared.bundle is not None and results.file(args.bundle, prepared.bundle.local.read_bytes()):
                _say_bundle(console, args.bundle, prepared.bundle)
    if args.json != "-" or not results.complete:
        show(console, prepared, applied=args.apply)
    results.settle()
    return 0 if prepared.calm else 1


def _say_bundle(console: Console, target: Path, bundle: Bundle) -> None:
    missing, left_out = len(bundle.missing), sum(one.why is not None for one in bundle.parts)
    bound = len(bundle.parts) - left_out
    console.line(
        Text(
            f"合订 PDF：{target}（{bound} 份材料，{bundle.pages} 页；还缺 {missing} 项，{left_out} 份没有装订）。含个人信息，请妥善保管。",
            f"Bundle: {target} ({bound} papers, {bundle.pages} pages; {missing} required ones are missing, {left_out} left out). It holds "
            "personal data: keep it safe.",
        ),
        style="title",
    )


def _undo(args: Namespace, results: Results) -> int:
    console: Console = args.console
    undone = undo(applicant_of(args), "" if args.undo == LAST else args.undo)
    results.json(
        args.json,
        {
            "schema": 1,
            "command": "prepare",
            "undone": True,
            "restored": list(undone.restored),
            "kept": list(undone.kept),
            "removed": list(undone.removed),
        },
    )
    if args.json != "-" or not results.complete:
        console.line(
            Text(
                f"已撤销：{len(undone.restored)} 项恢复原样，删除 {len(undone.removed)} 个副本；原件仍在 documents/originals/。",
                f"Taken back: {len(undone.restored)} slots are as before, {len(undone.removed)} copies are gone; the originals stay in "
                "documents/originals/.",
            ),
            style="good",
        )
        if undone.kept:
            listed = ", ".join(undone.kept)
            console.line(Text(f"整理后改过，保留：{listed}", f"Changed since and kept: {listed}"), style="warning")
    results.settle()
    return 1 if undone.kept else 0


def show(console: Console, prepared: Prepared, *, applied: bool) -> None:
    """The table of before and after, then what goes into no slot."""
    headers = (
        Text("材料", "document"), Text("来自", "from"), Text("页", "pages"), Text("原大小", "before"), Text("副本", "after"),
        Text("做了什么", "what was done"), Text("核对", "proof"),
    )  # fmt: skip
    console.table(
        Text(f"{prepared.applicant}：整理后的材料", f"{prepared.applicant}: papers ready to upload"),
        headers,
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
        console.line(Text(f"{one.place}：{_why(one).zh}", f"{one.place}: {_why(one).en}"), style=_style(one))
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


def _why(one: ListedPage) -> Text:
    return why_listed(one)


def _style(one: ListedPage) -> str:
    return "quiet" if one.reason in ("double", "blank", "stranger", "not-needed", "unasked") else "warning"


def _row(console: Console, paper: PreparedPaper) -> tuple[Cell, ...]:
    done = "、" if console.language == "zh" else ", "
    return (
        paper.label,
        "\n".join(paper.places[:6] + (("…",) if len(paper.places) > 6 else ())),
        str(len(paper.pages)),
        _size(paper.before),
        "\n".join(f"{file.name} {_size(file.size)}" for file in paper.files) or "–",
        done.join(console.say(DONE_WORDS[one]) for one in paper.done),
        _proof(paper),
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} KB"


def _proof(paper: PreparedPaper) -> Cell:
    if paper.state != "ready":
        return Text("没有采用", "not offered")
    texts = [file.proof["text"] for file in paper.files if file.proof["text"] is not None]
    seals = [file.proof["seal"] for file in paper.files if file.proof["seal"] is not None]
    if not texts and not seals:
        return Text("与原件相同", "same as the original")
    read = f"{min(texts):.0%}" if texts else "–"
    seal = Text("，印章一致", ", seal the same") if seals else Text("", "")
    return Text(f"文字 {read}{seal.zh}", f"text {read}{seal.en}")
