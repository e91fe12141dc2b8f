"""A slow line takes the time it says, and nothing of what it carries is lost."""

import hashlib
import http.server
import threading
import time
import urllib.request
from collections.abc import Iterator

import pytest

from benchmarks._line import SlowLine

BODY = bytes(range(256)) * 400


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_words: object) -> None: ...


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as one:
        thread = threading.Thread(target=one.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{one.server_port}/"
        one.shutdown()


def fetched(url: str) -> tuple[bytes, float]:
    start = time.monotonic()
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read(), time.monotonic() - start


def test_every_byte_arrives_unchanged_and_no_sooner_than_the_line_allows(server: str):
    with SlowLine(server, latency=100, megabits=2) as line:
        body, seconds = fetched(line.url)
    assert hashlib.sha256(body).digest() == hashlib.sha256(BODY).digest()
    # One round trip for the connection, one for the question, and 102,400 bytes at 250,000 a second.
    assert seconds >= 0.2 + len(BODY) / 250_000


def test_connections_share_the_line(server: str):
    with SlowLine(server, latency=0, megabits=4) as line:
        start = time.monotonic()
        threads = [threading.Thread(target=fetched, args=(line.url,)) for _ in range(3)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert time.monotonic() - start >= 3 * len(BODY) / 500_000


def test_a_line_that_is_taken_away_leaves_no_thread(server: str):
    with SlowLine(server, latency=0, megabits=100) as line:
        fetched(line.url)
    assert not [one for one in threading.enumerate() if one.name == "slow-line"]
