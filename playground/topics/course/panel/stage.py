"""What a lesson shows: before it is predicted at rest, afterwards live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from playground.figures.theme import RUNNERS
from playground.language import tr
from playground.player import Track, make_room, player
from playground.topics.course.asking import Where, place_of
from playground.topics.course.exhibits.exhibit import PageExhibit
from playground.topics.course.exhibits.races import RaceExhibit
from playground.topics.course.visit import Visit
from playground.topics.race import Race
from playground.topics.race.panel import live
from playground.ui.chapters import chart
from playground.ui.controls import Heard
from playground.ui.session import catch_missed, session
from playground.ui.state import current, drawn, put

PAGE = "course"
HEIGHT = 460
CROSS = 0.012
"""Half the width of a cross on the map, as a share of the map's."""
Point = tuple[float, float]


@dataclass
class Pointed:
    """The place that was shown on a lesson's map, and the lesson."""

    of: tuple[str, Point] | None = None


def before(visit: Visit, race: Race) -> Point | None:
    """A race at rest, and the place the visitor shows on its map."""
    mine = session().memory(Pointed)
    place = mine.of[1] if mine.of and mine.of[0] == visit.lesson else None
    key = f"before-{visit.lesson}"
    asks = isinstance(visit.about.asking, Where)

    def shown() -> None:
        x, y = st.session_state[key]["start"]
        mine.of = visit.lesson, (float(x), float(y))

    player(
        live.surface_map(race.surface),
        standing(race),
        key=key,
        start=place or race.begin,
        startable=asks,
        height=HEIGHT,
        room=make_room(key),
        sketched=True,
        on_start=shown if asks else None,
    )
    return place


def standing(race: Race) -> list[Track]:
    """The runners at their start, before they move."""
    return [
        Track(runner.name, RUNNERS[slot].colour, [race.begin], dash=RUNNERS[slot].dash)
        for slot, runner in race.entries()
    ]


def stage(visit: Visit, explain: Callable[[Visit], None]) -> None:
    """The run, live, and what is said of it."""
    exhibit = visit.about.exhibit
    key = f"run-{visit.lesson}"
    room = make_room(key) if isinstance(exhibit, RaceExhibit) else None
    kept = live.Kept(lambda: here().run, lambda race: put(PAGE, here().running(race)))

    @st.fragment
    def running() -> None:
        session().begin()
        now = here()
        if (now.lesson, now.guess, now.answer) != (visit.lesson, visit.guess, visit.answer):
            st.rerun(scope="app")
        if room is not None:
            live.show(key, now.run, kept, room, HEIGHT, marks=_guessed(now))
        else:
            assert isinstance(exhibit, PageExhibit)
            now = _charts(now, exhibit)
        explain(now)
        session().write_address(PAGE)
        catch_missed()

    running()
    if room is not None:
        live.fans(key, kept)


def _guessed(visit: Visit) -> list[Track]:
    """A cross at the place that was predicted."""
    if not isinstance(visit.about.asking, Where):
        return []
    colour = RUNNERS[visit.about.asking.fact].colour
    arm = CROSS * visit.about.facts(visit.run).measured("reach")
    cross = np.array([(-1, -1), (1, 1), (0, 0), (-1, 1), (1, -1)]) * arm
    return [Track(tr("where you said"), colour, place_of(visit.guess) + cross, ghost=True)]


def _charts(visit: Visit, exhibit: PageExhibit) -> Visit:
    """The controls that matter, and the pictures; the visit with what the controls say."""
    said: Heard = {}
    names = visit.about.controls
    with st.container(horizontal=True, key="lesson-controls"):
        state = drawn(visit.run, f"{PAGE}:{visit.lesson}", said, *names)
    visit = visit.running(state)
    session().keep(PAGE, visit, said)
    figures = exhibit.drawn(state)
    for i, (figure, column) in enumerate(zip(figures, st.columns(len(figures)), strict=True)):
        chart(figure, f"{visit.lesson}-{i}", column)
    return visit


def here() -> Visit:
    """The visit as it is now, for a callback or a fragment that changes it."""
    visit: Visit = current(PAGE)
    return visit
