"""`assistant plan`: what would be written where, with every value masked. No browser is opened."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from assistant.cli.arguments import add_profile, applicant_of
from assistant.jobs.outputs import Results
from assistant.jobs.plan import PlanJob, all_steps, masked, plan
from assistant.messages import Text
from assistant.outcome import Outcome
from assistant.review.console import Cell, Console

if TYPE_CHECKING:
    from assistant.run.plan import Plan, Step, UploadPlan

GIVES_JSON = True

_WHY = {
    "condition-false": Text("本案不需要", "not asked for in this case"),
    "no-value": Text("资料中未填", "not in the profile"),
    "no-such-option": Text("对照表中没有这个选项", "not in the option table"),
}
_BY_HAND = Text("必填，资料中没有：请您在平台上填写", "required, not in the profile: yours to fill in")


def add_arguments(parser: ArgumentParser) -> None:
    add_profile(parser)


def run(args: Namespace) -> int:
    """Prints the plan; 1 when something required is left to the person, else 0."""
    planned = plan(PlanJob(applicant_of(args), args.city or ""))
    results = Results(args.console)
    results.json(args.json, planned.as_json())
    if args.json != "-" or not results.complete:
        _show(args.console, planned.plan)
    results.settle()
    return 0 if planned.calm else 1


def _show(console: Console, plan: "Plan") -> None:
    headers = (Text("字段", "field"), Text("控件", "control"), Text("将填写", "to be written"))
    for section in plan.sections:
        rows: list[tuple[Cell, ...]] = [_row_of_step(step) for step in all_steps(section)]
        styles = [""] * len(rows)
        rows += [_row_of_upload(upload) for upload in section.uploads]
        styles += [""] * len(section.uploads)
        for outcome in section.skipped:
            rows.append(_row_of_outcome(outcome))
            styles.append("quiet" if outcome.calm else "warning")
        console.table(section.section.title, headers, rows, styles=styles)
    written = sum(len(list(all_steps(section))) for section in plan.sections)
    files = sum(len(upload.files) for section in plan.sections for upload in section.uploads)
    left = sum(not outcome.calm for section in plan.sections for outcome in section.skipped)
    console.line(
        Text(
            f"共 {written} 个值、{files} 个文件；{left} 项留给您处理。未打开浏览器，未填写任何内容。",
            f"{written} values and {files} files; {left} left to you. No browser was opened, nothing was written.",
        )
    )


def _row_of_step(step: "Step") -> tuple[Cell, ...]:
    label = step.field.label if step.row is None else f"[{step.row + 1}] {step.field.label}"
    return label, step.field.control, masked(step)


def _row_of_upload(planned: "UploadPlan") -> tuple[Cell, ...]:
    count = len(planned.files)
    return planned.upload.label, "upload", Text(f"{count} 个文件", f"{count} file{'s' if count > 1 else ''}")


def _row_of_outcome(outcome: Outcome) -> tuple[Cell, ...]:
    label = outcome.label if outcome.row is None else f"[{outcome.row + 1}] {outcome.label}"
    why = _BY_HAND if outcome.status == "by-hand" else _WHY[outcome.reason or "no-value"]
    return label, outcome.control or "", why
