"""A passport renewed since the present permit was given: may it be registered within the extension?"""

from collections.abc import Iterator

from assistant.check.finding_kinds import Kind
from assistant.check.rules.case import Case
from assistant.messages import Text
from assistant.outcome import Finding

_RULE = "selectors/cities: passport_change"

WITHIN = Kind(
    "passport.changed-within",
    "info",
    Text("换过护照，可在延期时一并变更护照信息", "a new passport can be registered within the extension"),
    Text("换过护照，该城市可在延期中一并变更。", "A new passport, which this city registers within the extension."),
    Text("要上传新护照的信息页。", "The new passport's data page must be uploaded."),
    Text("上传新护照信息页原件的扫描件。", "Upload a scan of the new passport's data page."),
    _RULE,
)
FIRST = Kind(
    "passport.changed-first",
    "warning",
    Text(
        "换过护照，宜先办变更再延期；请先向主管部门确认",
        "a new passport is better registered before the extension; ask first",
    ),
    Text("换过护照，延期中一并变更没有明确规定。", "A new passport; whether the extension registers it is not said."),
    Text("证件与系统中的护照不一致会被退回。", "Papers that differ from the passport on file are sent back."),
    Text(
        "先办护照信息变更，或向主管部门确认可否一并办理。",
        "Have the passport changed first, or ask whether both go together.",
    ),
    _RULE,
)
KINDS = (WITHIN, FIRST)


def check(case: Case) -> Iterator[Finding]:
    rule = case.city.passport_change
    if rule is not None and case.profile.passport.changed:
        yield (WITHIN if rule.within_extension else FIRST).at("passport.number", case.by(rule))
