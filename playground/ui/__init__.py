"""From declarations to controls: with `player/` and `pages/`, the only Streamlit in the house."""

from playground.ui.page import page
from playground.ui.say import complain, literal, picture
from playground.ui.state import current, draw, in_sidebar, opened, put, settings

__all__ = [
    "complain",
    "current",
    "draw",
    "in_sidebar",
    "literal",
    "opened",
    "page",
    "picture",
    "put",
    "settings",
]
