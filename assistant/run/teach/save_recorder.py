"""Learning which requests save a draft: the person saves by hand while the tool only listens.

Promises: the pen is the person's throughout; methods and masked paths are noted, never a body, a query or a value; what
submits, books or pays is never offered; nothing is allowed without the person's choice and the pack linter's consent.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from assistant.forbidden import forbidden_path, patterns_overlap
from assistant.page.form_page import FormPage
from assistant.page.guard.rules import SAFE_METHODS, masked_path, origin_of
from assistant.portal.model import Allowed
from assistant.portal.overlay import HostPatch

_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass
class Heard:
    """The requests that changed something while the tool listened: (method, path pattern) → how often."""

    origin: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, method: str, url: str) -> None:
        if method.upper() in SAFE_METHODS or origin_of(url) != self.origin:
            return
        self.counts[method.upper(), masked_path(urlsplit(url).path)] += 1

    def offered(self, forbidden: Sequence[str]) -> list[tuple[str, str, int]]:
        """What may be offered as a save, similar paths joined: method, pattern, how often. `forbidden` are the pack's own
        patterns, as its linter takes them; what submits in words is refused by the guard whatever is allowed."""

        def dangerous(path: str) -> bool:
            return bool(forbidden_path(path)) or any(patterns_overlap(path, pattern) for pattern in forbidden)

        safe = sorted((method, path) for method, path in self.counts if method in _METHODS and not dangerous(path))
        joined = [one for one in join(safe) if not dangerous(one[1])]
        # A pattern that would let a submission through as well is not worth its breadth.
        joined += [one for one in safe if not any(one[0] == m and patterns_overlap(one[1], p) for m, p in joined)]
        return [
            (method, path, sum(self.counts[one] for one in safe if one[0] == method and patterns_overlap(one[1], path)))
            for method, path in sorted(joined)
        ]


def listen(page: FormPage, url: str) -> Heard:
    """Listens to the page's requests from now on. Listening changes nothing."""
    heard = Heard(origin_of(url))
    page.on_request(heard.note)
    return heard


def join(requests: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Paths of one method that differ in a single part are one pattern, so that every section's save is meant.

    >>> join([("PUT", "/a/*/sections/personal"), ("PUT", "/a/*/sections/work"), ("POST", "/a")])
    [('POST', '/a'), ('PUT', '/a/*/sections/*')]
    """
    patterns: list[tuple[str, str]] = []
    for method, path in requests:
        for index, (other, pattern) in enumerate(patterns):
            one, two = path.split("/"), pattern.split("/")
            unlike = [place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
            if other == method and len(one) == len(two) and len(unlike) == 1 and unlike[0] > 1:
                patterns[index] = (method, "/".join("*" if place in unlike else part for place, part in enumerate(two)))
                break
        else:
            patterns.append((method, path))
    return sorted(set(patterns))


def host_patch(origin: str, chosen: Sequence[tuple[str, str]], by: str, on: date) -> HostPatch:
    """The learned allow-list of one host, dated and signed."""
    allow = tuple(
        Allowed.model_validate({"method": method, "path": path, "purpose": "seen when a draft was saved by hand"})
        for method, path in chosen
    )
    return HostPatch(origin=origin, verified_on=on, verified_by=by, allow=allow)
