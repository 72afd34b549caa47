"""The beginning of a lesson: a hundred browsers that have seen nothing open the page at once."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.load.browser import Answer, Browser, counted
from tests.load.fetching import HTML, Line

LANES = 6
"""Connections that a browser opens to one server."""
FILE = re.compile(r'(?:src|href)="(\./[^"]+)"')


@dataclass
class Opening:
    """What one browser saw: seconds until each was there, and what went wrong."""

    page: float = 0.0
    files: float = 0.0
    run: float = 0.0
    whole: float = 0.0
    size: int = 0
    count: int = 0
    errors: list[str] = field(default_factory=list)
    answer: Answer = field(default_factory=Answer)


async def opening(url: str, address: str, wait: float, static: bool) -> Opening:
    """Come after so many seconds, get the page, what it names, and let it run once."""
    await asyncio.sleep(wait)
    seen = Opening()
    browser = Browser(url, address)
    begun = time.perf_counter()
    try:
        page = await browser.line.get(f"/{address}", HTML)
        seen.page = time.perf_counter() - begun
        if page.status != 200:
            seen.errors.append(f"page: {page.status}")
        if static:
            await _files(browser, sorted(set(FILE.findall(page.text()))), seen)
        seen.files = time.perf_counter() - begun
        for name in ("health", "host-config"):
            await browser.line.get(f"/_stcore/{name}")
        seen.answer = await browser.open()
        seen.run = seen.answer.seconds
    except (OSError, TimeoutError, EOFError) as error:
        seen.errors.append(f"{type(error).__name__}: {error}")
    seen.whole = time.perf_counter() - begun
    await browser.close()
    return seen


async def _files(browser: Browser, names: list[str], seen: Opening) -> None:
    """Each file once, over as many lines as a browser has."""

    async def lane(line: Line) -> None:
        while names:
            name = names.pop()
            answer = await line.get(name.removeprefix("."))
            seen.size += len(answer.body)
            seen.count += 1
            if answer.status != 200:
                seen.errors.append(f"file: {answer.status}")

    lanes = [browser.line, *(Line(browser.url, browser.jar) for _ in range(LANES - 1))]
    try:
        await asyncio.gather(*map(lane, lanes))
    finally:
        for line in lanes[1:]:
            line.close()


async def storm(url: str, address: str, count: int, within: float, static: bool) -> list[Opening]:
    """So many browsers, evenly spread over so many seconds."""
    waits = (within * i / count for i in range(count))
    return list(await asyncio.gather(*(opening(url, address, w, static) for w in waits)))


def wrong(openings: list[Opening]) -> Counter[str]:
    """All that went wrong, by its kind."""
    answers = counted([seen.answer for seen in openings])
    return answers + Counter(error for seen in openings for error in seen.errors)
