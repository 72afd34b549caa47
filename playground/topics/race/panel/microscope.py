"""The step microscope: one update of one runner, every equation with its numbers put in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from playground.figures.theme import GRADIENT, SCALE, STEP, VELOCITY
from playground.language import tr
from playground.microscope import Look, arrows, look, shares, updates
from playground.microscope.digits import DIGITS, numeral
from playground.microscope.told import how_to_read, signed, sum_of_parts, update_table
from playground.player import Vectors
from playground.shelf import remembered
from playground.simulation import Run
from playground.topics.race.figures import factors
from playground.topics.race.race import Race
from playground.ui.chapters import chart
from playground.ui.controls import peek, steady
from playground.ui.say import literal
from playground.ui.session import session
from playground.words import setting

RUNNER, UPDATE = "microscope-runner", "microscope-update"


@dataclass
class Looked:
    """What the visitor looks at."""

    runner: str | None = None
    update: int | None = None
    stands: int | None = None
    """Where the player stands for that update: where it said, else at the point it starts from."""


def chosen(race: Race) -> str | None:
    """The slot of the runner under the microscope; None where nobody runs."""
    slots = [slot for slot, _ in race.entries()]
    slot = peek(RUNNER, session().memory(Looked).runner)
    return slot if slot in slots else next(iter(slots), None)


def player_step() -> int | None:
    """Where the player stands for the update under the microscope; None where it may decide."""
    looked = session().memory(Looked)
    update = peek(UPDATE, looked.update)
    return looked.stands if update in (None, looked.update) else update - 1


def follow(player_key: str) -> None:
    """The player was scrubbed: look at the update that leaves the point where it stands."""
    step = st.session_state[player_key]["step"]
    if step is not None:
        looked = session().memory(Looked)
        looked.update, looked.stands = int(step) + 1, int(step)


@remembered
def vectors(run: Run) -> tuple[Vectors, ...]:
    """Gradient, velocity, step and √v of every update of a run, for its track in the player."""
    found = arrows(run)
    times = "× η" if found.scale is None else f"× {setting(found.scale)}"
    drawn = [Vectors(tr("gradient’s part {}", times), GRADIENT, found.gradient)]
    if found.velocity is not None:
        drawn.append(Vectors(tr("velocity’s part {}", times), VELOCITY, found.velocity))
    drawn.append(Vectors(tr("step"), STEP, found.step))
    if found.root is not None:
        drawn.append(Vectors(f"√v {times}", SCALE, found.root, square=True))
    return tuple(drawn)


def panel(race: Race, runs: dict[str, Run]) -> None:
    """Choose a runner and an update; the lines of the update and what its step is made of."""
    slot = chosen(race)
    if slot is None:
        st.info(tr("Nobody runs yet: add a runner in the sidebar."))
        return
    names = {s: runner.name for s, runner in race.entries()}
    slot = steady(
        RUNNER,
        slot,
        lambda key, slot: st.segmented_control(
            tr("Runner"),
            list(names),
            default=slot,
            key=key,
            required=True,
            format_func=lambda s: literal(names[s]),
        ),
    )
    session().memory(Looked).runner = slot
    run = runs[slot]
    if updates(run) == 0:
        st.info(tr("This runner starts where the loss is not finite: there is no step to look at."))
        return
    seen = look(run, _update(updates(run)))
    with st.container(key="microscope-lines"):
        st.markdown(update_table(seen))
    st.caption(
        tr(
            "Recompute it: from the numbers as printed every value comes out to {} digits. Numbers "
            "that end are exact; where a difference loses digits, more are printed.",
            DIGITS - 1,
        )
    )
    _made_of(seen)
    st.caption(how_to_read(run))


def _update(last: int) -> int:
    """The number of the update, which the player follows and leads."""
    looked = session().memory(Looked)
    looked.update = min(max(looked.update or 1, 1), last)
    if last > 1:
        begun = looked.update
        looked.update = steady(
            UPDATE,
            looked.update,
            lambda key, update: st.slider(
                tr("Update t"),
                1,
                last,
                update,
                key=key,
                help=tr(
                    "Update t starts from the point after t − 1 updates, where the player stands."
                ),
            ),
        )
        if looked.update != begun:
            looked.stands = looked.update - 1
    return looked.update


def _made_of(seen: Look) -> None:
    """The ingredients as a table and as bars, and the sum of gradient and memory."""
    stages = shares(seen)
    st.markdown(tr("**What the step is made of**"))
    factor = tr("factor")
    head = tr("ingredient"), tr(r"$\Delta x$ so far"), factor, tr(r"$\Delta y$ so far"), factor
    rows = [head, ("---", "---:", "---:", "---:", "---:")]
    for stage in stages:
        times = [
            "" if stage is stages[0] or np.isnan(f) else rf"$\times {signed(f)}$"
            for f in stage.factor
        ]
        step = [f"${numeral(value, 4)}$" for value in stage.step]
        rows.append((tr(stage.name), step[0], times[0], step[1], times[1]))
    st.markdown("\n".join("| " + " | ".join(row) + " |" for row in rows))
    st.caption(" ".join(f"*{tr(stage.name)}*: {stage.meaning}." for stage in stages))
    if len(stages) > 1:
        for i, column in enumerate(st.columns(2)):
            name = tr("What the step along {} is multiplied by", "xy"[i])
            chart(factors(stages, i), f"microscope-factors-{i}", column, name=name)
    st.markdown(sum_of_parts(seen))
