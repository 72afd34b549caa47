"""The state of a page: one value, read from the address, drawn as controls, written back.

A page's state is a `Race` or a `Declared` value of its own.  The page never names a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from playground.declare import Declared
from playground.links import Reader, write_settings
from playground.ui.controls import controls
from playground.ui.say import plain

State = TypeVar("State")


def state(
    page: str,
    default: State,
    read: Callable[[Mapping[str, str], State], tuple[State, list[str]]],
) -> State:
    """The state a page starts from in this run: of a new link if there is one, else the last."""
    query = dict(st.query_params)
    kept = st.session_state.setdefault("pages", {})
    own = query == _links().get(page) or _is_echo(page, query)
    if page not in kept or (query and not own):
        chosen, problems = read(query, default)
        put(page, chosen)
        _shown(page)[:] = [query]
        st.session_state[f"{page}!problems"] = problems
    place = st.container()  # always there: what follows is mounted anew when it changes its place
    if complaints := st.session_state.get(f"{page}!problems"):
        sentence = plain("The link was not fully understood. " + " ".join(complaints))
        place.warning(sentence, icon=":material/link_off:")
    return st.session_state["pages"][page]


def put(page: str, value: Any) -> None:
    """Make `value` the state of a page: its controls forget what they said and show the value."""
    st.session_state.setdefault("pages", {})[page] = value
    st.session_state.pop(f"{page}!problems", None)
    for key in [k for k in st.session_state if str(k).startswith(f"{page}:")]:
        del st.session_state[key]


def keep(page: str, value: Any, link: dict[str, str]) -> None:
    """Remember what the controls said, and let the address say it too."""
    st.session_state["pages"][page] = value
    if link != _links().setdefault(page, link):  # something was changed: the complaint is read
        st.session_state.pop(f"{page}!problems", None)
    _links()[page] = link
    query = dict(st.query_params)
    _forget_before(page, query)
    if link != query:
        _shown(page).append(link)
        st.query_params.from_dict(link)


def _links() -> dict[str, dict[str, str]]:
    """The address every page wrote last, by which a new one is told from its own."""
    return st.session_state.setdefault("links", {})


def _is_echo(page: str, query: dict[str, str]) -> bool:
    """Whether this is an address the browser showed before it heard of the newest.

    Every message carries the address its sender saw.  Who moves a slider twice in a moment sends
    one that this page has replaced since; taken for a new link it would undo the second move.
    Only going back in the history means an older address.
    """
    context = get_script_run_ctx()
    back = context is not None and context.is_history_navigation
    return query in _shown(page) and not back


def _forget_before(page: str, query: dict[str, str]) -> None:
    """The browser shows `query` now; messages keep their order, so nothing older will come."""
    shown = _shown(page)
    if query in shown:
        del shown[: shown.index(query)]


def _shown(page: str) -> list[dict[str, str]]:
    """The addresses of the present page that a message on its way may carry, the oldest first."""
    name, shown = st.session_state.get("shown", (None, []))
    if name != page:
        name, shown = st.session_state["shown"] = (page, [])
    return shown


def settings(page: str, default: Declared) -> Any:
    """The whole round for a page whose state is one declared value: link, controls, link."""

    def read(query: Mapping[str, str], usual: Any) -> tuple[Any, list[str]]:
        reader = Reader(query)
        return reader.settings(usual), reader.finish()

    value = state(page, default, read)
    value = controls(value, f"{page}:")
    keep(page, value, write_settings(value))
    return value
