"""One visitor's long computation does not hold up the others', and ends when it is not awaited.

All runs of a process share one interpreter, and by turns of some milliseconds each gets as much of
it as any other: beside one that computes for ten seconds, a run of twenty milliseconds takes forty.
So a run that has computed for long waits, at the places the engine offers
(`playground.giving_way`), while shorter ones are at work.  It is never stopped altogether: however
many come, it does a slice now and then.
"""

from __future__ import annotations

import threading
import time
from weakref import WeakSet

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.ui.journey import KEY

LONG = 0.1
"""Seconds of processor time after which a run is a long one."""
SLICE = 0.004
"""Seconds that it computes before it looks whether a shorter run is at work."""
MOST = 0.05
"""Seconds it waits for them at most, for each slice."""
BREATH = 1e-4
"""Seconds that it lies still after each slice.

Whoever wants the interpreter is promised it after five milliseconds, but that clock begins anew
each time it is let go, and NumPy lets go in some functions (`argmax`) for a microsecond: too short
to be woken in.  Beside a loop of small arrays the server itself has waited for half a second.
"""
LOOK = 0.002
"""Seconds between two looks while it waits."""

_patient: WeakSet[threading.Thread] = WeakSet()
"""The threads of long runs, and of those that wait for what another one computes."""


class _Slice(threading.local):
    """When the present slice of a run's thread ends."""

    end = 0.0


_slice = _Slice()


def courteous(idle: bool = False) -> None:
    """Called by a computation at the places where it may give way."""
    if time.monotonic() < _slice.end and not idle:
        return
    if get_script_run_ctx(suppress_warning=True) is not None:
        _heed()
        if idle:  # whoever it waits for need not wait for it
            _patient.add(threading.current_thread())
        elif time.thread_time() > LONG:
            _let_through()
        time.sleep(BREATH)
    _slice.end = time.monotonic() + SLICE


def _heed() -> None:
    """End here if the visitor has gone or has moved something: Streamlit looks when it is asked."""
    _ = KEY in st.session_state


def _let_through() -> None:
    """Wait while a shorter run is at work, but not for ever."""
    _patient.add(threading.current_thread())
    until = time.monotonic() + MOST
    while _short_ones() and time.monotonic() < until:
        time.sleep(LOOK)
        _heed()


def _short_ones() -> bool:
    """Whether a run is at work that is not a long one; Streamlit gives their threads one name."""
    runs = threading.current_thread().name
    return any(thread.name == runs and thread not in _patient for thread in threading.enumerate())
