"""What a document check can find: a `Kind` for each code (its words, its documentation) and a `Found` for each time.

A `Found` is a code and a few numbers, never a person's value, so that it can be kept in the cache and cross from the child
process as plain JSON. It becomes a `Finding` with words only in `finding_of`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.messages import Text
from assistant.outcome import Finding, FindingDoc, Severity

OWN_RULE = "assistant"
"""The source of what no authority states: a technical limit of this tool or of the file itself."""


@dataclass(frozen=True)
class Found:
    """One thing found: its code and the numbers or word keys that its sentence needs."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A code with its severity, its sentence (`{page}`-like places are filled from the facts) and its documentation.

    An error makes the slot's state `bad`, a warning makes it `unsure`, an info leaves it `ok`. `stops` means that nothing
    more can be learned from the file. `words` turns word keys among the facts into both languages.
    """

    code: str
    severity: Severity
    say: Text
    meaning: Text
    why: Text
    remedy: Text
    source: str = OWN_RULE
    stops: bool = False
    words: Mapping[str, Text] = field(default_factory=dict)

    @property
    def doc(self) -> FindingDoc:
        return FindingDoc(self.code, self.meaning, self.why, self.remedy, self.source)

    def found(self, **facts: object) -> Found:
        return Found(self.code, {name: str(value) for name, value in facts.items()})


def finding_of(kind: Kind, found: Found, *, where: str, slot: str, source: str = "") -> Finding:
    """The finding for people: the sentence in both languages and what to do. `source` is the slot's own rule."""
    in_zh = {name: "、".join(_word(kind, part).zh for part in value.split("+")) for name, value in found.facts.items()}
    in_en = {name: ", ".join(_word(kind, part).en for part in value.split("+")) for name, value in found.facts.items()}
    message = Text(f"{kind.say.zh.format(**in_zh)}{kind.remedy.zh}", f"{kind.say.en.format(**in_en)} {kind.remedy.en}")
    stated = source if source and kind.source == OWN_RULE else kind.source
    return Finding(kind.code, kind.severity, where, message, stated, slot)


def _word(kind: Kind, part: str) -> Text:
    return kind.words.get(part, Text(part, part))
