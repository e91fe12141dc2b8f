"""What does each control of a page that no pack knows ask for? Judged against every word that forms are known to use.

Promises: `sure` means one datum and one control: its label is among the datum's names, its kind and options fit, nothing
beside it says otherwise, and no other control or datum has a claim; `likely` comes with what speaks against it; the rest is
`unknown`. Never two data for one control, nor two controls for one datum, but where the page asks for the same once more.
Pure: nothing of the page is needed but one look.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from assistant.drift.meaning.fitting import Fitted, fit
from assistant.drift.meaning.labels import canonical, readings, spellings
from assistant.drift.similarity import similarity
from assistant.drift.vocabulary import KnownName, Vocabulary
from assistant.messages import Text
from assistant.normalize import plain
from assistant.page.matching import is_joint
from assistant.page.snapshot import Control
from assistant.portal.options import OptionTable
from assistant.portal.sources import Look, Source
from assistant.values import Value

Certainty = Literal["sure", "likely", "unknown"]
_BEARS = Text("页面的名称就是它的常用叫法", "the page's label is one of its names")
_HEADING = Text("名称连同小标题可以确定", "certain together with its heading")
_AGAIN = Text("页面要求再输入一次", "the page asks for it once more")
_NEAR = Text("只是名称相近，请看清再勾选", "only similar words: look before you tick it")
_TWICE = Text("页面上不止一处像是这一项", "more than one place looks like it")
_BESIDE = Text("旁边的文字说的是另一项", "what stands beside it speaks of something else")
_SHORT = Text("这个框放不下这个值", "the box is too short for it")
_ELSEWHERE = Text("它像的那一项，页面另有一处更明确", "what it looks like stands elsewhere, more plainly")
_NOTHING = Text("资料中没有找到对应的内容", "nothing in the profile was found for it")


@dataclass(frozen=True)
class Proposal:
    """One control and what it probably asks for; no source where it is unknown. `nth` tells which of several boxes behind
    its label it is, counted from 1."""

    control: Control
    state: Certainty
    why: Text
    key: str = ""
    source: Source | None = None
    value: Value | None = field(default=None, repr=False)
    accepted: tuple[str, ...] = field(default=(), repr=False)
    nth: int | None = None
    head: Control | None = None
    """The box that bears the question's label, where this is a further one behind it."""

    @property
    def asked_by(self) -> Control:
        """The box whose label asks the question."""
        return self.head or self.control

    @property
    def label(self) -> str:
        return self.asked_by.name


@dataclass(frozen=True)
class _Claim:
    """A datum that a control's words speak of. Exact words weigh more than words under a heading."""

    path: str
    entry: KnownName
    weight: int
    why: Text


_Claimed = tuple[_Claim, tuple[Fitted, ...]] | None
_WHOLE, _DETAIL = "address.line", "applicant.address.detail"
_REGION = frozenset({"address.region", "address.province", "address.city", "address.district"})


@dataclass(frozen=True)
class PageJudge:
    """All that a judgement goes by; `look` reads the applicant's profile."""

    words: Vocabulary
    tables: Mapping[str, OptionTable]
    look: Look

    def judge(self, controls: Sequence[Control], over: Sequence[str] = ()) -> tuple[Proposal, ...]:
        """A proposal for each control that a person could fill, in the page's order; uploads and rows are judged elsewhere.
        `over` are headings over the whole page."""
        entries = {**self.words.entries, **self.words.composed}
        return self._judged(controls, entries, self.look, lists=True, over=tuple(over))

    def judge_row(self, each: str, controls: Sequence[Control], look: Look) -> tuple[Proposal, ...]:
        """The same for the boxes of one row of a list, by its columns alone."""
        return self._judged(controls, self.words.lists[each].entries(each), look, lists=False)

    def _judged(
        self,
        controls: Sequence[Control],
        entries: Mapping[str, KnownName],
        look: Look,
        *,
        lists: bool,
        over: tuple[str, ...] = (),
    ) -> tuple[Proposal, ...]:
        groups = questions(controls)
        again = [_asked_again(group[0]) for group in groups]
        claims = [
            None if once_more else self._claim(group, entries, look, lists=lists, over=over)
            for group, once_more in zip(groups, again, strict=True)
        ]
        claims = self._one_address(groups, claims, entries, look)
        rivals = _Rivals(claims)
        found: list[Proposal] = []
        for group, claimed, once_more in zip(groups, claims, again, strict=True):
            found += [_copy(group[0], once_more, found)] if once_more else self._settled(group, claimed, rivals)
        return tuple(found)

    def _one_address(
        self,
        groups: Sequence[Sequence[Control]],
        claims: "list[_Claimed]",
        entries: Mapping[str, KnownName],
        look: Look,
    ) -> "list[_Claimed]":
        """What names both the whole address and its last part is the part where the page asks for the region beside it, else
        the whole."""
        region = any(one is not None and one[0].path in _REGION for one in claims)
        settled = list(claims)
        for index, group in enumerate(groups):
            named = {one.path: one for one in claims_of(group[0], entries)} if claims[index] is None else {}
            claim = named.get(_DETAIL if region else _WHOLE) if {_DETAIL, _WHOLE} <= named.keys() else None
            if claim and (laid := fit(claim.path, claim.entry, group, look, self.tables)):
                settled[index] = (claim, laid)
        return settled

    # -- one question ----------------------------------------------------------------------------------------------------

    def _claim(
        self,
        group: Sequence[Control],
        entries: Mapping[str, KnownName],
        look: Look,
        *,
        lists: bool,
        over: tuple[str, ...],
    ) -> tuple[_Claim, tuple[Fitted, ...]] | None:
        """The one datum that a question asks for and fits, exactly or by likeness."""
        head = group[0]
        known = [
            claim
            for claim in claims_of(head, entries, over=over) or claims_of(head, entries, _without_hint(head), over)
            if not (lists and self._about_others((*over, *head.context), claim.path, claim.weight))
        ]
        fitting = [(claim, laid) for claim in known if (laid := fit(claim.path, claim.entry, group, look, self.tables))]
        best = max((claim.weight for claim, _ in fitting), default=0)
        fitting = [one for one in fitting if one[0].weight == best]
        if len(fitting) == 1:
            return fitting[0]
        if len({laid for _, laid in fitting}) == 1 and fitting:
            return fitting[0]
        if fitting or known or len(group) > 1:
            return None
        return self._near(head, entries, look, lists=lists, over=over)

    def _near(
        self, head: Control, entries: Mapping[str, KnownName], look: Look, *, lists: bool, over: tuple[str, ...]
    ) -> tuple[_Claim, tuple[Fitted, ...]] | None:
        scored = sorted(
            (
                (max((similarity(head.name, word) for word in entry.words), default=0.0), path, entry)
                for path, entry in entries.items()
                if not (lists and self._about_others((*over, *head.context), path, 0))
            ),
            key=lambda one: -one[0],
        )
        if not scored or scored[0][0] < 0.6 or (len(scored) > 1 and scored[1][0] > scored[0][0] - 0.1):
            return None
        _, path, entry = scored[0]
        laid = fit(path, entry, [head], look, self.tables)
        return (_Claim(path, entry, 1, _NEAR), laid) if laid else None

    def _about_others(self, headings: Sequence[str], path: str, weight: int) -> bool:
        """Whether the last of these headings, the nearest, speaks of somebody else, or of a list, and not of this datum."""
        if not headings:
            return False
        mine = self.words.entries.get(path) or self.words.composed.get(path)
        own = path.startswith(("employer.", "applicant.emergency_contact", "family.", "companions."))
        near = headings[-1].casefold()
        if mine and weight == 2 and any(_speaks(near, word) for word in mine.under):
            return False
        if any(_speaks(near, word) for word in self.words.others):
            if mine and weight == 2:
                # It was an outer heading that made the name certain; the nearest speaks of somebody else.
                return True
            return not (own or (weight == 3 and path.startswith("employer.")))
        return any(_speaks(near, word) for one in self.words.lists.values() for word in one.words if _long(word))

    # -- settling --------------------------------------------------------------------------------------------------------

    def _settled(
        self,
        group: Sequence[Control],
        claimed: tuple[_Claim, tuple[Fitted, ...]] | None,
        rivals: "_Rivals",
    ) -> list[Proposal]:
        numbered = len(group) > 1
        if claimed is None:
            return _unknown(group, _NOTHING)
        claim, laid = claimed
        if rivals(claim, group[0], better=True):
            return _unknown(group, _ELSEWHERE)
        against = (
            self._against(claim, group[0]) or _hinted(claim, group[0]) or (_TWICE if rivals(claim, group[0]) else None)
        )
        found: list[Proposal] = []
        for at, one in enumerate(laid, 1):
            doubt = one.doubt or against or (_SHORT if _too_short(one) else None)
            sure = doubt is None and claim.weight > 1
            found.append(
                Proposal(
                    one.control,
                    "sure" if sure else "likely",
                    claim.why if sure else doubt or claim.why,
                    claim.path,
                    one.source,
                    one.value,
                    one.accepted,
                    at if numbered else None,
                    group[0] if at > 1 else None,
                )
            )
        if any(one.state != "sure" for one in found):
            # Half of a question is not sure while the other half is doubtful.
            found = [one if one.state == "likely" else Proposal(**{**one.__dict__, "state": "likely"}) for one in found]
        return found

    def _against(self, claim: _Claim, head: Control) -> Text | None:
        """What is written in or beside the box and speaks of another datum: a label may lie."""
        entries = {**self.words.entries, **self.words.composed}
        for text in head.also:
            if is_joint(text) or plain(text) == plain(head.label):
                continue
            if head.kind in ("date-range", "month-range") and _END.match(text):
                continue  # The hints of a range's two ends are everybody's.
            told = [one.path for one in claims_of(head, entries, text) if one.weight == 3]
            told += [path for path, entry in entries.items() if plain(text) in map(plain, entry.bare)]
            if (
                told
                and not any(_akin(path, claim.path) or _is_part(path, claim) for path in told)
                and claim.path.split(".")[0] not in self.words.lists
            ):
                return _BESIDE
        return None


_END = re.compile(r"\s*(?:请选择)?(?:开始|起始|结束|终止|截止|起|止|start|end|from|to)", re.I)
_ASKED_AGAIN = re.compile(
    r"(?:请?(?:再次|重复|再)(?:输入|填写|确认)?(?:一次|一遍)?|确认|(?:please )?(?:re-?enter|repeat|confirm|re-?type)(?: your| the)?)\s*(.+)",
    re.I,
)


_AGAIN_BEHIND = re.compile(r"(.+?)\s*[(（]?\s*(?:again|repeated|repeat|再次输入|再输入一次|重复|确认)\s*[)）]?", re.I)


# What a hint says of the sort of answer, and by what a datum's path shows that it is of that sort.
_SORTS = (
    (
        re.compile(r"电话|手机|座机|固话|区号|phone|mobile|telephone|\btel\b|landline", re.I),
        ("phone", "mobile", "landline", "contact", "referee"),
    ),
    (re.compile(r"邮箱|邮件|e-?mail|@", re.I), ("email", "contact", "referee")),
    (re.compile(r"身份证|id card|identity card", re.I), ("id_card",)),
)


def _hinted(claim: _Claim, head: Control) -> Text | None:
    """What a hint speaks of and the claimed datum is not: a telephone box called 护照号码."""
    hints = f"{head.placeholder} {head.beside} {head.label}"
    for said, sorts in _SORTS:
        if said.search(hints) and not any(
            sort in path for sort in sorts for path in (claim.path, *claim.entry.source(claim.path).paths)
        ):
            return _BESIDE
    return None


def _without_hint(head: Control) -> str:
    """The label without the smaller words in it, where the page tells them apart."""
    whole = plain(head.label)
    return next(
        (text for text in head.also if len(text) > 1 and plain(text) != whole and whole.startswith(plain(text))), "\0"
    )


def _asked_again(head: Control) -> str:
    """Of a box that asks for what another box asks for, the other's words; "" for any other box."""
    found = _ASKED_AGAIN.fullmatch(head.name) or _AGAIN_BEHIND.fullmatch(head.name)
    return found[1] if found else ""


def _copy(box: Control, words: str, found: Sequence[Proposal]) -> Proposal:
    """The same once more, where the question before asks for it in these words."""
    asked = {part for reading in readings(words) for part in reading}
    first = [
        one
        for one in found
        if one.head is None and asked & {part for reading in readings(one.label) for part in reading}
    ]
    if len(first) != 1 or first[0].source is None or first[0].control.kind != box.kind:
        return Proposal(box, "unknown", _NOTHING)
    return replace(first[0], control=box, why=_AGAIN, nth=None, head=None)


def _unknown(group: Sequence[Control], why: Text) -> list[Proposal]:
    several = len(group) > 1
    return [
        Proposal(one, "unknown", why, nth=at if several else None, head=group[0] if at > 1 else None)
        for at, one in enumerate(group, 1)
    ]


def _akin(one: str, other: str) -> bool:
    """Whether two data are one, or parts of one."""
    if one == other or one.rpartition(".")[2] == other.rpartition(".")[2]:
        return True
    return {one.split(".")[0], other.split(".")[0]} in (
        {"name", "applicant"},
        {"address", "applicant"},
        {"contract", "employment"},
    )


def _is_part(path: str, claim: _Claim) -> bool:
    """Whether a datum names one part of a claimed one that has several: the province of a place."""
    parts = claim.entry.source(claim.path).paths
    return len(parts) > 1 and path.rpartition(".")[2] in {one.rpartition(".")[2] for one in parts}


def _speaks(heading: str, word: str) -> bool:
    return word.casefold() in heading


def _long(word: str) -> bool:
    return len(word) >= (4 if not word.isascii() else 9)


def _too_short(one: Fitted) -> bool:
    limit = one.control.max_length
    return bool(limit and isinstance(one.value, str) and len(one.value.encode("utf-16-le")) // 2 > limit)


def questions(controls: Sequence[Control]) -> list[list[Control]]:
    """The page's questions: each a box with a label, with the boxes behind it that have the same one or none."""
    groups: list[list[Control]] = []
    for one in controls:
        before = groups[-1][0] if groups else None
        same = before is not None and one.context == before.context and one.frame == before.frame and bool(before.label)
        # What a page says beside two equal labels in one row are two questions; one label over two boxes is one.
        joined = (
            same
            and before is not None
            and (
                (is_joint(one.label) and one.label_source not in ("column", "head"))
                or (plain(one.label) == plain(before.label) and one.label_source in ("cell", "item", "aria", "nearby"))
            )
        )
        if joined and one.kind != "upload":
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def claims_of(
    head: Control, entries: Mapping[str, KnownName], text: str = "", over: Sequence[str] = ()
) -> list[_Claim]:
    """Every datum that a control's label, or another text, is a name of: word for word, or under its heading. `over` are
    headings over the whole page."""
    found: dict[str, _Claim] = {}
    above = (*over, *head.context)
    headings = " ".join(above).casefold()
    for reading in readings(text or head.label):
        for claim in _called(reading, plain, headings, entries):
            found.setdefault(claim.path, claim)
        if any(one.weight == 3 for one in found.values()):
            break
    return _nearest(above, list(found.values()) or _spelt_otherwise(text or head.label, headings, entries))


def _nearest(above: Sequence[str], claims: list[_Claim]) -> list[_Claim]:
    """Of claims that hold under a heading those of the nearest one that any of them holds under."""
    if len(claims) < 2 or any(one.weight != 2 for one in claims):
        return claims
    for heading in reversed(above):
        near = [one for one in claims if any(_speaks(heading.casefold(), word) for word in one.entry.under)]
        if near:
            return near
    return claims


def _spelt_otherwise(text: str, headings: str, entries: Mapping[str, KnownName]) -> list[_Claim]:
    """Every datum that a text is a name of once both are in one spelling: 签发日 and 签发日期, expiry date and date of expiry."""
    found: dict[str, _Claim] = {}
    for spelling in spellings(text):
        for claim in _called(spelling, canonical, headings, entries):
            found.setdefault(claim.path, claim)
    return list(found.values())


def _called(
    parts: tuple[str, ...], spelt: Callable[[str], str], headings: str, entries: Mapping[str, KnownName]
) -> Iterator[_Claim]:
    """Every datum of which all these parts are names, its known words `spelt` as the parts are."""
    for path, entry in entries.items():
        known = _all_spelt(entry.words, spelt)
        bare = known | _all_spelt(entry.bare, spelt)
        if all(part in known for part in parts) or (len(parts) > 1 and _main(parts, known)):
            yield _Claim(path, entry, 3, _BEARS)
        elif (all(part in bare for part in parts) or (len(parts) > 1 and _main(parts, bare))) and any(
            word.casefold() in headings for word in entry.under
        ):
            yield _Claim(path, entry, 2, _HEADING)


@lru_cache(maxsize=4096)
def _all_spelt(words: tuple[str, ...], spelt: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(spelt, words))


def _main(reading: tuple[str, ...], known: frozenset[str]) -> bool:
    """Of a label in two languages the Chinese half decides where the other is no known name of anything."""
    return any(part in known for part in reading if not part.isascii())


class _Rivals:
    """Which other questions claim a datum."""

    def __init__(self, claims: Sequence[tuple[_Claim, tuple[Fitted, ...]] | None]) -> None:
        self._by_path: dict[str, list[tuple[_Claim, Control]]] = defaultdict(list)
        for claimed in claims:
            if claimed is not None:
                self._by_path[claimed[0].path].append((claimed[0], claimed[1][0].control))

    def __call__(self, claim: _Claim, control: Control, *, better: bool = False) -> bool:
        """Whether one claims it with words as good, or with better ones."""
        others = [one.weight for one, there in self._by_path[claim.path] if there is not control]
        return any(weight > claim.weight if better else weight == claim.weight for weight in others)
