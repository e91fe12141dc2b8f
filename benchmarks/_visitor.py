"""Somebody at a desk that runs as a process of its own, as far as its server can tell: a cookie, pages, forms, uploads."""

import html
import re
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote, urlencode, urlsplit

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_SECONDS = 120


@dataclass(frozen=True)
class Visit:
    """What came back."""

    status: int
    text: str
    cookie: str = ""

    @property
    def words(self) -> str:
        """What a person reads."""
        return html.unescape(re.sub(r"<[^>]+>", " ", self.text))

    def between(self, before: str, after: str) -> str:
        return html.unescape(self.text.partition(before)[2].partition(after)[0])


class Visitor:
    """Let in by a start address."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self.place, self._cookie = where.netloc, ""
        entered = self._ask("GET", f"{where.path}?{where.query}", b"", {})
        self._cookie = entered.cookie
        if entered.status != 303:
            raise RuntimeError("the start address does not let in")

    def get(self, path: str) -> Visit:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, data: Mapping[str, str]) -> Visit:
        return self._ask("POST", path, urlencode(data).encode(), _FORM)

    def upload(self, path: str, field: str, name: str, content: bytes) -> Visit:
        return self._ask("POST", path, *_multipart(field, name, content))

    def half_an_upload(self, path: str, field: str, name: str, content: bytes) -> None:
        """The browser is closed meanwhile."""
        body, headers = _multipart(field, name, content)
        lines = [f"POST {path} HTTP/1.1", f"Host: {self.place}", f"Content-Length: {len(body)}"]
        lines += [f"{key}: {value}" for key, value in {**self._headers(), **headers}.items()]
        host, _, port = self.place.partition(":")
        with closing(socket.create_connection((host, int(port)), timeout=_SECONDS)) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + body[: len(body) // 2])

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self._cookie, "Sec-Fetch-Site": "same-origin"}

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Visit:
        with closing(HTTPConnection(self.place, timeout=_SECONDS)) as asked:
            asked.request(method, path, body=body or None, headers={**self._headers(), **headers})
            answer = asked.getresponse()
            cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
            return Visit(answer.status, answer.read().decode("utf-8", "replace"), cookie)


def _multipart(field: str, name: str, content: bytes) -> tuple[bytes, dict[str, str]]:
    head = f'--line\r\nContent-Disposition: form-data; name="{field}"; filename="{quote(name, safe=" .")}"\r\n\r\n'
    return head.encode() + content + b"\r\n--line--\r\n", {"Content-Type": "multipart/form-data; boundary=line"}
