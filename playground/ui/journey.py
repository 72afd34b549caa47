"""Where a visitor is, how they came there, and how they look at every page.

The third and the fourth of the rules of `playground.ui.session`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.links import Given
from playground.ui.address import Address, query_asked
from playground.ui.sheet import Sheet
from playground.ui.view import PageView, parted, view_of

KEY = "session"


class Journey:
    """The page a visitor is on, its address, and the link that waits to be read."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._here: str | None = None
        self._path: str | None = None
        self._link: Given | None = None
        self._look = Sheet(PageView())
        self._address = Address()

    @contextmanager
    def change(self) -> Iterator[None]:
        """Change what is remembered; a run that the browser has overtaken ends here."""
        with self._lock:
            # Streamlit tells a run to stop before it begins a newer one, and it hears that when
            # it asks for its state.  Asked under the lock, whoever goes on is the newest, or is
            # done before the newest changes anything.
            st.session_state.get(KEY)
            yield

    @property
    def entered(self) -> bool:
        """Whether the entry file has run."""
        return self._path is not None

    def enter(self, path: str) -> None:
        """A full run begins, of the page at that path."""
        with self.change():
            self._path = path

    def begin(self) -> None:
        """A run of a fragment begins."""
        with self.change():
            self._address.begin(self._path or "")

    def arrive(self) -> bool:
        """The page of a full run begins; whether its address is a link is decided here.

        Whether another page was shown before.
        """
        page, navigated = _asked_for()
        _, of_page = parted(query_asked())
        with self.change():
            self.look_ahead()
            came = page != self._here
            if self._is_link(of_page):
                self._link = of_page
            elif came:
                self._link = None
            self._address.begin(self._path or "", stepped=navigated)
            self._here = page
        return came

    def look_ahead(self) -> None:
        """How the page of a full run is looked at, if its address is a link that says it."""
        of_view, _ = parted(query_asked())
        with self.change():
            if self._is_link(of_view):
                self._look = view_of(of_view)

    def _is_link(self, said: Given) -> bool:
        """Whether this part of the address is read: it is empty where another page was chosen."""
        page, navigated = _asked_for()
        return self._here is None or navigated or (page != self._here and bool(said))

    def link(self) -> Given | None:
        """The link that waits to be read."""
        return self._link

    def end(self) -> None:
        """A full run is over: a link that still waits is one of a page that has no settings."""
        with self.change():
            self._link = None

    @property
    def view(self) -> Sheet:
        """How every page is looked at."""
        return self._look

    def look(self, view: PageView) -> None:
        """Look at every page so, in a callback."""
        with self._lock:
            self._look = Sheet(view)


def _asked_for() -> tuple[str, bool]:
    """The page that this run is of, and whether a step in the history asked for it."""
    context = get_script_run_ctx()
    return (context.page_script_hash, context.is_history_navigation) if context else ("", False)
