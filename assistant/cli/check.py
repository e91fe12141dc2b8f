"""`assistant check`: is one applicant's case ready, or what is missing? Data, rules and documents; no browser."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from assistant.check.city.loading import City
from assistant.check.deadlines.dates import with_age
from assistant.check.documents.result import SlotState
from assistant.check.readiness import Readiness
from assistant.check.slots import Need
from assistant.cli.arguments import add_on, add_profile, applicant_of, day_of
from assistant.jobs.check import CheckJob, check
from assistant.jobs.outputs import Results
from assistant.messages import Text
from assistant.outcome import Finding, Severity
from assistant.profile.loading import Profile
from assistant.review.console import Cell, Console

GIVES_JSON = True

_SEVERITY: dict[Severity, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
}
_NEED: dict[Need, Text] = {
    "required": Text("必需", "required"),
    "optional": Text("可选", "optional"),
    "unsure": Text("不确定", "unsure"),
    "when-asked": Text("要求时", "when asked"),
}
_STATE = {
    "ok": Text("合格", "ok"),
    "missing": Text("无文件", "none"),
    "bad": Text("不合格", "bad"),
    "unsure": Text("需核实", "unsure"),
}
_COLOUR = {"error": "bad", "warning": "warning", "info": "quiet", "bad": "bad", "unsure": "warning", "ok": "good"}


def add_arguments(parser: ArgumentParser) -> None:
    add_profile(parser)
    add_on(parser)
    parser.add_argument(
        "--crops",
        metavar="DIR",
        type=Path,
        help="把证件上需要对照的部分存成图片（含个人信息，仅本人可读） / save what to compare on identity papers as pictures "
        "(personal data, readable by you only)",
    )


def run(args: Namespace) -> int:
    """Shows what stands against filing; 0 when ready, 1 when not."""
    console: Console = args.console
    checked = check(CheckJob(applicant_of(args), day_of(args), args.city or "", args.crops), console)
    answer = checked.readiness
    results = Results(console)
    results.json(args.json, checked.as_json(args.lang))
    if args.json != "-" or not results.complete:
        _show(console, answer, checked.applicant, checked.city, day_of(args))
        if args.crops is not None:
            _show_crops(console, answer.crops)
    results.settle()
    return 0 if answer.ready else 1


def _show(console: Console, answer: Readiness, profile: Profile, city: City, on: date) -> None:
    headers = (Text("材料", "document"), Text("需要", "need"), Text("文件", "files"), Text("状态", "state"))
    console.table(
        Text(f"{profile.id}：{city.title.zh}材料清单", f"{profile.id}: documents for {city.title.en}"),
        headers,
        [_row(slot) for slot in answer.slots],
        styles=[_style(slot) for slot in answer.slots],
    )
    for finding in answer.findings:
        _say(console, finding, on)
    console.line(_verdict(answer), style="good" if answer.ready else "bad")


def _show_crops(console: Console, crops: Mapping[str, Path]) -> None:
    """Where to look: each picture shows what the finding about that file asks a person to compare."""
    if not crops:
        console.line(Text("没有需要对照的证件图片。", "No identity paper needs comparing by eye."))
        return
    console.line(
        Text(
            "请对照以下图片。图片含个人信息，仅本人可读；核对后请删除：",
            "Compare these pictures. They show personal data and are readable by you only; delete them afterwards:",
        ),
        style="warning",
    )
    for where, picture in crops.items():
        console.line(f"    {where} → {picture}")


def _row(slot: SlotState) -> tuple[Cell, ...]:
    return slot.label, _NEED[slot.required], str(slot.files), _STATE[slot.state]


def _style(slot: SlotState) -> str:
    if slot.state == "missing":
        return "bad" if slot.required == "required" else "quiet"
    return _COLOUR[slot.state]


def _say(console: Console, finding: Finding, on: date) -> None:
    severity = console.say(_SEVERITY[finding.severity])
    console.line(f"[{severity}] {finding.where}: {console.say(finding.message)}", style=_COLOUR[finding.severity])
    console.line(f"    {finding.code} · {console.say(with_age(finding.source, on))}", style="quiet")


def _verdict(answer: Readiness) -> Text:
    errors = sum(finding.severity == "error" for finding in answer.findings)
    doubts = sum(finding.severity == "warning" for finding in answer.findings)
    if not answer.ready:
        return Text(
            f"尚不能提交：{errors} 项错误，{doubts} 项待核实。", f"Not ready: {errors} errors, {doubts} to settle."
        )
    if doubts:
        return Text(f"可以提交，另有 {doubts} 项请您核实。", f"Ready; {doubts} points for you to settle.")
    return Text("可以提交。", "Ready.")
