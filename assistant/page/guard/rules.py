"""Which requests may leave the browser while the tool holds the pen. Pure: no browser, no state but the rules.

Promises: what is not plainly harmless is refused. Other origins are refused; methods that change something are refused
unless the portal's pack allows them; documents load only when the tool said it is going somewhere; an address that
submits, books or pays is refused whatever the method, however it is spelled.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from assistant.forbidden import forbidden_path, path_matches

Why = Literal["other-origin", "not-allowed", "forbidden-path", "navigation", "web-socket", "page"]

# Methods that change nothing (RFC 9110, 9.2.1).
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Addresses that never reach a network.
LOCAL_SCHEMES = frozenset({"data", "blob", "about"})
OVERRIDING_HEADERS = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
# Where older sites say in the query what is to be done: /case.do?method=submit, /case.do?submit
DISPATCHING_KEYS = frozenset({"method", "action", "act", "do", "cmd", "command", "op", "func", "event"})

# Parts of a page that do nothing when asked for, whatever they are called: /static/payment.png, /js/appointment.js
PICTURES_AND_CODE = re.compile(r"\.(?:css|gif|ico|jpe?g|js|map|mjs|png|svg|ttf|webp|woff2?)$", re.IGNORECASE)


class AllowedRequest(Protocol):
    """What the pack allows: a method and a pattern, as in /api/*/save or /x.do?method=save* (`*` stops at a slash)."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...


@dataclass(frozen=True)
class Request:
    """One request as the browser is about to send it. `method` is what the server will take it for."""

    method: str
    url: str
    document: bool = False

    @classmethod
    def of(cls, method: str, url: str, *, document: bool, headers: Mapping[str, object]) -> "Request":
        """Reads the method that a server may take instead of the stated one (override headers, `_method`)."""
        for name, value in headers.items():
            if name.lower() in OVERRIDING_HEADERS:
                return cls(str(value).upper(), url, document)
        if method.upper() == "GET":
            for key, value in parse_qsl(urlsplit(url).query):
                if key.lower() == "_method":
                    return cls(value.upper(), url, document)
        return cls(method.upper(), url, document)

    @property
    def changes_something(self) -> bool:
        return self.method not in SAFE_METHODS

    @property
    def stays_local(self) -> bool:
        return urlsplit(self.url).scheme in LOCAL_SCHEMES

    @property
    def masked_path(self) -> str:
        return masked_path(urlsplit(self.url).path)


class Rules:
    """The rules of one portal."""

    def __init__(
        self, origins: Sequence[str], allowed: Sequence[AllowedRequest], forbidden_paths: Sequence[str]
    ) -> None:
        self._origins = frozenset(origin_of(origin) for origin in origins)
        self._allowed = tuple((rule.method.upper(), rule.path) for rule in allowed)
        self._forbidden = tuple(pattern.lower() for pattern in forbidden_paths)

    def allow(self, more: Sequence[AllowedRequest]) -> None:
        """Further requests may go out from now on; what submits stays refused."""
        self._allowed += tuple((rule.method.upper(), rule.path) for rule in more)

    def refusal(self, request: Request, *, navigating: bool) -> Why | None:
        """Why a request must not go out now, or None."""
        if request.stays_local:
            return None
        if origin_of(request.url) not in self._origins:
            return "other-origin"
        if self.submits(request):
            return "forbidden-path"
        parts = urlsplit(request.url)
        path = plain_path(parts.path) or "/"
        if request.changes_something and not self._allows(request.method, path, parts.query):
            return "not-allowed"
        if request.document and not navigating:
            return "navigation"
        return None

    def submits(self, request: Request) -> bool:
        """Whether the address would submit, book or pay, whatever the method; one that servers may read in two ways might."""
        if request.stays_local:
            return False
        parts = urlsplit(request.url)
        path = plain_path(parts.path)
        return path is None or self._forbids(path, parts.query)

    def _allows(self, method: str, path: str, query: str) -> bool:
        return any(method == allowed and _fits(pattern, path, query) for allowed, pattern in self._allowed)

    def _forbids(self, path: str, query: str) -> bool:
        """By the pack's patterns, and by what an address says in words, whether the pack knows it or not."""
        if any(_fits(pattern, path.lower(), query.lower()) for pattern in self._forbidden):
            return True
        spoken = [f"/{word}" for word in _dispatched(query)] + ([] if PICTURES_AND_CODE.search(path) else [path])
        return any(forbidden_path(words) is not None for words in spoken)


def _fits(pattern: str, path: str, query: str) -> bool:
    """A pattern without a query means every query."""
    of_path, asks, of_query = pattern.partition("?")
    return path_matches(of_path, path) and (not asks or path_matches(of_query, query))


def plain_path(path: str) -> str | None:
    """The path as a server may understand it: decoded, without `;parameters`, doubled or closing slashes.

    None when servers would disagree on what it means (an encoded `..`, a backslash, a null).

    >>> plain_path("/a//sub%6Dit/;jsessionid=1"), plain_path("/a/..%2fsubmit")
    ('/a/submit', None)
    """
    decoded = unquote(unquote(path))
    if "\\" in decoded or "\0" in decoded:
        return None
    plain = re.sub(r"/{2,}", "/", re.sub(r";[^/]*", "", decoded))
    if ".." in plain.split("/"):
        return None
    return plain if plain == "/" else plain.rstrip("/")


def origin_of(url: str) -> str:
    """`scheme://host:port` of an address, the scheme's own port left out; "" for what is no address.

    >>> origin_of("HTTP://Example.org:80/a?b"), origin_of("http://127.0.0.1:8000")
    ('http://example.org', 'http://127.0.0.1:8000')
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}{'' if port in (None, usual) else f':{port}'}"


def masked_path(path: str) -> str:
    """A path without what may identify a person: numbers, codes, and whatever is not a plain word, become `*`.

    >>> masked_path("/api/applications/8f3a92c1d0/sections/personal"), masked_path("/people/E12345678;jsessionid=1")
    ('/api/applications/*/sections/personal', '/people/*')
    """
    return "/".join("*" if _may_identify(segment) else segment for segment in path.split(";")[0].split("/"))


def _may_identify(segment: str) -> bool:
    digits = sum(char.isdigit() for char in segment)
    return digits >= 4 or len(segment) > 40 or re.fullmatch(r"[\w.~-]*", segment, re.ASCII) is None


def _dispatched(query: str) -> Iterator[str]:
    for key, value in parse_qsl(query, keep_blank_values=True):
        if not value:
            yield key
        elif key.lower() in DISPATCHING_KEYS:
            yield value
