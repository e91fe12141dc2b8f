"""`assistant teach --new`: proposes a mapping for a form that no pack knows, and writes it as a draft to be reviewed."""

import re
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from assistant.errors import InputError
from assistant.messages import Text
from assistant.review.console import Console, write_private

if TYPE_CHECKING:
    from assistant.drift.propose import Draft


def propose_pack(args: Namespace) -> int:
    """Exit 0 when every question was proposed for sure, 1 when something is left to the person."""
    from assistant import forbidden
    from assistant.drift.propose import draft_section
    from assistant.page.browser import find_or_install_browser, open_browser
    from assistant.page.form_page import FormPage
    from assistant.page.guard.guard import Guard
    from assistant.page.guard.rules import origin_of
    from assistant.review.lesson_dialogue import TerminalDialogue
    from assistant.run.teach.new_portal import draft_folder, draft_portal, propose_here

    if not args.url:
        raise InputError(Text("--new 需要 --url", "--new needs --url"))
    if not re.fullmatch(r"[a-z][a-z0-9-]*", args.new):
        raise InputError(Text("名称只能含小写字母、数字和连字符", "a name of a-z, 0-9 and hyphens"), where="--new")
    with open_browser(
        headless=True if args.headless else None,
        found=find_or_install_browser(args.console.line),
        announce=args.console.line,
    ) as context:
        guard = Guard(
            context,
            origins=[origin_of(args.url)],
            allowed=[],
            forbidden_words=forbidden.WORDS,
            forbidden_paths=forbidden.PATHS,
        )
        guard.install()
        page = FormPage(context.pages[0])
        page.open(args.url)
        if not args.headless:
            TerminalDialogue(args.console, page).ask(
                Text(
                    "请登录并打开要对应的表单，然后回到这里按回车。",
                    "Log in, open the form, then come back and press Enter.",
                )
            )
        draft = propose_here(page, guard)
    today = date.today().isoformat()
    out = args.out or draft_folder(args.new) / "sections" / f"01-{args.new}.yaml"
    write_private(out, draft_section(draft, args.new, args.new, today))
    if not args.out:
        write_private(draft_folder(args.new) / "portal.yaml", draft_portal(args.new, args.url, today))
    _show(args.console, draft, str(out))
    return 1 if draft.unknown or draft.tables or any(not one.sure for one in draft.proposed) else 0


def _show(console: Console, draft: "Draft", out: str) -> None:
    from assistant.drift.propose import HOW_WORDS, bare, table_name

    headers = (
        Text("页面栏目", "on the page"),
        Text("资料路径", "profile path"),
        Text("把握", "confidence"),
        Text("依据", "why"),
    )
    rows = [(one.label, one.path, f"{one.confidence:.0%}", HOW_WORDS[one.how]) for one in draft.proposed]
    styles = ["good" if one.sure else "warning" for one in draft.proposed]
    console.table(Text("提出的对应关系", "Proposed"), headers, rows, styles=styles)
    if draft.unknown:
        listed = "、".join(bare(one.label) for one in draft.unknown)
        console.line(Text(f"不认识：{listed}", f"not known: {listed}"), style="warning")
    for table in draft.tables:
        name = table_name(table)
        told = Text(f"表格，需由人添加：{name}", f"a table, for a person to add: {name}")
        console.line(told, style="warning")
    count = len(rows) + len(draft.unknown)
    console.line(
        Text(
            f"共 {count} 项，提出 {draft.share:.0%}。草稿：{out}。核对之前不会用来填写。",
            f"{count} questions, {draft.share:.0%} proposed. Draft: {out}. Nothing is filled from it before it is reviewed.",
        ),
        style="title",
    )
