"""Penalties, early stopping, bias and variance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.figures.fields import field, outline, path, spots
from playground.figures.ground import Map, draw_surface
from playground.figures.panels import Limit, axis, figure_of, line, positive
from playground.figures.theme import BLUE, GREEN, GREY, PALE, PINK, SKY, VERMILION, clear
from playground.language import tr
from playground.networks import Training
from playground.surfaces.quadratic import Quadratic
from playground.topics.regularisation.generalisation import Augmentation, Polynomials
from playground.topics.regularisation.penalties import DecayRace, Fit
from playground.topics.regularisation.settings import HESSIAN, OPTIMUM, solution, solutions
from playground.words import setting

TRAIN, DEV, PENALISED = BLUE, VERMILION, GREEN
WINDOW = (-2.4, 3.4, -2.4, 2.4)
FITS = 30
"""Fits drawn at most: more only hide each other."""


def errors(every: Sequence[Polynomials], noise: float, degree: int) -> dict[str, Any]:
    """Training and dev error over the degree; dashed what bias, variance and noise add up to."""
    d, hover = [f.degree for f in every], tr("degree {x}: {y}")
    data = [
        line(
            d, [f.train_error.mean() for f in every], tr("training"), TRAIN, dots=True, hover=hover
        ),
        line(
            d,
            [np.median(f.dev_error) for f in every],
            tr("dev (median)"),
            DEV,
            dots=True,
            hover=hover,
        ),
        line(
            d, [np.mean(f.dev_error) for f in every], tr("dev (mean)"), DEV, dash="dot", hover=hover
        ),
        line(
            d,
            [f.squared_bias + f.variance + noise**2 for f in every],
            tr("bias² + variance + noise"),
            GREY,
            predicted=True,
            hover=hover,
        ),
    ]
    limits = [Limit(noise**2, tr("noise")), Limit(degree, tr("here"), of="x")]
    y = axis(tr("mean squared error"), log=True, range=[-2.2, 1.5])
    return figure_of(data, axis(tr("degree")), y, limits, height=360)


def fits(found: Polynomials) -> dict[str, Any]:
    """Fits to different samples, their mean, and the truth."""
    gap = np.full((1, FITS), np.nan)  # one trace with gaps is drawn much faster than thirty
    x = np.concatenate([np.repeat(found.grid[:, None], FITS, axis=1), gap]).T.ravel()
    y = np.concatenate([found.fits[:FITS].T, gap]).T.ravel()
    data = [line(x, y, tr("one sample each"), clear(VERMILION, 0.28))]
    data[0]["line"]["width"] = 1
    data += [
        line(found.grid, found.fits.mean(axis=0), tr("their mean"), DEV),
        line(found.grid, found.truth, tr("truth"), GREY, predicted=True),
    ]
    return figure_of(data, axis("x"), axis("y", range=[-2.2, 2.2]), height=360)


def lengths(found: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Length of the weights over the updates."""
    t, hover = np.arange(len(found["L2"])), tr("update {x}: {y}")
    data = [
        line(
            t,
            positive(found["no penalty"]),
            tr("no penalty"),
            TRAIN,
            dash="longdashdot",
            hover=hover,
        ),
        line(t, positive(found["L2"]), "L2", PENALISED, hover=hover),
        line(t, positive(found["L2, theory"]), tr("L2, theory"), PALE, predicted=True, hover=hover),
    ]
    data[1]["line"]["width"] = 4
    return figure_of(
        data, axis(tr("update")), axis(tr("length of w"), rangemode="tozero"), height=320
    )


def race(found: DecayRace) -> dict[str, Any]:
    """Weights that only decay: Adam with an L2 penalty against AdamW."""
    t = np.arange(len(found.decoupled))
    keep, data = slice(None, None, 10), []
    hover = tr("update {x}: {y}")
    for name, colour in (("Adam with L2", DEV), ("AdamW", TRAIN)):
        for k, size in enumerate(found.sizes):
            data.append(
                line(
                    t[keep],
                    found.paths[name][keep, k],
                    tr("{}, gradient ±{}", tr(name), setting(float(size))),
                    colour,
                    dash="solid" if k == 0 else "dot",
                    hover=hover,
                )
            )
    data.append(
        line(t[keep], found.decoupled[keep], tr("theory"), GREY, predicted=True, hover=hover)
    )
    for k in range(len(found.sizes)):
        data.append(
            line(
                t[keep],
                found.coupled[keep, k],
                tr("theory"),
                GREY,
                predicted=True,
                legend=False,
                hover=hover,
            )
        )
    return figure_of(data, axis(tr("update")), axis(tr("weight"), rangemode="tozero"), height=340)


def touching(penalty: str, strength: float) -> dict[str, Any]:
    """A contour of the loss touches a circle (L2) or a diamond (L1) at the solution."""
    hessian, optimum, here = HESSIAN, OPTIMUM, solution(penalty, strength)
    x, y = optimum
    w, lasso = here.w[:, 0], penalty == "lasso"
    phi = np.linspace(0, 2 * np.pi, 181)
    corner = np.array([[1, 0, -1, 0, 1], [0, 1, 0, -1, 0]])
    ball = here.radius[0] * (corner if lasso else np.array([np.cos(phi), np.sin(phi)]))
    values, vectors = np.linalg.eigh(hessian)
    circle = np.array([np.cos(phi), np.sin(phi)]) * np.sqrt(2 * here.loss[0] / values)[:, None]
    colour = DEV if lasso else PENALISED
    traces = [
        outline(optimum[:, None] + vectors @ circle, tr("level of the loss"), TRAIN),
        outline(ball, "‖w‖₁ = r" if lasso else "‖w‖₂ = r", colour),
        *path(solutions(penalty).w, tr("solutions, all λ"), colour, dots=False)[:2],
        spots([x], [y], tr("least loss"), TRAIN, symbol="star", size=11),
        spots(w[[0]], w[[1]], tr("solution"), colour, size=11, core=True),
    ]
    name = tr("L2: a circle, touched anywhere")
    if lasso:
        name = tr("L1: a diamond, mostly touched at a corner")
    return field(_bowl(), traces, "w₁", "w₂", name, height=400)


def _bowl() -> Map:
    """The loss over both weights."""
    (a, c), (_, b) = HESSIAN.tolist()
    (x, y), (x0, x1, y0, y1) = OPTIMUM, WINDOW
    drawn = draw_surface(Quadratic(a=a, b=b, c=c), (x0 - x, x1 - x, y0 - y, y1 - y))
    return drawn._replace(window=WINDOW, levels=tuple(level + OPTIMUM for level in drawn.levels))


def weights(found: Sequence[Fit], relevant: int) -> dict[str, Any]:
    """The sizes of the weights that each penalty leaves, large to small; zeros fall out."""
    shades = (GREY, PENALISED, SKY, DEV)
    data = []
    for fit, colour in zip(found, shades, strict=True):
        size = np.sort(np.abs(fit.w))[::-1]
        data.append(
            line(
                np.arange(1, len(size) + 1),
                positive(size),
                tr(fit.name),
                colour,
                dots=True,
                hover=tr("rank {x}: {y}"),
            )
        )
        data[-1]["marker"]["size"] = 4
    limits = [Limit(relevant + 0.5, tr("weights that matter"), of="x")]
    return figure_of(
        data, axis(tr("rank")), axis(tr("size of the weight"), log=True), limits, height=360
    )


def training(run: Training, steps: int, stop: int | None) -> dict[str, Any]:
    """Training and dev loss over the updates, with the moment to stop."""
    hover = tr("update {x}: {y}")
    data = [
        line(run.t, positive(run.loss), tr("training loss"), TRAIN, hover=hover),
        line(run.t, positive(run.dev_loss), tr("dev loss"), DEV, hover=hover),
        line(
            run.t,
            positive(run.dev_error),
            tr("dev error (share wrong)"),
            PINK,
            dash="dot",
            hover=hover,
        ),
    ]
    limits = [Limit(stop, tr("stop here"), of="x")] if stop is not None else []
    y = axis(tr("loss"), log=True)
    return figure_of(data, axis(tr("update"), range=[0, steps]), y, limits, height=360)


def augmentation(found: Mapping[int, Augmentation]) -> dict[str, Any]:
    """Accuracy over the number of examples, without and with reflected copies."""
    n, hover = list(found), tr("{x} examples: {y:%}")
    ways = (
        ("plain", tr("the examples alone"), TRAIN, "solid"),
        ("mirrored", tr("and their mirror images"), PENALISED, "solid"),
        ("flipped", tr("and upside down: another class"), DEV, "dot"),
    )
    data = [
        line(
            n,
            [getattr(found[k], field_) for k in n],
            name,
            colour,
            dots=True,
            dash=dash,
            hover=hover,
        )
        for field_, name, colour, dash in ways
    ]
    x = axis(tr("examples"), log=True, tickvals=n, ticktext=[str(k) for k in n])
    return figure_of(data, x, axis(tr("accuracy"), tickformat=".0%"), height=330)
