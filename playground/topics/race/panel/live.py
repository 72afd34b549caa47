"""A race in the player outside its own page: it follows the hand, wherever it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.player import GROUND, Track, bring_fans, player
from playground.topics.race import fan
from playground.topics.race.race import Race
from playground.topics.race.stage import charts, surface_map, tracks
from playground.ui.say import complain
from playground.ui.session import catch_missed


@dataclass(frozen=True)
class Kept:
    """Where a race is kept: how it is asked for, and changed in a callback."""

    get: Callable[[], Race]
    put: Callable[[Race], None]


def show(
    key: str,
    race: Race,
    kept: Kept,
    room: DeltaGenerator,
    height: int,
    *,
    sketched: bool = False,
    marks: Sequence[Track] = (),
) -> None:
    """The player with a race, its knobs and the ring of its start.

    sketched: without charts and what needs plotly.js.
    marks: what is drawn beside the runners.
    """
    runs = race.runs()
    player(
        surface_map(race.surface),
        [*tracks(race, runs), *marks],
        () if sketched else charts(race, runs),
        key=key,
        dials=() if sketched else fan.dials(race.surface),
        start=race.begin,
        height=height,
        room=room,
        sketched=sketched,
        on_start=lambda: kept.put(replace(kept.get(), start=_reported(key, "start"))),
        on_turn=lambda: _turn(kept, *st.session_state[key]["turn"]),
    )


def _reported(key: str, what: str) -> tuple[float, float]:
    x, y = st.session_state[key][what]
    return float(x), float(y)


def _turn(kept: Kept, slot: str, param: str, value: float) -> None:
    """A knob was turned, of a runner or of the ground."""
    race = kept.get()
    try:
        if slot == GROUND:
            race = replace(race, surface=race.surface.replace(**{param: value}))
        else:
            runner = dict(race.entries())[slot]
            rule = runner.optimizer.replace(**{param: value})
            race = race.with_runner(slot, replace(runner, optimizer=rule))
    except ValueError as error:
        complain(error)
    else:
        kept.put(race)


@st.fragment
def fans(key: str, kept: Kept) -> None:
    """What brings the fans of the knobs; it runs alone when one is touched."""
    catch_missed()  # a knob may be turned in the moment in which its fan is asked for
    bring_fans(key, lambda slot, param: fan.message(kept.get(), slot, param))
