"""The logbook of the server: a line of JSON for whatever goes wrong, with nothing of whom it met.

What an exception says may quote what a visitor typed, and Streamlit's own log prints that with the
whole traceback; the server beside it names addresses and queries.  So whatever they report passes
`Retold`, which lets nothing of its text through: a line holds the time, the page, the class of the
exception, the lines of ours that led to it, and a short name of that place, by which the same error
is known again.  It is said at once, then at most every `SILENCE` seconds, with its count.

What an exception says is never written, not even where it is ours: no rule keeps a value out of a
sentence that is made to tell of values.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

ROOT = Path(__file__).parents[2]
OURS = ("playground", "pages", "streamlit_app.py")
"""What of the root is ours; an environment with libraries may stand beside it."""
PAGES = frozenset(file.stem for file in (ROOT / "pages").glob("*.py"))
DEEPEST = 8
"""As many lines of ours tell where an error comes from, the last one being where it was raised."""
SILENCE = 60.0
"""Seconds for which a place that has been told of is only counted."""
PLACES = 500
"""As many places are known again; of more, what was told of longest ago is told anew."""
REPORTING = (
    *("streamlit.error_util", "streamlit.runtime.app_session", "streamlit.runtime.fragment"),
    *("streamlit.runtime.scriptrunner.script_runner", "uvicorn.error", "asyncio"),
)
"""The loggers in whose reports a visitor could be recognised."""

LOG = logging.getLogger("playground")


def note(event: str, level: int = logging.INFO, **told: Any) -> None:
    """Write a line; `told` is what it holds beside time, level and event, and knows nobody."""
    LOG.log(level, event, extra={"told": told})


def refuse(error: Exception) -> None:
    """Note that something was not computed, for a reason the visitor is told."""
    note("refused", page=page_shown(), **origin(error))


def page_shown() -> str:
    """The name of the page that runs, empty for the first one and outside any run.

    It is one of our own names: whatever else an address holds somebody has typed.
    """
    running = get_script_run_ctx(suppress_warning=True) is not None
    name = ((st.context.url if running else None) or "").rstrip("/").rpartition("/")[2]
    return name if name in PAGES else ""


def origin(error: BaseException) -> dict[str, Any]:
    """What is told of an error: its class, the lines that led to it, and the name of the place."""
    frames = list(traceback.walk_tb(error.__traceback__))
    lines = [(Path(frame.f_code.co_filename), line) for frame, line in frames]
    ours = [f"{name}:{line}" for file, line in lines if (name := _module(file))]
    if not ours and frames:
        frame, line = frames[-1]
        ours = [f"{frame.f_globals.get('__name__')}:{line}"]
    return {"error": type(error).__qualname__, **_placed(type(error).__qualname__, ours)}


def _module(file: Path) -> str:
    """The dotted name of a file of ours, empty for another's."""
    if not file.is_relative_to(ROOT):
        return ""
    within = file.relative_to(ROOT)
    return ".".join(within.with_suffix("").parts) if within.parts[0] in OURS else ""


def _placed(kind: str, lines: list[str]) -> dict[str, Any]:
    last = lines[-DEEPEST:]
    name = hashlib.sha256("\n".join([kind, *last]).encode()).hexdigest()[:8]
    return {"lines": last, "place": name}


class Retold(logging.Filter):
    """Of a library's report, a line of ours instead; what it says in passing stays unsaid."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return False
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            note("error", logging.ERROR, page=page_shown(), **origin(error))
        else:
            told = _placed("", [f"{record.name}:{record.lineno}"])
            note("report", record.levelno, page=page_shown(), **told)
        return False


class Seldom(logging.Filter):
    """What comes from one place is told at once, and then now and again with its count."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.errors = 0
        """All of them, told or not."""
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[float, int]] = {}  # when it was told, and how often not since

    def filter(self, record: logging.LogRecord) -> bool:
        told = getattr(record, "told", {})
        if (place := told.get("place")) is None:
            return True
        now = self._clock()
        with self._lock:
            self.errors += record.levelno >= logging.ERROR
            last, silent = self._seen.pop(place, (-math.inf, 0))
            speaks = now - last >= SILENCE
            self._seen[place] = (now, 0) if speaks else (last, silent + 1)
            if len(self._seen) > PLACES:
                del self._seen[next(iter(self._seen))]
        told["times"] = silent + 1
        return speaks

    def untold(self) -> dict[str, int]:
        """How often each place was heard of since it was told of."""
        with self._lock:
            return {place: silent for place, (_, silent) in self._seen.items() if silent}


class AsJSON(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = {"time": moment, "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(head | getattr(record, "told", {}))


SELDOM = Seldom()
"""The one of this process."""


def open_logbook() -> None:
    """From here on the server writes it to its standard error."""
    page = logging.StreamHandler()
    page.setFormatter(AsJSON())
    LOG.handlers[:] = [page]
    LOG.filters[:] = [SELDOM]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    for name in REPORTING:
        logger = logging.getLogger(name)
        logger.filters[:] = [*(f for f in logger.filters if not isinstance(f, Retold)), Retold()]
