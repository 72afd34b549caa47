"""Losses: which one finds the way back, and how long it takes."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit

import playground as pg
from playground.topics.losses import experiment as L
from playground.topics.losses import settings, words
from playground.topics.race import OPENING, read
from tests.app.test_pages import link, opened
from tests.support.part import some


def said(app):
    return " ".join(m.value for m in app.markdown).replace("\\", "")


def test_the_time_of_the_flow_is_the_integral():
    found = settings.flow_times(pg.GradientDescent(lr=0.5))
    for k in (0, 7, 20):
        ends = 0, 2 * settings.STARTS[k]
        cross = quad(lambda d: 1 / (2 * 0.5 * expit(d)), *ends)[0]
        squared = quad(lambda d: 1 / (8 * 0.5 * expit(d) ** 2 * expit(-d)), *ends)[0]
        assert found["cross-entropy"][k] == pytest.approx(cross, rel=1e-9)
        assert found["squared error"][k] == pytest.approx(squared, rel=1e-9)
    assert settings.flow_times(pg.Adam()) is None


def test_small_steps_follow_the_flow():
    rule = pg.GradientDescent(lr=0.01)
    steps, flow = settings.rescues(rule, 10_000), settings.flow_times(rule)
    for name, values in steps.items():
        seen = np.isfinite(values)
        assert seen.sum() >= 5
        np.testing.assert_allclose(values[seen], flow[name][seen], rtol=0.02)


def test_the_gradients_of_three_logits_are_those_of_complex_steps():
    s = settings.LogitLosses(first=0.3, second=-1.2, third=2.0, right="2")
    for name, loss in ((settings.CROSS, L.cross_entropy), (settings.SQUARED, L.squared_error)):
        step = 1e-6
        numeric = [
            (loss(s.logits + step * e, 1) - loss(s.logits - step * e, 1)) / (2 * step)
            for e in np.eye(3)
        ]
        np.testing.assert_allclose(settings.gradients(s)[name], numeric, atol=1e-9)


@pytest.mark.parametrize(("wrong", "label"), [(10, "stalls"), (4, "lags"), (1, "both arrive")])
def test_the_verdict_is_what_happened(wrong, label):
    s = settings.LogitLosses(wrong=wrong)
    assert words.verdict(s).label == label
    for name, way in s.ways().items():
        x, y = s.path(name)
        assert (x[-1] > y[-1]) == np.isfinite(way.steps)
        assert (x[:-1] <= y[:-1]).all()


def test_the_syllabus_numbers_are_on_the_page():
    app = opened("losses")
    assert "red-badge[stalls]" in said(app)
    for number in ("after 11 updates", "1.17·10⁻⁸", "1.414", "0.8789"):
        assert number in said(app)
    app.slider(key="losses:wrong").set_value(4.0)
    app.run()
    assert "orange-badge[lags]" in said(app)
    assert "after 379" in said(app)
    app.selectbox(key="losses:optimizer").set_value("Adam")
    app.run()
    assert not app.exception
    assert link(app) == {"wrong": "4", "optimizer": "Adam"}


@pytest.mark.parametrize("name", some(pg.Optimizer.all, 3, 1))
def test_every_optimizer_can_be_chosen(name):
    app = opened("losses", optimizer=name, steps="50")
    assert not app.exception
    assert "badge[" in said(app)


def test_the_player_gets_the_same_descent():
    from playground.topics.race import write

    s = settings.LogitLosses(wrong=4.0)
    race, problems = read(write(s.race("squared error"), OPENING), OPENING)
    assert not problems
    path = race.run(race.runners[0]).x.T
    here = s.path("squared error")
    np.testing.assert_array_equal(path[:, : here.shape[1]], here)


def test_the_lines_on_the_page_run(capsys):
    exec(settings.LogitLosses().code, {})
    assert "steps=11.0" in capsys.readouterr().out
