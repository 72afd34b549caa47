"""The modes of a path, and the panels of microscope and modes on a page."""

import math

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import playground as pg
from playground.microscope import eigenmodes
from playground.topics.race import SCENES
from playground.topics.race.figures import amplitudes
from playground.topics.race.panel.modes import sentence

# ---- the modes ------------------------------------------------------------------------------


def test_the_modes_of_gradient_descent_on_the_bowl():
    r = pg.simulate(pg.Bowl(kappa=100.0, angle=30.0), pg.GradientDescent(lr=0.0196), steps=150)
    flat, steep = eigenmodes(r)
    for mode, rate in ((flat, 0.9804), (steep, 0.96)):
        assert mode.predicted == pytest.approx(rate)
        assert mode.measured == pytest.approx(rate)
        assert mode.half_life == pytest.approx(math.log(2) / -math.log(rate))
        assert mode.line == pytest.approx(np.abs(mode.amplitude))
    assert flat.flips.size == 0
    assert np.array_equal(steep.flips, np.arange(1, 151))
    assert steep.share == 1
    assert (flat.sharpness, steep.sharpness) == pytest.approx((0.0196, 1.96))


def test_a_swinging_mode_decays_by_the_root_of_mu():
    r = pg.simulate(pg.Bowl(), pg.Momentum(lr=0.01, momentum=0.9), (-3, 1), 400)
    for mode in eigenmodes(r):
        assert mode.predicted == pytest.approx(0.9**0.5)
        assert mode.measured == pytest.approx(0.9**0.5, rel=2e-3)


def test_there_is_no_prediction_where_the_theory_has_none():
    bowl, descent = pg.Bowl(), pg.GradientDescent(lr=0.01)
    for r in (
        pg.simulate(bowl, pg.Adam()),
        pg.simulate(bowl, descent, schedule=pg.Cosine()),
        pg.simulate(bowl, descent, noise=0.1),
        pg.simulate(pg.Narrowing(), pg.GradientDescent(lr=0.1), (0.0, 0.1), 300),
    ):
        for mode in eigenmodes(r):
            assert math.isnan(mode.predicted)
            assert not np.any(np.isfinite(mode.line))


def test_the_prediction_begins_where_the_curvature_is_that_of_the_minimum():
    r = pg.simulate(pg.Canyon(), pg.GradientDescent(lr=0.15), (-6.0, 1.0), 500)
    flat, steep = eigenmodes(r)
    assert flat.since == steep.since
    assert 0 < steep.since < 50
    assert np.all(np.isnan(steep.line[: steep.since]))
    assert steep.measured == pytest.approx(abs(1 - 0.15 * 10), rel=1e-3)


def test_growth_out_of_rounding_is_no_factor():
    """RMSProp shrinks to round-off, and its small v then multiplies the round-off by −6 a step."""
    run = SCENES["opening"].race.runs()["c"]
    flat, _ = eigenmodes(run)
    size = np.abs(run.x[:, 0])
    assert flat.measured < 1
    assert size[-1] > 1e3 * np.min(size[size > 0])  # it does grow
    assert size[-1] < 1e-8


# ---- the panels -----------------------------------------------------------------------------


def page(scene):
    import streamlit as st

    from playground.topics.race import SCENES
    from playground.topics.race.panel import microscope, modes

    race = SCENES[scene].race
    runs = race.runs()
    microscope.panel(race, runs)
    modes.panel(race, runs)
    st.caption(f"player at {microscope.player_step()}")
    for run in runs.values():
        assert all(v.xy.shape == (run.steps, 2) for v in microscope.vectors(run))


@pytest.mark.parametrize(
    "scene", ["opening", "burst", "saddle", "momentum-limits", "squared-error"]
)
def test_the_panels_show_every_runner_and_update(scene):
    app = AppTest.from_function(page, args=(scene,), default_timeout=60).run()
    assert not app.exception
    control = app.segmented_control(key="microscope-runner")
    for slot in control.options:
        assert slot
    app.slider(key="microscope-update").set_value(7).run()
    assert not app.exception
    assert "player at 6" in [caption.value for caption in app.caption]


@pytest.mark.parametrize(
    ("optimizer", "words"),
    [
        (
            pg.GradientDescent(lr=0.0196),
            ["the flat direction", "half-life 35 steps", "bounces"],
        ),
        (
            pg.GradientDescent(lr=0.0199),
            ["the steep direction", "half-life 69 steps", "bounces"],
        ),
        (pg.GradientDescent(lr=0.0202), ["Slow is the steep", "not shrinking", "predicted 1.02"]),
        (pg.GradientDescent(lr=0.01), ["Slow is the flat", "gone at once", "Neither changes sign"]),
        (pg.Momentum(lr=0.01), ["swings", "predicted 0.949"]),
    ],
    ids=repr,
)
def test_the_sentence_names_the_slow_and_the_bouncing_direction(optimizer, words):
    told = sentence(*eigenmodes(pg.simulate(pg.Bowl(), optimizer, (-3, 1), 150)))
    for word in words:
        assert word in told


def test_the_figure_draws_measured_solid_predicted_dashed_and_every_flip():
    found = eigenmodes(pg.simulate(pg.Bowl(), pg.GradientDescent(lr=0.0196), (-3, 1), 150))
    line, flips, predicted = amplitudes({"a": "descent"}, {"a": found[1]})["data"]
    assert len(line["x"]) == 151
    assert line["y"] == pytest.approx(np.abs(found[1].amplitude))
    assert flips["x"] == list(range(1, 151))
    assert predicted["line"]["dash"] == "dash"
    assert predicted["x"] == [0, 150]
    assert predicted["y"] == pytest.approx([1, 0.96**150])


@pytest.mark.parametrize("rule", [pg.GradientDescent(lr=0.0196), pg.Momentum(), pg.Nesterov()])
def test_a_direction_in_which_the_start_has_no_part_has_no_factor(rule):
    """Booth's start lies on an eigenvector; what the other coordinate shows is round-off of 3."""
    flat, steep = eigenmodes(pg.simulate(pg.Booth(), rule, steps=150))
    assert np.isnan(flat.measured)
    assert np.isnan(flat.amplitude).all()
    assert steep.measured == pytest.approx(steep.predicted, rel=0.01)
