"""The controls of a race: surface, start, runners and conditions, kept in the sidebar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from playground.clipping import Clipping
from playground.figures.theme import RUNNERS
from playground.language import tr
from playground.optimizers import Optimizer
from playground.schedules import Schedule
from playground.surfaces import Surface
from playground.topics.race.cost import bound_in_words
from playground.topics.race.link import read, write
from playground.topics.race.race import SLOTS, Conditions, Race, Runner
from playground.topics.race.scenes import OPENING
from playground.ui.controls import Heard, choose, controls, round_step
from playground.ui.say import literal
from playground.ui.session import session
from playground.ui.state import complains, current, opened, put

PAGE = "trajectories"


class Opened:
    """The slots whose controls are open; after a restart, those the browser shows."""

    def __init__(self) -> None:
        shown = session().shows
        self.slots = {slot for slot in SLOTS if shown(f"{PAGE}:{slot}.")}


class OnPage:
    """What the page that is shown was drawn for."""

    race: Race | None = None
    opened: frozenset[str] | set[str] = frozenset()
    complaint: bool = False
    """Whether it says that its link was not understood."""


class Frame(NamedTuple):
    """What only a full run of the page draws: all but the surface and the runners that are open.

    The page below runs as a fragment: moving a slider of the surface or of an open runner runs
    that slider's few neighbours and the player again, not the other controls, which cost Streamlit
    more than all simulations together.
    """

    race: Race
    ground: DeltaGenerator
    """Where the controls of the surface go."""
    places: dict[str, DeltaGenerator]
    """Where the controls of each open runner go."""


def race_frame() -> Frame:
    """The conditions, the closed runners, and room for the surface and the open runners."""
    race = opened(PAGE, OPENING, read, lambda race: write(race, OPENING))
    drawn = session().memory(OnPage)
    drawn.complaint = complains(PAGE)
    said: Heard = {}
    with st.sidebar:
        st.header(tr("Surface"))
        ground = st.container()
        st.header(tr("Runners"))
        places = {}
        for slot, runner in race.entries():
            place = st.container(key=f"runner-{slot}", border=True, gap="small")
            if slot in _opened():
                places[slot] = place
            else:
                _head(place, slot, runner)
        if None in race.runners:
            st.button(tr("Add a runner"), icon=":material/add:", on_click=_add, width="stretch")
        st.header(tr("Conditions"))
        conditions: Conditions = controls(race.conditions, f"{PAGE}:", said)
        race = replace(race, conditions=conditions)
        if bound := bound_in_words(race):
            st.caption(bound)
    session().keep(PAGE, race, said)
    drawn.opened = set(_opened())
    return Frame(race, ground, places)


def live_race(frame: Frame) -> Race:
    """The race with what surface and open runners are set to; all else as the frame drew it."""
    session().begin()
    race: Race = current(PAGE)  # a callback may have changed it since
    closed = [(slot, r) for slot, r in race.entries() if slot not in _opened()]
    drawn = [(slot, r) for slot, r in frame.race.entries() if slot not in frame.places]
    there = [slot for slot, _ in race.entries() if slot in _opened()]  # one may be removed
    if (race.conditions, closed, there) != (frame.race.conditions, drawn, [*frame.places]):
        st.rerun(scope="app")
    said: Heard = {}
    with frame.ground:
        race = _ground(race, said)
    for slot, place in frame.places.items():
        with place:
            head = st.container()
            runner = _settings(slot, dict(race.entries())[slot], said)
        _head(head, slot, runner)
        race = race.with_runner(slot, runner)
    session().keep(PAGE, race, said)
    if race.conditions != frame.race.conditions:  # cut to what fits: the sidebar says it
        st.rerun(scope="app")
    session().write_address(PAGE)
    session().memory(OnPage).race = race
    return race


def catch_up() -> None:
    """Run the whole page where this run, of a fragment, leaves out what happened beside."""
    drawn = session().memory(OnPage)
    read = drawn.complaint and not complains(PAGE)
    if read or session().missed() or (current(PAGE), _opened()) != (drawn.race, drawn.opened):
        st.rerun(scope="app")


def _ground(race: Race, said: Heard) -> Race:
    """The race on the surface, and from the start, that its controls say."""
    key = f"{PAGE}:surface"
    surface: Surface = choose(
        tr("Surface"), Surface, race.surface, key, said, label_visibility="collapsed"
    )
    return replace(race, surface=surface, start=_start(race, surface, said))


def _start(race: Race, surface: Surface, said: Heard) -> tuple[float, float] | None:
    """Two exact numbers; a new surface begins at its own start."""
    same = type(surface) is type(race.surface)
    usual = race.start if same else None
    point = []
    for axis, column, value in zip("xy", st.columns(2), usual or surface.start, strict=True):
        key = f"{PAGE}:{type(surface).__name__}.start.{axis}"
        span = surface.span[:2] if axis == "x" else surface.span[2:]
        name, _ = session().hold(key, float(value))
        said[key] = column.number_input(
            tr("start {}₀", axis),
            value=float(value),
            key=name,
            step=round_step((span[1] - span[0]) / 100),
            format="%.6g",
        )
        point.append(said[key])
    begin = (float(point[0]), float(point[1]))
    return None if begin == surface.start else begin


def _opened() -> set[str]:
    """The slots whose controls are open.

    The controls exist only while they are.  An expander would close by itself whenever its label,
    the runner's name, changes.
    """
    return session().memory(Opened).slots


def _head(place: DeltaGenerator, slot: str, runner: Runner) -> None:
    """A runner's name, which opens and closes its controls."""
    arrow = "expand_less" if slot in _opened() else "expand_more"
    place.button(
        literal(runner.name),
        key=f"open-{slot}",
        icon=f":material/{arrow}:",
        type="tertiary",
        on_click=_toggle,
        args=(slot,),
        width="stretch",
    )


def _settings(slot: str, runner: Runner, said: Heard) -> Runner:
    key = f"{PAGE}:{slot}"
    optimizer: Optimizer = choose(tr("Optimizer"), Optimizer, runner.optimizer, key, said)
    schedule: Schedule = choose(tr("Schedule"), Schedule, runner.schedule, f"{key}.schedule", said)
    clip: Clipping = choose(tr("Gradient clipping"), Clipping, runner.clip, f"{key}.clip", said)
    st.button(
        tr("Remove"),
        icon=":material/close:",
        key=f"remove-{slot}",
        on_click=_remove,
        args=(slot,),
        width="stretch",
    )
    return Runner(optimizer, schedule, clip)


def _toggle(slot: str) -> None:
    _opened().symmetric_difference_update({slot})


def _add() -> None:
    race: Race = current(PAGE)
    free = SLOTS[race.runners.index(None)]
    session().memory(Opened).slots = {free}
    put(PAGE, race.with_runner(free, Runner(Optimizer.all["Adam"]())))


def _remove(slot: str) -> None:
    race: Race = current(PAGE)
    put(PAGE, race.with_runner(slot, None))


def set_start(x: float, y: float) -> None:
    """Let every runner begin at (x, y)."""
    race: Race = current(PAGE)
    put(PAGE, replace(race, start=(x, y)))


def change_surface(param: str, value: float) -> None:
    """Give the surface another value of a parameter, in a callback."""
    race: Race = current(PAGE)
    put(PAGE, replace(race, surface=race.surface.replace(**{param: value})))


def change(slot: str, to: Callable[[Race, Runner], Runner | Optimizer]) -> None:
    """Change the runner of a slot, in a callback; an optimizer alone keeps all else."""
    race: Race = current(PAGE)
    runner = dict(race.entries())[slot]
    new = to(race, runner)
    new = new if isinstance(new, Runner) else replace(runner, optimizer=new)
    put(PAGE, race.with_runner(slot, new))


def runner_styles() -> str:
    """The colour of each slot at the edge of its controls."""
    rules = "".join(
        f"[class*=st-key-runner-{slot}] {{border-left: 4px solid {mark.colour};}}"
        for slot, mark in RUNNERS.items()
    )
    return f"<style>{rules}</style>"


def open_race(race: Race) -> None:
    """Leave for the Trajectories page, with exactly this race in its address."""
    put(PAGE, race)  # the opening race has an empty link, which would say nothing
    st.switch_page("pages/trajectories.py", query_params=write(race, OPENING))
