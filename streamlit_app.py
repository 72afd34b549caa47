"""Optimizer Playground: the server, and what every run of a visitor is."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.starlette import App

from playground.ui.front import FrontPage
from playground.ui.mishap import tell_mishap
from playground.ui.navigation import navigation
from playground.ui.page import browser_title, enter, language, leave
from playground.ui.ready import ready
from playground.ui.status import STATUS, Visits, told_of

ASSETS = Path(__file__).parent / "assets"
STYLE = ASSETS / "style.css"


def visit() -> None:
    """A visitor's run."""
    # Before the navigation, whose icons would else be fetched from another server for the tab.
    st.set_page_config(page_icon=ASSETS / "icon.svg", layout="wide")
    if not FrontPage.serves:  # the server is another one, and its page has no style of ours
        st.html(STYLE)
    before = language()
    page = navigation()
    enter(page.url_path)
    if language() != before:  # the link says so, which is read once its page is known
        page = navigation()
    st.set_page_config(browser_title(page))
    page.run()
    leave()


if __name__ == "__main__":
    visit()
else:  # imported by `streamlit run`, which serves it
    ready()
    app = App(
        __file__,
        lifespan=told_of,
        routes=[STATUS],
        middleware=[Middleware(FrontPage, style=STYLE), Middleware(Visits)],
        on_script_error=tell_mishap,
    )
