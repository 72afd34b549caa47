"""The modes panel: every path in the eigen-coordinates of its minimum."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from playground.language import mark, tr, trn
from playground.microscope import Mode, eigenmodes
from playground.microscope.digits import numeral
from playground.shelf import remembered
from playground.simulation import Run
from playground.topics.race.figures import amplitudes
from playground.topics.race.race import Race
from playground.ui.chapters import chart
from playground.ui.say import literal
from playground.words import capital, number, point

BOUNCE = 0.9
"""Share of updates that change the sign, from which on a mode bounces at every step."""
EQUAL = 0.02
"""Relative difference of half-lives that no one can see."""
SLOW = {
    "flat": mark("Slow is the flat direction: {}."),
    "steep": mark("Slow is the steep direction: {}."),
}
OTHER = {"flat": mark("The flat one: {}."), "steep": mark("The steep one: {}.")}
CROSSING = {
    "flat": mark("the flat direction changes sign {}"),
    "steep": mark("the steep direction changes sign {}"),
}
"""What is said of the slower direction, of the other one, and of one that crosses the minimum."""


def panel(race: Race, runs: dict[str, Run]) -> None:
    """Amplitude per mode on a log axis, prediction dashed, sign flips marked; and in words."""
    entries = race.entries()
    if not entries:
        st.info(tr("Nobody runs yet: add a runner in the sidebar."))
        return
    if not race.surface.minima():
        st.info(tr("This surface has no minimum in its window, so there is nothing to approach."))
        return
    found = {slot: _modes(runs[slot]) for slot, _ in entries}
    heads = tr("Flat direction"), tr("Steep direction")
    spoken = tr("Distance along the flat direction"), tr("Distance along the steep direction")
    for i, column in enumerate(st.columns(2)):
        with column:
            st.markdown(f"**{heads[i]}**: {_where(found, i)}")
            names = {slot: runner.name for slot, runner in entries}
            chart(
                amplitudes(names, {slot: pair[i] for slot, pair in found.items()}),
                f"modes-{i}",
                name=spoken[i],
            )
    st.caption(
        tr(
            "Distance from the minimum along each eigenvector of its Hessian, log axis. Dots mark "
            "a change of sign. Dashed: what the theory of the quadratic predicts from where the "
            "path sees the minimum's curvature; none for adaptive rules, schedules and noise."
        )
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
        return tr("each runner about its own minimum")
    x, y = np.round(modes[0].direction, 3) + 0.0
    along = rf"({numeral(x, 3)},\ {numeral(y, 3)})"
    return tr("{} along {}", rf"$\lambda = {numeral(modes[0].eigenvalue, 4)}$", f"${along}$")


def sentence(flat: Mode, steep: Mode) -> str:
    """Which direction is slow and which one bounces, with numbers."""
    if flat.since is None:
        return tr(
            "It does not come where the curvature is that of the minimum at {}, so no direction of "
            "that has a pace of its own.",
            point(flat.point),
        )
    modes = {"flat": flat, "steep": steep}
    slow = max(modes, key=lambda name: (modes[name].half_life, _left(modes[name])))
    said = [tr(SLOW[slow], _pace(modes.pop(slow)))]
    said += [tr(OTHER[name], _pace(mode)) for name, mode in modes.items()]
    endless = _lasting(flat) and _lasting(steep)
    if endless or math.isclose(flat.half_life, steep.half_life, rel_tol=EQUAL):
        both = tr("Neither shrinks.") if endless else tr("Both are equally slow.")
        said = [both, tr("Flat: {}. Steep: {}.", _pace(flat), _pace(steep))]
    crossing = [
        tr(CROSSING[name], _often(mode))
        for name, mode in (("flat", flat), ("steep", steep))
        if mode.flips.size
    ]
    text = ", ".join(crossing) or tr("neither changes sign")
    return " ".join([*said, f"{capital(text)}."])


def _pace(mode: Mode) -> str:
    """η·λ where one rate holds for all directions, factor per step and half-life."""
    said = []
    if not math.isnan(mode.sharpness):
        said.append(rf"$\eta\lambda = {numeral(mode.sharpness, 4)}$")
    theory = [] if math.isnan(mode.predicted) else [tr("predicted {}", number(mode.predicted))]
    if math.isnan(mode.measured):
        said.append(tr("gone at once") if mode.predicted == 0 else tr("too short to measure"))
        return ", ".join([*said, *theory])
    said += [tr("× {} a step", number(mode.measured)), *theory]
    half = tr("half-life {} steps", number(mode.half_life))
    said.append(tr("not shrinking") if _lasting(mode) else half)
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
        if always:
            return tr("at every step: it **bounces**")
        return tr("at every step in the end: it **bounces**")
    return trn("once", "{} times: it **swings**", count, count)
