"""Employment contracts: term, position, pay, place, duties, by the clauses that name them.

Promises: a clause counts only where the contract has it once with one value; a monthly pay is not made a yearly one. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.intake.draft import ReadValue
from assistant.intake.pages.lines import Line
from assistant.intake.papers.values import READ, Where, understood
from assistant.intake.words.places import place_of
from assistant.intake.words.printed import days_in

_DAY = r"(?:\d{4} ?[年/.-] ?\d{1,2} ?[月/.-] ?\d{1,2} ?[日号]?|\d{1,2}(?:st|nd|rd|th)? ?[A-Za-z]{3,9},? ?\d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})"
_TERM = re.compile(
    rf"(?:期限|有效期|term|period)[^。；;\n]{{0,60}}?(?:自|从|由|from|commenc\w+ on|starting)?[:： ]*(?P<start>{_DAY})\s*(?:起)?[,， ]*(?:至|到|止|-|–|—|~|to|until|through)\s*(?P<end>{_DAY})",
    re.IGNORECASE,
)
_CLAUSES: Mapping[str, re.Pattern[str]] = {
    "employment.position": re.compile(
        r"(?:工作岗位|岗位名称|岗位(?:\(工种\)|（工种）)?|职务|担任职务)[为是:： ]+(?P<value>[^。；;，,\n（(]{2,40})|(?:position|job title)[: ]+(?P<value2>[A-Za-z][^.;\n]{2,60})",
        re.IGNORECASE,
    ),
    "employment.duties": re.compile(
        r"(?:工作内容|岗位职责|工作职责)[为是:： ]+(?P<value>[^。\n]{4,400})|(?:duties|responsibilities)[: ]+(?P<value2>[^\n]{4,400}?)(?:\.|$)",
        re.IGNORECASE,
    ),
    "employment.annual_salary": re.compile(
        r"(?:年薪|年工资|年度工资|年收入)(?:\([^)]*\)|（[^）]*）|税前|总额)*[为是:： ]*(?:人民币|RMB|CNY|¥|￥)? ?(?P<value>\d[\d,，]*(?:\.\d+)?) ?(?P<unit>万)?元?"
        r"|annual (?:base )?(?:salary|pay)[^\d\n]{0,40}(?P<value2>\d[\d,]*(?:\.\d+)?)",
        re.IGNORECASE,
    ),
}
_PLACE = re.compile(
    r"(?:工作地点|工作地)[为是在:： ]+(?:中国)?(?P<place>(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?[\u4e00-\u9fff]{2,9}?市(?:[\u4e00-\u9fff]{1,8}?[区县])?)"
)
_PASSPORT = re.compile(
    r"(?:护照号码?|护照编号|passport (?:no|number))[.:： ]*(?P<value>[A-Z0-9]{6,9})(?![A-Z0-9])", re.IGNORECASE
)


def contract_values(pages: Sequence[Where]) -> Iterator[ReadValue]:
    """What the contract says, over all its pages."""
    text, places = _joined(pages)

    def told(path: str, written: str, at: int) -> Iterator[ReadValue]:
        where, line = _place(places, at)
        found = understood(path, written)
        if found.value:
            how = line.origin
            yield where.value(path, found.value, (line,), how, found.doubt or (READ if how == "ocr" else None))

    term = _once(_TERM.finditer(text), lambda match: match["start"] + match["end"])
    if term is not None:
        start, end = days_in(term["start"]), days_in(term["end"])
        if start and end and start[0] < end[0]:
            yield from told("employment.contract_from", start[0], term.start("start"))
            yield from told("employment.contract_to", end[0], term.start("end"))
    for path, pattern in _CLAUSES.items():
        clause = _once(pattern.finditer(text), _value)
        if clause is not None:
            yield from told(
                path, _in_yuan(clause) if path == "employment.annual_salary" else _value(clause), clause.start()
            )
    place = _once(_PLACE.finditer(text), lambda match: match[0])
    if place is not None:
        named = place_of(place["place"])
        for part, written in (("province", named.province), ("city", named.city), ("district", named.district)):
            if written:
                yield from told(f"employment.workplace.{part}", written, place.start())
    passport = _once(_PASSPORT.finditer(text), lambda match: match["value"].upper())
    if passport is not None:
        yield from told("passport.number", passport["value"].upper(), passport.start("value"))


def _value(match: "re.Match[str]") -> str:
    return (match["value"] or match["value2"] or "").strip(" 。，,")


def _in_yuan(match: "re.Match[str]") -> str:
    plain = _value(match).replace(",", "").replace("，", "")
    if not match.groupdict().get("unit"):
        return plain
    return f"{float(plain) * 10_000:.2f}".rstrip("0").rstrip(".")


def _once(matches: "Iterator[re.Match[str]]", of: object) -> "re.Match[str] | None":
    """The one thing that a clause says, though it be said twice; None where it says different things."""
    found = list(matches)
    assert callable(of)
    return found[0] if found and len({of(match) for match in found}) == 1 else None


def _joined(pages: Sequence[Where]) -> tuple[str, list[tuple[int, Where, Line]]]:
    """The text of all pages, row by row, and where each of its lines begins."""
    text, places = "", []
    for where in pages:
        for line in where.page.lines:
            places.append((len(text), where, line))
            text += line.text
            # A line that is full goes on in the next one; a short one ends a clause.
            text += "" if line.right > 0.8 else "\n"
    return text, places


def _place(places: Sequence[tuple[int, Where, Line]], at: int) -> tuple[Where, Line]:
    _, where, line = [place for place in places if place[0] <= at][-1]
    return where, line
