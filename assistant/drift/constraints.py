"""What may have changed about a field that is still there: kind of control, options, limits, whether it is required.

Compared with the shape at the last good probe; without one, with what the pack declares. Option texts are named where the
pack's tables or the page's own list give them; never what somebody chose. Pure.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from assistant.drift.baseline import ControlShape, SectionShape, block_of, hash_of, known_options
from assistant.drift.expected import Asked
from assistant.drift.kinds import Drift, DriftKind, Weight, from_to
from assistant.messages import Text
from assistant.normalize import same_label
from assistant.page.matching import drives
from assistant.page.snapshot import Control


def differences(
    section: str, titles: tuple[str, ...], one: Asked, control: Control, shape: SectionShape | None
) -> Iterator[Drift]:
    """How a field's control differs from what it was, or from what the pack says."""
    drift = partial(_drift, section, one, control.place)
    block = block_of(control, titles)
    before = shape.of(control.label, block) if shape else None
    kind = before.kind if before else one.kind
    if kind != control.kind and (before or not drives(one.kind, control.kind)):
        yield drift("kind-changed", "note", from_to(kind, control.kind))
    if control.required and not (before.required if before else one.required):
        yield drift("now-required", "list", "")
    gone, names, more = _options(one, control, before)
    if gone:
        yield drift("options-removed", "list", _some(gone, names))
    if more:
        yield drift("options-added", "note", _some(len(more), more))
    if before is None:
        return
    if control.max_length != before.max_length:
        change = f"{before.max_length or '∞'} → {control.max_length or '∞'}"
        yield drift("length-changed", "list" if _shorter(control.max_length, before.max_length) else "note", change)
    was, now = _types(before.accept), _types(control.accept)
    if was != now:
        narrower = bool(now) and not (was and was <= now)
        yield drift(
            "accept-changed", "list" if narrower else "note", f"{before.accept or '*'} → {control.accept or '*'}"
        )
    if block and before.block and not same_label(block, before.block):
        yield drift("moved", "note", f"{before.block} → {block}")


def _options(one: Asked, control: Control, before: ControlShape | None) -> tuple[int, list[str], list[str]]:
    """How many options are gone, the names of those that are known, and the texts that are new."""
    now = {hash_of(text): text for text in known_options(control)}
    if not now:
        return 0, [], []
    if before and before.options:
        lost = [code for code in before.options if code not in now]
        known = {hash_of(text): text for entry in one.wordings for text in entry}
        more = [text for code, text in now.items() if code not in before.options]
        return len(lost), [known[code] for code in lost if code in known], more
    missing = [entry[0] for entry in one.wordings if not any(hash_of(text) in now for text in entry)]
    return len(missing), missing, []


def _drift(
    section: str, one: Asked, place: tuple[int, int], kind: DriftKind, weight: Weight, change: str | Text
) -> Drift:
    detail = change if isinstance(change, Text) else Text(change, change)
    return Drift(kind, section, one.key, one.label, weight, detail, place=place)


def _shorter(now: int | None, before: int | None) -> bool:
    return now is not None and (before is None or now < before)


def _types(accept: str) -> frozenset[str]:
    return frozenset(part.strip().casefold() for part in accept.split(",") if part.strip())


def _some(count: int, names: Sequence[str]) -> Text:
    shown = "、".join(names[:5]) + ("…" if count > 5 and names else "")
    return Text(f"{count} 个" + (f"：{shown}" if shown else ""), f"{count}" + (f": {shown}" if shown else ""))
