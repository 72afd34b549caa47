"""A line that is slow towards the browser: what the server says arrives late, and in order.

What is asked while an answer is on its way is then no matter of luck.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


@contextmanager
def slow_line(url: str, seconds: float) -> Iterator[str]:
    """The address at which the server at `url` is heard `seconds` later."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    line = Line(urlsplit(url).port or 80, seconds)
    server = asyncio.run_coroutine_threadsafe(
        asyncio.start_server(line.connect, "127.0.0.1", 0), loop
    ).result()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(line.end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Line:
    """Bytes to a port at once, and back late."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port, self.seconds = port, seconds
        self.ways: set[asyncio.Task] = set()

    async def connect(self, heard: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for way in (self.pass_on(heard, writer, 0.0), self.pass_on(reader, answer, self.seconds)):
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
                    said.write(due[1])
                    await said.drain()
        finally:
            listener.cancel()
            said.close()

    async def end(self, server: asyncio.Server) -> None:
        """Hang up, and be called no more."""
        server.close()
        ways = [*self.ways]
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
