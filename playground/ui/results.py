"""What came out of a race: the table, the lines that reproduce it, and what can be taken away."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import numpy as np
import streamlit as st

from playground.race import Race, Runner
from playground.simulation import Run
from playground.ui.stage import lowest

TOLERANCE = 1e-3
"""Share of the loss at the start, above the lowest minimum, at which a runner has arrived."""


def row(name: str, run: Run) -> dict[str, str]:
    """One line of the table of results."""
    surface, last = run.surface, run.finite - 1
    floor = lowest(surface)
    excess = run.f - floor
    arrived = np.flatnonzero(excess <= TOLERANCE * excess[0])
    minima = np.array(surface.minima(), dtype=float).reshape(-1, 2)
    distance = np.hypot(*(minima - run.x[last]).T).min() if len(minima) else np.nan
    return {
        "runner": name,
        "final loss": "not finite" if last < run.steps else f"{run.f[-1]:.4g}",
        "gradient norm": f"{np.hypot(*run.gradient[last]):.3g}",
        "steps to 0.1 %": str(arrived[0]) if arrived.size else "–",
        "distance to a minimum": "–" if np.isnan(distance) else f"{distance:.3g}",
        "diverged": f"at step {run.finite}" if last < run.steps else "–",
    }


def table(race: Race, runs: Mapping[str, Run]) -> None:
    """All runners side by side."""
    rows = [row(runner.name, runs[slot]) for slot, runner in race.entries()]
    if not rows:
        st.info("No runner yet: add one in the sidebar.")
        return
    head = list(rows[0])
    lines = [head, ["---"] * len(head), *[list(r.values()) for r in rows]]
    st.markdown("\n".join("| " + " | ".join(line) + " |" for line in lines))


def reproduce(race: Race, runner: Runner) -> str:
    """The Python line that gives the same run."""
    c = race.conditions
    arguments = [repr(race.surface), repr(runner.optimizer), f"start={race.begin}",
                 f"steps={c.steps}"]  # fmt: skip
    if runner.schedule != type(runner.schedule)() or runner.schedule.label() != "Constant":
        arguments.append(f"schedule={runner.schedule!r}")
    if c.noise:
        arguments += [f"noise={c.noise}", f"seed={c.seed}"]
    return f"run = simulate({', '.join(arguments)})"


def lines(race: Race) -> None:
    """For each runner its formula, its source and the lines that reproduce it."""
    for slot, runner in race.entries():
        optimizer, schedule = runner.optimizer, runner.schedule
        with st.container(border=True, key=f"runner-{slot}-lines"):
            st.markdown(f"**{runner.name}**")
            st.caption(inspect.getdoc(optimizer) or "")
            st.latex(optimizer.formula())
            st.caption(f"Source: {optimizer.source}")
            st.code("from playground import *\n" + reproduce(race, runner), language="python")
            if line := optimizer.torch():
                text = f"optimizer = {line}"
                if scheduler := schedule.torch(race.conditions.steps, optimizer.lr):
                    text += f"\nscheduler = {scheduler}"
                st.code(text, language="python")
            else:
                st.caption("PyTorch has no such optimizer.")
