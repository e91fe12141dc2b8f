"""`assistant teach`: mends a mapping by pointing at the page, learns what saves a draft, proposes a mapping for a new form;
exports and imports what was learned."""

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.city.loading import load_city
from assistant.errors import InputError
from assistant.jobs.new_portal import propose_pack
from assistant.jobs.probe_session import Opened, add_where, opened, portal_of
from assistant.messages import Text
from assistant.portal.loading import Portal, load_portal, pack_trees
from assistant.portal.overlay import (
    Laid,
    Overlay,
    changes,
    overlay_path,
    overlay_text,
    overlays_for,
    read_overlay,
    write_overlay,
)
from assistant.profile.loading import load_profile
from assistant.review.console import Console, write_private

if TYPE_CHECKING:
    from assistant.run.teach.dialogue import Dialogue

GIVES_JSON = False


def add_arguments(parser: ArgumentParser) -> None:
    add_where(parser)
    parser.add_argument("--new", metavar="NAME", help="为没有资料包的网页提出草稿 / propose a mapping for a new form")
    parser.add_argument(
        "--learn-save", action="store_true", help="您手工暂存一次，记下哪些请求是保存 / learn what saving sends"
    )
    parser.add_argument("--export", metavar="F.yaml", type=Path, help="导出学到的对应关系 / export what was learned")
    parser.add_argument(
        "--import", dest="import_", metavar="F.yaml", type=Path, help="导入同事的对应关系 / import a colleague's"
    )
    parser.add_argument(
        "--out", metavar="F.yaml", type=Path, help="--new 的草稿写到哪里 / where --new writes its draft"
    )
    parser.add_argument("--by", metavar="NAME", help="记在文件里的姓名 / the name to sign with")
    parser.add_argument(
        "--no-panel",
        action="store_true",
        help="在终端中问答，网页中不显示面板 / ask in the terminal, without the panel",
    )
    parser.add_argument("--yes", action="store_true", help="看过差异，直接采用 / accept the diff without asking")


def run(args: Namespace) -> int:
    """Exit 0 when everything is mapped or was accepted, 1 when something is left or was declined."""
    if args.new:
        return propose_pack(args)
    profile = load_profile(args.profile) if args.profile else None
    if args.city is None and profile is None:
        raise InputError(Text("请用 --city 指定城市", "name the city with --city"))
    portal = load_city(args.city or (profile.city if profile else "")).portal
    folder = profile.folder if profile else None
    if args.export:
        return _export(args, portal, folder)
    if args.import_:
        return _import(args, portal, folder)
    return _teach(args, portal, folder)


# ---- export and import ----------------------------------------------------------------------------------------------


def _export(args: Namespace, portal: str, folder: Path | None) -> int:
    laid = overlays_for(portal, folder)
    if not laid:
        raise InputError(Text("还没有可导出的对应关系", "nothing was learned yet, so there is nothing to export"))
    write_private(args.export, overlay_text(laid[0].overlay))
    args.console.line(Text(f"已导出：{args.export}", f"exported: {args.export}"), style="good")
    return 0


def _import(args: Namespace, portal: str, folder: Path | None) -> int:
    """Whatever does not fit the pack is refused before anybody is asked."""
    laid = read_overlay(args.import_)
    load_portal(portal, overlays=(laid,))
    before = overlays_for(portal, folder)
    show_diff(args.console, laid.overlay, portal)
    if before:
        args.console.line(
            Text(
                "现有的对应关系将被替换（原文件另存为 .bak）。", "What was learned before is replaced (kept as .bak)."
            ),
            style="warning",
        )
    if not _accepted(args):
        return 1
    return _save(args.console, laid.overlay, portal, folder)


def show_diff(console: Console, overlay: Overlay, portal: str) -> None:
    """What the overlay changes, line by line, with who wrote it and when."""
    _sign(console, overlay)
    console.table(*diff_of(overlay, portal))


def diff_of(overlay: Overlay, portal: str) -> tuple[Text, tuple[Text, ...], list[tuple[str, str, str]]]:
    """Title, headers and rows of what the overlay changes."""
    headers = (Text("哪里", "where"), Text("原来", "before"), Text("改为", "after"))
    rows = [(one.where, one.before, one.after) for one in changes(overlay, dict(pack_trees(portal)))]
    return Text("将要改变的内容", "What changes"), headers, rows


def _sign(console: Console, overlay: Overlay) -> None:
    console.line(Text(f"{overlay.by}，{overlay.written_on}", f"{overlay.by}, {overlay.written_on}"), style="title")
    if overlay.note:
        console.line(overlay.note)


def _accepted(args: Namespace) -> bool:
    if args.yes:
        return True
    args.console.line(Text("采用吗？输入 y 采用", "take it? y takes it"), style="title")
    try:
        return input().strip().casefold() in ("y", "yes", "是")
    except EOFError:
        return False


def _save(console: Console, overlay: Overlay, portal: str, folder: Path | None) -> int:
    path = overlay_path(portal, folder)
    if path.is_file():
        path.replace(path.with_suffix(".yaml.bak"))
    write_overlay(path, overlay)
    console.line(Text(f"已保存：{path}", f"saved: {path}"), style="good")
    return 0


# ---- teaching ----------------------------------------------------------------------------------------------------


def _teach(args: Namespace, portal: str, folder: Path | None) -> int:
    from assistant.review.lesson_dialogue import PanelDialogue, TerminalDialogue
    from assistant.review.probe_report import show
    from assistant.run.teach.lesson import Teacher

    laid = overlays_for(portal, folder)
    before = laid[0].overlay if laid else None
    city, profile, loaded = portal_of(args, laid)
    with opened(args, city, profile, loaded) as here:
        entry = here.prober.reach()
        if entry:
            show(args.console, (), entry, "stop")
            return 1
        in_page = here.interactive and not args.no_panel
        dialogue = PanelDialogue(args.console, here.page) if in_page else TerminalDialogue(args.console, here.page)
        if args.learn_save:
            overlay = _learn_save(args, here, dialogue, before)
        else:

            def load(laid: Sequence[Laid]) -> Portal:
                return load_portal(portal, overlays=laid)

            teacher = Teacher(here.prober, here.page, dialogue, load, before, _signed(args), date.today())
            overlay = teacher.teach()
        taken = overlay is not None and _taken(args, dialogue, overlay, portal)
        if isinstance(dialogue, PanelDialogue):
            dialogue.close()
        if overlay is not None:
            if not taken:
                return 1
            _save(args.console, overlay, portal, folder)
            here.prober.use(load_portal(portal, overlays=(Laid(overlay),)))
        result = here.prober.compare()
        here.guard.hand_over()
    if overlay is not None:
        show(args.console, result.sections, (), result.verdict)
    return result.exit_code


def _taken(args: Namespace, dialogue: "Dialogue", overlay: Overlay, portal: str) -> bool:
    """Whether the person says yes to the whole diff."""
    _sign(args.console, overlay)
    title, headers, rows = diff_of(overlay, portal)
    if args.yes:
        args.console.table(title, headers, rows)
        return True
    return dialogue.accepts(Text("以上改动，保存吗？", "Save these changes?"), title, headers, rows)


def _learn_save(args: Namespace, here: Opened, dialogue: "Dialogue", before: Overlay | None) -> Overlay | None:
    from assistant.page.guard.rules import origin_of
    from assistant.run.teach.save_recorder import host_patch, listen

    heard = listen(here.page, here.url)
    here.guard.hand_over()
    told = Text(
        "现在由您操作：请在两个不同的分段各点一次「暂存」（不要提交），然后回到这里继续。",
        "The page is yours: save the draft once in two different sections (don't submit), then come back and go on.",
    )
    done = dialogue.done(told)
    here.guard.take_pen()
    if not done:
        return None
    offered = heard.offered(here.portal.file.forbidden_paths)
    if not offered:
        dialogue.say(Text("没有看到保存请求。", "no request that saves was seen."), "warning")
        return None
    headers = (Text("方法", "method"), Text("路径", "path"), Text("次数", "count"))
    rows = [(method, path, str(count)) for method, path, count in offered]
    which = Text("哪些是保存草稿？", "Which of them save the draft?")
    title = Text("刚才看到的请求", "The requests that were seen")
    chosen = [offered[number][:2] for number in dialogue.several(which, title, headers, rows)]
    if not chosen:
        return None
    patch = host_patch(origin_of(here.url), chosen, _signed(args), date.today())
    base = before or Overlay(overlay=here.portal.name, written_on=date.today(), by=_signed(args))
    hosts = (*(one for one in base.hosts if one.origin != patch.origin), patch)
    overlay = base.model_copy(update={"hosts": hosts, "written_on": date.today(), "by": _signed(args)})
    load_portal(here.portal.name, overlays=(Laid(overlay),))
    return overlay


def _signed(args: Namespace) -> str:
    if args.by:
        return str(args.by)
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "?"
