"""The papers of the case: is anything required not there, and what can't be said for sure."""

from collections.abc import Iterator

from assistant.check.rules.case import Case
from assistant.check.slots import Slot
from assistant.messages import Text
from assistant.outcome import Finding, FindingDoc

_SLOTS = "selectors/cities: slots"

CODES = (
    FindingDoc(
        "slot.missing",
        Text("必需的材料没有文件。", "A required document has no file."),
        Text("缺材料的申请会被退回。", "An application without it is returned."),
        Text(
            "准备该材料，放入申请人文件夹，并写进 profile.yaml 的 documents。",
            "Get it, put it in the applicant's folder, and list it under `documents` in profile.yaml.",
        ),
        _SLOTS,
    ),
    FindingDoc(
        "slot.unsure",
        Text("来源没有说清是否需要这项材料。", "The source leaves open whether this document is needed."),
        Text("不替您猜测，以免漏交。", "It is not guessed, so that nothing is forgotten."),
        Text("向窗口或热线确认；有现成文件的可一并准备。", "Ask the office or the hotline; prepare it if you have it."),
        _SLOTS,
    ),
    FindingDoc(
        "slot.category-not-listed",
        Text("来源没有列出该类别的材料清单。", "The source does not list the documents of this category."),
        Text("清单按相近类别推断，可能有出入。", "The list is concluded from other categories and may differ."),
        Text("以平台上传页或主管部门的清单为准。", "Follow the upload page or the authority's list."),
        "selectors/cities: listed_categories",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    listed = case.city.listed_categories
    if listed is not None and not listed.covers(case.category):
        yield case.finding(
            "slot.category-not-listed",
            "warning",
            "work_permit.category",
            listed,
            f"{case.category} 类的材料清单没有公布，此处按相近类别列出；请先确认",
            f"the documents of category {case.category} are not published; the list here follows others, ask first",
        )
    for slot in case.slots:
        if not case.profile.documents.get(slot.key):  # type: ignore[call-overload]
            yield from _absent(slot)


def _absent(slot: Slot) -> Iterator[Finding]:
    where, zh, en = f"documents.{slot.key}", slot.label, slot.label_en
    if slot.required == "required":
        what = Text(f"缺少必需材料「{zh}」", f"the required document is missing: {en} ({zh})")
        yield Finding("slot.missing", "error", where, what, slot.source, slot.key)
    elif slot.required == "unsure":
        why_zh, why_en = (slot.note.zh, slot.note.en) if slot.note else ("", "")
        what = Text(
            f"不确定是否需要「{zh}」" + (f"：{why_zh}" if why_zh else "；请先确认"),
            f"it is open whether this document is needed: {en} ({zh})" + (f": {why_en}" if why_en else "; ask first"),
        )
        yield Finding("slot.unsure", "warning", where, what, slot.source, slot.key)
