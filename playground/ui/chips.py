"""A row of places to go to: each is pressed, none is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from playground.player.modules import joined

_mount = st.components.v2.component(
    "optimizer_playground_chips",
    js=joined(Path(__file__).parent / "js" / "chips.js"),
    isolate_styles=False,
)


def chips(
    key: str, label: str, titles: Mapping[str, str], lit: str | None, go: Callable[[str], None]
) -> None:
    """One chip a title in a row that scrolls; the lit one is where the visitor is.

    label: what the row is called where it is not seen.

    They are buttons: a menu would have a value of its own, which a message on its way could bring
    back after a control has changed what is lit.  A button each would be an element each, which
    cost Streamlit more than a race costs us.
    """
    name = f"chips-{key}"

    def press() -> None:
        place = st.session_state[name]["go"]
        if place in titles:  # a browser may say anything
            go(place)

    with st.container(key=f"chips-{key}-row"):
        _mount(
            key=name,
            data={"label": label, "titles": dict(titles), "lit": lit},
            on_go_change=press,
        )
