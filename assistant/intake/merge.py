"""Several sources about one person become one list of values: what agrees may be taken, what differs is shown with both places.

Promises: two sources that differ are both shown and none is taken; what the profile holds already is a source like any other, so that
nothing is overwritten without a word; a doubtful value becomes sure only by a sure one that agrees. The rank of a source decides
which of equal values is named and which of different ones comes first, never which is right. Pure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.intake.draft import ProfileDraft, ReadValue
from assistant.intake.rows import aligned
from assistant.messages import Text
from assistant.normalize import plain_value
from assistant.values import same

# ---- rank ----------------------------------------------------------------------------------------------------------

_PAPERS_FIRST = (
    "passport",
    "residence_permit",
    "work_permit",
    "contract",
    "form",
    "other",
    "roster",
    "answers",
    "profile",
)
# What only the person knows, or knows best.
_OWN_WORD_FIRST = (
    "answers",
    "form",
    "roster",
    "other",
    "contract",
    "work_permit",
    "residence_permit",
    "passport",
    "profile",
)
_RANKS: Mapping[str, tuple[str, ...]] = {
    "work_permit": (
        "work_permit",
        "form",
        "roster",
        "other",
        "contract",
        "answers",
        "residence_permit",
        "passport",
        "profile",
    ),
    "residence_permit": (
        "residence_permit",
        "form",
        "roster",
        "other",
        "answers",
        "work_permit",
        "contract",
        "passport",
        "profile",
    ),
    "employment": (
        "contract",
        "form",
        "work_permit",
        "roster",
        "other",
        "answers",
        "residence_permit",
        "passport",
        "profile",
    ),
    "education": _OWN_WORD_FIRST,
    "work_history": _OWN_WORD_FIRST,
    "family": _OWN_WORD_FIRST,
    "companions": _OWN_WORD_FIRST,
}
_OWN_WORD = (
    "applicant.marital_status",
    "applicant.highest_degree",
    "applicant.chinese_level",
    "applicant.email",
    "applicant.phone",
    "applicant.address",
    "applicant.emergency_contact",
    "applicant.chinese_name",
)


def rank(one: ReadValue) -> tuple[int, int]:
    """The smaller, the nearer its source is to the fact: for identity the zone over what is printed, permit, form, roster and
    questionnaire; for family and education the applicant's own word."""
    order = _OWN_WORD_FIRST if one.path.startswith(_OWN_WORD) else _RANKS.get(one.path.partition(".")[0], _PAPERS_FIRST)
    return order.index(one.kind), 0 if one.how == "mrz" else 1


# ---- merging -------------------------------------------------------------------------------------------------------


def merge(drafts: Sequence[ProfileDraft], held: ProfileDraft | None = None) -> tuple[ReadValue, ...]:
    """All that is known for each path, in the order of the paths' first mention: one value where the sources agree, all of them
    as `conflict` where they differ, and every `error`. `held` is what the profile holds."""
    by_path: dict[str, list[ReadValue]] = defaultdict(list)
    # What is held comes first, so that its rows keep their numbers.
    for one in aligned([*([held] if held else []), *drafts]):
        by_path[one.path].append(one)
    return tuple(settled for values in by_path.values() for settled in _settled(values))


def _settled(values: Sequence[ReadValue]) -> Iterable[ReadValue]:
    errors = [one for one in values if one.value is None]
    groups: list[list[ReadValue]] = []
    for one in sorted((one for one in values if one.value is not None), key=rank):
        for group in groups:
            if agree(group[0], one):
                group.append(one)
                break
        else:
            groups.append([one])
    if len(groups) == 1:
        yield _named(groups[0])
    for group in groups if len(groups) > 1 else ():
        others = [other[0].source for other in groups if other is not group]
        yield replace(group[0], state="conflict", message=_differs(group[0].source, others))
    yield from errors


def agree(one: ReadValue, other: ReadValue) -> bool:
    """Whether two values mean the same, however they are typed."""
    first, second = one.value or "", other.value or ""
    return same(first, second) or plain_value(first).casefold() == plain_value(second).casefold()


def _named(group: Sequence[ReadValue]) -> ReadValue:
    """The value by its nearest source that is sure. What the profile holds stays as it is written there."""
    held = next((one for one in group if one.kind == "profile"), None)
    sure = next((one for one in group if one.state == "sure"), None)
    return held or sure or group[0]


def _differs(here: str, others: Sequence[str]) -> Text:
    elsewhere = ", ".join(others)
    return Text(
        f"{here} 与 {elsewhere} 不一致，没有采用任何一个；请对照原件选定",
        f"{here} and {elsewhere} differ, and none is taken; compare the originals and choose",
    )


def chosen(values: Iterable[ReadValue], taken: Collection[tuple[str, str]]) -> tuple[ReadValue, ...]:
    """The values with a person's decisions applied, each a path and the source that is right: what they took is sure, and what else
    was read for its path is gone."""
    values = tuple(values)
    decided = {one.path: one for one in values if one.value is not None and (one.path, one.source) in taken}
    return tuple(
        replace(one, state="sure", message=None) if one is decided.get(one.path) else one
        for one in values
        if one.path not in decided or one is decided[one.path]
    )
