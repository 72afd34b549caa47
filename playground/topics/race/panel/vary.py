"""The panel that varies one number: what it makes of a runner, at several values, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from playground import player
from playground.language import tr
from playground.player import SurfaceMap
from playground.topics.race import multiples, vary
from playground.topics.race.panel.controls import PAGE
from playground.topics.race.race import Race
from playground.topics.race.vary import Varied
from playground.ui.say import complain, literal
from playground.ui.session import session
from playground.ui.state import current, put

KEY = "vary"


class Wanted:
    """Whether the link by which the visitor came asks for this panel; decided once."""

    said: bool | None = None


def wanted(race: Race) -> bool:
    """Whether the panel is open at first."""
    mine = session().memory(Wanted)
    if mine.said is None:
        mine.said = bool(race.vary)
    return mine.said


def panel(race: Race, ground: SurfaceMap) -> None:
    """Choose a runner and a number; its descents at several values, of which each can be taken."""
    varied = vary.varied_of(race)
    if varied is None:
        st.info(tr("Nobody runs yet: add a runner in the sidebar."))
        return
    names = {slot: runner.name for slot, runner in race.entries()}
    offered = {v.local: v.label for v in vary.numbers(race, varied.slot)}
    whose, which = st.columns(2)
    with whose:
        _menu(tr("Runner"), f"{KEY}-runner", names, varied.slot, _runner)
    with which:
        _menu(tr("Parameter"), f"{KEY}-number", offered, varied.local, _number)
    shown = multiples.at_several_values(race, varied, ground)
    own = len(shown.grounds) > 1
    player.small_multiples(shown, KEY, loaded=not own, on_choose=_choose)
    st.caption(
        tr(
            "The same descent at {} values of {}, all at the same step. A click on one takes its "
            "value into the race; Undo takes it back.",
            *(len(shown.titles), literal(varied.p.words)),
        )
    )


def _menu(label: str, key: str, names: dict[str, str], value: str, chosen: Any) -> None:
    """A menu whose choice is heard before anything is drawn."""
    name, _ = session().hold(key, value)
    options = list(names)
    st.selectbox(
        label,
        options,
        index=options.index(value),
        key=name,
        format_func=lambda option: names.get(option, option),
        on_change=chosen,
        args=(key, name),
    )
    session().heard({key: value})


def _runner(key: str, widget: str) -> None:
    """Another runner: the same number of it, or its first."""
    slot = st.session_state[widget]
    race: Race = current(PAGE)
    now = vary.varied_of(race)
    offered = [v.local for v in vary.numbers(race, slot)]
    same = now is not None and now.local in offered
    _vary(race, slot, now.local if now is not None and same else offered[0])
    session().heard({key: slot})


def _number(key: str, widget: str) -> None:
    local = st.session_state[widget]
    race: Race = current(PAGE)
    now = vary.varied_of(race)
    if now is not None:
        _vary(race, now.slot, local)
    session().heard({key: local})


def _vary(race: Race, slot: str, local: str) -> None:
    put(PAGE, replace(race, vary=f"{slot}.{local}"))


def _choose() -> None:
    """One of the descents was clicked: the race takes its value."""
    name, value = st.session_state[KEY]["choose"]
    race: Race = current(PAGE)
    varied: Varied | None = vary.every_number(race).get(name)
    if varied is None:
        return  # the runner has gone meanwhile
    try:
        put(PAGE, vary.with_value(race, varied, value))
    except ValueError as error:
        complain(error)
