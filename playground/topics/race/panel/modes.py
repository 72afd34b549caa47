"""The modes panel: every path in the eigen-coordinates of its minimum."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from playground.microscope import Mode, eigenmodes
from playground.microscope.digits import numeral
from playground.shelf import remembered
from playground.simulation import Run
from playground.topics.race.figures import amplitudes
from playground.topics.race.race import Race
from playground.ui.chapters import chart
from playground.ui.say import literal
from playground.words import number, point

BOUNCE = 0.9
"""Share of updates that change the sign, from which on a mode bounces at every step."""
EQUAL = 0.02
"""Relative difference of half-lives that no one can see."""


def panel(race: Race, runs: dict[str, Run]) -> None:
    """Amplitude per mode on a log axis, prediction dashed, sign flips marked; and in words."""
    entries = race.entries()
    if not entries:
        st.info("Nobody runs yet: add a runner in the sidebar.")
        return
    if not race.surface.minima():
        st.info("This surface has no minimum in its window, so there is nothing to approach.")
        return
    found = {slot: _modes(runs[slot]) for slot, _ in entries}
    for i, column in enumerate(st.columns(2)):
        with column:
            st.markdown(f"**{('Flat', 'Steep')[i]} direction**: {_where(found, i)}")
            names = {slot: runner.name for slot, runner in entries}
            chart(
                amplitudes(names, {slot: pair[i] for slot, pair in found.items()}),
                f"modes-{i}",
                name=f"Distance along the {('flat', 'steep')[i]} direction",
            )
    st.caption(
        "Distance from the minimum along each eigenvector of its Hessian, log axis. Dots mark a "
        "change of sign. Dashed: what the theory of the quadratic predicts from where the path "
        "sees the minimum's curvature; none for adaptive rules, schedules and noise."
    )
    st.markdown(
        "\n".join(
            f"- **{literal(runner.name)}.** {sentence(*found[slot])}" for slot, runner in entries
        )
    )


@remembered
def _modes(run: Run) -> tuple[Mode, Mode]:
    return eigenmodes(run)


def _where(found: dict[str, tuple[Mode, Mode]], i: int) -> str:
    """Curvature and direction, where all runners share them."""
    modes = [pair[i] for pair in found.values()]
    if any(not np.array_equal(mode.point, modes[0].point) for mode in modes):
        return "each runner about its own minimum"
    x, y = np.round(modes[0].direction, 3) + 0.0
    along = rf"({numeral(x, 3)},\ {numeral(y, 3)})"
    return rf"$\lambda = {numeral(modes[0].eigenvalue, 4)}$ along ${along}$"


def sentence(flat: Mode, steep: Mode) -> str:
    """Which direction is slow and which one bounces, with numbers."""
    if flat.since is None:
        return (
            f"It does not come where the curvature is that of the minimum at {point(flat.point)}, "
            "so no direction of that has a pace of its own."
        )
    modes = {"flat": flat, "steep": steep}
    slow = max(modes, key=lambda name: (modes[name].half_life, _left(modes[name])))
    said = [f"Slow is the {slow} direction: {_pace(modes.pop(slow))}."]
    said += [f"The {name} one: {_pace(mode)}." for name, mode in modes.items()]
    endless = _lasting(flat) and _lasting(steep)
    if endless or math.isclose(flat.half_life, steep.half_life, rel_tol=EQUAL):
        both = "Neither shrinks" if endless else "Both are equally slow"
        said = [f"{both}. Flat: {_pace(flat)}. Steep: {_pace(steep)}."]
    crossing = [
        f"the {name} direction changes sign {_often(mode)}"
        for name, mode in (("flat", flat), ("steep", steep))
        if mode.flips.size
    ]
    text = ", ".join(crossing) or "neither changes sign"
    return " ".join([*said, f"{text[0].upper()}{text[1:]}."])


def _pace(mode: Mode) -> str:
    """η·λ where one rate holds for all directions, factor per step and half-life."""
    said = []
    if not math.isnan(mode.sharpness):
        said.append(rf"$\eta\lambda = {numeral(mode.sharpness, 4)}$")
    theory = "" if math.isnan(mode.predicted) else f", predicted {number(mode.predicted)}"
    if math.isnan(mode.measured):
        said.append("gone at once" if mode.predicted == 0 else "too short to measure")
        return ", ".join(said) + theory
    said.append(f"× {number(mode.measured)} a step{theory}")
    half = f"half-life {number(mode.half_life)} steps"
    said.append("not shrinking" if _lasting(mode) else half)
    return ", ".join(said)


def _lasting(mode: Mode) -> bool:
    """Whether nothing of it is gone by the end that could be seen."""
    return mode.half_life > 10 * len(mode.amplitude)


def _left(mode: Mode) -> float:
    """The amplitude last seen."""
    return float(np.max(np.abs(mode.amplitude[mode.late[-1:]]), initial=0.0))


def _often(mode: Mode) -> str:
    count = len(mode.flips)
    if mode.share >= BOUNCE and count > 2:
        always = count >= BOUNCE * (int(np.sum(np.isfinite(mode.amplitude))) - 1)
        return f"at every step{'' if always else ' in the end'}: it **bounces**"
    return "once" if count == 1 else f"{count} times: it **swings**"
