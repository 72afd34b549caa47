"""One control and the widgets that show it by turns: see `playground.ui.session`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.scriptrunner import get_script_run_ctx

_WIDGET = re.compile(r"\$\$ID-[0-9a-f]+-(?P<key>.*?)(?:~(?P<turn>\d+))?$")
"""The name of a widget in a message: Streamlit's prefix, our key, the turn after the first."""


@dataclass(frozen=True)
class Control:
    """One control: how often it was given a value, which one, and what it last said.

    seen: the state of its widget when the page was last drawn by it.
    """

    turn: int
    given: Any
    said: Any
    seen: Any = None

    def widget(self, key: str) -> str:
        """The name of the widget that shows it now."""
        return f"{key}~{self.turn}" if self.turn else key

    def drawn(self, key: str) -> Control:
        """The page is drawn as its widget wants it."""
        return replace(self, seen=st.session_state.get(self.widget(key)))

    def moved(self, key: str) -> bool:
        """Whether its widget, if it is still there, wants something else by now."""
        return bool(st.session_state.get(self.widget(key), self.seen) != self.seen)


def turns_shown() -> dict[str, int]:
    """The turn of every control the browser shows, by the names of the widgets in its message."""
    turns: dict[str, int] = {}
    for state in _states():
        if name := _WIDGET.match(state.id):
            turns[name["key"]] = max(turns.get(name["key"], 0), int(name["turn"] or 0))
    return turns


def pressed() -> int:
    """How many widgets this message says were pressed."""
    return sum(_pressed(state) for state in _states())


def _pressed(state: WidgetState) -> bool:
    kind = state.WhichOneof("value") or ""
    said = getattr(state, kind) if "trigger" in kind else None
    if kind == "json_trigger_value":  # a mount's: of one that was not pressed, "null", as often
        while isinstance(said, str):  # encoded as it went to and fro
            said = json.loads(said)
    return bool(said)


def _states() -> Sequence[WidgetState]:
    """What the message says of every widget."""
    context = get_script_run_ctx()
    return context.session_state.get_widget_states() if context else ()
