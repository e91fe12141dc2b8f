"""`assistant intake`: from rosters, papers and answers to profiles; without `--apply` nothing is written."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from assistant.cli.arguments import ResultFile, add_on, add_store, day_of, store_of
from assistant.errors import InputError
from assistant.intake.draft import Column, Surety
from assistant.intake.sheets.mapping import columns_in, proposal
from assistant.intake.sheets.template import template
from assistant.intake.undo import undo_import
from assistant.jobs.intake import ApplicantDraft, Decision, Intake, IntakeJob, apply, intake, marked_copies
from assistant.jobs.outputs import Results
from assistant.messages import Text
from assistant.review.console import Console
from assistant.store.base import Store
from assistant.store.folders import FolderStore

GIVES_JSON = True

STATE_WORDS: dict[Surety, Text] = {
    "sure": Text("可采用", "sure"),
    "doubtful": Text("请核对", "look at it"),
    "conflict": Text("不一致", "sources differ"),
    "error": Text("错误", "error"),
}
_STYLES: dict[Surety, str] = {"sure": "", "doubtful": "warning", "conflict": "bad", "error": "bad"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        type=Path,
        help="名册、证件、申请表、问卷答案，或装有它们的文件夹 / rosters, papers, forms, answers, or folders of them",
    )
    parser.add_argument(
        "--into",
        metavar="FOLDER",
        type=Path,
        help="申请人文件夹所在的文件夹 / the folder that holds the applicants' folders",
    )
    add_store(parser)
    parser.add_argument("--city", metavar="C", help="新申请人的城市 / city of new applicants")
    add_on(parser)
    parser.add_argument(
        "--map",
        metavar="F",
        type=Path,
        help="名册各列对应的资料；没有这个文件就写出待确认的一份 / what a roster's columns are; written to be looked through if not there",
    )
    parser.add_argument(
        "--template",
        metavar="F.xlsx",
        action=ResultFile,
        help="写出空白名册供填写 / write the empty roster to be filled in",
    )
    parser.add_argument(
        "--marked",
        metavar="DIR",
        type=Path,
        help="把有问题的名册另存一份，标出单元格并注明原因 / save copies of rosters with the cells marked that need a hand",
    )
    parser.add_argument("--apply", action="store_true", help="写入可采用的值 / write what is sure")
    parser.add_argument(
        "--undo",
        metavar="IMPORT",
        help="撤销一次导入，之后改过的保留 / take an import back; what was edited since stays",
    )
    parser.add_argument(
        "--take",
        metavar="ID:PATH=SOURCE",
        action="append",
        default=[],
        help="采用某个来源的值，例如 lee-minjun:passport.number=passport.jpg#page=1 / take the value of one source",
    )
    parser.add_argument(
        "--crops",
        metavar="DIR",
        type=Path,
        help="把需要核对的部分存成图片（含个人信息，仅本人可读）/ save what to compare as pictures (personal data, yours only)",
    )


def run(args: Namespace) -> int:
    """Shows what was read and where; 0 when all is sure and nothing is missing, else 1."""
    console: Console = args.console
    results = Results(console)
    if args.template is not None:
        return _template(args, results)
    into = _into(args)
    if args.undo:
        return _undo(args, into, results)
    said = args.map is not None and args.map.is_file()
    job = IntakeJob(
        tuple(args.sources),
        into,
        day_of(args),
        args.city or "",
        columns_in(args.map) if said else {},
        tuple(map(decision, args.take)),
        args.crops,
    )
    found = intake(job)
    if args.apply:
        found = apply(job, found)
    if args.map is not None and not said:
        results.file(args.map, proposal(found.columns))
    if args.marked is not None:
        for name, copy in marked_copies(job, found).items():
            results.file(args.marked / name, copy)
    results.json(args.json, found.as_json(args.lang))
    if args.json != "-" or not results.complete:
        show(console, found)
    results.settle()
    return 0 if found.calm else 1


def _template(args: Namespace, results: Results) -> int:
    """The empty roster; nothing is read."""
    if results.file(args.template, template()):
        args.console.line(
            Text(
                f"空白名册：{args.template}。填好后：assistant intake {args.template} --into 文件夹",
                f"Empty roster: {args.template}. When it is filled in: assistant intake {args.template} --into FOLDER",
            )
        )
    results.json(args.json, {"schema": 1, "command": "intake", "template": str(args.template)})
    results.settle()
    return 0


def _into(args: Namespace) -> Store:
    """Where the applicants are kept that an import makes or completes."""
    if args.into is not None:
        return FolderStore.at(args.into)
    store = store_of(args)
    if store is None:
        raise InputError(
            Text("请用 --into 指明申请人的文件夹。", "Name the applicants' folder with --into."), where="--into"
        )
    return store


def _undo(args: Namespace, into: Store, results: Results) -> int:
    """Takes an import back and names what stays."""
    undone = undo_import(into, args.undo)
    answer = {
        "schema": 1,
        "command": "intake",
        "undone": args.undo,
        "restored": {who: list(paths) for who, paths in undone.restored.items()},
        "kept": {who: list(paths) for who, paths in undone.edited.items()},
        "removed": list(undone.removed),
        "notes": [{"source": note.source, "message": note.message.say(args.lang)} for note in undone.notes],
    }
    results.json(args.json, answer)
    if args.json != "-" or not results.complete:
        console: Console = args.console
        for who in undone.removed:
            console.line(Text(f"{who}：这次导入建立的资料已删除", f"{who}: the profile this import made is gone"))
        for who, paths in undone.restored.items():
            console.line(Text(f"{who}：恢复了 {len(paths)} 项", f"{who}: {len(paths)} values are as before"))
        for who, paths in undone.edited.items():
            listed = ", ".join(paths)
            console.line(
                Text(f"{who}：导入后改过，保留：{listed}", f"{who}: edited since and kept: {listed}"), style="warning"
            )
        for note in undone.notes:
            console.line(
                Text(f"{note.source}：{note.message.zh}", f"{note.source}: {note.message.en}"), style="warning"
            )
    results.settle()
    return 1 if undone.edited or undone.notes else 0


def decision(text: str) -> Decision:
    """`ID:PATH=SOURCE` as a decision. Raises InputError.

    >>> decision("lee:passport.number=passport.jpg#page=1")
    Decision(applicant='lee', path='passport.number', source='passport.jpg#page=1')
    """
    place, equals, source = text.partition("=")
    applicant, colon, path = place.rpartition(":")
    if not (equals and colon and applicant and path and source):
        raise InputError(Text("应写作 申请人:路径=来源", "write it as ID:PATH=SOURCE"), where="--take")
    return Decision(applicant, path, source)


def show(console: Console, found: Intake) -> None:
    """For the terminal: what needs the person, applicant by applicant; no value."""
    _show_columns(console, found.columns)
    for applicant in found.applicants:
        _show_applicant(console, applicant)
    for note in found.notes:
        console.line(Text(f"{note.source}：{note.message.zh}", f"{note.source}: {note.message.en}"), style="warning")
    counts = found.counts
    console.line(
        Text(
            f"{len(found.applicants)} 位申请人：{counts['sure']} 项可采用，{counts['doubtful']} 项请核对，"
            f"{counts['conflict']} 项不一致，{counts['error']} 项错误。",
            f"{len(found.applicants)} applicants: {counts['sure']} values are sure, {counts['doubtful']} to look at, "
            f"{counts['conflict']} differ between sources, {counts['error']} errors.",
        ),
        style="good" if found.calm else "warning",
    )
    if found.imported is None:
        console.line(
            Text("没有写入任何文件；写入请加 --apply。", "Nothing was written; add --apply to write."), style="quiet"
        )
        return
    if not found.imported.written:
        console.line(Text("没有新的值，什么也没有写入。", "Nothing new, so nothing was written."), style="quiet")
        return
    paths = sum(len(one.paths) for one in found.imported.written)
    console.line(
        Text(
            f"已写入 {len(found.imported.written)} 位申请人的 {paths} 项。撤销：--undo {found.imported.name}",
            f"{paths} values of {len(found.imported.written)} applicants are written. To take it back: --undo {found.imported.name}",
        ),
        style="good",
    )


def _show_columns(console: Console, columns: tuple[Column, ...]) -> None:
    for column in columns:
        if column.state == "likely":
            console.line(
                Text(
                    f"{column.source}「{column.head}」可能是 {column.path}，请确认",
                    f"{column.source}: “{column.head}” may be {column.path}; confirm it",
                ),
                style="warning",
            )
        elif column.state == "twice":
            console.line(
                Text(
                    f"{column.source}「{column.head}」与另一列含义相同，两列都没有采用；请用 --map 说明",
                    f"{column.source}: “{column.head}” and another column mean the same; neither is used. Say which with --map",
                ),
                style="warning",
            )
    unused = [column for column in columns if column.path is None]
    if unused:
        listed = ", ".join(f"{column.source} {column.head}" for column in unused)
        console.line(Text(f"没有采用的列：{listed}", f"Columns not used: {listed}"), style="quiet")


def _show_applicant(console: Console, applicant: ApplicantDraft) -> None:
    new = Text("（新）", " (new)") if applicant.new else Text("", "")
    sure = sum(one.state == "sure" and one.kind != "profile" for one in applicant.values)
    console.line(
        Text(f"{applicant.id}{new.zh}：{sure} 项可采用", f"{applicant.id}{new.en}: {sure} sure values"), style="title"
    )
    for one in applicant.values:
        if one.state == "sure":
            continue
        word, why = STATE_WORDS[one.state], one.message or Text("", "")
        console.line(
            Text(
                f"  [{word.zh}] {one.path}（{one.source}）{why.zh}", f"  [{word.en}] {one.path} ({one.source}) {why.en}"
            ),
            style=_STYLES[one.state],
        )
    for place, picture in applicant.crops.items():
        console.line(f"    {place} → {picture}", style="quiet")
    if applicant.missing:
        listed = ", ".join(applicant.missing)
        console.line(Text(f"  还缺：{listed}", f"  missing: {listed}"), style="quiet")
