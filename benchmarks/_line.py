"""A slow line between a browser and a server: so many milliseconds there and back, so many megabits a second each way.

    with SlowLine(mock.url, latency=300, megabits=2) as line:
        ...  # a browser at line.url

Promises: it passes on every byte in order and changes none; a new connection waits one round trip, as TCP's greeting does;
all connections of one direction share the line. It listens on the loopback address and nowhere else.
"""

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

HOST = "127.0.0.1"
CHUNK = 16 * 1024


class _Direction:
    """One way of the line: what is sent waits until what was sent before is through."""

    def __init__(self, bytes_a_second: float) -> None:
        self._speed, self._free_at = bytes_a_second, 0.0

    def through_at(self, count: int, now: float) -> float:
        """When the last of so many bytes has left."""
        self._free_at = max(self._free_at, now) + count / self._speed
        return self._free_at


class SlowLine:
    """The line, in a thread of its own. `latency` is the round trip's, in milliseconds."""

    def __init__(self, url: str, *, latency: float, megabits: float) -> None:
        parts = urlsplit(url)
        self._to = (parts.hostname or HOST, parts.port or 80)
        self._half = latency / 2000
        self._there, self._back = (_Direction(megabits * 1e6 / 8) for _ in range(2))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slow-line", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = ""

    def __enter__(self) -> "SlowLine":
        self._thread.start()
        server = self._run(asyncio.start_server(self._connected, HOST, 0))
        self._server = server
        self.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _end(self) -> None:
        self._server.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        ends = [writer]
        try:
            with suppress(OSError, asyncio.CancelledError):
                far_reader, far_writer = await asyncio.open_connection(*self._to)
                ends.append(far_writer)
                await asyncio.sleep(2 * self._half)
                await asyncio.gather(
                    self._pass_on(reader, far_writer, self._there), self._pass_on(far_reader, writer, self._back)
                )
        finally:
            for end in ends:
                end.transport.abort()
            self._tasks.discard(task)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: _Direction) -> None:
        """What comes in goes out in order, each piece at its time; reading goes on meanwhile."""
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        sender = asyncio.create_task(self._send(pieces, writer))
        try:
            while piece := await reader.read(CHUNK):
                pieces.put_nowait((way.through_at(len(piece), self._loop.time()) + self._half, piece))
            pieces.put_nowait((self._loop.time() + self._half, b""))
            await sender
        finally:
            sender.cancel()

    async def _send(self, pieces: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
        while True:
            due, piece = await pieces.get()
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
        writer.close()
