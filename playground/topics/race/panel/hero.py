"""The race on the first page: it plays, and follows the hand, but is nobody's setting."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from playground.player import bring, bring_fans, make_room, player
from playground.topics.race import fan
from playground.topics.race.race import Race
from playground.topics.race.scenes import OPENING
from playground.topics.race.stage import surface_map, tracks
from playground.ui.say import complain
from playground.ui.session import catch_missed, session

KEY = "hero"
FEW = replace(OPENING, runners=OPENING.runners[:2])
"""The first of the opening scene: they say what it is about, and fit beside the doors."""
HEIGHT = 420


@dataclass
class OnHome:
    """What the visitor has made of the race, until the page is loaded anew."""

    race: Race = FEW


def hero() -> None:
    """The race, with the knobs of its runners and the ring of its start."""
    bring()
    room = make_room(KEY)

    @st.fragment
    def live() -> None:
        catch_missed()
        race = session().memory(OnHome).race
        player(
            surface_map(race.surface),
            tracks(race, race.runs()),
            key=KEY,
            start=race.begin,
            height=HEIGHT,
            room=room,
            sketched=True,
            on_start=_start,
            on_turn=_turn,
        )

    live()
    _fans()


@st.fragment
def _fans() -> None:
    catch_missed()  # a knob may be turned in the moment in which its fan is asked for
    bring_fans(KEY, lambda slot, param: fan.message(session().memory(OnHome).race, slot, param))


def _start() -> None:
    mine = session().memory(OnHome)
    mine.race = replace(mine.race, start=tuple(st.session_state[KEY]["start"]))


def _turn() -> None:
    mine = session().memory(OnHome)
    slot, param, value = st.session_state[KEY]["turn"]
    runner = dict(mine.race.entries())[slot]
    try:
        optimizer = runner.optimizer.replace(**{param: value})
    except ValueError as error:
        complain(error)
    else:
        mine.race = mine.race.with_runner(slot, replace(runner, optimizer=optimizer))
