"""What only the browser can do: go on by a key, keep a text, print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from playground.player.modules import joined

_JS = Path(__file__).parent / "js"
_pager = st.components.v2.component(
    "optimizer_playground_pager", js=joined(_JS / "pager.js"), isolate_styles=False
)
_keepsake = st.components.v2.component(
    "optimizer_playground_keepsake", js=joined(_JS / "keepsake.js"), isolate_styles=False
)
_printing = st.components.v2.component(
    "optimizer_playground_printing", js=joined(_JS / "printing.js"), isolate_styles=False
)


def pager(key: str, label: str, place: str, back: str, on: str, go: Callable[[bool], None]) -> None:
    """Buttons back and on, with the keys P and N, about the words that say where one is.

    back, on: what lies there; empty at an end.
    go: called with whether the way is on.
    """
    name = f"pager-{key}"
    with st.container(key=f"pager-{key}-row"):
        _pager(
            key=name,
            data={"label": label, "place": place, "back": back, "on": on},
            on_go_change=lambda: go(st.session_state[name]["go"] == "on"),
        )


def keepsake(name: str, text: str, between: str, within: str, found: Callable[[str], None]) -> None:
    """Keep the entries of a text in the browser under a name, beside those it keeps already.

    between, within: what sets entries apart, and the key of an entry from the rest.
    found: called with the text that was kept there, when the page begins without one.
    """
    key = f"keepsake-{name}"
    with st.container(key=f"playground-aside-{key}"):
        _keepsake(
            key=key,
            data={
                "name": f"optimizer-playground-{name}",
                "text": text,
                "between": between,
                "within": within,
            },
            on_found_change=lambda: found(str(st.session_state[key]["found"])),
        )


def print_button(key: str, label: str) -> None:
    """A button that prints the page as it is."""
    _printing(key=f"print-{key}", data={"label": label})
