"""`assistant check`: is one applicant's case ready, or what is missing? Data, rules and documents; no browser."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from assistant.check.city.loading import City, load_city
from assistant.check.documents.report import SlotState
from assistant.check.readiness import Readiness, check_case
from assistant.check.slots import Need
from assistant.cli.arguments import add_on, day_of
from assistant.errors import InputError, ProfileError
from assistant.messages import Language, Text
from assistant.outcome import Finding, Severity
from assistant.profile.loading import Profile, load_profile, name_questions, read_raw
from assistant.review.console import Cell, Console, write_json

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
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="申请人文件夹或 profile.yaml / applicant's folder or YAML file"
    )
    parser.add_argument("--city", metavar="C", help="城市，默认取自资料 / city, default: the profile's")
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
    on = day_of(args)
    profile = _profile(args.profile, console)
    city = load_city(args.city or profile.city)
    answer = _check(profile, city, on, console, _folder_for_crops(args.crops))
    if args.json:
        write_json(args.json, as_json(answer, args.lang))
    if args.json != "-":
        _show(console, answer, profile, city)
        if args.crops is not None:
            _show_crops(console, answer.crops)
    return 0 if answer.ready else 1


def as_json(answer: Readiness, language: Language) -> dict[str, object]:
    """The answer for scripts (schema 1): codes, places and rules; no value of the person. Only messages are translated."""
    return {
        "schema": 1,
        "command": "check",
        "ready": answer.ready,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "where": finding.where,
                "slot": finding.slot,
                "message": finding.message.say(language),
                "source": finding.source,
            }
            for finding in answer.findings
        ],
        "slots": [
            {
                "slot": slot.slot,
                "label": slot.label,
                "required": slot.required == "required",
                "need": slot.required,
                "state": slot.state,
                "files": slot.files,
            }
            for slot in answer.slots
        ],
        "crops": {where: str(picture) for where, picture in answer.crops.items()},
    }


def _profile(path: Path, console: Console) -> Profile:
    """The profile; when a name can't be used as written, says what ICAO 9303 makes of it before giving up."""
    try:
        return load_profile(path)
    except ProfileError:
        for question in name_questions(read_raw(path).data):
            console.line(
                Text(
                    f"{question.path}：{question.shown} → 建议写作 {question.proposal}（以护照机读码为准）",
                    f"{question.path}: {question.shown} → write {question.proposal} if the passport's machine "
                    "readable zone agrees",
                ),
                style="warning",
            )
        raise


def _folder_for_crops(folder: Path | None) -> Path | None:
    """The folder, there and its owner's alone if it is new; InputError before anything is checked if it can't be."""
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            raise InputError(
                Text("无法建立这个文件夹；请换一个位置", "this folder can't be made; choose another place"),
                where="--crops",
            ) from None
    return folder


def _check(profile: Profile, city: City, on: date, console: Console, crops: Path | None) -> Readiness:
    files = sum(len(paths) for paths in profile.documents.values())
    with console.progress(Text("检查材料文件", "checking documents"), files) as steps:
        return check_case(profile, city, on, steps.at, crops)


def _show(console: Console, answer: Readiness, profile: Profile, city: City) -> None:
    headers = (Text("材料", "document"), Text("需要", "need"), Text("文件", "files"), Text("状态", "state"))
    console.table(
        Text(f"{profile.id}：{city.title.zh}材料清单", f"{profile.id}: documents for {city.title.en}"),
        headers,
        [_row(slot) for slot in answer.slots],
        styles=[_style(slot) for slot in answer.slots],
    )
    for finding in answer.findings:
        _say(console, finding)
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


def _say(console: Console, finding: Finding) -> None:
    severity = console.say(_SEVERITY[finding.severity])
    console.line(f"[{severity}] {finding.where}: {console.say(finding.message)}", style=_COLOUR[finding.severity])
    console.line(f"    {finding.code} · {finding.source}", style="quiet")


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
