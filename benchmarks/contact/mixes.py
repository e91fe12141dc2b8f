"""Random troubles of a first contact: one or two kinds with moments and places of their own, from one seed and a number.

Pure: the same seed and number give the same mix on every machine.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from fixtures.unseen.asked import UnseenForm

SAMPLES = ("sample-lee", "sample-okafor", "sample-delacruz")
KINDS = {
    "other profile": "the applicant's data are drawn, not a sample's",
    "swapped": "the page shows another applicant's form right after the person let the tool fill",
    "late": "another applicant's data come into the blank form a second after it was opened",
    "wrong form": "the form that is opened is another applicant's draft",
    "renamed": "the portal calls questions otherwise than when it was learned",
    "refused": "the portal refuses saves",
    "lost": "the session ends on the way",
    "forgets": "the server takes answers and loses them",
}
# What two of them in one mix would not both happen.
_APART = ({"swapped", "late", "wrong form"},)


@dataclass(frozen=True)
class Mix:
    """What one sitting meets. `drawn` is the seed of the applicant's own data, 0 for a sample's as they are."""

    number: int
    form: str
    sample: str
    other: str
    kinds: tuple[str, ...]
    drawn: int
    delay: int
    refused: int
    lost_after: int
    forgets: frozenset[str]

    def describe(self) -> str:
        return f"mix {self.number}: {self.form} {self.sample} (other: {self.other}): {', '.join(self.kinds)}"


def make_mix(seed: int, number: int, forms: Sequence[UnseenForm]) -> Mix:
    rng = random.Random(f"{seed}:{number}")
    form = forms[number % len(forms)]
    sample, other = rng.sample(SAMPLES, 2)
    kinds: list[str] = []
    for kind in rng.sample(list(KINDS), len(KINDS)):
        clash = any(kind in apart and apart & set(kinds) for apart in _APART)
        if len(kinds) < rng.choice((1, 2)) and not clash:
            kinds.append(kind)
    keys = [one.key for part in form.parts[:2] for _, one in part.questions() if one.answer]
    return Mix(
        number,
        form.name,
        sample,
        other,
        tuple(kinds),
        rng.randrange(1, 10**6) if "other profile" in kinds else 0,
        rng.randrange(0, 600),
        rng.randint(1, 3),
        rng.randint(2, 9),
        frozenset(rng.sample(keys, rng.randint(1, 4))),
    )
