"""The list of pages, by section.

Not in the entry file, which runs anew for every move: what is remembered is known by the function
that made it, and there it would be another one each time.
"""

from __future__ import annotations

from copy import copy

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from playground.language import tr
from playground.shelf import remembered


@remembered
def pages() -> dict[str, list[StreamlitPage]]:
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


def navigation() -> StreamlitPage:
    """The page that is asked for, and the way to all others, in the language spoken now."""
    known = pages()
    sections = {name: [copy(page) for page in known[name]] for name in known}
    return st.navigation(sections, position="top", expanded=True)
