"""What the server says of itself: in a line when it starts and stops, and to whoever asks.

Streamlit's own ``/_stcore/health`` says whether the server takes visitors.  All that pages need has
been imported before it does (`playground.ui.ready`), so what could still fail is a page: that shows
in the errors counted here.  To run a page for every probe instead, as Streamlit can, costs as much
as a visitor.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from playground.release import PARITY, VERSION
from playground.shelf import SHELF
from playground.ui.logbook import SELDOM, note, open_logbook

PATH = "/status"
COMMIT = "PLAYGROUND_COMMIT"
"""The variable of the environment by which an image says of what commit it is."""
BEGAN = time.monotonic()


class Visits:
    """Middleware of the server that counts the tabs that are open now."""

    now = 0

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        Visits.now += 1
        try:
            await self.app(scope, receive, send)
        finally:
            Visits.now -= 1


def identity() -> dict[str, Any]:
    """What runs here: its version, its commit where that is known."""
    given = os.environ.get(COMMIT, "")
    return {"version": VERSION, "commit": given if re.fullmatch("[0-9a-f]{7,40}", given) else None}


def status() -> dict[str, Any]:
    """What runs here, and how it is now; it computes nothing and knows nobody."""
    return {
        **identity(),
        "parity": PARITY._asdict(),
        "visits": Visits.now,
        "shelf_bytes": SHELF.size,
        "errors": SELDOM.errors,
        "uptime_seconds": uptime(),
    }


def uptime() -> int:
    """Seconds since the server was started."""
    return int(time.monotonic() - BEGAN)


async def _answer(_: Request) -> JSONResponse:
    return JSONResponse(status(), headers={"Cache-Control": "no-store"})


STATUS = Route(PATH, _answer)


@asynccontextmanager
async def told_of(_: Any) -> AsyncIterator[None]:
    """The life of the server, whose first and last lines are written around it."""
    open_logbook()
    note("start", **identity())
    try:
        yield
    finally:
        note("stop", uptime_seconds=uptime(), errors=SELDOM.errors, untold=SELDOM.untold())
