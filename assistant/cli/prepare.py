"""`assistant prepare`: a heap of scans becomes copies that the portal takes; without `--apply` nothing of the applicant's is written."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import ResultFile, add_on, add_profile, applicant_of, day_of
from assistant.intake.prepare.bundle import Bundle
from assistant.jobs.outputs import Results
from assistant.jobs.prepare import PrepareJob, preparing, undo
from assistant.messages import Text
from assistant.profile.values import SLOT_NAMES
from assistant.review.console import Console
from assistant.review.heap.page import heap_page
from assistant.review.heap.terminal import show

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
        "--slot",
        metavar="SLOT",
        choices=SLOT_NAMES,
        default="",
        help="不给扫描件时：只整理资料里这一项的文件 / without scans: only the files that the profile names for this slot",
    )
    parser.add_argument(
        "--apply",
        action="store_true",
        help="把副本放进资料（原件另存到 documents/originals/）/ put the copies into the profile; originals go to documents/originals/",
    )
    parser.add_argument(
        "--straighten",
        action="store_true",
        help="把拍照的纸张按纸边裁切并拉正；会丢字或碰到印章的不裁 / cut photographed sheets to their edge and straighten them, "
        "unless words or a seal would be lost",
    )
    parser.add_argument(
        "--report",
        metavar="F.html",
        action=ResultFile,
        help="另存原件与副本逐页对照的 HTML（含个人信息）/ also write HTML with each page beside its original (personal data)",
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
        applicant_of(args),
        day_of(args),
        tuple(args.scans),
        city=args.city or "",
        slot=args.slot,
        apply=args.apply,
        straighten=args.straighten,
        bundle=bool(args.bundle),
        pictures=bool(args.report),
    )
    with console.progress(Text("整理扫描件", "preparing papers"), 0) as steps:

        def tell(what: Text, done: int, total: int) -> None:
            steps.now(what)
            steps.at(done, total)

        with preparing(job, tell) as prepared:
            results.json(args.json, prepared.as_json(args.lang))
            if results.file(args.report, heap_page(prepared, args.lang)):
                _say_report(console, args.report)
            if prepared.bundle is not None and results.file(args.bundle, prepared.bundle.local.read_bytes()):
                _say_bundle(console, args.bundle, prepared.bundle)
    if args.json != "-" or not results.complete:
        show(console, prepared, applied=args.apply)
    results.settle()
    return 0 if prepared.calm else 1


def _say_report(console: Console, target: Path) -> None:
    console.line(
        Text(
            f"逐页对照：{target}。含申请人的材料，用完请删除。",
            f"Side by side: {target}. It shows the applicant's papers: delete it when you are done.",
        ),
        style="title",
    )


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
