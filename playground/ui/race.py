"""The controls of a race: surface, start, runners and conditions, kept in the sidebar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import streamlit as st

from playground.figures.theme import RUNNERS
from playground.optimizers import Optimizer
from playground.race import SLOTS, Conditions, Race, Runner, read, write
from playground.scenes import OPENING
from playground.schedules import Schedule
from playground.surfaces import Surface
from playground.ui.controls import choose, controls
from playground.ui.state import keep, put, state
from playground.ui.words import plain

PAGE = "trajectories"


def race_controls() -> Race:
    """The race of this run: from the link or the last run, changed by what the controls say."""
    race = state(PAGE, OPENING, read)
    with st.sidebar:
        st.subheader("Surface")
        surface = cast(Surface, choose("Surface", Surface, race.surface, f"{PAGE}:surface",
                                       label_visibility="collapsed"))  # fmt: skip
        start = _start(race, surface)
        st.subheader("Runners")
        runners = [_runner(slot, runner) if runner else None
                   for slot, runner in zip(SLOTS, race.runners, strict=True)]  # fmt: skip
        if None in runners:
            st.button("Add a runner", icon=":material/add:", on_click=_add, width="stretch")
        st.subheader("Conditions")
        conditions = cast(Conditions, controls(race.conditions, f"{PAGE}:"))
    race = Race(surface, tuple(runners), start, conditions)
    keep(PAGE, race, write(race, OPENING))
    return race


def _start(race: Race, surface: Surface) -> tuple[float, float] | None:
    """Two exact numbers; a new surface begins at its own start."""
    same = type(surface) is type(race.surface)
    usual = race.start if same else None
    point = []
    for axis, column, value in zip("xy", st.columns(2), usual or surface.start, strict=True):
        key = f"{PAGE}:{type(surface).__name__}.start.{axis}"
        if key not in st.session_state:
            st.session_state[key] = float(value)
        span = surface.span[:2] if axis == "x" else surface.span[2:]
        point.append(column.number_input(
            f"start ${axis}_0$", key=key, step=float(f"{(span[1] - span[0]) / 100:.1g}"),
            format="%.6g"))  # fmt: skip
    begin = (float(point[0]), float(point[1]))
    return None if begin == surface.start else begin


def _runner(slot: str, runner: Runner) -> Runner:
    """A runner's name, which opens its controls: optimizer, schedule, and a way out.

    The controls exist only while they are open: eight runners with five widgets each would make
    every slider move three times as slow.  An expander would close by itself whenever its label,
    the runner's name, changes.
    """
    opened: set[str] = st.session_state.setdefault("open runners", set())
    arrow = "expand_less" if slot in opened else "expand_more"
    with st.container(key=f"runner-{slot}", border=True, gap="small"):
        head = st.container()
        if slot in opened:
            runner = _settings(slot, runner)
        head.button(plain(runner.name), key=f"open-{slot}", icon=f":material/{arrow}:",
                    type="tertiary", on_click=_toggle, args=(slot,), width="stretch")  # fmt: skip
    return runner


def _settings(slot: str, runner: Runner) -> Runner:
    key = f"{PAGE}:{slot}"
    optimizer = cast(Optimizer, choose("Optimizer", Optimizer, runner.optimizer, key))
    schedule = cast(Schedule, choose("Schedule", Schedule, runner.schedule, f"{key}.schedule"))
    st.button("Remove", icon=":material/close:", key=f"remove-{slot}", on_click=_remove,
              args=(slot,), width="stretch")  # fmt: skip
    return Runner(optimizer, schedule)


def _toggle(slot: str) -> None:
    st.session_state["open runners"] ^= {slot}


def _add() -> None:
    race: Race = st.session_state["pages"][PAGE]
    free = SLOTS[race.runners.index(None)]
    st.session_state["open runners"] = {free}
    put(PAGE, race.with_runner(free, Runner(Optimizer.all["Adam"]())))


def _remove(slot: str) -> None:
    race: Race = st.session_state["pages"][PAGE]
    put(PAGE, race.with_runner(slot, None))


def set_start(x: float, y: float) -> None:
    """Let every runner begin at (x, y)."""
    race: Race = st.session_state["pages"][PAGE]
    put(PAGE, replace(race, start=(x, y)))


def change(slot: str, to: Callable[[Race, Runner], Runner | Optimizer]) -> None:
    """Change the runner of a slot, in a callback; an optimizer alone keeps the schedule."""
    race: Race = st.session_state["pages"][PAGE]
    runner = dict(race.entries())[slot]
    new = to(race, runner)
    put(
        PAGE,
        race.with_runner(slot, new if isinstance(new, Runner) else Runner(new, runner.schedule)),
    )


def runner_styles() -> str:
    """The colour of each slot at the edge of its controls."""
    rules = "".join(
        f"[class*=st-key-runner-{slot}] {{border-left: 4px solid {mark.colour};}}"
        for slot, mark in RUNNERS.items()
    )
    return f"<style>{rules}</style>"
