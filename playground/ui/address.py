"""The address in the browser, which one hand writes: `js/address.js`, by orders from here.

Streamlit's own answer, `st.query_params`, says a query and no more, and the browser puts it on
whatever page and step of the history it shows by then.  An order says also which page it is for
and which step the run knew of.  `st.query_params` is told too: it is what the browser sends back
after a restart, and what a page around the app shows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.links import Query
from playground.player.modules import joined

_mount = st.components.v2.component(
    "optimizer_playground_address",
    js=joined(Path(__file__).parent / "js" / "address.js"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Place:
    """An address: the page's name in the path, "" at the root, and the query behind it."""

    page: str
    query: str


@dataclass(frozen=True)
class Order:
    """What the address shall be.

    step: the last step in the browser's history that was heard of.
    linked: whether it is a link's own meaning, which makes no step of its own.
    """

    to: Place
    step: Place | None
    linked: bool


class Address:
    """The address of one visitor, as far as the server knows it."""

    def __init__(self) -> None:
        self._step: Place | None = None
        self._orders = 0

    def stepped(self, page: str) -> None:
        """The visitor took a step in the history, to the address this run was asked for with."""
        self._step = Place(page, _query_string())

    def order(self, key: str, page: str, link: Query, linked: bool = False) -> None:
        """Let the address be that of a page and what is set on it.

        A query that means the same already stays as it is spelled.  In the first run Streamlit is
        not told what it knows, because the hand may not be in its place yet.
        """
        spelled = _query_string()
        known = asked() == {name: [text] for name, text in link.items()}
        if not known or self._orders:
            st.query_params.from_dict(link)
        if not known:
            spelled = _query_string()
        self._orders += 1  # sent too, or the browser would take two alike for one
        order = asdict(Order(Place(page, spelled), self._step, linked))
        _send(key, order | {"number": self._orders})

    def leave(self, key: str) -> None:
        """Order nothing; the hand is made ready."""
        _send(key, None)


def asked() -> dict[str, list[str]]:
    """The query this run was asked for with, or told since: every name with all its texts."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _query_string() -> str:
    context = get_script_run_ctx()
    return context.query_string if context else ""


def _send(key: str, data: dict[str, Any] | None) -> None:
    with st.container(key=f"address-{key}"):
        _mount(key=f"{key}-address", data=data)
