"""What is said of noise is what the same run without it shows."""

import re

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, noise
from playground.diagnosis.evidence import Quiet
from playground.words import apart, number
from tests.support.given import SIDES, Given, told_apart

BOWL = pg.Bowl(kappa=100.0)
FLOORS = (
    (BOWL, pg.GradientDescent(lr=0.015), (-3.0, 1.0), 1500, 3.0, 7),
    (pg.Booth(), pg.Adam(lr=0.3), (-8.0, -6.0), 400, 9.0, 3),
    (pg.StyblinskiTang(), pg.AdamW(lr=1.38), (-0.722, 3.21), 40, 14.1, 10),
    (pg.Quadratic(), pg.Newton(lr=0.02), (-100.0, 2.0), 800, 2.0, 5),
)


def pair(surface, optimizer, start, steps, sigma, seed):
    """A run, and the same without its noise."""
    noisy = pg.simulate(surface, optimizer, start, steps, noise=sigma, seed=seed)
    return noisy, pg.simulate(surface, optimizer, start, steps)


@pytest.mark.parametrize("setting", FLOORS, ids=str)
def test_a_floor_of_noise_is_as_high_as_the_noise_lifts_it(setting):
    run, quiet = pair(*setting)
    told, half = diagnose(run).findings[0], run.steps // 2
    assert told.label == "noise_floor"
    lifted = float(run.f[half:].mean() - quiet.f[half:].mean())
    above = f"is on average {number(lifted)} above that of the same run without noise"
    assert above in told.sentence
    later = pg.simulate(*setting[:3], run.steps + 3000, noise=setting[4], seed=setting[5])
    now, then = run.f[half:].mean(), later.f[run.steps + 1 :].mean()
    keeps = now - 0.2 * lifted <= then <= now + lifted
    assert ("has reached the floor" in told.sentence) == keeps
    here, there = apart(float(now), float(then))
    assert f"Its loss is {here} on average, and {there} over the next 3000" in told.sentence


@pytest.mark.parametrize(
    ("surface", "optimizer", "start", "steps", "sigma", "seed"),
    [
        (pg.Formula("tanh(x)**2 + 8.24*y**2"), pg.RMSProp(lr=1.23), (-2.4, 2.2), 800, 1.56, 18),
        (
            pg.Formula("x**2 + 3.35*y**2 + x*y"),
            pg.RMSProp(lr=0.276, momentum=0.99, weight_decay=1.0),
            *((1.65, -2.43), 60, 2.12, 7),
        ),
    ],
)
def test_what_bounces_or_swings_without_noise_as_well_is_not_on_its_floor(
    surface, optimizer, start, steps, sigma, seed
):
    run, quiet = pair(surface, optimizer, start, steps, sigma, seed)
    heights = [float(r.f[steps // 2 :].mean()) for r in (run, quiet)]
    assert heights[1] > 0.5 * heights[0] > 0
    assert diagnose(run).outcome != "noise_floor"


DESCENTS = (
    (
        pg.Formula("(x**2+y-0.243)**2 + (x+y**2-1.29)**2"),
        pg.Newton(lr=0.02),
        *((-2.61, -2.45), 200, 2.49, 31),
    ),
    (
        pg.Formula("(x**2-1)**2 + 4.67*y**2 + 0.1*x"),
        pg.Momentum(lr=0.00012, momentum=0.8),
        *((-2.4, 2.2), 500, 1.81, 33),
    ),
    (pg.ThreeHumpCamel(), pg.MeanSquareAdagrad(lr=0.00456), (-0.506, -1.38), 40, 0.202, 57),
)


@pytest.mark.parametrize("setting", DESCENTS, ids=str)
def test_what_a_descent_owes_to_noise_is_told_by_the_run_without_it(setting):
    run, quiet = pair(*setting)
    told = re.search(
        r"its loss is (\S+) on average; without its noise it would be (\S+)\.",
        diagnose(run).verdict,
    )
    assert told is not None
    means = [float(r.f[run.steps // 2 :].mean()) for r in (run, quiet)]
    assert [float(part) for part in told.groups()] == pytest.approx(means, rel=6e-3)


def test_noise_that_throws_a_run_out_is_named():
    """σ = 22.3 throws all of forty seeds out of where the run without noise stays."""
    surface = pg.Formula("(x**2+y-12.8)**2 + (x+y**2-1.93)**2")
    optimizer = pg.Momentum(lr=0.0164, momentum=0.95, weight_decay=0.01)
    run, quiet = pair(surface, optimizer, (0.538, -1.76), 200, 22.3, 96)
    assert np.isfinite(quiet.x).all()
    told = diagnose(run)
    assert told.outcome == "diverged"
    assert "Without its noise the same run is not thrown out." in told.verdict
    thrown = pg.simulate(BOWL, pg.GradientDescent(lr=0.03), (-3, 1), 300, noise=0.1)
    assert "Without its noise" not in diagnose(thrown).verdict


def test_signs_worn_down_by_noise_are_a_collapsed_step():
    """Rprop halves its step at every flip, and noise flips half of them."""
    run, quiet = pair(pg.Quadratic(), pg.Rprop(lr=0.0565), (-100.0, 2.0), 150, 1.3, 28)
    assert quiet.f[-1] < 0.1 * run.f[-1]
    strides = np.hypot(*np.diff(run.x, axis=0).T)
    assert strides[-20:].max() < 1e-2 * strides.max()
    assert diagnose(run).outcome == "step_collapse"


def quiet(amplitude=0.0, average=0.0, least=0.0):
    return Quiet(*(np.broadcast_to(v, 2) + 0.0 for v in (average, least, amplitude)))


CASES = [
    (
        "OWED_TO_NOISE",
        noise._calm_without,
        {
            "amplitude": 1.0,
            "quiet": quiet([0.49, 0.51]),
            "loss": lambda at: np.ones((3, 2)),
            "low": 0.0,
        },
        [1, 0],
    ),
    (
        "COMES_DOWN_BY",
        noise._keeps_its_height,
        {"loss": lambda at: np.array([[1, 1] if at.stop else [0.09, 0.11]]), "low": 0.0},
        [0, 1],
    ),
    (
        "OWED_TO_NOISE",
        noise._calm_without,
        {
            "amplitude": 1.0,
            "quiet": quiet(average=[0.49, 0.51]),
            "loss": lambda at: np.ones((3, 2)),
            "low": 0.0,
        },
        [1, 0],
    ),
]


@pytest.mark.parametrize(SIDES, CASES)
def test_evidence_on_either_side_of_a_line_is_told_apart(line, asked, given, expected):
    told_apart(line, asked, given, expected)


@pytest.mark.parametrize(("later", "falls"), [(0.79, True), (0.81, False)])
def test_what_sinks_by_a_fifth_is_no_floor(monkeypatch, later, falls):
    class After:
        loss = np.full(10, later)

    monkeypatch.setattr(noise.Future, "of", lambda e: After)
    monkeypatch.setattr(noise, "_led_elsewhere", lambda e: False)
    one = np.ones(1)
    given = Given(hover_of_half=one, first_loss=9 * one, low=0 * one, quiet=Quiet(*[0 * one] * 3))
    given.loss = lambda at: np.ones((3, 1))
    assert ("has reached the floor" not in noise._hovering(given)) == falls
