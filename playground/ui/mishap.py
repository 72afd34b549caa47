"""What a visitor reads where a page could not go on."""

from __future__ import annotations

from itertools import count

import streamlit as st

from playground.language import tr
from playground.ui.logbook import page_shown

MISHAPS = count()
"""Of the places where it is said: the style knows them by name, and several may be on a page."""


def tell_mishap(_: Exception) -> bool:
    """Say what can be done, instead of Streamlit's box: the cause is no business of a visitor's.

    Called by Streamlit in the run that failed, after it has reported the error, which the logbook
    retells.  Returns that the visitor has been told.
    """
    with st.container(key=f"mishap-{next(MISHAPS)}"):
        st.warning(
            tr(
                "This part of the page could not be shown. Take your last change back with the "
                "Back button of your browser, or [open the page as it was at first]({}). We are "
                "told where in our program it happened, and nothing of what you had set.",
                f"./{page_shown()}",
            ),
            icon=":material/healing:",
        )
    return True
