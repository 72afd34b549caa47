"""The settings of a page: one value, read from its link, drawn as controls, kept, written back.

A page's value is a `Declared` value or another one that can be read from a link and written as
one, such as a `Race`.  `playground.ui.session` says why this cannot go wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from playground.declare import Declared
from playground.kinds import MEMBER, Param
from playground.language import tr
from playground.links import Given, read_settings, write_settings
from playground.ui.controls import Heard, choose, control, controls
from playground.ui.refusals import fitted
from playground.ui.session import Write, session
from playground.ui.sheet import Sheet
from playground.ui.viewing import misread

Value = TypeVar("Value")
Read = Callable[[Given, Any], tuple[Any, list[str]]]


def opened(
    page: str, default: Value, read: Read = read_settings, write: Write = write_settings
) -> Value:
    """The settings a page starts from in this run: of the link it came by, else the last ones."""
    mine = session()
    mine.arrive()
    link = mine.link()
    known = mine.sheet(page)
    found = None
    if link is not None or known is None:
        value, problems = read(link or {}, default)
        found = Sheet(value, tuple(problems), linked=link is not None)
    sheet = mine.open(page, write, found)
    place = st.container()  # always there: what follows is mounted anew when it changes its place
    if sheet.problems:
        misread(sheet.problems, place)
    return sheet.value


def draw(page: str, value: Declared, *names: str) -> Any:
    """The controls of some of the settings, here."""
    said: Heard = {}
    value = drawn(value, page, said, *names)
    keep(page, value, said, *names)
    return value


def drawn(value: Declared, page: str, said: Heard, *names: str) -> Any:
    """The value that the controls of some of its settings make, with what they said to be kept."""
    params = {p.name: p for p in value.params()}
    heard: dict[str, Heard] = {name: {} for name in names}
    changes = {name: _one(page, params[name], getattr(value, name), heard[name]) for name in names}
    return fitted(value, changes, f"{page}:", heard, said)


def keep(page: str, value: Declared, said: Heard, *names: str) -> None:
    """Keep what the controls of some settings said; after the last ones the address says it too."""
    drawn = session().keep(page, value, said, *names)
    if drawn >= {p.name for p in value.params()}:
        session().write_address(page)


def in_sidebar(page: str, value: Declared, *names: str) -> Any:
    """The controls of these settings in the sidebar, the rarely used ones among them under More."""
    rare = {p.name for p in value.params() if p.more}
    with st.sidebar:
        value = draw(page, value, *(name for name in names if name not in rare))
        if rare & set(names):
            with st.expander(tr("More")):
                value = draw(page, value, *(name for name in names if name in rare))
    return value


def _one(page: str, p: Param, current: Any, said: Heard) -> Any:
    key = f"{page}:{p.name}"
    if p.kind is MEMBER:
        return choose(p.label.capitalize(), p.family, current, key, said)
    return control(p, current, key, said)


def settings(page: str, default: Declared) -> Any:
    """The whole round for a page whose settings are drawn in one place."""
    value = opened(page, default)
    said: Heard = {}
    value = controls(value, f"{page}:", said)
    keep(page, value, said, *(p.name for p in value.params()))
    return value


def put(page: str, value: Any) -> None:
    """Set a page, in a callback; its controls follow."""
    session().put(page, value)


def current(page: str) -> Any:
    """What is set on a page, for a callback that changes it."""
    sheet = session().sheet(page)
    return sheet and sheet.value


def complains(page: str) -> bool:
    """Whether something of the page's link was not understood, and nothing was set since."""
    sheet = session().sheet(page)
    return bool(sheet and sheet.problems)
