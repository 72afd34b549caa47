"""What every page begins with."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from playground.player import bring, bring_plotly
from playground.ui.controls import exact
from playground.ui.session import catch_missed, session
from playground.ui.tools import tools
from playground.ui.viewing import language_switch, style, way_out

APP = "Optimizer Playground"


def browser_title(page: StreamlitPage) -> str:
    """What the tab of the browser, its history and a screen reader call a page."""
    return f"{page.title} · {APP}" if page.url_path else APP


def enter(path: str) -> None:
    """The entry file has called `st.navigation`, and runs the page at that path."""
    session().enter(path)
    session().look_ahead()


def leave() -> None:
    """The page has run."""
    session().end()


def language() -> str:
    """The language of this visitor, as far as it is known before the page is."""
    return session().view.value.language


def page(title: str, lead: str = "", *, stage: bool = False, controls: bool = True) -> None:
    """The title of a page and one sentence below it; the entry file has run, or runs now.

    stage: its player is the page: the title is as small as text, for it needs the height, and its
        map is there, and moves, before plotly.js is asked for.
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
    style()
    language_switch()
    if controls:
        with st.sidebar:
            exact()
        tools()
        if stage:
            _bring_on_demand()
        else:
            bring()
            bring_plotly()
    with st.container(key="title-compact" if stage else "title"):
        st.title(title)
        way_out()
    if lead:
        with st.container(key="lead"):
            st.markdown(lead)


@st.fragment
def _bring_on_demand() -> None:
    """The code, and plotly.js when the browser, which has other work at first, asks for it."""
    catch_missed()
    if bring():
        bring_plotly()


def _nothing() -> None:
    """A page to call `st.navigation` with."""


def _nowhere() -> None:
    """The default page beside it, because a default page has no path of its own."""
