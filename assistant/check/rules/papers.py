"""The papers of the case: is anything required not there, and what can't be said for sure."""

from collections.abc import Iterator

from assistant.check.finding_kinds import Basis, Kind
from assistant.check.rules.case import Case
from assistant.check.slots import Slot
from assistant.messages import Text
from assistant.outcome import Finding

_SLOTS = "selectors/cities: slots"

MISSING = Kind(
    "slot.missing",
    "error",
    Text("缺少必需材料「{zh}」", "the required document is missing: {en} ({zh})"),
    Text("必需的材料没有文件。", "A required document has no file."),
    Text("缺材料的申请会被退回。", "An application without it is returned."),
    Text(
        "准备该材料，放入申请人文件夹，并写进 profile.yaml 的 documents。",
        "Get it, put it in the applicant's folder, and list it under `documents` in profile.yaml.",
    ),
    _SLOTS,
)
UNSURE = Kind(
    "slot.unsure",
    "warning",
    Text("不确定是否需要「{zh}」{why}", "it is open whether this document is needed: {en} ({zh}){why}"),
    Text("来源没有说清是否需要这项材料。", "The source leaves open whether this document is needed."),
    Text("不替您猜测，以免漏交。", "It is not guessed, so that nothing is forgotten."),
    Text("向窗口或热线确认；有现成文件的可一并准备。", "Ask the office or the hotline; prepare it if you have it."),
    _SLOTS,
)
NOT_LISTED = Kind(
    "slot.category-not-listed",
    "warning",
    Text(
        "{category} 类的材料清单没有公布，此处按相近类别列出；请先确认",
        "the documents of category {category} are not published; the list here follows others, ask first",
    ),
    Text("来源没有列出该类别的材料清单。", "The source does not list the documents of this category."),
    Text("清单按相近类别推断，可能有出入。", "The list is concluded from other categories and may differ."),
    Text("以平台上传页或主管部门的清单为准。", "Follow the upload page or the authority's list."),
    "selectors/cities: listed_categories",
)
KINDS = (
    MISSING,
    UNSURE,
    NOT_LISTED,
)


def check(case: Case) -> Iterator[Finding]:
    listed = case.city.listed_categories
    if listed is not None and not listed.covers(case.category):
        yield NOT_LISTED.at("work_permit.category", case.by(listed), category=case.category)
    for slot in case.slots:
        if not case.profile.documents.get(slot.key):  # type: ignore[call-overload]
            yield from _absent(slot)


def _absent(slot: Slot) -> Iterator[Finding]:
    where, basis, names = f"documents.{slot.key}", Basis(slot.source), {"zh": slot.label, "en": slot.label_en}
    if slot.required == "required":
        yield MISSING.at(where, basis, slot.key, **names)
    elif slot.required == "unsure":
        yield UNSURE.at(where, basis, slot.key, **names, why=_why(slot))


def _why(slot: Slot) -> Text:
    return Text(f"：{slot.note.zh}", f": {slot.note.en}") if slot.note else Text("；请先确认", "; ask first")
