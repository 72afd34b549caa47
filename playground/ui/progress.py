"""A bar for what takes long, and nothing for what does not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Protocol

import streamlit as st

PATIENCE = 0.2
"""Seconds after which the bar appears."""
NUMBERS = count()
"""Of the places of bars: the style knows them by name, and no name may stand twice on a page."""


class Tell(Protocol):
    """What tells the share done in words, and shows `more` below."""

    def __call__(self, share: float, words: str, more: Callable[[], object] = ...) -> None: ...


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """What tells how far a computation is, in a bar over the page, which it does not move.

    The bar appears once the visitor has waited a moment.  Every report is a place where Streamlit
    ends the run if the visitor has moved something meanwhile.
    """
    # In any case: what moves down a place is built anew by the browser.
    place = st.container(key=f"progress-{next(NUMBERS)}").empty()
    begun = time.monotonic()

    def tell(share: float, words: str, more: Callable[[], object] = lambda: None) -> None:
        if time.monotonic() - begun > PATIENCE:
            with place.container():
                st.progress(share, words)
                more()

    yield tell
    place.empty()
