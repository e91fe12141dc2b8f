"""Writes the parts of the documents that the code knows best: the commands, and what statuses and reasons mean.

    uv run python -m scripts.pages

docs/commands.md is written whole; in the guides, what stands between the two marks. A test fails when they are not current.
"""

import sys
from argparse import SUPPRESS, Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

from assistant.cli.main import make_parser
from assistant.messages import Language, Text
from assistant.outcome import CALM, REASON_WORDS, REASONS, STATUS_WORDS, STATUSES, Reason, Status

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS = DOCS / "commands.md"
GUIDES: dict[Language, Path] = {"zh": DOCS / "guide.zh.md", "en": DOCS / "guide.en.md"}
BEGIN, END = "<!-- written by scripts/pages.py -->", "<!-- end -->"

# What a person does about it; the words themselves are in assistant/outcome.py.
STATUS_ADVICE: dict[Status, Text] = {
    "verified": Text("写入后回读一致，保存后再读仍一致。", "Written, read back equal, still equal after saving."),
    "already": Text("页面上原本就是资料中的值，没有改动。", "The page held the profile's value; nothing was written."),
    "kept": Text(
        "页面上有另一个值，没有覆盖。以哪个为准由您决定：页面对，改资料；资料对，加 `--overwrite` 再运行或手工改。",
        "The page holds another value, left as it was. You decide: mend the profile, or overwrite with `--overwrite` or by hand.",
    ),
    "skipped": Text("本案不需要，或资料中没有。", "Not asked for in this case, or not in the profile."),
    "mismatched": Text(
        "写了，但页面上现在不是这个值。请看原因，在页面上手工核对。",
        "Written, but the page now shows something else. See the reason and check it on the page.",
    ),
    "refused": Text(
        "没有把握，所以没有写。请看原因，手工填写这一栏。",
        "Not certain, so not written. See the reason; fill it by hand.",
    ),
    "by-hand": Text("这一栏按约定留给您。", "Left to you on purpose."),
    "failed": Text(
        "写入时出错。请再运行一次，仍不行就手工填写。", "Writing failed. Run it again, else fill it by hand."
    ),
}
REASON_ADVICE: dict[Reason, Text] = {
    "not-found": Text(
        "看看栏目是否改名：改了就改资料包（见 `selectors/README.md`）。",
        "See whether the field was renamed; if so mend the pack (`selectors/README.md`).",
    ),
    "ambiguous": Text("手工填写；请开发者在资料包中注明是哪一个。", "Fill it by hand; have the pack say which one."),
    "hidden": Text(
        "多半要先选别的栏目它才出现：看看前面的选择是否正确。",
        "It usually appears after another choice: check the fields before it.",
    ),
    "read-only": Text(
        "平台自己带出的值，无法修改；值不对请联系平台。", "The portal's own value; if it is wrong, ask the portal."
    ),
    "no-such-option": Text(
        "在下拉列表中找到意思完全相同的选项，手工选择；把它的文字告诉开发者。列表若是空的，说明平台没有送来选项：先刷新页面再保存，否则草稿中原有的答案会被清空。",
        "Choose the option of exactly the same meaning by hand, and tell the developers its words. If the list is empty, the portal did not send its options: reload the page before you save, else an answer that the draft had there is cleared.",
    ),
    "too-long": Text("缩写或改写后填写，并同样修改资料。", "Shorten it, on the page and in the profile."),
    "wrong-person": Text("打开正确的申请人后再运行。", "Open the right applicant's form and run it again."),
    "wrong-origin": Text("回到平台页面后再运行。", "Go back to the portal's page and run it again."),
    "unsupported": Text("手工填写；请开发者更新资料包。", "Fill it by hand; have the pack updated."),
    "drifted": Text(
        "运行 assistant probe 查看差异，再用 assistant teach 更新。",
        "See the differences with assistant probe, mend them with assistant teach.",
    ),
    "not-taken": Text(
        "手工填写并留意页面提示；格式可能与平台要求不同。",
        "Fill it by hand and mind the page's hints; it may want another form.",
    ),
    "changed-after-save": Text(
        "看看页面改成了什么：可能是平台自动换算，也可能被截断。",
        "See what the page made of it: a conversion of the portal's own, or cut off.",
    ),
    "rejected-by-page": Text("按页面提示改正资料，再运行。", "Mend the profile as the page says and run it again."),
    "doubled": Text("在页面上删去多余的一份，再运行。", "Delete the one too many on the page and run it again."),
    "different-value": Text("见上「保留原值」。", "See “kept” above."),
    "other-file": Text(
        "看看那份文件：不该留的在页面上删去，再运行；该留的写进资料。",
        "Look at that file: delete it on the page if it must go and run it again, or name it in the profile.",
    ),
    "condition-false": Text("不必处理。", "Nothing to do."),
    "no-value": Text("平台要求这一项时，补进资料再运行。", "If the portal asks for it, add it to the profile."),
    "on-purpose": Text("手工填写。", "Fill it by hand."),
    "not-planned": Text("手工填写这个新栏目，并告诉开发者。", "Fill this new field by hand and tell the developers."),
    "not-confirmed": Text(
        "看清页面后手工填写；下次工具列出时勾选。", "Fill it in by hand, or tick it when the tool lists it next time."
    ),
    "not-known": Text(
        "手工填写；或下次在面板的列表中用「这是…」指明，工具会记住。",
        "Fill it in by hand, or say what it is with “this is …” on the panel's list next time: it is remembered.",
    ),
    "not-shown": Text("打开该行（编辑），与资料核对。", "Open the row (编辑) and compare it with the profile."),
    "page-error": Text("刷新页面再运行；已保存的不会重填。", "Reload and run it again; what was saved stays."),
    "timed-out": Text("网络或平台较慢：稍后再运行。", "The network or the portal is slow: run it again later."),
    "row-not-added": Text(
        "看看页面为何不接受这一行，改正资料后再运行。", "See why the page refuses the row, mend the profile."
    ),
    "row-left-open": Text(
        "关闭那个窗口（或删去那一空行），再手工添加这一行。",
        "Close that window (or delete the empty row), then add the row by hand.",
    ),
    "not-saved": Text("在页面上自行点击暂存，再核对本段。", "Press save on the page yourself, then check the section."),
    "not-reached": Text("解决停止的原因后再运行。", "Mend what stopped the run and run it again."),
}
HEAD = """# Commands / 命令

Written by `python -m scripts.pages`; change the verb's own module, not this page.

Every verb speaks Chinese or English (`--lang`, by default the system's). `PROFILE` is an applicant's folder or its
`profile.yaml`. 每个命令都有中英文界面（`--lang`，默认按系统）；`PROFILE` 是申请人文件夹或其中的 `profile.yaml`。

Exit status / 退出码: 0 calm 一切正常 · 1 something needs you 有事项需要您处理 · 2 unusable input 输入有误 · 3 a bug 程序错误 ·
130 interrupted 已中断
"""


def main() -> int:
    COMMANDS.write_text(commands_page(), encoding="utf-8", newline="\n")
    for language, path in GUIDES.items():
        path.write_text(renewed(path.read_text(encoding="utf-8"), language), encoding="utf-8", newline="\n")
    return 0


def commands_page() -> str:
    """The whole of docs/commands.md."""
    verbs = {language: _verbs(make_parser(language)) for language in ("zh", "en")}
    parts = [HEAD]
    for name, english in verbs["en"].items():
        chinese = verbs["zh"][name]
        parts.append(f"## {name}\n\n{chinese.description}\n\n{_sentence(english.description or '')}\n")
        parts.append("\n".join(_options(chinese, english)) + "\n")
    return "\n".join(parts)


def words_tables(language: Language) -> str:
    """What each status and each reason means, and what to do: two tables."""
    heads = (
        ("情况", "含义与处理", "原因", "怎么办")
        if language == "zh"
        else ("status", "meaning, and what to do", "reason", "what to do")
    )
    rows = [f"| {heads[0]} | `--json` | {heads[1]} |", "|---|---|---|"]
    for status in STATUSES:
        calm = "✓ " if status in CALM else ""
        rows.append(
            f"| {calm}{STATUS_WORDS[status].say(language)} | `{status}` | {STATUS_ADVICE[status].say(language)} |"
        )
    rows += ["", f"| {heads[2]} | `--json` | {heads[3]} |", "|---|---|---|"]
    rows += [
        f"| {REASON_WORDS[reason].say(language)} | `{reason}` | {REASON_ADVICE[reason].say(language)} |"
        for reason in REASONS
    ]
    return "\n".join(rows)


def renewed(guide: str, language: Language) -> str:
    """The guide with its tables written anew."""
    before, begin, rest = guide.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the guide in {language} has lost the marks {BEGIN} {END}")
    return f"{before}{BEGIN}\n\n{words_tables(language)}\n\n{END}{after}"


def _verbs(parser: ArgumentParser) -> dict[str, ArgumentParser]:
    action = next(action for action in parser._actions if isinstance(action, _SubParsersAction))
    return dict(action.choices)


def _options(chinese: ArgumentParser, english: ArgumentParser) -> Iterator[str]:
    yield "| | |\n|---|---|"
    for zh, en in zip(chinese._actions, english._actions, strict=True):
        if en.dest != "help" and en.help != SUPPRESS:
            words = str(zh.help) if zh.help == en.help else f"{zh.help} / {en.help}"
            yield f"| `{_spelling(en)}` | {words} |"


def _spelling(action: Action) -> str:
    """How an option is typed, as in `--pause end|section`; `…` where it may be repeated."""
    value = "\\|".join(map(str, action.choices)) if action.choices else str(action.metavar or action.dest.upper())
    takes_value = action.nargs != 0
    repeated = "…" if type(action).__name__ == "_AppendAction" or action.nargs in ("*", "+") else ""
    if not action.option_strings:
        return (f"[{value}]" if action.nargs == "?" else value) + repeated
    return f"{action.option_strings[-1]}{' ' + value if takes_value else ''}{repeated}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


if __name__ == "__main__":
    sys.exit(main())
