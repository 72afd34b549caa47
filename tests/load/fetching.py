"""Files over HTTP as a browser gets them: a few lines that keep open, and cookies."""

from __future__ import annotations

import asyncio
import gzip
from typing import NamedTuple
from urllib.parse import urlsplit

PATIENCE = 60.0
"""Seconds after which an answer is given up."""
HTML = "text/html,application/xhtml+xml"


class Answer(NamedTuple):
    """Status and body, which is unpacked only if somebody asks."""

    status: int
    packed: bool
    body: bytes

    def text(self) -> str:
        """The body in letters."""
        return (gzip.decompress(self.body) if self.packed else self.body).decode()


class Jar:
    """The cookies of one browser."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def put(self, line: str) -> None:
        """Keep what a `Set-Cookie` says."""
        name, _, value = line.split(";")[0].partition("=")
        self.cookies[name.strip()] = value.strip()

    def header(self) -> dict[str, str]:
        """What goes with a request."""
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": said} if said else {}


class Line:
    """One connection to a server, opened when first used and kept open."""

    def __init__(self, url: str, jar: Jar) -> None:
        parts = urlsplit(url)
        self.host, self.port, self.netloc = parts.hostname, parts.port or 80, parts.netloc
        self.jar = jar
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, accept: str = "*/*") -> Answer:
        """The answer to a GET; a line that the server has closed is opened once more."""
        async with asyncio.timeout(PATIENCE):
            fresh = self.streams is None
            try:
                return await self._get(path, accept)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if fresh:
                    raise
                return await self._get(path, accept)

    async def _get(self, path: str, accept: str) -> Answer:
        if self.streams is None:
            self.streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self.streams
        headers = {"Host": self.netloc, "Accept": accept, "Accept-Encoding": "gzip, deflate, br"}
        said = "".join(
            f"{name}: {text}\r\n" for name, text in (headers | self.jar.header()).items()
        )
        writer.write(f"GET {path} HTTP/1.1\r\n{said}\r\n".encode())
        start, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        found: dict[str, str] = {}
        for line in lines:
            name, _, text = line.partition(":")
            if name.lower() == "set-cookie":
                self.jar.put(text)
            found[name.lower()] = text.strip()
        if found.get("transfer-encoding") == "chunked":
            body = await _chunks(reader)
        else:
            body = await reader.readexactly(int(found.get("content-length", 0)))
        if found.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(start.split()[1]), found.get("content-encoding") == "gzip", body)

    def close(self) -> None:
        """Hang up."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)
