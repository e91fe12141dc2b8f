"""Random mixes of faults: one to three kinds, with labels, moments and amounts of their own, from one seed and a number.

Pure: the same seed and number give the same mix on every machine.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fixtures.fault_kinds import LOOKS, REGISTRY, SAVES
from fixtures.faults import Faults
from fixtures.forms import Form, Question

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
CITY_OF = {"shenzhen": "shenzhen", "national": "beijing"}
DRAFTS = ("fresh", "fresh", "finished", "half")
ANSWERED = {
    "shenzhen": ("/api/applications", "/api/form", "/api/dictionaries", "/api/session"),
    "national": (
        "/lhgzweb/extension/save.do",
        "/lhgzweb/extension/upload.do",
        "/lhgzweb/extension/row",
        "/lhgzweb/extension/form.do",
        "/lhgzweb/dict/",
    ),
}
# What stores something: (method, path).
STORING = {
    "shenzhen": (("PUT", SAVES["shenzhen"]), ("POST", SAVES["shenzhen"])),
    "national": tuple(("POST", f"/lhgzweb/extension/{name}.do") for name in ("save", "upload", "row")),
}
SUFFIXES = ("（新）", "信息", "A", "及说明")

Wanted = dict[str, object]


@dataclass(frozen=True)
class Mix:
    """What one run meets. `late` faults come when the run starts with its second section; `draft` is what is there
    before: nothing, a finished draft, or half of one."""

    number: int
    portal: str
    sample: str
    sections: tuple[str, ...]
    draft: str
    overwrite: bool
    kinds: tuple[str, ...]
    faults: Faults
    late: bool

    @property
    def holds_back(self) -> bool:
        """Whether the page may show a stored answer as none: its lists lack their options, or its script presses its buttons
        before they are there."""
        listless = any("dict" in answer.path for answer in self.faults.answers)
        return listless or self.faults.dictionaries in ("empty", "late") or self.faults.script == "click"

    def describe(self) -> str:
        when = "from its second section" if self.late else "from the start"
        return (
            f"{self.portal} {self.sample} [{', '.join(self.sections)}] draft {self.draft}"
            f"{' overwrite' if self.overwrite else ''}: {', '.join(self.kinds)} {when}\n"
            f"    {self.faults.model_dump_json(exclude_defaults=True)}"
        )


class Dice:
    """One run's chances over one portal's form."""

    def __init__(self, rng: random.Random, portal: str, form: Form, sections: Sequence[str], victim: str) -> None:
        self.rng, self.portal, self.form, self.victim = rng, portal, form, victim
        self.sections = [section for section in form.sections if section.key in sections]
        self.plain = [section for section in self.sections if len(list(section.values())) > 1]

    def label(self, *kinds: str, columns: bool = False) -> str | None:
        """A question of the sections of this run; with `columns`, those of its row tables too."""
        questions = [q for section in self.sections for q in section.questions()]
        asked = [*questions, *(column for q in questions for column in q.columns if columns)]
        found = [q.label for q in asked if not kinds or q.kind in kinds]
        return self.rng.choice(found) if found else None

    def title(self, *, plain: bool = False) -> str | None:
        found = [section.title for section in (self.plain if plain else self.sections)]
        return self.rng.choice(found) if found else None


def make_mix(seed: int, number: int, forms: Mapping[str, Form], victims: Mapping[tuple[str, str], str]) -> Mix:
    """Mix `number` of a campaign. `victims`: (portal, sample) -> the passport of another applicant there."""
    rng = random.Random(f"{seed}:{number}")
    portal = rng.choice(tuple(CITY_OF))
    sample = rng.choice(SAMPLES)
    form = forms[portal]
    keys = [section.key for section in form.sections]
    chosen = set(rng.sample(keys, rng.choice((1, 1, 2, 2, 3))))
    sections = tuple(key for key in keys if key in chosen)
    dice = Dice(rng, portal, form, sections, victims[portal, sample])
    kinds: list[str] = []
    faults: Wanted = {}
    wanted = rng.choice((1, 1, 2, 3))
    for name in rng.sample(list(REGISTRY), len(REGISTRY)):
        more = _roll(name, dice) if portal in REGISTRY[name].examples else None
        if more and len(kinds) < wanted and not _clash(faults, more):
            kinds.append(name)
            faults = _merged(faults, more)
    # Rows are judged by the names of their columns: those must not change between a save and the judgement.
    late = (
        len(sections) > 1 and rng.random() < 0.3 and not columns_of(form) & set(Faults.model_validate(faults).labels())
    )
    draft, overwrite = rng.choice(DRAFTS), rng.random() < 0.2
    return Mix(number, portal, sample, sections, draft, overwrite, tuple(kinds), Faults.model_validate(faults), late)


def columns_of(form: Form) -> set[str]:
    """The names of all columns of the form's row tables."""
    return {column.label for section in form.sections for q in section.questions() for column in q.columns}


def _clash(faults: Wanted, more: Wanted) -> bool:
    """Whether two faults want the same place, so that one of them would not happen."""
    return any(name in faults and not isinstance(faults[name], list | dict) for name in more) or any(
        name in faults and name in ("revert", "clip", "reformat", "other_draft", "modal") for name in more
    )


def _merged(faults: Wanted, more: Wanted) -> Wanted:
    merged = dict(faults)
    for name, value in more.items():
        before = merged.get(name)
        if isinstance(before, list) and isinstance(value, list):
            merged[name] = [*before, *value]
        elif isinstance(before, dict) and isinstance(value, dict):
            merged[name] = {**before, **value}
        else:
            merged[name] = value
    return merged


def _roll(name: str, dice: Dice) -> Wanted | None:
    """One kind of fault with amounts and places of chance; None where this run has no place for it."""
    if name.startswith(("answer-", "drop")):
        return _answer(name.removeprefix("answer-"), dice)
    if name.startswith("revert-"):
        label = dice.label("text", "textarea", "select", "filterable", "date", "radio", "number")
        return {"revert": {"label": label, "on": name.removeprefix("revert-")}} if label else None
    if name == "dictionaries-empty" and len(dice.plain) < len(dice.sections) and dice.rng.random() < 0.8:
        # Every list of every row is waited for: minutes in a table, and no more is learned from many of them.
        return None
    if name.startswith("dictionaries-"):
        return {"dictionaries": name.removeprefix("dictionaries-")}
    if name.startswith("script-"):
        return {"script": name.removeprefix("script-")}
    return ROLLS[name](dice)


def _answer(how: str, dice: Dice) -> Wanted:
    path = dice.rng.choice((SAVES[dice.portal], LOOKS[dice.portal], *ANSWERED[dice.portal]))
    method = ""
    if how == "lost":
        method, path = dice.rng.choice(STORING[dice.portal])
    times = dice.rng.choice((1, 1, 2, None))
    return {"answers": [{"path": path, "method": method, "how": how, "skip": dice.rng.randrange(0, 6), "times": times}]}


def _one(name: str, *kinds: str) -> Callable[[Dice], Wanted | None]:
    def roll(dice: Dice) -> Wanted | None:
        label = dice.label(*kinds, columns=not name.endswith("_upload"))
        return {name: [label]} if label else None

    return roll


def _swap(dice: Dice) -> Wanted | None:
    section = dice.rng.choice(dice.sections)
    texts = [q.label for q in section.questions() if q.kind == "text"]
    alike: list[Question] = [q for q in section.questions() if q.kind != "table"]
    pool = texts if len(texts) > 1 and dice.rng.random() < 0.7 else [q.label for q in alike]
    return {"swap_labels": [dice.rng.sample(pool, 2)]} if len(pool) > 1 else None


def _rename(dice: Dice) -> Wanted | None:
    label = dice.label(columns=True)
    return {"rename": {label: label + dice.rng.choice(SUFFIXES)}} if label else None


def _reorder(dice: Dice) -> Wanted | None:
    title = dice.title()
    return {"reorder": [title]} if title else None


def _new_required(dice: Dice) -> Wanted | None:
    title = dice.title(plain=True)
    return {"new_required": {title: "宗教信仰"}} if title else None


def _iframe(dice: Dice) -> Wanted | None:
    title = dice.title()
    return {"iframe": [title]} if title else None


def _clip(shown: bool) -> Callable[[Dice], Wanted | None]:
    def roll(dice: Dice) -> Wanted | None:
        label = dice.label("text", "textarea", columns=shown)
        return {"clip": {"label": label, "to": dice.rng.choice((2, 5, 8)), "shown": shown}} if label else None

    return roll


def _reformat(dice: Dice) -> Wanted | None:
    label = dice.label("text", "textarea")
    how = dice.rng.choice(("upper", "grouped", "plain"))
    return {"reformat": {"label": label, "how": how}} if label else None


ROLLS: Mapping[str, Callable[[Dice], Wanted | None]] = {
    "delay": lambda dice: {"delay_ms": {dice.rng.choice(ANSWERED[dice.portal]): dice.rng.choice((200, 700, 1500))}},
    "expire": lambda dice: {"expire_after": dice.rng.randrange(1, 25)},
    "throttle": lambda dice: {"throttle": dice.rng.randrange(0, 6)},
    "other-draft": lambda dice: {"other_draft": {"passport": dice.victim, "after": dice.rng.randrange(0, 4)}},
    "swap-labels": _swap,
    "rename": _rename,
    "remove": _one("remove"),
    "duplicate": _one("duplicate", "text", "textarea", "select", "filterable", "date", "radio"),
    "reorder": _reorder,
    "new-required": _new_required,
    "filterable": _one("filterable", "select"),
    "iframe": _iframe,
    "clip": _clip(shown=False),
    "clip-shown": _clip(shown=True),
    "reformat": _reformat,
    "reject-upload": _one("reject_upload", "upload"),
    "truncate-upload": _one("truncate_upload", "upload"),
    "log-out-mid-upload": lambda dice: (
        {"log_out_mid_upload": dice.rng.randrange(1, 5)} if dice.label("upload") else None
    ),
    "modal": lambda dice: {"modal": {"after_ms": dice.rng.choice((0, 300, 900)), "times": dice.rng.choice((1, 3))}},
}
