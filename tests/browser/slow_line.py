"""A line between browser and server that is slow, or dead, as a test wants it.

What is asked while an answer is on its way is then no matter of luck.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit


@contextmanager
def line_to(url: str, there: float = 0.0, back: float = 0.0) -> Iterator[Line]:
    """A line to the server at `url`, which hears the browser and is heard so many seconds later."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    line = Line(loop, urlsplit(url).port or 80, there, back)
    line.wait_for(line.begin())
    try:
        yield line
    finally:
        line.wait_for(line.end())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def slow_line(url: str, seconds: float) -> Iterator[str]:
    """The address at which the server at `url` is heard `seconds` later."""
    with line_to(url, back=seconds) as line:
        yield line.url


class Line:
    """Bytes to a port and back, in order and late; `url` is where it is picked up."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, port: int, there: float, back: float
    ) -> None:
        self.loop, self.port, self.there, self.back = loop, port, there, back
        self.ways: set[asyncio.Task] = set()
        self.up, self.deaf = True, False

    def wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def begin(self) -> None:
        self.server = await asyncio.start_server(self.connect, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def fall_silent(self) -> None:
        """Nothing arrives any more, in either direction, and nobody is told."""
        self.deaf = True

    def hang_up(self) -> None:
        """Cut all connections, and be there for none."""
        self.up = False
        self.wait_for(self.cut())

    def mend(self) -> None:
        """Be there again, for new connections."""
        self.up, self.deaf = True, False

    async def connect(self, heard: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        if not self.up:
            answer.close()
            return
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for way in (
            self.pass_on(heard, writer, self.there),
            self.pass_on(reader, answer, self.back),
        ):
            task = asyncio.create_task(way)
            self.ways.add(task)
            task.add_done_callback(self.ways.discard)

    async def pass_on(
        self, heard: asyncio.StreamReader, said: asyncio.StreamWriter, seconds: float
    ) -> None:
        """Everything heard until it ends, each piece so many seconds after it was heard."""
        loop = asyncio.get_running_loop()
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def listen() -> None:
            piece = b"?"
            while piece:
                try:
                    piece = await heard.read(65536)
                except ConnectionError:
                    piece = b""
                pieces.put_nowait((loop.time() + seconds, piece))

        listener = asyncio.create_task(listen())
        try:
            with suppress(ConnectionError):  # a tab was closed
                while (due := await pieces.get())[1]:
                    await asyncio.sleep(due[0] - loop.time())
                    if not self.deaf:
                        said.write(due[1])
                        await said.drain()
        finally:
            listener.cancel()
            said.close()

    async def cut(self) -> None:
        ways = [*self.ways]
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)

    async def end(self) -> None:
        """Hang up, and be called no more."""
        self.server.close()
        await self.cut()
