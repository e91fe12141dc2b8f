"""Does a paper in another language have its Chinese translation beside it in the slot?"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.check.documents.checks.clarity import BLURRED
from assistant.check.documents.facts import ApplicantFacts
from assistant.check.documents.ocr import NOT_INSTALLED
from assistant.check.documents.paper import Paper
from assistant.check.documents.text import first_words
from assistant.check.file_rules import FileRules
from assistant.check.finding_kinds import Found, Kind
from assistant.messages import Text

if TYPE_CHECKING:
    from assistant.check.documents.result import FileResult

_RULE = "https://stic.sz.gov.cn/xxgk/ztzl/wzyw/content/post_10419526.html"

MISSING = Kind(
    "translation.missing",
    "error",
    Text("材料不是中文，也没有附中文翻译件。", "the paper is not in Chinese and no Chinese translation lies with it."),
    Text("外文材料缺少中文翻译件。", "A foreign paper lacks its Chinese translation."),
    Text(
        "除护照外，外文材料都须附加盖公章的中文翻译件。",
        "All papers but the passport need a sealed Chinese translation.",
    ),
    Text("请附上加盖公章的中文翻译件。", "Add a sealed Chinese translation."),
    _RULE,
)
UNSURE = Kind(
    "translation.language-unclear",
    "warning",
    Text("看不出材料是什么文字。", "the paper's language was not made out."),
    Text("无法判断材料是否为中文。", "Whether it is in Chinese can't be told."),
    Text("外文材料须附中文翻译件。", "A foreign paper needs its Chinese translation."),
    Text("如不是中文，请附翻译件。", "If it is not Chinese, add the translation."),
    _RULE,
)
KINDS = (MISSING, UNSURE)


_CLEARLY = 16


def applies(rules: FileRules) -> bool:
    return rules.translation


def check(paper: Paper, case: ApplicantFacts) -> list[Found]:
    """Leaves a mark for `together`: yes, no or unclear."""
    words = first_words(paper, _tell_clearly)
    if words is None:
        return [NOT_INSTALLED.found()]
    chinese = is_chinese(words)
    paper.marks["chinese"] = "unclear" if chinese is None else "yes" if chinese else "no"
    return []


def together(rules: FileRules, looks: Sequence["FileResult"]) -> list[Found]:
    marks = [look.marks["chinese"] for look in looks if "chinese" in look.marks]
    if not marks or "yes" in marks or len(marks) < len(looks):
        return []
    if "unclear" not in marks:
        return [MISSING.found()]
    # Of a blurred page it is known why it can't be read, and what to do.
    blurred = any(found.code == BLURRED.code for look in looks for found in look.found)
    return [] if blurred else [UNSURE.found()]


def _tell_clearly(words: str) -> bool:
    """Whether a few more lines would hardly change which language it is."""
    characters, kana_or_hangul, foreign = _counts(words)
    if characters + kana_or_hangul + foreign < _CLEARLY:
        return False
    return characters >= 2 * foreign + 6 * kana_or_hangul or foreign + kana_or_hangul >= 4 * characters


def is_chinese(words: str) -> bool | None:
    """Mostly Chinese characters, by number of words; None when there is too little to tell.

    >>> is_chinese("本劳动合同由甲乙双方订立 Labour Contract"), is_chinese("EMPLOYMENT CONTRACT between the parties named below 公章")
    (True, False)
    """
    characters, kana_or_hangul, foreign = _counts(words)
    if characters + kana_or_hangul + foreign < 8:
        return None
    return characters > kana_or_hangul * 3 and characters >= foreign


def _counts(words: str) -> tuple[int, int, int]:
    """How many Chinese characters, signs of kana or hangul, and words in other letters."""
    return (
        len(re.findall(r"[\u4e00-\u9fff]", words)),
        len(re.findall(r"[\u3040-\u30ff\uac00-\ud7af]", words)),
        len(re.findall(r"[^\W\d_\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{3,}", words)),
    )
