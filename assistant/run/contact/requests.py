"""What the page sends while the person works, and which of it the person lets the tool send from now on.

Promises: methods and masked paths are noted, never a body, a query or a value; what submits, books or pays is never offered and
never allowed; what is allowed is this host's alone.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from assistant.forbidden import forbidden_path, patterns_overlap
from assistant.page.form_page import FormPage
from assistant.page.guard.guard import Guard
from assistant.page.guard.rules import masked_path, origin_of
from assistant.portal.contact.learned import LearnedRequest
from assistant.portal.loading import Portal
from assistant.run.teach.save_recorder import Heard


def common_path(one: str, other: str) -> str | None:
    """The pattern of two paths that differ in one part which says of what, never what is done: a step's number, the name of a
    section of one case. The last part mostly says what is done; it counts as a name only where a case and a word stand before it.

    >>> common_path("/hall/step/1", "/hall/step/2"), common_path("/file/*/post/draft", "/file/*/self/draft")
    ('/hall/step/*', '/file/*/*/draft')
    >>> common_path("/api/*/sections/work", "/api/*/sections/stay"), common_path("/api/save", "/api/send"), common_path("/a/*/save", "/a/*/send")
    ('/api/*/sections/*', None, None)
    """
    parts, others = one.split("/"), other.split("/")
    unlike = [at for at, (a, b) in enumerate(zip(parts, others, strict=False)) if a != b]
    if len(parts) != len(others) or len(unlike) != 1 or unlike[0] < 2:
        return None
    at = unlike[0]
    numbers = all(re.fullmatch(r"\d+|\*", part[at]) for part in (parts, others))
    named = parts[at - 1] != "*" and "*" in parts[: at - 1] and "." not in parts[at] + others[at]
    if at == len(parts) - 1 and not (numbers or named):
        return None
    return "/".join("*" if place == at else part for place, part in enumerate(parts))


class Requests:
    """The requests of one run on one host."""

    def __init__(self, page: FormPage, guard: Guard, portal: Portal, url: str) -> None:
        self._guard, self._portal, self._origin = guard, portal, origin_of(url)
        self._heard: Heard | None = None
        self._offered: list[tuple[str, str]] = []
        self.allowed: list[LearnedRequest] = []
        page.on_request(self._note)
        before = [
            one for one in portal.learned.requests if one.origin == self._origin and not self._dangerous(one.path)
        ]
        self._asked: set[tuple[str, str]] = {(one.method, one.path) for one in before}
        self._let(before)

    def _note(self, method: str, url: str) -> None:
        if self._heard is not None and self._guard.holder == "person":
            self._heard.note(method, url)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While the person saves."""
        self._heard = Heard(self._origin)
        try:
            yield
        finally:
            found = sorted(self._heard.counts)
            self._heard = None
            self._offered = self._unasked(found)

    def _unasked(self, heard: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """What was not asked about yet; a path that differs in one part from one asked about before is asked about once more
        as their common pattern, so that not each step's save is a question of its own."""
        new = [
            one
            for one in heard
            if not self._dangerous(one[1])
            and not any(one[0] == method and patterns_overlap(one[1], path) for method, path in self._asked)
        ]
        wider: list[tuple[str, str]] = []
        for method, path in new:
            alike = [other for way, other in (*sorted(self._asked), *wider) if way == method]
            common = next((found for other in alike if (found := common_path(path, other))), path)
            if (method, common) not in (*self._asked, *wider):
                wider.append((method, common))
        return [one for one in wider if not self._dangerous(one[1])]

    def held_back(self) -> Sequence[tuple[str, str]]:
        """What the guard has held back while the tool wrote, and may be offered."""
        blocked = [(one.method, one.path) for one in self._guard.receipt().blocked if one.why == "not-allowed"]
        return [one for one in blocked if one not in self._asked and not self._dangerous(one[1])]

    def allows_post(self, url: str) -> bool:
        """Whether the person has allowed that a form is posted there."""
        path = masked_path(urlsplit(url).path)
        return origin_of(url) == self._origin and any(
            one.method == "POST" and patterns_overlap(one.path, path) for one in self.allowed
        )

    def offer_post(self, url: str) -> None:
        """From now on `new` is that post alone."""
        post = ("POST", masked_path(urlsplit(url).path))
        self._offered = self._unasked([post]) if origin_of(url) == self._origin else []

    def offer_held_back(self) -> None:
        """From now on `new` are those that were held back."""
        self._offered = self._unasked(self.held_back())

    def _dangerous(self, path: str) -> bool:
        # A star stands for a number or a name of this case. That it could stand for more is the guard's to hold: it looks at
        # each request anew, and what submits is refused whatever was allowed.
        sample = path.replace("*", "0")
        return bool(forbidden_path(path)) or any(patterns_overlap(sample, one) for one in self._portal.forbidden_paths)

    def new(self) -> tuple[str, ...]:
        """The requests to ask about, as lines; each is asked about once."""
        self._asked |= set(self._offered)
        return tuple(f"{method} {path}" for method, path in self._offered)

    def allow(self, purpose: str) -> tuple[LearnedRequest, ...]:
        """The person has allowed those just asked about; answers with what is to be remembered."""
        learned = tuple(
            LearnedRequest.model_validate({"origin": self._origin, "method": method, "path": path, "purpose": purpose})
            for method, path in self._offered
        )
        self._let(learned)
        return learned

    def _let(self, learned: Sequence[LearnedRequest]) -> None:
        self.allowed += learned
        self._guard.allow(learned)
