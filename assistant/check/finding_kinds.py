"""What can be found before any browser: a `Kind` for each code, with its severity, its sentence and its documentation.

A kind becomes a `Finding` where it is met: the rules do it with `kind.at(where, basis, **facts)`. The document checks first
keep a `Found`, a code and a few numbers, never a person's value, so that it can lie in the cache and cross from the child
process as plain JSON; it becomes a `Finding` with words only in `finding_of`. docs/findings.md is written from the kinds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.messages import Text
from assistant.outcome import Finding, Severity

OWN_RULE = "assistant"
"""The source of what no authority states: a technical limit of this tool or of the file itself."""


@dataclass(frozen=True)
class Found:
    """One thing found: its code and the numbers or word keys that its sentence needs."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Basis:
    """What one finding rests on: where its rule stands, what else is to be known of the rule, whether anybody states it."""

    source: str
    note: Text | None = None
    sure: bool = True


@dataclass(frozen=True)
class Kind:
    """A code with its severity, its sentence (`{page}`-like places are filled from the facts) and its documentation.

    Of a document, an error makes the slot's state `bad`, a warning makes it `unsure`, an info leaves it `ok`. `stops` means
    that nothing more can be learned from the file. `words` turns word keys among the facts into both languages.
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

    def found(self, **facts: object) -> Found:
        return Found(self.code, {name: str(value) for name, value in facts.items()})

    def at(self, where: str, basis: Basis | None = None, slot: str | None = None, **facts: object) -> Finding:
        """The finding at a place. What nobody states for sure warns and never refuses; a fact may be a `Text`."""
        rests_on = basis or Basis(self.source)
        severity = "warning" if self.severity == "error" and not rests_on.sure else self.severity
        message = Text(
            self.say.zh.format(**{name: _in_zh(fact) for name, fact in facts.items()}),
            self.say.en.format(**{name: _in_en(fact) for name, fact in facts.items()}),
        )
        if rests_on.note is not None:
            message = Text(f"{message.zh}（{rests_on.note.zh}）", f"{message.en} ({rests_on.note.en})")
        return Finding(self.code, severity, where, message, rests_on.source, slot)


def finding_of(kind: Kind, found: Found, *, where: str, slot: str, source: str = "") -> Finding:
    """The finding for people: the sentence in both languages and what to do. `source` is the slot's own rule."""
    in_zh = {name: "、".join(_word(kind, part).zh for part in value.split("+")) for name, value in found.facts.items()}
    in_en = {name: ", ".join(_word(kind, part).en for part in value.split("+")) for name, value in found.facts.items()}
    message = Text(f"{kind.say.zh.format(**in_zh)}{kind.remedy.zh}", f"{kind.say.en.format(**in_en)} {kind.remedy.en}")
    stated = source if source and kind.source == OWN_RULE else kind.source
    return Finding(kind.code, kind.severity, where, message, stated, slot)


def _word(kind: Kind, part: str) -> Text:
    return kind.words.get(part, Text(part, part))


def _in_zh(fact: object) -> object:
    return fact.zh if isinstance(fact, Text) else fact


def _in_en(fact: object) -> object:
    return fact.en if isinstance(fact, Text) else fact
