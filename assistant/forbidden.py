"""Layer 1 of the guard: which words and network paths submit, book or pay.

Promises: text is compared after folding away what a page may add (spaces between the characters of a button, full-width
letters, marks nobody sees, traditional characters: normalize.py), so that 「提 交」, 「提交」 and 「Ｓｕｂｍｉｔ」 are the same; a path
wildcard never crosses a slash. The pack's linter and the guard both ask here, and the page's script is handed the same words
and forms, so they can't disagree. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from assistant.normalize import fold_words, visible

# What hands an application in, books a visit, pays, or gives a permit up. Simplified characters, folded form.
WORDS: tuple[str, ...] = (
    "提交",
    "递交",
    "呈交",
    "报送",
    "上报",
    "送审",
    "报审",
    "确认申报",
    "完成申报",
    "预约",
    "约号",
    "取号",
    "缴费",
    "缴款",
    "交费",
    "支付",
    "付款",
    "结算",
    "注销",
    "撤销",
    "撤回",
    "submit",
    "submission",
    "book",
    "booking",
    "appointment",
    "reserve",
    "reservation",
    "pay",
    "payment",
    "checkout",
    "withdraw",
    "revoke",
)

# Texts of menus that have such a word in them and yet only open a page to look at. Each is here because somebody has read
# its source (the guide to 预约查询/取消预约: it opens a query by name and passport number); a pack may declare these and no
# others, and the guard knows them only exactly so. What books or cancels behind them is refused as ever.
NAVIGATION: frozenset[str] = frozenset({"预约查询/取消预约"})

_ENDINGS = ("", ".do", ".action", ".json", ".jsp", ".htm*")

# In an address these are dangerous wherever they stand, even glued to other words ("applysubmit", "wsyyAjax") ...
PATH_PIECES: tuple[str, ...] = ("submit", "tijiao", "yuyue", "wsyy", "jiaofei", "zhifu", "appointment", "payment")
# ... and these only as a word of their own ("pay", "doPay", but not "display" or "company").
PATH_WORDS: tuple[str, ...] = ("pay", "book", "booking", "reserve", "commit", "checkout", "withdraw", "revoke")

# The same for the network layer, as patterns: a path whose last word is one of these is refused whatever the method.
PATHS: tuple[str, ...] = (
    "**/wsyy/**",
    *(f"**/{start}{word}{end}" for word in (*PATH_PIECES, *PATH_WORDS) for start in ("", "do") for end in _ENDINGS),
)

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def is_forbidden(text: str, more: Iterable[str] = ()) -> bool:
    """Is the whole text one of the forbidden words? What the page layer asks of a button's own text.

    >>> is_forbidden("提 交"), is_forbidden("提交日期")
    (True, False)
    """
    return fold_words(text) in {fold_words(word) for word in (*WORDS, *more)}


def forbidden_word_in(text: str, more: Iterable[str] = ()) -> str | None:
    """The forbidden word that something to be clicked contains, or None. Latin words count only as whole words.

    >>> forbidden_word_in("保存并提交"), forbidden_word_in("Save and Submit"), forbidden_word_in("Company")
    ('提交', 'submit', None)
    """
    folded = fold_words(text)
    spoken = _CAMEL.sub(" ", unicodedata.normalize("NFKC", visible(text))).casefold()
    tokens = set(re.findall(r"[a-z]+", spoken))
    for word in (*WORDS, *more):
        wanted = fold_words(word)
        if not wanted:
            continue
        if wanted.isascii():
            if wanted in tokens or wanted == folded:
                return word
        elif wanted in folded:
            return word
    return None


def path_matches(pattern: str, path: str) -> bool:
    """Does a path (no query) fit a pattern? `*` stands for any characters but a slash, `**` for any at all.

    >>> path_matches("/api/applications/*/sections/*", "/api/applications/17/sections/personal")
    True
    >>> path_matches("/api/applications/*", "/api/applications/17/submit"), path_matches("**/submit", "/api/17/submit")
    (False, True)
    """
    return _compiled(pattern).fullmatch(path) is not None


def pattern_source(pattern: str) -> str:
    """The same pattern as a regular expression, for a page to judge by; it must fit the whole path.

    >>> pattern_source("/api/*/save.do")
    '/api/[^/]*/save\\\\.do'
    """
    return _compiled(pattern).pattern


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(piece, re.escape(piece)) for piece in _pieces(pattern)))


def _pieces(pattern: str) -> list[str]:
    return re.split(r"(\*\*|\*)", pattern)


def forbidden_path(path: str) -> str | None:
    """The word for which an address (with its query) must never be asked for, or None.

    >>> forbidden_path("/api/applications/17/submit"), forbidden_path("/user/doPay.do"), forbidden_path("/img/display.png")
    ('submit', 'pay', None)
    """
    plain = path.casefold()
    for piece in PATH_PIECES:
        if piece in plain:
            return piece
    tokens = set(re.findall(r"[a-z]+", _CAMEL.sub(" ", path).casefold()))
    return next((word for word in PATH_WORDS if word in tokens), None)


def patterns_overlap(one: str, other: str) -> bool:
    """Is there any address that fits both patterns? Upper and lower case are the same; a pattern without a query
    means every query.

    >>> patterns_overlap("/api/*/save", "/api/applications/*"), patterns_overlap("/api/*", "/api/*/submit")
    (True, False)
    >>> patterns_overlap("/a.do?do=save*", "/a.do?do=submit"), patterns_overlap("/a.do?do=save*", "/A.do")
    (False, True)
    """
    mine, _, my_query = one.casefold().partition("?")
    theirs, _, their_query = other.casefold().partition("?")
    return _overlap(mine, theirs) and (not my_query or not their_query or _overlap(my_query, their_query))


def _overlap(one: str, other: str) -> bool:
    """Walks both patterns at once: a star ends, or takes the other side's next character."""
    mine, theirs = (
        [piece for part in _pieces(side) for piece in ([part] if "*" in part else part)] for side in (one, other)
    )

    @cache
    def meet(i: int, j: int) -> bool:
        a = mine[i] if i < len(mine) else ""
        b = theirs[j] if j < len(theirs) else ""
        if "*" in a:
            return meet(i + 1, j) or (_takes(a, b) and meet(i, j + 1))
        if "*" in b:
            return meet(i, j + 1) or (_takes(b, a) and meet(i + 1, j))
        return a == b and (not a or meet(i + 1, j + 1))

    return meet(0, 0)


def _takes(star: str, piece: str) -> bool:
    """May a star stand where this piece stands? Another star needs no taking: it can end where it is."""
    return "*" in piece or (piece != "" and (star == "**" or piece != "/"))
