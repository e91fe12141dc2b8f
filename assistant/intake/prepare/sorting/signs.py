"""What single words on a page say: its headline, page marks, clauses, names and numbers. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.check.documents.mrz_compare import distance
from assistant.intake.pages.lines import Line
from assistant.intake.papers.words import letters

_TOP = 0.42
"""A headline stands in this part of the page."""
_TALLER = 1.18
"""Than the page's usual line."""
_MIDDLE = 0.13
_BEFORE = re.compile(
    r"^(?:.*(?:公司|集团|事务所|代表处|委员会|大学|学院|银行|分行|支行))?(?:中华人民共和国)?(?:广东省|深圳市|北京市)?"
)
_AFTER = re.compile(
    r"(?:原件|复印件|影印件|扫描件|正本|副本|样本|样张|sample|copy|original|译文|译本|翻译件|中文翻译|中文译文|翻译|盖章|签字盖章页)+$"
)
_CHINESE_THEN_LATIN = re.compile(r"([\u4e00-\u9fff\s（）()《》]{4,})[\s/|·—-]*[A-Za-z][A-Za-z\s,.;:'’/&()-]{5,}")
_ABOUT_ANOTHER = re.compile(
    r"amend|supplement|terminat|cancel|annex|appendix|list\b|template|instruction|guide|notice", re.IGNORECASE
)
"""English words that make of a paper's name another paper's."""
_BRACKETS = re.compile(r"[(（\[【《<].*?[)）\]】》>]")
_LEAST_TO_MISREAD = 8
"""Letters of a title of which one may be misread."""


def is_title(text: str, title: str) -> bool:
    """Whether a line is just this title: with an issuer before it or a note like 复印件 behind it, one sign of a long one misread.

    >>> is_title("深圳市样例科技有限公司薪资证明", "薪资证明"), is_title("劳动合同（复印件）", "劳动合同"), is_title("解除劳动合同证明", "劳动合同")
    (True, True, False)
    >>> is_title("聘用协议 Employment Agreement", "聘用协议"), is_title("聘用协议 终止 Agreement", "聘用协议")
    (True, False)
    """
    wanted = letters(title)
    for said in (letters(text), letters(_BRACKETS.sub("", text)), *_in_one_language(text)):
        bare = _AFTER.sub("", said)
        for one in (said, bare, _BEFORE.sub("", bare)):
            if one == wanted or one.removesuffix("书") == wanted:
                return True
            if len(wanted) >= _LEAST_TO_MISREAD and abs(len(one) - len(wanted)) <= 1 and distance(one, wanted) <= 1:
                return True
    return False


def _in_one_language(text: str) -> list[str]:
    """The Chinese words of a title that says itself in Chinese and then in English, on one line."""
    match = _CHINESE_THEN_LATIN.fullmatch(text.strip())
    return [letters(match[1])] if match and not _ABOUT_ANOTHER.search(text) else []


def headlines(lines: Sequence[Line]) -> list[str]:
    """The lines that may be the page's title, from the top: alone in the middle of their row, or taller than others; and those of two
    rows that are one title."""
    usable = [line for line in lines if line.origin != "form-field" and len(letters(line.text)) >= 2]
    if not usable:
        return []
    usual = median(sorted(line.height for line in usable))
    top = sorted((line for line in usable if line.top < _TOP), key=lambda line: (line.top, line.left))
    found: list[Line] = []
    for line in top:
        beside = [
            other for other in usable if other is not line and abs(other.middle[1] - line.middle[1]) < line.height * 0.6
        ]
        tall = line.height >= _TALLER * usual
        alone = not beside and abs(line.middle[0] - 0.5) <= _MIDDLE
        first = line.top <= min(other.top for other in top) + line.height * 2.2
        if tall or alone or (first and len(usable) < 60):
            found.append(line)
    texts = [line.text for line in found]
    texts += [
        one.text + other.text
        for one, other in pairwise(found)
        if other.top - one.bottom < one.height * 1.6 and abs(one.middle[0] - other.middle[0]) < 0.2
    ]
    return texts


# ---- pages and clauses ---------------------------------------------------------------------------------------------

_OF_ALL = re.compile(
    r"(?:第\s*(\d{1,3})\s*页\s*[,，/ ]*\s*共\s*(\d{1,3})\s*页)|(?:共\s*(\d{1,3})\s*页\s*[,，/ ]*\s*第\s*(\d{1,3})\s*页)"
    r"|(?:page\s*(\d{1,3})\s*(?:of|/)\s*(\d{1,3}))|(?:^\s*[-–—]?\s*(\d{1,3})\s*/\s*(\d{1,3})\s*[-–—]?\s*$)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^\s*(?:[-–—·]\s*(\d{1,3})\s*[-–—·]|第\s*(\d{1,3})\s*页|page\s*(\d{1,3}))\s*$", re.IGNORECASE)
_EDGE = 0.12


@dataclass(frozen=True)
class PageMark:
    """Which page of how many a paper says it is; `of` is 0 where it says only which."""

    number: int
    of: int = 0


def mark_on(lines: Sequence[Line]) -> PageMark | None:
    """The page mark at the upper or lower edge."""
    for line in lines:
        if _EDGE < line.middle[1] < 1 - _EDGE:
            continue
        if match := _OF_ALL.search(line.text):
            given = [int(one) for one in match.groups() if one]
            number, of = (given[1], given[0]) if match[3] else (given[0], given[1])
            if 1 <= number <= of <= 200:
                return PageMark(number, of)
        if match := _ALONE.match(line.text):
            return PageMark(int(next(one for one in match.groups() if one)))
    return None


_CLAUSE = re.compile(
    r"^\s*(?:第\s*([一二三四五六七八九十百\d]{1,5})\s*条|article\s+(\d{1,3})\b|(\d{1,2})\s*[.、．]\s*\D)", re.IGNORECASE
)
_FIGURES = {sign: value for value, sign in enumerate("零一二三四五六七八九")}


def clauses_on(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The first and the last clause that begins on the page."""
    found = [number for line in sorted(lines, key=lambda one: one.top) if (number := _clause(line.text))]
    return (found[0], found[-1]) if found else None


def _clause(text: str) -> int:
    match = _CLAUSE.match(text)
    if match is None:
        return 0
    word = next(one for one in match.groups() if one)
    return int(word) if word.isdecimal() else chinese_number(word)


def chinese_number(word: str) -> int:
    """
    >>> chinese_number("六"), chinese_number("十"), chinese_number("二十三"), chinese_number("一百零二")
    (6, 10, 23, 102)
    """
    total, here = 0, 0
    for sign in word:
        if sign in "十百":
            total += (here or 1) * (10 if sign == "十" else 100)
            here = 0
        else:
            here = _FIGURES.get(sign, 0)
    return total + here


# ---- names and numbers -----------------------------------------------------------------------------------------------

_PASSPORT_LABEL = re.compile(
    r"(?:护照号码?|旅行证件号码?|证件号码?|护照/证件号码?|passport\s*(?:no|number|n[°º])\.?|document\s*(?:no|number)\.?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z]{1,3}\d{6,9}|[A-Z]\d{2}[A-Z0-9]{5,7}|\d{9})(?![A-Z0-9])")
_BEHIND, _NEXT = 60, 3


def passport_numbers(rows: Sequence[str]) -> Iterator[str]:
    """Numbers of a passport's make that stand behind its label, or alone in the rows after it, in their order."""
    for place, row in enumerate(rows):
        for label in _PASSPORT_LABEL.finditer(row):
            near = [row[label.end() : label.end() + _BEHIND], *rows[place + 1 : place + 1 + _NEXT]]
            found = next((match for part in near if (match := _NUMBER.search(_plain(part)))), None)
            if found:
                yield found[1]


def _plain(text: str) -> str:
    return re.sub(r"[\s:：.．]+", " ", text.upper())


def latin_words(text: str) -> list[str]:
    """
    >>> latin_words("兹证明 LEE MINJUN（护照")
    ['LEE', 'MINJUN']
    """
    return re.findall(r"[A-Z]+", text.upper())


def holds_words(text: str, words: Sequence[str]) -> bool:
    """Whether these words stand there together, in either order of first and last, as whole words or run together.

    >>> holds_words("姓名 LEE MINJUN 性别", ["LEE", "MINJUN"]), holds_words("LEE MINJUNG", ["LEE", "MINJUN"])
    (True, False)
    """
    there = latin_words(text)
    joined = {"".join(words), "".join([*words[1:], words[0]])} if words else set()
    for start in range(len(there)):
        run = ""
        for word in there[start : start + len(words) + 1]:
            run += word
            if run in joined:
                return True
    return False


def letters_of(lines: Iterable[str]) -> str:
    """Everything as one run of letters and figures."""
    return "".join(letters(line) for line in lines)


def found_in(text: str, wanted: str, misread: int = 0) -> bool:
    """Whether a run of letters stands in another, with so many signs misread.

    >>> found_in("abcdefgh", "cdef"), found_in("abcdXfgh", "cdefg", 1), found_in("abXdXfgh", "cdefg", 1)
    (True, True, False)
    """
    if wanted in text:
        return True
    if not misread or len(text) < len(wanted):
        return False
    length = len(wanted)
    return any(
        sum(a != b for a, b in zip(text[at : at + length], wanted, strict=True)) <= misread
        for at in range(len(text) - length + 1)
    )
