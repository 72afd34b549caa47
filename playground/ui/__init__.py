"""From declarations to controls: with `player/` and `pages/`, the only Streamlit in the house."""

from playground.ui.controls import choose, control, controls
from playground.ui.page import page
from playground.ui.say import complain, picture, plain
from playground.ui.state import keep, put, settings, state

__all__ = [
    "choose",
    "complain",
    "control",
    "controls",
    "keep",
    "page",
    "picture",
    "plain",
    "put",
    "settings",
    "state",
]
