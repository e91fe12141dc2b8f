"""The row tables of a page that no known word speaks of: what each seems to ask for, so that none is left without a word.

Promises: a button that adds a row and belongs to none of the profile's lists, or could belong to two, is named with the columns
of its table; where those columns are one list's and no other's, that list is proposed, never taken for granted. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.drift.meaning.judge import PageJudge, claims_of
from assistant.forbidden import forbidden_word_in
from assistant.normalize import fold
from assistant.page.form_page import Button
from assistant.page.snapshot import Control, PageTable, Snapshot
from assistant.portal.sources import Look
from assistant.run.contact.lists.filling import FoundList, adds_to, lists_spoken_of

# What is added one by one and is no row of a table: a paper, an application of its own.
_NO_ROW = re.compile(
    r"附件|文件|材料|照片|图片|申请|申报|办件|业务|事项|用户|账号|file|attachment|photo|document|application|case|user|account",
    re.I,
)
# So many columns of a list make a table that list's, where they are most of its columns.
_ENOUGH = 3


def unknown_lists(
    seen: Snapshot,
    buttons: Sequence[Button],
    judge: PageJudge,
    rows: Mapping[str, Sequence[Look]],
    forbidden: Sequence[str],
    known: Sequence[FoundList],
    named: Mapping[str, str],
) -> list[FoundList]:
    """Each with the list that its columns are, or `named` says by its title; `each` is empty where nothing tells."""
    found: list[FoundList] = []
    taken = {one.button.place for one in known}
    for button in buttons:
        rest = adds_to(button, judge)
        if rest is None or button.place in taken or forbidden_word_in(button.text, forbidden) or _NO_ROW.search(rest):
            continue
        spoken = lists_spoken_of(button, rest, judge)
        if spoken and not any(rows.get(each) for each in spoken):
            # A list that the applicant has nothing for.
            continue
        title = rest or next((one for one in (button.before, *reversed(button.context)) if one), "") or button.text
        table = _table_of(button, seen)
        columns = tuple(one for one in (table.headers if table else ()) if one.strip())
        if not rest and not (columns or button.before or button.context):
            continue
        found.append(FoundList("", title, button, columns, sure=False))
    busy = {one.each for one in known}
    return [_meant(one, judge, rows, named, busy) for one in found]


def _meant(
    one: FoundList,
    judge: PageJudge,
    rows: Mapping[str, Sequence[Look]],
    named: Mapping[str, str],
    busy: set[str],
) -> FoundList:
    """With the list that it was said to be before, else the one whose columns it has."""
    said = named.get(one.title)
    if said and rows.get(said) and said not in busy:
        return replace(one, each=said, sure=True)
    scored = sorted(((_columns_of(each, one.columns, judge), each) for each in rows if rows[each]), reverse=True)
    (best, each), *others = scored or [(0, "")]
    enough = best >= _ENOUGH and best * 2 > len(one.columns)
    if enough and each not in busy and all(count < best for count, _ in others):
        return replace(one, each=each)
    return one


def _columns_of(each: str, columns: Sequence[str], judge: PageJudge) -> int:
    """How many of these columns are the list's."""
    entries = judge.words.lists[each].entries(each)
    return sum(bool(claims_of(_head(text), entries)) for text in columns) if entries else 0


def _head(text: str) -> Control:
    return Control(frame=0, id=0, kind="text", library="", label=text)


def _table_of(button: Button, seen: Snapshot) -> PageTable | None:
    """The table of a button: the one under the same headings, or the page's only one."""
    tables = [one for one in seen.tables if one.frame == button.frame and one.dialog is None and len(one.headers) > 1]
    near = [one for one in tables if fold(button.before) in map(fold, one.context) and button.before]
    same = [one for one in tables if one.context == button.context]
    return next((ones[0] for ones in (near, same, tables) if len(ones) == 1), None)
