"""`assistant plan`: what would be written where, with every value masked. No browser is opened."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from assistant.check.city.loading import load_city
from assistant.messages import Text
from assistant.outcome import Outcome
from assistant.portal.loading import load_portal
from assistant.portal.overlay import overlays_for
from assistant.portal.sources import Constant
from assistant.profile.loading import load_profile
from assistant.review.console import Cell, Console, write_json
from assistant.run.plan import Plan, SectionPlan, Step, UploadPlan, make_plan
from assistant.values import mask

GIVES_JSON = True

_WHY = {
    "condition-false": Text("本案不需要", "not asked for in this case"),
    "no-value": Text("资料中未填", "not in the profile"),
    "no-such-option": Text("对照表中没有这个选项", "not in the option table"),
}
_BY_HAND = Text("必填，资料中没有：请您在平台上填写", "required, not in the profile: yours to fill in")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "profile", metavar="PROFILE", type=Path, help="申请人文件夹或 profile.yaml / applicant's folder or YAML file"
    )
    parser.add_argument("--city", metavar="C", help="城市，默认取自资料 / city, default: the profile's")


def run(args: Namespace) -> int:
    """Prints the plan; 1 when something required is left to the person, else 0."""
    profile = load_profile(args.profile)
    city = load_city(args.city or profile.city)
    plan = make_plan(profile, load_portal(city.portal, overlays=overlays_for(city.portal, profile.folder)))
    if args.json:
        write_json(args.json, as_json(plan, city.city))
    if args.json != "-":
        _show(args.console, plan)
    return 0 if all(outcome.calm for section in plan.sections for outcome in section.skipped) else 1


def as_json(plan: Plan, city: str) -> dict[str, object]:
    """The plan for scripts: labels, kinds and masked values only."""
    return {
        "schema": 1,
        "command": "plan",
        "city": city,
        "portal": plan.portal,
        "applicant": plan.applicant,
        "sections": [
            {
                "key": section.section.key,
                "title": section.section.title,
                "steps": [
                    {
                        "field": step.field.key,
                        "label": step.field.label,
                        "control": step.field.control,
                        "row": step.row,
                        "masked": _masked(step),
                    }
                    for step in _all_steps(section)
                ],
                "uploads": [
                    {"slot": one.upload.slot, "label": one.upload.label, "files": len(one.files)}
                    for one in section.uploads
                ],
                "skipped": [
                    {
                        "field": outcome.field,
                        "label": outcome.label,
                        "row": outcome.row,
                        "status": outcome.status,
                        "reason": outcome.reason,
                    }
                    for outcome in section.skipped
                ],
            }
            for section in plan.sections
        ],
    }


def _show(console: Console, plan: Plan) -> None:
    headers = (Text("字段", "field"), Text("控件", "control"), Text("将填写", "to be written"))
    for section in plan.sections:
        rows: list[tuple[Cell, ...]] = [_row_of_step(step) for step in _all_steps(section)]
        styles = [""] * len(rows)
        rows += [_row_of_upload(upload) for upload in section.uploads]
        styles += [""] * len(section.uploads)
        for outcome in section.skipped:
            rows.append(_row_of_outcome(outcome))
            styles.append("quiet" if outcome.calm else "warning")
        console.table(section.section.title, headers, rows, styles=styles)
    written = sum(len(list(_all_steps(section))) for section in plan.sections)
    files = sum(len(upload.files) for section in plan.sections for upload in section.uploads)
    left = sum(not outcome.calm for section in plan.sections for outcome in section.skipped)
    console.line(
        Text(
            f"共 {written} 个值、{files} 个文件；{left} 项留给您处理。未打开浏览器，未填写任何内容。",
            f"{written} values and {files} files; {left} left to you. No browser was opened, nothing was written.",
        )
    )


def _row_of_step(step: Step) -> tuple[Cell, ...]:
    label = step.field.label if step.row is None else f"[{step.row + 1}] {step.field.label}"
    return label, step.field.control, _masked(step)


def _row_of_upload(planned: UploadPlan) -> tuple[Cell, ...]:
    count = len(planned.files)
    return planned.upload.label, "upload", Text(f"{count} 个文件", f"{count} file{'s' if count > 1 else ''}")


def _row_of_outcome(outcome: Outcome) -> tuple[Cell, ...]:
    label = outcome.label if outcome.row is None else f"[{outcome.row + 1}] {outcome.label}"
    why = _BY_HAND if outcome.status == "by-hand" else _WHY[outcome.reason or "no-value"]
    return label, outcome.control or "", why


def _all_steps(section: SectionPlan) -> Iterator[Step]:
    yield from section.steps
    for table in section.tables:
        for row in table.rows:
            yield from row.steps


def _masked(step: Step) -> str:
    """Enough to recognise a slip, too little to know the value; what is the same for everybody is no secret."""
    if isinstance(step.field.source, Constant):
        return step.field.source.text
    values = step.value if isinstance(step.value, tuple) else (str(step.value),)
    return "、".join(mask(value) for value in values)
