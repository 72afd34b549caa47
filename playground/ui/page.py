"""What every page begins with."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from playground.player import bring
from playground.ui.controls import exact
from playground.ui.session import session
from playground.ui.tools import tools

APP = "Optimizer Playground"


def browser_title(page: StreamlitPage) -> str:
    """What the tab of the browser, its history and a screen reader call a page."""
    return f"{page.title} · {APP}" if page.url_path else APP


def enter(path: str) -> None:
    """The entry file has called `st.navigation`, and runs the page at that path."""
    session().enter(path)


def page(title: str, lead: str = "", *, compact: bool = False, controls: bool = True) -> None:
    """The title of a page and one sentence below it; the entry file has run, or runs now.

    compact: a title as small as text, where the picture needs the height.
    controls: whether it has any in the sidebar, which comes first: it pushes the page aside; and
        with them pictures that are drawn in the browser.

    A folder called `pages` makes a fresh Streamlit server run the page of a deep link by itself,
    without the entry file and so without navigation, until `st.navigation` is called for the
    first time.  So a page that finds itself alone calls it once and starts over.
    """
    mine = session()
    if not mine.entered:
        path = (st.context.url or "").rstrip("/").rpartition("/")[2]
        mine.enter(path)
        here = st.Page(_nothing, title="…", url_path=path or "here")
        st.navigation([st.Page(_nowhere, title="…", default=True), here], position="hidden")
        st.rerun()
    mine.begin_address(came=mine.arrive())
    if controls:
        with st.sidebar:
            exact()
        tools()
        bring()
    with st.container(key="title-compact" if compact else "title"):
        st.title(title)
    if lead:
        st.markdown(lead)


def _nothing() -> None:
    """A page to call `st.navigation` with."""


def _nowhere() -> None:
    """The default page beside it, because a default page has no path of its own."""
