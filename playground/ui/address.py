"""The address in the browser, which one hand writes: `js/address.js`, by orders from here.

Streamlit's own answer, `st.query_params`, says a query and no more, and the browser puts it on
whatever page and step of the history it shows by then.  An order says also which page it is for
and which step the run knew of.  `st.query_params` is told too: it is what the browser sends back
after a restart, and what a page around the app shows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.language import spoken_now, tr
from playground.links import Query
from playground.player.modules import joined

_mount = st.components.v2.component(
    "optimizer_playground_address",
    js=joined(Path(__file__).parent / "js" / "frame.js"),
    isolate_styles=False,
)


BEGINS = "begin"
"""The key of the orders that stand at the top of a page, outside all of its fragments."""


@dataclass(frozen=True)
class Location:
    """An address: the page's name in the path, "" at the root, and the query behind it."""

    page: str
    query: str


class Address:
    """The address of one visitor, as far as the server knows it."""

    def __init__(self) -> None:
        self._step: Location | None = None
        self._asked = Location("", "")
        self._by = token_hex(4)
        self._orders = 0

    def begin(self, page: str, stepped: bool = False) -> None:
        """A run begins, of that page; `stepped` where a step in the history asked for it."""
        self._asked = Location(_shown(), _query_string())
        if stepped:
            self._step = Location(page, _query_string())

    def order(self, key: str, page: str, link: Query, linked: bool = False) -> None:
        """Let the address be that of a page and what is set on it.

        A query that means the same already stays as it is spelled.  In the first run Streamlit is
        not told what it knows, because the hand may not be in its place yet.  What an order says
        is declared where it is read.
        """
        spelled = _query_string()
        known = query_asked() == {name: [text] for name, text in link.items()}
        if not known or self._orders:
            st.query_params.from_dict(link)
        if not known:
            spelled = _query_string()
        self._orders += 1
        order = {
            "to": asdict(Location(page, spelled)),
            "step": self._step and asdict(self._step),
            "asked": asdict(self._asked),
            "linked": linked,
            "by": self._by,
            "number": self._orders,
        }
        _send(key, order)

    def leave(self, key: str) -> None:
        """Order nothing; the hand is made ready."""
        _send(key, None)


def query_asked() -> dict[str, list[str]]:
    """The query this run was asked for with, or told since: every name with all its texts."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _query_string() -> str:
    context = get_script_run_ctx()
    return context.query_string if context else ""


def _shown() -> str:
    """The page in the path that the browser showed; Streamlit's own tells which one it runs."""
    context = get_script_run_ctx()
    url = context.context_info.url if context and context.context_info else ""
    return urlsplit(url).path.rpartition("/")[2]


def _send(key: str, order: dict[str, Any] | None) -> None:
    """Hand over an order; the part of the page that begins every run also watches the line."""
    down = _down() if key == BEGINS else ""
    with st.container(key=f"address-{key}"):
        _mount(
            key=f"{key}-address",
            data={"order": order, "language": spoken_now(), "down": down},
            on_again_change=_nothing,
        )


def _down() -> str:
    """What is said while the server cannot be reached."""
    return tr(
        "The connection to the server is interrupted. What you have set is kept and is taken up "
        "by itself once the connection is back."
    )


def _nothing() -> None:
    """The page runs anew with all that is set, which is all that was asked for."""
