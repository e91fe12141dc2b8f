"""Which of a list's options means a value: exactly one, or none.

An option may say the same with a code before it, a bracket behind it, another case; never a part of it, never a likeness.
Pure.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.normalize import fold

_PLACEHOLDER = re.compile(
    r"(?:-*\s*)?(?:请?选择.*|please (?:select|choose).*|select.*|choose.*|-+.*-+|-*|—+|全部|all)", re.I
)
_CODE = re.compile(
    r"^(?:\d{1,4}|[A-Z]{1,3}\d{0,3}|[A-Z]{2,3})\s*[-—–:：.、|]\s*|^(?:\d{1,4}|[A-Z]{1,3}\d{0,2}(?=\s+[\u3400-\u9fff]))\s+|^[(（\[]\w{1,4}[)）\]]\s*"
)
_CODE_BEHIND = re.compile(r"\s*[-—–:：|]\s*(?:\d{1,4}|[A-Z]{2,3})$")
_BRACKET = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")
YES = ("是", "有", "需要", "要", "yes", "y", "true")
NO = ("否", "无", "没有", "不", "不需要", "no", "n", "none", "false")


def real_options(options: Iterable[str] | None) -> list[str]:
    """The options that can be an answer."""
    return [one for one in options or () if one.strip() and not _PLACEHOLDER.fullmatch(one.strip())]


def option_for(accepted: Sequence[str], options: Iterable[str] | None) -> str | None:
    """The one option that means one of the accepted texts; None where there is none, or more than one.

    >>> option_for(["未婚", "单身"], ["请选择", "未婚（单身）", "已婚（在籍）"]), option_for(["制造业"], ["07 制造业", "08 金融业"])
    ('未婚（单身）', '07 制造业')
    >>> option_for(["中国"], ["中国香港", "中国澳门"]), option_for(["女"], ["女", "女（未注明）"])
    (None, '女')
    """
    real = real_options(options)
    wanted = {_same(text) for text in accepted}
    for reading in (_same, _bare):
        found = [one for one in real if reading(one) in wanted]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    halves = [one for one in real if wanted & {_same(half) for half in _halves(one)}]
    return halves[0] if len(halves) == 1 else None


def yes_no_for(yes: bool, options: Iterable[str] | None) -> str | None:
    """The option that says yes, or no.

    >>> yes_no_for(True, ["随行", "不随行"]), yes_no_for(False, ["随行", "不随行"]), yes_no_for(True, ["随行", "其他"])
    ('随行', '不随行', None)
    """
    words = YES if yes else NO
    real = real_options(options)
    found = [one for one in real if any(_same(half) in words for half in (one, *_halves(one)))]
    if not found and len(real) == 2:
        # 随行 and 不随行, married and not married: the one denies the other in its own words.
        found = [one for one, other in (real, real[::-1]) if _denies(*((other, one) if yes else (one, other)))]
    return found[0] if len(found) == 1 else None


def _denies(one: str, other: str) -> bool:
    """Whether one option is the other with a word of denial before it."""
    return any(
        _same(one) == _same(f"{word}{other}") for word in ("不", "无", "没有", "未", "非", "not ", "no ", "non-")
    )


def _same(text: str) -> str:
    return fold(text).casefold()


def _bare(text: str) -> str:
    """Without a code before or behind it and a bracket behind it."""
    shorter = _CODE_BEHIND.sub("", _CODE.sub("", text.strip()))
    return _same(_BRACKET.sub("", shorter))


def _halves(text: str) -> list[str]:
    """Both languages of an option in two: 男 / Male, 韩国 Korea, South Korea (KOR)."""
    found = [half for half in re.split(r"\s*[/／|｜]\s*", text) if half]
    run = re.fullmatch(r"([\u3400-\u9fff（）()·、]+)\s+([A-Za-z].*)", text.strip())
    turned = re.fullmatch(r"([A-Za-z][^\u3400-\u9fff]*?)\s*([\u3400-\u9fff][^A-Za-z]*)", text.strip())
    bracket = re.fullmatch(r"(.+?)\s*[(（]([^()（）]+)[)）]", text.strip())
    for parts in (run, turned, bracket):
        found += list(parts.groups()) if parts else []
    coded = _CODE.sub("", text.strip())
    return [*found, coded] if len(found) > 1 or coded != text.strip() else [coded]
