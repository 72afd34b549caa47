"""A row of places to go to: each is pressed, none is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st


def chips(key: str, titles: Mapping[str, str], lit: str | None, go: Callable[[str], None]) -> None:
    """One chip a title in a row that scrolls; the lit one is where the visitor is.

    They are buttons: a menu would have a value of its own, which a message on its way could bring
    back after a control has changed what is lit.
    """
    with st.container(key=key, horizontal=True, gap="xxsmall", wrap=False):
        for name, title in titles.items():
            here = name == lit
            st.button(
                f":primary[{title}]" if here else title,
                key=f"chip-{key}-{name}",
                type="primary" if here else "secondary",
                on_click=go,
                args=(name,),
            )
