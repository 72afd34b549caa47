"""Data space, weight space, and what normalising does to the descent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.figures.fields import field, path, spots
from playground.figures.ground import draw_surface
from playground.figures.panels import Limit, axis, figure_of, line, positive
from playground.figures.theme import BLUE, GREEN, GREY, OCHRE, PALE, PINK, SKY, VERMILION, VIOLET
from playground.language import tr
from playground.networks.linear import Descent
from playground.topics.normalisation.experiment import WAYS, Drift, Normalised
from playground.words import setting

MINE, RIGHT, WRONG = VERMILION, BLUE, VERMILION
WAY_COLOURS = dict(
    zip(
        WAYS,
        (BLUE, GREEN, PINK, VIOLET, OCHRE, SKY),
        strict=True,
    )
)
LOWEST = 1e-12
"""Share of the excess loss below which a curve is round-off and is not drawn."""


def data_space(inputs: np.ndarray, targets: np.ndarray) -> dict[str, Any]:
    """The transformed features `inputs (n, 2)` in equal units, coloured by the target."""
    cloud = spots(inputs[:400, 0], inputs[:400, 1], tr("example"), GREY, size=5)
    cloud["marker"] |= {
        "color": targets[:400],
        "colorscale": "Blues",
        "cmin": float(targets.min()) - 4,
        "showscale": True,
        "line": {"width": 0.5, "color": GREY},
        "colorbar": {"title": {"text": "y"}, "thickness": 10, "outlinewidth": 0},
    }
    return field(
        None, [cloud], tr("first feature"), tr("second feature"), tr("Data, in equal units")
    )


def weight_space(problem: Normalised, run: Descent) -> dict[str, Any]:
    """The bowl over the errors of both weights, in equal units, with the descent on it."""
    away = run.w.T[:2] - problem.center[:, None]
    reach = 1.15 * float(np.abs(away[:, 0]).max())
    drawn = draw_surface(problem.surface, (-reach, reach, -reach, reach))
    shown = np.where(np.abs(away) <= 1e3 * reach, away, np.nan)
    best = spots([0], [0], tr("minimum"), GREY, symbol="star", size=10)
    traces = [best | {"showlegend": False}, *path(shown, tr("descent"), MINE, legend=False)]
    return field(drawn, traces, tr("error of w₁"), tr("error of w₂"), tr("Loss over the weights"))


def descents(ways: Sequence[Any], arrived: float) -> dict[str, Any]:
    """Excess loss as a share of its start: measured solid and wide, predicted dashed on top."""
    data = []
    for way in ways:
        t, colour = way.run.updates, WAY_COLOURS.get(way.name, MINE)
        for values, predicted in ((way.run.excess, False), (way.theory, True)):
            share = values / values[0]
            seen = positive(np.where((share >= LOWEST) & (share < 1e6), share, np.nan))
            data.append(
                line(
                    t,
                    seen,
                    tr("{}, theory", tr(way.name)) if predicted else tr(way.name),
                    PALE if predicted else colour,
                    predicted=predicted,
                    legend=not predicted,
                    hover=tr("update {x}: {y}"),
                )
            )
            data[-1]["line"]["width"] = 1.5 if predicted else 4
    data.append(line([np.nan], [np.nan], tr("theory"), PALE, predicted=True))
    y = axis(tr("share of the excess loss"), log=True)
    return figure_of(data, axis(tr("update")), y, [Limit(arrived, tr("arrived"))], height=420)


def kappas(
    powers: np.ndarray,
    curves: Mapping[float, np.ndarray],
    here: tuple[float, float, float],
) -> dict[str, Any]:
    """κ over the power of σ, one line a share of centring; `here` is (centred, power, κ)."""
    data = []
    for centred, values in curves.items():
        mine = centred == here[0]
        data.append(
            line(
                powers,
                values,
                f"c = {setting(centred)}",
                MINE if mine else RIGHT,
                dash="solid" if mine else "longdashdot" if centred else "dot",
                hover="s = {x}: κ = {y}",
            )
        )
    data.append(spots([here[1]], [here[2]], tr("here"), MINE, size=11, core=True))
    return figure_of(data, axis(tr("power s of σ")), axis("κ", log=True), height=330)


def drifts(shifts: np.ndarray, found: Sequence[Drift], here: float) -> dict[str, Any]:
    """Test error over the shift of the first feature, both ways."""
    own = [d.with_own_statistics for d in found]
    hover = tr("shift {x}: {y}")
    data = [
        line(shifts, own, tr("its own statistics"), WRONG, hover=hover),
        line(
            shifts, [d.predicted for d in found], tr("predicted"), GREY, predicted=True, hover=hover
        ),
        line(
            shifts,
            [d.with_training_statistics for d in found],
            tr("training statistics"),
            RIGHT,
            dash="longdashdot",
            hover=hover,
        ),
    ]
    y = axis(tr("mean squared error"), log=True)
    limits = [Limit(here, tr("here"), of="x")] if shifts[0] <= here <= shifts[-1] else []
    return figure_of(data, axis(tr("shift of the first feature")), y, limits, height=330)


def answers(said: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Said against true, for both statistics; right answers lie on the diagonal."""
    truth = said["truth"]
    ends = [float(truth.min()), float(truth.max())]
    data = [
        spots(truth[:250], values[:250], tr(name), colour, size=5, symbol=symbol)
        for (name, values), colour, symbol in zip(
            list(said.items())[1:], (RIGHT, WRONG), ("circle", "diamond"), strict=True
        )
    ]
    data.append(line(ends, ends, tr("right"), GREY, predicted=True))
    return figure_of(data, axis(tr("true target of the test set")), axis(tr("said")), height=330)
