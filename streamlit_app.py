"""Optimizer Playground: the server, and the list of pages it shows."""

from copy import copy
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.navigation.page import StreamlitPage
from streamlit.starlette import App

from playground.language import tr
from playground.ui.front import FrontPage
from playground.ui.mishap import tell_mishap
from playground.ui.page import browser_title, enter, language, leave
from playground.ui.ready import ready
from playground.ui.status import STATUS, Visits, told_of

ASSETS = Path(__file__).parent / "assets"
STYLE = ASSETS / "style.css"


@st.cache_resource(show_spinner=False)
def pages(spoken: str) -> dict[str, list[StreamlitPage]]:
    """All pages by section, in the language that is spoken now; their files are looked up once."""
    return {
        "": [st.Page("pages/home.py", title=tr("Home"), icon=":material/home:", default=True)],
        tr("Course"): [
            st.Page("pages/course.py", title=tr("Course"), icon=":material/school:"),
            st.Page("pages/gallery.py", title=tr("Gallery"), icon=":material/grid_view:"),
            st.Page("pages/teacher.py", title=tr("For the teacher"), icon=":material/co_present:"),
        ],
        tr("Optimizers"): [
            st.Page("pages/trajectories.py", title=tr("Trajectories"), icon=":material/landscape:"),
            st.Page(
                "pages/hyperparameters.py",
                title=tr("Hyper-parameter map"),
                icon=":material/grid_on:",
            ),
            st.Page("pages/basins.py", title=tr("Basin map"), icon=":material/workspaces:"),
        ],
        tr("Networks"): [
            st.Page(
                "pages/initialisation.py", title=tr("Initialisation"), icon=":material/casino:"
            ),
            st.Page(
                "pages/normalisation.py", title=tr("Normalisation"), icon=":material/straighten:"
            ),
            st.Page("pages/batches.py", title=tr("Mini-batches"), icon=":material/grain:"),
            st.Page(
                "pages/regularisation.py", title=tr("Regularisation"), icon=":material/compress:"
            ),
            st.Page("pages/losses.py", title=tr("Losses"), icon=":material/trending_down:"),
            st.Page("pages/dropout.py", title=tr("Dropout"), icon=":material/blur_on:"),
            st.Page("pages/gradient_check.py", title=tr("Gradient check"), icon=":material/rule:"),
            st.Page("pages/network.py", title=tr("A real network"), icon=":material/hub:"),
        ],
        tr("More"): [
            st.Page("pages/reference.py", title=tr("Reference"), icon=":material/menu_book:")
        ],
    }


def navigation(spoken: str) -> StreamlitPage:
    """The page that is asked for, and the way to all others, in that language."""
    known = pages(spoken)
    sections = {name: [copy(page) for page in known[name]] for name in known}
    return st.navigation(sections, position="top", expanded=True)


def visit() -> None:
    """A visitor's run."""
    # Before the navigation, whose icons would else be fetched from another server for the tab.
    st.set_page_config(page_icon=ASSETS / "icon.svg", layout="wide")
    if not FrontPage.serves:  # the server is another one, and its page has no style of ours
        st.html(STYLE)
    before = language()
    page = navigation(before)
    enter(page.url_path)
    if (now := language()) != before:  # the link says so, which is read once its page is known
        page = navigation(now)
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
