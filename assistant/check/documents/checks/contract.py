"""Does the contract hold its six essentials: place, duties, pay, term, position, and the page of signatures and seal?"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.ocr import NOT_INSTALLED
from assistant.check.documents.paper import Paper
from assistant.check.documents.text import short_first, words_of
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.check.documents.result import FileResult

ESSENTIALS = {
    "place": r"(?:工作|就业|履行)(?:地点|地址|场所)|place of work|work(?:ing)? (?:place|location)",
    "duties": r"工作内容|工作职责|岗位职责|工作任务|job description|duties|responsibilities",
    "pay": r"劳动报酬|工资|薪酬|薪资|年薪|月薪|remuneration|salary|wages?",
    "term": r"合同期限|聘用期限|聘期|期限为|起至|term of (?:the )?(?:contract|employment)|contract (?:period|term)",
    "position": r"工作岗位|岗位|职务|职位|工种|position|job title",
    "signatures": r"[(（]?(?:签字|签名|签章|盖章|公章)|signature|signed by|seal",
}
_WORDS = {
    "place": Text("工作地点", "place of work"),
    "duties": Text("工作内容", "duties"),
    "pay": Text("劳动报酬", "pay"),
    "term": Text("合同期限", "term"),
    "position": Text("岗位（职务）", "position"),
    "signatures": Text("签字盖章页", "page of signatures and seal"),
}
_RULE = "https://english.beijing.gov.cn/mostrequested/workpermit/workpermitextension/"

MISSING = Kind(
    "contract.essential-missing",
    "error",
    Text("合同里没有{what}。", "the contract lacks: {what}."),
    Text("聘用合同缺少必备内容。", "The contract lacks one of its six essentials."),
    Text(
        "合同须写明工作地点、工作内容、劳动报酬、期限、岗位，并有签字盖章页。",
        "It must state place, duties, pay, term and position and have the page of signatures and seal.",
    ),
    Text("请补全合同，或补扫缺少的页。", "Complete the contract or scan the missing pages."),
    _RULE,
    words=_WORDS,
)
NOT_SEEN = Kind(
    "contract.essential-not-seen",
    "warning",
    Text("扫描的合同里没有认出{what}。", "in the scanned contract this was not made out: {what}."),
    Text("在扫描的合同里没有认出某项必备内容。", "One of the essentials was not made out in the scan."),
    Text("可能确实缺少，也可能是识别遗漏。", "It may be missing, or reading may have passed over it."),
    Text("请自行核对。", "Check by eye."),
    _RULE,
    words=_WORDS,
)
KINDS = (MISSING, NOT_SEEN)


def applies(rules: FileRules) -> bool:
    return rules.essentials


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Leaves what was seen in this file for `together`: a contract may be split into several files."""
    words, source = words_of(paper, lambda words: len(_essentials_in(words)) == len(ESSENTIALS), short_first)
    if not source:
        return [NOT_INSTALLED.found()]
    seen = _essentials_in(words)
    paper.marks |= {"essentials": ",".join(seen), "essentials-from": source}
    return []


def _essentials_in(words: str) -> list[str]:
    flat = re.sub(r"[ \t　]+", "", words) + "\n" + words
    return [name for name, pattern in ESSENTIALS.items() if re.search(pattern, flat, re.IGNORECASE)]


def together(rules: FileRules, looks: Sequence["FileResult"]) -> list[Found]:
    """What no file of the slot holds. Certain only where every file carries its own text."""
    read = [look for look in looks if "essentials-from" in look.marks]
    if len(read) < len(looks):
        return []
    seen = {name for look in read for name in look.marks["essentials"].split(",")}
    missing = [name for name in ESSENTIALS if name not in seen]
    certain = all(look.marks["essentials-from"] == "text" for look in read)
    return [(MISSING if certain else NOT_SEEN).found(what="+".join(missing))] if missing and read else []
