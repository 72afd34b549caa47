"""The step microscope: one update of one runner, every equation with its numbers put in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from playground.figures.theme import GRADIENT, SCALE, STEP, VELOCITY
from playground.microscope import Look, Stage, arrows, look, parts, shares, updates
from playground.microscope.digits import number
from playground.player import Vectors
from playground.race import Race
from playground.simulation import Run
from playground.ui.words import plain

RUNNER, UPDATE = "microscope-runner", "microscope-update"

WORDS = {
    "g": "Gradient", "lr": "Learning rate", "divisor": "Divisor", "step": "Step", "x": "New point",
    "velocity": "Velocity",
}  # fmt: skip
COLOURS = {"gradient": GRADIENT, "memory": VELOCITY, "scaling": SCALE}
GREY = "#7F7F7F"

STYLE = """<style>
.st-key-microscope-lines table { width: 100%; }
.st-key-microscope-lines .katex { font-size: 1em; }
@media (max-width: 640px) {
  .st-key-microscope-lines :is(table, tbody, tr, td) { display: block; border: none; }
  .st-key-microscope-lines thead { display: none; }
  .st-key-microscope-lines td { padding: 0.15rem 0; overflow-x: auto; overflow-y: hidden; }
  .st-key-microscope-lines td:nth-child(2)::before { content: "x: "; }
  .st-key-microscope-lines td:nth-child(3)::before { content: "y: "; }
  .st-key-microscope-lines tr { padding: 0.5rem 0; border-bottom: 1px solid #8884; }
}
</style>"""


def chosen(race: Race) -> str | None:
    """The slot of the runner under the microscope; None where nobody runs."""
    slots = [slot for slot, _ in race.entries()]
    slot = st.session_state.get(RUNNER)
    return slot if slot in slots else next(iter(slots), None)


def player_step() -> int | None:
    """Where the player stands for the update under the microscope: at the point it starts from."""
    update = st.session_state.get(UPDATE)
    return None if update is None else update - 1


def follow(player_key: str) -> None:
    """The player was scrubbed: look at the update that leaves the point where it stands."""
    step = st.session_state[player_key]["step"]
    if step is not None:
        st.session_state[UPDATE] = int(step) + 1


@lru_cache(maxsize=32)
def vectors(run: Run) -> tuple[Vectors, ...]:
    """Gradient, velocity, step and √v of every update of a run, for its track in the player."""
    found = arrows(run)
    times = "× η" if found.scale is None else f"× {found.scale:g}"
    drawn = [Vectors(f"gradient’s part {times}", GRADIENT, found.gradient)]
    if found.velocity is not None:
        drawn.append(Vectors(f"velocity’s part {times}", VELOCITY, found.velocity))
    drawn.append(Vectors("step", STEP, found.step))
    if found.root is not None:
        drawn.append(Vectors(f"√v {times}", SCALE, found.root, square=True))
    return tuple(drawn)


def panel(race: Race, runs: dict[str, Run]) -> None:
    """Choose a runner and an update; the lines of the update and what its step is made of."""
    slot = chosen(race)
    if slot is None:
        st.info("Nobody runs yet: add a runner in the sidebar.")
        return
    names = {s: runner.name for s, runner in race.entries()}
    st.session_state[RUNNER] = slot
    st.segmented_control("Runner", list(names), key=RUNNER, required=True, persist_state="session",
                         format_func=lambda s: plain(names[s]))  # fmt: skip
    run = runs[slot]
    if updates(run) == 0:
        st.info("This runner starts where the loss is not finite: there is no step to look at.")
        return
    seen = look(run, _update(updates(run)))
    st.html(STYLE)
    with st.container(key="microscope-lines"):
        st.markdown(table(seen))
    st.caption(
        "Recompute it: from the numbers as printed every value comes out to six digits. Numbers "
        "that end are exact; where a difference loses digits, more are printed."
    )
    _made_of(seen)
    st.caption(caption(run))


def _update(last: int) -> int:
    """The number of the update, which the player follows and leads."""
    st.session_state[UPDATE] = int(np.clip(st.session_state.get(UPDATE) or 1, 1, last))
    if last == 1:
        return 1
    return st.slider(
        "Update $t$", 1, last, key=UPDATE, persist_state="session",
        help="Update t starts from the point after t − 1 updates, where the player stands.",
    )  # fmt: skip


def table(seen: Look) -> str:
    """One row a quantity, in the order of computation: with symbols, then x and y with numbers."""
    rows = ["| | $x$ | $y$ |", "|---|---|---|"]
    for line in seen.lines:
        pairs = zip(line.symbol, line.equation, strict=True)
        both = dict.fromkeys(rf"{symbol} &= {right}" for symbol, right in pairs)
        name = r"$\begin{aligned}" + r" \\ ".join(both) + r"\end{aligned}$"
        words = WORDS.get(line.name, "Bias correction" * line.name.startswith("correction_"))
        cells = [_worked(line.numbers[i], line.shown[i], line.symbol[i]) for i in (0, 1)]
        if line.shared:
            cells[1] = "the same"
        rows.append(f"| {words}{' ' if words else ''}{name} | {cells[0]} | {cells[1]} |")
    return "\n".join(rows)


def _worked(numbers: str, shown: str, symbol: str) -> str:
    """The right side with numbers put in, and its value."""
    if numbers == shown:
        return rf"${symbol} = \mathbf{{{shown}}}$"
    return rf"$\begin{{aligned}}&{numbers}\\[2pt]=\;&\mathbf{{{shown}}}\end{{aligned}}$"


def _made_of(seen: Look) -> None:
    """The ingredients as a table and as bars, and the sum of gradient and memory."""
    stages = shares(seen)
    st.markdown("**What the step is made of**")
    head = "ingredient", r"$\Delta x$ so far", "factor", r"$\Delta y$ so far", "factor"
    rows = [head, ("---", "---:", "---:", "---:", "---:")]
    for stage in stages:
        factor = ["" if stage is stages[0] or np.isnan(f) else rf"$\times {_signed(f)}$"
                  for f in stage.factor]  # fmt: skip
        step = [f"${number(value, 4)}$" for value in stage.step]
        rows.append((stage.name, step[0], factor[0], step[1], factor[1]))
    st.markdown("\n".join("| " + " | ".join(row) + " |" for row in rows))
    st.caption(" ".join(f"*{stage.name}*: {stage.meaning}." for stage in stages))
    if len(stages) > 1:
        for i, column in enumerate(st.columns(2)):
            column.plotly_chart(factors(stages, i), key=f"microscope-factors-{i}",
                                config={"displayModeBar": False})  # fmt: skip
    st.markdown(sum_of_parts(seen))


def _signed(value: float) -> str:
    shown = number(value, 4)
    return f"({shown})" if shown.startswith("-") else shown


def sum_of_parts(seen: Look) -> str:
    """Δ as the sum of what this gradient and what the past did."""
    found = parts(seen)
    named = [("this gradient", found.gradient), ("memory", found.memory), ("decay", found.decay)]
    used = [(name, pair) for name, pair in named if np.any(pair != 0)] or named[:1]

    def sum_of(i: int) -> str:
        terms = " + ".join(
            rf"\underbrace{{({number(pair[i], 4)})}}_{{\text{{{name}}}}}" for name, pair in used
        )
        return rf"$\Delta {'xy'[i]} = {number(seen.step[i], 4)} = {terms}$"

    return f"As a sum, under the rates of this update: {sum_of(0)} and {sum_of(1)}"


def factors(stages: Sequence[Stage], i: int) -> dict[str, Any]:
    """Bars from 1 to what each ingredient multiplied coordinate i of the step by, on a log axis."""
    made = stages[1:]
    factor = np.array([stage.factor for stage in made])
    every = np.abs(factor[np.isfinite(factor) & (factor != 0)])
    ends = np.log10([np.min(every, initial=0.5), np.max(every, initial=2.0)])
    own = [float(f) if np.isfinite(f) and f != 0 else None for f in factor[:, i]]
    bars = {
        "type": "bar", "orientation": "h", "width": 0.6, "base": 1.0,
        "x": [None if f is None else abs(f) - 1 for f in own],
        "y": [stage.name for stage in made],
        "marker": {"color": [COLOURS.get(stage.name, GREY) for stage in made],
                   "pattern": {"shape": ["/" if f is not None and f < 0 else "" for f in own]}},
        "text": ["" if f is None else f"× {f:.3g}" for f in own],
        "textposition": "auto", "cliponaxis": False, "hoverinfo": "text",
    }  # fmt: skip
    layout = {
        "height": 76 + 30 * len(made), "margin": {"l": 100, "r": 10, "t": 4, "b": 44},
        "xaxis": {"type": "log", "range": [ends[0] - 0.4, ends[1] + 0.4],
                  "fixedrange": True, "zeroline": False,
                  "title": {"text": f"factor on Δ{'xy'[i]}, log axis; striped: reversed"},
                  "tickvals": [10.0**n for n in range(-12, 13)], "exponentformat": "power"},
        "yaxis": {"autorange": "reversed", "fixedrange": True, "showgrid": False},
        "shapes": [{"type": "line", "yref": "paper", "x0": 1, "x1": 1, "y0": 0, "y1": 1,
                    "line": {"width": 1, "color": GREY}}],
    }  # fmt: skip
    return {"data": [bars], "layout": layout}


def caption(run: Run) -> str:
    """How to read the vectors on the map."""
    found = arrows(run)
    if found.scale is None:
        return (
            "On the map the arrows are multiplied by this update's learning rate: the part of this "
            "gradient and that of the past ones (velocity) add up to the step."
        )
    square = " The sides of the square are √v, so v is its area, times the same number."
    return (
        f"On the map the arrows of gradient and velocity are multiplied by {found.scale:g}: they "
        "add up to the direction before each coordinate is scaled; the step is drawn as long as "
        f"it is.{square if found.root is not None else ''}"
    )
