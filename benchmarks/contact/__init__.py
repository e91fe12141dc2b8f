"""First contact: forms that no pack was written for, filled with a scripted person who only reads and presses the panel.

    python -m benchmarks contact [--form F]… [--runs N] [--seed S] [--first I] [--only I] [--json F]

Two applicants in a row on each form: how many controls the server then holds right, how many wrong, how many are left for
the person; presses on the panel, parts opened, seconds; and the minutes of a person by the keystroke-level model, against
typing all of it by hand. `--runs N` plays N seeded mixes of attacks instead (benchmarks/contact/mixes.py): another person's
form must hold nothing of the applicant's, no wrong value may go unreported, nothing may be submitted. All is judged from the
form's server, never from what the tool says of itself. Exit 1 where a target is missed.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.jobs.outputs import write_json
from benchmarks.contact.attack import Played, learn, play
from benchmarks.contact.mixes import KINDS, make_mix
from benchmarks.contact.sitting import Sitting, handler_home, named, sit
from benchmarks.contact.typing import seconds_by_hand
from fixtures.unseen.judge import Verdict, judge
from fixtures.unseen.server import NAMES, UnseenPortal, form_of

APPLICANTS = ("sample-lee", "sample-okafor")
# What the issue asks for: of all controls that have a datum, for the first applicant and for the second.
RIGHT, PRESSES = (0.85, 0.95), (25, 5)


@dataclass(frozen=True)
class Figures:
    """One application. `listed` are controls left that the panel or the report named; `silent` those left that neither did."""

    form: str
    applicant: str
    answerable: int
    right: int
    wrong: int
    unreported: int
    listed: int
    silent: int
    presses: int
    opened: int
    saves: int
    seconds: float
    person_minutes: float
    by_hand_minutes: float
    submits: int
    stopped: str
    wrong_places: tuple[str, ...]
    left_places: tuple[str, ...]


def run(arguments: Sequence[str]) -> int:
    parser = ArgumentParser(prog="benchmarks contact")
    parser.add_argument("--form", action="append", choices=NAMES, help="only this form; repeatable")
    parser.add_argument("--runs", type=int, default=0, help="so many mixes of attacks, instead of the figures")
    parser.add_argument("--seed", type=int, default=20261201)
    parser.add_argument("--first", type=int, default=0, help="the first mix: a campaign may be played in pieces")
    parser.add_argument("--only", type=int, help="this mix alone")
    parser.add_argument("--json", metavar="F", help="also write the result as JSON")
    options = parser.parse_args(arguments)
    forms = options.form or list(NAMES)
    if options.runs or options.only is not None:
        numbers = [options.only] if options.only is not None else range(options.first, options.first + options.runs)
        result, passed = campaign(forms, options.seed, numbers)
    else:
        result, passed = figures(forms)
    if options.json:
        write_json(options.json, result)
    if not passed:
        print("not as it must be", file=sys.stderr)
    return 0 if passed else 1


# -- figures -----------------------------------------------------------------------------------------------------------


def figures(forms: Sequence[str]) -> tuple[dict[str, object], bool]:
    """Two applicants on each form, the second with what was learned from the first."""
    print(f"{'form':10} {'applicant':15} of right wrong listed silent presses opened seconds  person  by hand (min)")
    found = []
    for name in forms:
        with handler_home() as applicants, UnseenPortal(name) as portal:
            for applicant in APPLICANTS:
                found.append(one := measured(portal, sit(portal, applicants / applicant)))
                print(
                    f"{one.form:10} {one.applicant:15} {one.answerable:2} {one.right:5} {one.wrong:5} {one.listed:6} {one.silent:6} "
                    f"{one.presses:7} {one.opened:6} {one.seconds:7.0f} {one.person_minutes:7.1f} {one.by_hand_minutes:7.1f}"
                )
                for what, places in (("wrong", one.wrong_places), ("left", one.left_places)):
                    if places:
                        print(f"    {what}: {' '.join(places)}")
                if one.stopped:
                    print(f"    stopped: {one.stopped}")
    passed = all(_good(one, index % len(APPLICANTS)) for index, one in enumerate(found))
    return {"schema": 1, "applications": [asdict(one) for one in found], "passed": passed}, passed


def measured(portal: UnseenPortal, sitting: Sitting) -> Figures:
    """What the server holds of one application, and what it cost."""
    case = sitting.case
    verdicts = judge(portal.form, case, sitting.applicant) if case else []
    asked = [one for one in verdicts if one.status != "idle"]
    left = [one for one in asked if one.status == "left"]
    wrong = [one for one in asked if one.status == "wrong"]
    listed = [one for one in left if named(one.label, sitting.told_of)]
    person = sitting.doings.seconds + seconds_by_hand(portal.form, left)
    return Figures(
        portal.form.name,
        sitting.applicant.id,
        sum(one.wanted is not None or bool(one.means.startswith("documents.")) for one in asked),
        sum(one.status == "right" for one in asked),
        len(wrong),
        sum(not named(one.label, sitting.told_of) for one in wrong),
        len(listed),
        len(left) - len(listed),
        sitting.doings.presses,
        sitting.doings.opened,
        sitting.doings.saved,
        round(sitting.seconds, 1),
        round(person / 60, 1),
        round(seconds_by_hand(portal.form, [one for one in asked if one.wanted is not None or one.means]) / 60, 1),
        portal.truth.submits,
        sitting.stopped,
        tuple(map(_place, wrong)),
        tuple(map(_place, left)),
    )


def _place(one: Verdict) -> str:
    return f"{one.part}.{one.key}" + (f"[{one.row}]" if one.row else "")


def _good(one: Figures, turn: int) -> bool:
    enough = one.right >= RIGHT[turn] * one.answerable > 0
    return (
        enough
        and not (one.wrong or one.submits)
        and one.presses + one.opened <= PRESSES[turn] + (one.opened if turn else 0)
    )


# -- attacks -----------------------------------------------------------------------------------------------------------


def campaign(forms: Sequence[str], seed: int, numbers: Sequence[int]) -> tuple[dict[str, object], bool]:
    """Mixes of attacks, one after another; one that breaks a rule prints how to repeat it."""
    played: list[Played] = []
    with ExitStack() as stack:
        portals = {name: stack.enter_context(UnseenPortal(name)) for name in forms}
        homes: dict[str, Path] = {}
        for number in numbers:
            mix = make_mix(seed, number, [form_of(name) for name in forms])
            if "renamed" in mix.kinds and mix.form not in homes:
                homes[mix.form] = stack.enter_context(handler_home())
                learn(portals[mix.form], homes[mix.form])
            with handler_home(homes.get(mix.form) if "renamed" in mix.kinds else None) as applicants:
                played.append(one := play(mix, portals[mix.form], applicants))
            if not one.kept:
                print(f"BROKEN {mix.describe()} (--seed {seed} --only {number})")
                for what, places in (("another person's form", one.wrong_person), ("unreported", one.unreported)):
                    if places:
                        print(f"    {what}: {' '.join(places)}")
                if one.broken:
                    print(one.broken)
    totals = {
        "wrong_person": sum(len(one.wrong_person) for one in played),
        "unreported": sum(len(one.unreported) for one in played),
        "submits": sum(one.submits for one in played),
        "broken": sum(bool(one.broken) for one in played),
    }
    print(f"{len(played)} mixes: " + ", ".join(f"{name.replace('_', '-')} {count}" for name, count in totals.items()))
    met = Counter(kind for one in played for kind in one.mix.kinds)
    print("met: " + ", ".join(f"{kind} {met[kind]}" for kind in KINDS))
    print(f"right answers held in all: {sum(one.right for one in played)}")
    return {"schema": 1, "seed": seed, "mixes": len(played), **totals, "met": dict(met)}, not any(totals.values())
