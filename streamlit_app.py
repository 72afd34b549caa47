"""Optimizer Playground: the server, and the list of pages it shows."""

from copy import copy
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.navigation.page import StreamlitPage
from streamlit.starlette import App

from playground.ui.front import FrontPage
from playground.ui.page import browser_title, enter
from playground.ui.ready import ready

ASSETS = Path(__file__).parent / "assets"
STYLE = ASSETS / "style.css"


@st.cache_resource(show_spinner=False)
def pages() -> dict[str, list[StreamlitPage]]:
    """All pages by section; their files are looked up once, not in every run."""
    return {
        "": [st.Page("pages/home.py", title="Home", icon=":material/home:", default=True)],
        "Course": [
            st.Page("pages/course.py", title="Course", icon=":material/school:"),
            st.Page("pages/gallery.py", title="Gallery", icon=":material/grid_view:"),
            st.Page("pages/teacher.py", title="For the teacher", icon=":material/co_present:"),
        ],
        "Optimizers": [
            st.Page("pages/trajectories.py", title="Trajectories", icon=":material/landscape:"),
            st.Page(
                "pages/hyperparameters.py",
                title="Hyper-parameter map",
                icon=":material/grid_on:",
            ),
            st.Page("pages/basins.py", title="Basin map", icon=":material/workspaces:"),
        ],
        "Networks": [
            st.Page("pages/initialisation.py", title="Initialisation", icon=":material/casino:"),
            st.Page("pages/normalisation.py", title="Normalisation", icon=":material/straighten:"),
            st.Page("pages/batches.py", title="Mini-batches", icon=":material/grain:"),
            st.Page("pages/regularisation.py", title="Regularisation", icon=":material/compress:"),
            st.Page("pages/losses.py", title="Losses", icon=":material/trending_down:"),
            st.Page("pages/dropout.py", title="Dropout", icon=":material/blur_on:"),
            st.Page("pages/gradient_check.py", title="Gradient check", icon=":material/rule:"),
            st.Page("pages/network.py", title="A real network", icon=":material/hub:"),
        ],
        "More": [st.Page("pages/reference.py", title="Reference", icon=":material/menu_book:")],
    }


def visit() -> None:
    """A visitor's run."""
    # Before the navigation, whose icons would else be fetched from another server for the tab.
    st.set_page_config(page_icon=ASSETS / "icon.svg", layout="wide")
    if not FrontPage.serves:  # the server is another one, and its page has no style of ours
        st.html(STYLE)
    known = pages()
    sections = {name: [copy(page) for page in known[name]] for name in known}
    page = st.navigation(sections, position="top", expanded=True)
    st.set_page_config(browser_title(page))
    enter(page.url_path)
    page.run()


if __name__ == "__main__":
    visit()
else:  # imported by `streamlit run`, which serves it
    ready()
    app = App(__file__, middleware=[Middleware(FrontPage, style=STYLE)])
