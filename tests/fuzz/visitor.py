"""A visitor without a browser: any page of the app, at any query, run as the server runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from tests.support.source import ROOT

NAMES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
"""Every page."""
PATIENCE = 3600
"""Seconds until a run is given up; how long one may take is for the judge to say."""


@cache
def first() -> AppTest:
    """The app after a first run: it knows all pages and all components."""
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=PATIENCE).run()


@cache
def hashes() -> dict[str, str]:
    """What Streamlit calls each page, by its name."""
    pages = first()._registered_pages.items()
    return {info["url_pathname"] or "home": name for name, info in pages}


class KnownPages(PagesManager):
    """The pages of a server that has run the app before: it runs the entry file, not the page."""

    def __init__(self, *about: Any, **options: Any) -> None:
        PagesManager.uses_pages_directory = False
        super().__init__(*about, **options)


@contextmanager
def asking(**changes: Any) -> Iterator[None]:
    """What a browser says beside its widgets, and `AppTest` has no words for."""

    def asked(**given: Any) -> RerunData:
        return RerunData(**(given | changes)) if given else RerunData()

    with (
        patch.object(local_script_runner, "RerunData", asked),
        patch.object(app_test, "PagesManager", KnownPages),
    ):
        yield


class Visitor:
    """A session of the whole app, navigation included."""

    def __init__(self, page: str, query: str = "", **state: Any) -> None:
        self.page = page
        self.app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=PATIENCE)
        self.app._bidi_component_manager = first()._bidi_component_manager
        self.app._page_hash = hashes()[page]
        for key, value in state.items():
            self.app.session_state[key] = value
        self.open(query, history=False)

    def open(self, query: str, history: bool = True, extra: tuple[WidgetState, ...] = ()) -> None:
        """Run the page at a query as it stands in an address; `history`: by a step Back."""
        said = {state.id: state for state in self.app._tree.get_widget_states().widgets}
        said |= {state.id: state for state in extra}
        with asking(query_string=query, is_history_navigation=history):
            self.app._run(WidgetStates(widgets=said.values()))
        self.app._page_hash = self.app._finished_page_script_hash  # a button may have led away
        self.page = next(name for name, one in hashes().items() if one == self.app._page_hash)

    def turn(self, page: str, query: str, history: bool) -> None:
        """Go to a page by a step in the history, or by a link of the app."""
        self.page, self.app._page_hash = page, hashes()[page]
        self.open(query, history)

    def run(self, *extra: WidgetState) -> None:
        """Run the page for what the widgets say, and for what else is in the message."""
        self.open(self.query, False, extra)

    @property
    def query(self) -> str:
        """The query in the address, as the page has written it."""
        return urlencode(self.app.query_params, doseq=True)
