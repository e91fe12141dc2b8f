"""`assistant store`: cases that several desks share: copied, listed, taken over, their conflicts settled, their trail exported."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from assistant.cli.arguments import add_store, database_of
from assistant.errors import InputError
from assistant.jobs.outputs import Results
from assistant.messages import Text
from assistant.review.console import Console
from assistant.store.base import PROFILE, ApplicantRef, version_of

if TYPE_CHECKING:
    from assistant.store.database.store import DatabaseStore
    from assistant.store.team.aside import Aside, FieldDifference

GIVES_JSON = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("copy", "cases", "take", "conflicts", "reviewed", "trail"),
        help="copy 搬移 FROM TO / copy; cases 列出案件与占用者 / list cases and who has them; take 接管 / take a case over; "
        "conflicts 并排处理冲突 / settle edits side by side; reviewed 标记为已复核 / mark as reviewed; trail 导出操作记录 / export who did what",
    )
    parser.add_argument(
        "what",
        metavar="CASE|FROM",
        nargs="?",
        help="案件编号；copy 时为来源地址 / a case's id; for copy the address to copy from",
    )
    parser.add_argument("to", metavar="TO", nargs="?", help="copy 的目标地址 / the address to copy to")
    parser.add_argument(
        "--mine",
        action="append",
        default=[],
        metavar="FIELD",
        help="conflicts：这一项采用另存的版本，可重复 / take this field from the edit kept aside; repeatable",
    )
    parser.add_argument(
        "--settle", action="store_true", help="conflicts：其余保持现状，处理完毕 / the rest stays as it is; settled"
    )
    parser.add_argument("--yes", action="store_true", help="take：不再询问 / do not ask")
    add_store(parser)


def run(args: Namespace) -> int:
    """Exit 0 when all is well; 1 when something needs the person. Raises InputError, SealError, SetupError."""
    actions = {
        "copy": _copy,
        "cases": _cases,
        "take": _take,
        "conflicts": _conflicts,
        "reviewed": _reviewed,
        "trail": _trail,
    }
    return actions[args.action](args)


# ---- copy ----------------------------------------------------------------------------------------------------------


def _copy(args: Namespace) -> int:
    from assistant.store.database.addresses import store_at
    from assistant.store.team.copying import copy_store

    if not (args.what and args.to):
        raise InputError(
            Text("请写：assistant store copy 来源 目标", "write: assistant store copy FROM TO"), where="FROM TO"
        )
    console: Console = args.console
    source, target = store_at(args.what), store_at(args.to)
    with console.progress(Text("复制案件", "copying cases"), len(source.applicants())) as steps:
        copied = copy_store(source, target, steps.done)
    put, there = (sum(getattr(one, count) for one in (*copied.cases, copied.shared)) for count in ("put", "there"))
    differ = {one.id: list(one.differ) for one in (*copied.cases, copied.shared) if one.differ}
    results = Results(console)
    answer = {"schema": 1, "command": "store copy", "cases": len(copied.cases), "put": put, "there": there}
    results.json(args.json, {**answer, "differ": differ, "whole": copied.whole})
    console.line(
        Text(
            f"{len(copied.cases)} 个案件：写入 {put} 个文件，已有 {there} 个，均已逐个回读比对。",
            f"{len(copied.cases)} cases: {put} files written, {there} there already; each was read back and compared.",
        ),
        style="good" if copied.whole else "warning",
    )
    for case, names in differ.items():
        console.line(
            Text(
                f"{case or '共用文件'}：{len(names)} 个文件在目标处内容不同，未覆盖。",
                f"{case or 'shared files'}: {len(names)} files have another content there and were left alone.",
            ),
            style="warning",
        )
    results.settle()
    return 0 if copied.whole else 1


# ---- who has what --------------------------------------------------------------------------------------------------


def _cases(args: Namespace) -> int:
    console: Console = args.console
    store = database_of(args)
    lines, holders, reviewers = store.roster(), store.claims.holders(), store.reviews.reviewers()
    results = Results(console)
    listed = [
        {
            **vars(one),
            "holder": holders[one.id].name if one.id in holders else None,
            "reviewed_by": reviewers.get(one.id),
        }
        for one in lines
    ]
    results.json(args.json, {"schema": 1, "command": "store cases", "cases": listed})
    if args.json != "-":
        console.table(
            Text("案件", "Cases"),
            (
                Text("编号", "id"),
                Text("城市", "city"),
                Text("到期", "expires"),
                Text("阶段", "stage"),
                Text("占用者", "held by"),
                Text("复核者", "reviewed by"),
            ),
            [
                (
                    one.id,
                    one.city,
                    one.expires_on or "",
                    one.stage,
                    holders[one.id].name if one.id in holders else "",
                    reviewers.get(one.id, ""),
                )
                for one in lines
            ],
        )
    results.settle()
    return 0


def _take(args: Namespace) -> int:
    """Frees a case from its holder, after the person has agreed with them; the next who wants it gets it."""
    from assistant.review.prompter import Prompter

    ref, console = _case(args), args.console
    store = database_of(args)
    holder = store.claims.holder(ref.id)
    if holder is None:
        console.line(Text("没有人占用这个案件。", "Nobody has this case."), style="good")
        return 0
    question = Text(
        f"{holder.name} 正在处理。接管后对方不能再写入，其未保存的修改会另存。确定接管吗？",
        f"{holder.name} has it. Once you take it they can't write any more; what they had not saved is kept aside. Take it?",
    )
    if not args.yes and not Prompter(console).agrees(question):
        return 1
    store.claims.take_over(ref.id, holder).release()
    console.line(
        Text("已接管并记录在案；现在可以处理。", "Taken, and on the trail; it is free for you now."), style="good"
    )
    return 0


def _reviewed(args: Namespace) -> int:
    """Somebody has looked through the form as it was filled last; with two pairs of eyes, not who filled it."""
    ref = _case(args)
    store = database_of(args)
    store.reviews.mark(ref.id)
    args.console.line(
        Text(
            f"{ref.id}：已标记为已复核，并记录在案；再次填写或修改资料后需重新复核。",
            f"{ref.id}: marked as reviewed, and on the record; once it is filled again or its data change, this is over.",
        ),
        style="good",
    )
    return 0


# ---- conflicts -----------------------------------------------------------------------------------------------------


def _conflicts(args: Namespace) -> int:
    ref, console = _case(args), args.console
    store = database_of(args)
    asides = store.asides.of(ref.id)
    results, listed = Results(console), []
    for aside in asides:
        with store.open(ref) as kept:
            now = kept.read(PROFILE)
        different = aside.against(now)
        listed.append({"by": aside.by, "fields": [{"field": one.field, "clashes": one.clashes} for one in different]})
        if args.settle:
            _settle(store, ref, aside, now, [one for one in different if one.field in args.mine])
        else:
            _show(console, aside, different)
    results.json(args.json, {"schema": 1, "command": "store conflicts", "case": ref.id, "kept_aside": listed})
    if not asides:
        console.line(Text("没有冲突。", "There is no conflict."), style="good")
    results.settle()
    return 1 if asides and not args.settle else 0


def _settle(
    store: "DatabaseStore", ref: ApplicantRef, aside: "Aside", now: bytes, mine: "list[FieldDifference]"
) -> None:
    with store.holding(ref), store.open(ref) as kept:
        if mine:
            merged = aside.merged(now, [one.path for one in mine])
            kept.write(PROFILE, merged, expected=version_of(now))
        store.asides.settle(aside)


def _show(console: Console, aside: "Aside", different: "tuple[FieldDifference, ...]") -> None:
    """Which fields differ; the values are for the desk's page, not for a terminal's history."""
    console.table(
        Text(f"{aside.by} 的修改没能写入，另存于此", f"An edit by {aside.by} that came second, kept aside"),
        (Text("项目", "field"), Text("原来", "before"), Text("现在", "now"), Text("另存的", "kept aside")),
        [(one.field, *map(masked, (one.base, one.theirs, one.mine))) for one in different],
        styles=["bad" if one.clashes else "" for one in different],
    )
    console.line(
        Text(
            "采用另存版本的项目：--mine 项目（可重复）；其余保持现状：--settle",
            "Take a field from the edit kept aside: --mine FIELD (repeatable); leave the rest as it is: --settle",
        ),
        style="quiet",
    )


def masked(value: str | None) -> str:
    """Enough of a value to tell two apart."""
    if value is None:
        return "—"
    shown = 0 if len(value) < 4 else 1 if len(value) < 8 else 2
    return f"{value[:shown]}{'•' * (len(value) - 2 * shown)}{value[len(value) - shown :]}"


# ---- the trail -----------------------------------------------------------------------------------------------------


def _trail(args: Namespace) -> int:
    console: Console = args.console
    store = database_of(args)
    lines = store.trail(ApplicantRef(args.what) if args.what else None)
    broken = [one.number for one in lines if not one.sound]
    results = Results(console)
    entries = [one.as_json() for one in lines]
    results.json(args.json, {"schema": 1, "command": "store trail", "entries": entries, "broken": broken})
    if args.json != "-":
        console.table(
            Text("操作记录（不含内容）", "Who did what (without values)"),
            (
                Text("时间", "when"),
                Text("谁", "who"),
                Text("案件", "case"),
                Text("做了什么", "what"),
                Text("项目", "field"),
            ),
            [(str(one.as_json()["at"]), one.who, one.case, one.what, one.field) for one in lines],
            styles=["" if one.sound else "bad" for one in lines],
        )
    if broken:
        console.line(
            Text(
                f"有 {len(broken)} 条记录与密钥不符：记录被改动或缺失，请立即查明是谁有数据库管理权限。",
                f"{len(broken)} entries do not fit the team's key: the trail was changed or is not whole. Find out at once who "
                "administers the database.",
            ),
            style="bad",
        )
    results.settle()
    return 1 if broken else 0


def _case(args: Namespace) -> ApplicantRef:
    if not args.what:
        raise InputError(Text("请写出案件编号", "write the case's id"), where="CASE")
    return ApplicantRef(args.what)
