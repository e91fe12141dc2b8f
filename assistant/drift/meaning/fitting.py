"""How one datum is laid over the boxes of one question: as it is, in another form, over several boxes, or not at all.

Promises: what a page can't take exactly is no fit; an amount is written only where its unit is stated, in that unit; a date in
a text box only as the page says it wants it. Pure.
"""

import re
from calendar import month_name
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drift.meaning.offered import option_for, real_options, yes_no_for
from assistant.drift.vocabulary import KnownName
from assistant.messages import Text
from assistant.page.matching import drives
from assistant.page.snapshot import Control
from assistant.portal.contact.shapes import Shaped
from assistant.portal.options import OptionTable
from assistant.portal.sources import FromPath, Levels, Look, Present, Range, Source, Template
from assistant.values import Value

_CHOICES = frozenset({"select", "radio"})
_SALARY, _CURRENCY = "employment.annual_salary", "employment.currency"
_PHONES = ("phone", "mobile", "landline")


@dataclass(frozen=True)
class Fitted:
    """One box and what is written there. `accepted` are the option texts that mean it; `doubt` is why a person must look."""

    control: Control
    source: Source
    value: Value = field(repr=False)
    accepted: tuple[str, ...] = field(default=(), repr=False)
    doubt: Text | None = None


Fit = tuple[Fitted, ...]
NO_FIT: Fit = ()


def fit(path: str, entry: KnownName, boxes: Sequence[Control], look: Look, tables: Mapping[str, OptionTable]) -> Fit:
    """The boxes of one question with what each gets; empty where the datum can't be asked there, or the applicant has none."""
    source = entry.source(path)
    if len(boxes) == 1:
        one = _one(path, entry, source, boxes[0], look, tables)
        return (one,) if one else NO_FIT
    shapes = _parts(path, source, boxes, look)
    if shapes is None:
        return NO_FIT
    laid = [_plain(box, shape, look, boxes) for box, shape in zip(boxes, shapes, strict=True)]
    return tuple(one for one in laid if one) if all(laid) else NO_FIT


# ---- one box ---------------------------------------------------------------------------------------------------------


def _one(
    path: str, entry: KnownName, source: Source, box: Control, look: Look, tables: Mapping[str, OptionTable]
) -> Fitted | None:
    value = source.value(look)
    if value is None:
        return None
    if path == _SALARY:
        return _amount(path, box, value, look)
    fits = any(drives(kind, box.kind) for kind in entry.kinds)
    if box.kind in _CHOICES and (fits or entry.options):
        return _choice(entry, source, box, value, tables)
    if _is_date(value) and box.kind in ("text", "date", "month"):
        return _date(path, source, box, value, entry)
    if not fits:
        return None
    if box.kind in ("multi-select", "checkbox-group"):
        return Fitted(box, source, value, _accepted(entry, value, tables)) if isinstance(value, tuple) else None
    if box.kind == "cascader" and entry.options:
        return Fitted(box, source, value, _accepted(entry, value, tables))
    if entry.options:
        # A list that has become a box to type in: the first of its texts, to be looked at.
        accepted = _accepted(entry, value, tables)
        doubt = Text("页面是文本框，不是选项", "a text box here, not a list")
        return Fitted(box, source, accepted[0] if accepted else value, accepted, doubt)
    if path in ("name.full",) or path.endswith(".full_name"):
        return _name(source, box, look)
    if isinstance(value, str) and any(word in path for word in _PHONES) and _wants_code(box):
        shaped = Shaped("with-country-code", source.paths[0])
        text = shaped.value(look)
        return Fitted(box, shaped, text) if text else None
    return Fitted(box, source, value)


def _choice(
    entry: KnownName, source: Source, box: Control, value: Value, tables: Mapping[str, OptionTable]
) -> Fitted | None:
    offered = real_options(box.options)
    if entry.yes_no and isinstance(source, Present):
        if not offered:
            return Fitted(box, source, value, (str(value),))
        text = yes_no_for(value == source.then, offered)
        return Fitted(box, source, text, (text,)) if text else None
    accepted = _accepted(entry, value, tables)
    if not accepted:
        return None
    if len(offered) < 2 and not (offered and option_for(accepted, offered)):
        return Fitted(box, source, accepted[0], accepted)
    found = option_for(accepted, offered)
    return Fitted(box, source, found, (found, *accepted)) if found else None


def _accepted(entry: KnownName, value: Value, tables: Mapping[str, OptionTable]) -> tuple[str, ...]:
    if entry.options is None:
        return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, tuple) else ()
    table = tables.get(entry.options)
    codes = value if isinstance(value, tuple) else (str(value),)
    found = [table.options.get(code) if table else None for code in codes]
    if not all(found):
        return ()
    coded = _ways_of_code(str(value)) if entry.options == "category" else ()
    return (*(text for option in found if option for text in option.accepted), *coded)


def _ways_of_code(code: str) -> tuple[str, ...]:
    """How pages write a category of one letter and a number, which is a name of its own: B4, B (4), B类（四）."""
    letter, number = code[:1], code[1:]
    chinese = dict(zip("123456", "一二三四五六", strict=True)).get(number, number)
    return tuple(
        f"{letter}{one}"
        for one in (number, f" ({number})", f"-{number}", f"({chinese})", f"类({chinese})", f"类（{chinese}）")
    )


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value))


_STATED = re.compile(r"(?:yyyy|mm|dd)(?:\s*[-/.年月日 ]?\s*(?:yyyy|mm|dd)){1,2}日?", re.I)
_EXAMPLE = re.compile(r"(?:如|例|e\.?g\.?|example)\s*[:：]?\s*(\d{1,4}([-/.]?)\d{2,4}(?:\2\d{2,4})?)(?!\d)", re.I)
_DATE_PARTS = {"month": ["mm", "yyyy"], "date": ["dd", "mm", "yyyy"]}


def _date(path: str, source: Source, box: Control, value: Value, entry: KnownName) -> Fitted | None:
    """A date box of the same fineness takes it as it is; a text box in the pattern that the page states."""
    assert isinstance(value, str)
    fine = "month" if len(value) == 7 else "date"
    if box.kind != "text":
        return Fitted(box, source, value) if box.kind == fine else None
    said = " ".join((box.placeholder, box.beside, box.label))
    stated = _STATED.search(said.replace("年年年年", "yyyy").replace("月月", "mm").replace("日日", "dd"))
    pattern = _pattern_as(stated[0]) if stated else _pattern_shown(said)
    if pattern is None:
        return Fitted(
            box, source, value, doubt=Text("页面没有说明日期的写法", "the page does not say how to write a date")
        )
    if sorted(re.findall("yyyy|mm|dd", pattern)) != _DATE_PARTS[fine]:
        return None
    if pattern in ("yyyy-mm-dd", "yyyy-mm"):
        return Fitted(box, source, value)
    shaped = Shaped(pattern, source.paths[0])
    text = shaped.value(lambda _: value)
    return Fitted(box, shaped, text) if text else None


def _pattern_as(stated: str) -> str:
    """A pattern that a page writes out: DD / MM / YYYY, YYYY年MM月."""
    pattern = re.sub(r"\s*([-/.年月日])\s*", r"\1", " ".join(stated.lower().split()))
    if "年" in pattern and not pattern.endswith("日"):
        pattern += "日" if "dd" in pattern else "月"
    return pattern


def _pattern_shown(said: str) -> str | None:
    """The pattern of an example; None where there is none, or where day and month could each be the other."""
    found = _EXAMPLE.search(said)
    if found is None:
        return None
    example, sign = found[1], found[2]
    numbers = example.split(sign) if sign else [example[:4], example[4:6], example[6:]]
    numbers = [one for one in numbers if one]
    if len(numbers[0]) == 4:
        return sign.join(("yyyy", "mm", "dd")[: len(numbers)])
    if not sign or len(numbers[-1]) != 4:
        return None
    if len(numbers) == 2:
        return f"mm{sign}yyyy"
    first, second = (int(one) > 12 for one in numbers[:2])
    return None if first == second else sign.join(("dd", "mm", "yyyy") if first else ("mm", "dd", "yyyy"))


def _name(source: Source, box: Control, look: Look) -> Fitted | None:
    """A name in one box: in the passport's order, unless the page shows another."""
    surname, given = source.paths
    hints = " ".join((box.placeholder, box.beside, box.label)).casefold()
    comma = re.search(r"(surname|family name|last name|姓)\s*[,，]\s*(given|first|forename|名)", hints)
    turned = re.search(
        r"(given|first|forename)[a-z ()]*[ ,/]+(?:and |then )?(surname|family|last)|名在前|先名后姓", hints
    )
    if turned:
        made: Source = Template(f"{{{given}?}} {{{surname}?}}")
    elif comma:
        made = Template(f"{{{surname}}}, {{{given}}}")
    else:
        made = source
    value = made.value(look)
    return Fitted(box, made, value) if value else None


def _wants_code(box: Control) -> bool:
    return bool(
        re.search(r"\+86[- ]?1[\dx*]|with country code|含国家(代码|区号)", f"{box.placeholder} {box.beside}", re.I)
    )


_UNITS: Sequence[tuple[str, str | None]] = (
    (
        r"万元|万\s*(人民币|rmb|cny)|rmb\s*10[,.]?000|(单位|unit)[:：]?\s*万|10,?000 (yuan|rmb)|ten thousand",
        "ten-thousands",
    ),
    (
        r"千元|(单位|unit)[:：]?\s*千|thousand|\bk (yuan|rmb|cny)|(rmb|cny|yuan)\s*['’(]?\s*(k|000s?)\b|1,?000 (yuan|rmb|cny)",
        "thousands",
    ),
    (r"百元|亿|million|hundred|百万", ""),
    (r"元|人民币|yuan|rmb|cny|￥|¥", None),
)


def _amount(path: str, box: Control, value: Value, look: Look) -> Fitted | None:
    """Yearly pay in the unit that the page states."""
    if box.kind not in ("text", "number"):
        return None
    words = " ".join((box.label, box.placeholder, box.beside, *box.also)).casefold()
    if re.search(r"月薪|per month|monthly|/月|月收入", words):
        return None
    source: Source = FromPath(path)
    if look(_CURRENCY) not in ("CNY", None):
        doubt = Text("币种不是人民币，请核对单位", "paid in another currency: check the unit")
        return Fitted(box, source, value, doubt=doubt)
    for pattern, shape in _UNITS:
        if not re.search(pattern, words):
            continue
        if shape == "":
            return None
        made = Shaped(shape, path) if shape else source
        amount = made.value(look)
        return Fitted(box, made, amount) if amount and look(_CURRENCY) else None
    doubt = Text("页面没有写明金额单位", "the page states no unit for the amount")
    return Fitted(box, source, value, doubt=doubt)


# ---- several boxes ---------------------------------------------------------------------------------------------------


def _parts(path: str, source: Source, boxes: Sequence[Control], look: Look) -> list[Source] | None:
    """What each of several boxes behind one label gets, None where that can't be told."""
    count = len(boxes)
    if isinstance(source, Range) and count == 2:
        return [FromPath(end) for end in source.ends]
    if isinstance(source, Levels) and count == len(source.levels):
        return [FromPath(level) for level in source.levels]
    if path == "address.line" and count in (3, 4):
        whole = [FromPath(one) for one in source.paths]
        return list(whole[:count]) if all(box.kind == "select" for box in boxes[:3]) else None
    if path == "name.full" and count == 2 and all(box.kind == "text" for box in boxes):
        return [FromPath(one) for one in source.paths] if _named_apart(boxes) else None
    if isinstance(source, FromPath) and count == 3 and _is_date(source.value(look) or ""):
        return [Shaped(part, source.path) for part in order] if (order := _order_of_date(boxes)) else None
    if isinstance(source, FromPath) and count == 2 and re.fullmatch(r"\d{4}-\d{2}", str(source.value(look))):
        # A month in two boxes.
        told = [_part_of_date(box) for box in boxes]
        order = ["year", "month"] if not any(told) else [one for one in told if one in ("year", "month")]
        return [Shaped(part, source.path) for part in order] if sorted(order) == ["month", "year"] else None
    if isinstance(source, FromPath) and count == 2 and any(word in path for word in _PHONES):
        return _phone_parts(source, boxes, look)
    return None


_PART_WORDS = {"year": ("年", "year", "yyyy"), "month": ("月", "month", "mm"), "day": ("日", "day", "dd")}
_PART_COUNTS = {"month": range(12, 13), "day": range(28, 32)}


def _order_of_date(boxes: Sequence[Control]) -> list[str] | None:
    """Which part of a date each of three boxes asks for: by its own words, else by how many options it has; year, month, day
    where neither says anything."""
    told = [_part_of_date(box) for box in boxes]
    if not any(told):
        return ["year", "month", "day"]
    return [one for one in told if one] if sorted(map(str, told)) == ["day", "month", "year"] else None


def _part_of_date(box: Control) -> str | None:
    words = [text.strip().casefold() for text in (box.placeholder, *box.also, *(box.options or ())[:1])]
    said = [part for part, known in _PART_WORDS.items() if any(text.strip("-— ") in known for text in words)]
    if len(said) == 1:
        return said[0]
    many = len(real_options(box.options))
    return next((part for part, counts in _PART_COUNTS.items() if many in counts), "year" if many > 31 else None)


def _named_apart(boxes: Sequence[Control]) -> bool:
    """Whether two boxes say themselves which of them is the surname's."""
    said = [" ".join((box.placeholder, *box.also)).casefold() for box in boxes]
    first = any(word in said[0] for word in ("姓", "surname", "family", "last"))
    return first and any(word in said[1] for word in ("名", "given", "first"))


def _phone_parts(source: FromPath, boxes: Sequence[Control], look: Look) -> list[Source] | None:
    """Area code and number of a landline; country code and number of a mobile. The first box must be one for a code."""
    first = boxes[0]
    short = (first.max_length or 99) <= 5 or first.kind == "select"
    short = short or bool(
        re.search(r"区号|area|code|\+?86|0\d{2,3}", f"{first.placeholder} {' '.join(first.also)}", re.I)
    )
    if not short:
        return None
    for code, number in (("area-code", "local-number"), ("country-code", "national-number")):
        pair: list[Source] = [Shaped(code, source.path), Shaped(number, source.path)]
        if all(one.value(look) for one in pair):
            if code == "country-code" and (
                first.kind == "select" or (first.max_length or 99) >= 3 or "+" in f"{first.placeholder}{first.beside}"
            ):
                pair[0] = Shaped("plus-country-code", source.path)
            return pair
    return None


def _plain(box: Control, source: Source, look: Look, boxes: Sequence[Control]) -> Fitted | None:
    """One part, in a box that takes it."""
    value = source.value(look)
    if not isinstance(value, str):
        return None
    if box.kind in _CHOICES:
        number = value.lstrip("0")
        texts = (
            value,
            number,
            *(f"{one}{unit}" for one in (value, number) for unit in _PART_UNITS.get(_shape(source), ())),
            *(_months(number) if _shape(source) == "month" else ()),
        )
        if _shape(source) == "plus-country-code":
            texts = (value, value.removeprefix("+"), f"00{value.removeprefix('+')}")
            if value == "+86":
                texts += ("中国 +86", "+86 中国", "China +86", "+86 (China)", "中国(+86)", "China (+86)")
        offered = real_options(box.options)
        if len(offered) < 1 or (len(offered) == 1 and not option_for(texts, offered)):
            return Fitted(box, source, value, texts)
        found = option_for(texts, offered)
        return Fitted(box, source, found, (found, *texts)) if found else None
    if _is_date(value):
        return _date("", source, box, value, KnownName(kinds=("date", "text")))
    return Fitted(box, source, value) if box.kind in ("text", "textarea", "number") else None


_PART_UNITS: Mapping[str, tuple[str, ...]] = {"year": ("年",), "month": ("月",), "day": ("日",)}


def _months(number: str) -> tuple[str, str]:
    """A month's English name, whole and short."""
    name = month_name[int(number)]
    return name, name[:3]


def _shape(source: Source) -> str:
    return source.shape if isinstance(source, Shaped) else ""


Fitter = Callable[[str, KnownName, Sequence[Control]], Fit]
