"""How long a review takes a practised person, by the keystroke-level model and published reading speeds.

The operators are those of Card, Moran and Newell (The Keystroke-Level Model for User Performance Time with Interactive
Systems, CACM 23(7), 1980; The Psychology of Human-Computer Interaction, 1983): a keystroke of an average skilled typist, a
pointing move, homing between keyboard and mouse, one mental preparation for each decision. A press of the mouse button is
Kieras's (Using the Keystroke-Level Model to Estimate Execution Times, 1993). Reading speeds are the means of the International
Reading Speed Texts (Trauzettel-Klosinski and Dietz, Investigative Ophthalmology & Visual Science 53, 2012): English 228
words a minute, Chinese 255 characters a minute, both aloud, so silent reading is quicker. Nobody was timed: this is an
estimate of error-free work, not a measurement.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.review.cards import Card

KEY, POINT, BUTTON, HOMING, MENTAL = 0.20, 1.10, 0.10, 0.40, 1.35
SCROLL = KEY
"""One turn by key (Page Down)."""
CARDS_A_SCREEN = 4
CHINESE_CHARACTER, ENGLISH_WORD = 60 / 255, 60 / 228
SIGNS_A_WORD = 5
"""A typist's standard word: digits, letters and blanks are read five at a time."""
FROM_PAPER = frozenset({"identity", "date"})
"""Kinds of card that are compared with the document as well as with the profile."""


@dataclass(frozen=True)
class Estimate:
    """Seconds of one review, by what they go into."""

    reading: float
    deciding: float
    hands: float

    @property
    def seconds(self) -> float:
        return self.reading + self.deciding + self.hands


def reading_seconds(text: str) -> float:
    """How long a text takes to read.

    >>> round(reading_seconds("护照号码"), 2), round(reading_seconds("M98765432"), 2)
    (0.94, 0.47)
    """
    chinese = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return chinese * CHINESE_CHARACTER + (len(text) - chinese) / SIGNS_A_WORD * ENGLISH_WORD


def review(cards: Sequence[Card], to_put_right: int = 0) -> Estimate:
    """The review of the cards above the fold: each is read, decided on and left with one key (F2 on the
    panel, pressed once more to begin); a reason is read where it
    first appears, a section's name where it changes; identity numbers and dates are read from the paper as well. `to_put_right` of them are shown on the page
    and put right with a press each."""
    why: set[str] = set()
    reading = deciding = 0.0
    section = ""
    for card in cards:
        reading += sum(map(reading_seconds, (card.name, card.planned, card.shown)))
        if card.section != section:
            section = card.section
            reading += reading_seconds(section)
        deciding += MENTAL
        if card.why.zh not in why:
            why.add(card.why.zh)
            reading += reading_seconds(card.why.zh)
        if card.kind in FROM_PAPER:
            reading += reading_seconds(card.planned)
            deciding += MENTAL
    hands = HOMING + (len(cards) + 1) * KEY + max(0, len(cards) - 1) // CARDS_A_SCREEN * SCROLL
    hands += to_put_right * 2 * (POINT + BUTTON)
    return Estimate(reading, deciding + to_put_right * MENTAL, hands)
