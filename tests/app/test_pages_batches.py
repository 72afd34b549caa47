"""Mini-batches: what the page says is what was measured."""

from itertools import product

import numpy as np
import pytest

from playground.topics.batches import experiment as b
from playground.topics.batches import settings, wells, words
from playground.topics.batches.wells import FLAT, SHARP, escape
from playground.words import number
from tests.app.test_pages import link, opened
from tests.support.part import some


def said(app):
    return " ".join(m.value for m in app.markdown).replace("\\", "")


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "noise floor"),
        ({"batch": 1024}, "no noise"),
        ({"lr": 0.001}, "on the way"),
        ({"lr": 1.3, "batch": 1}, "diverges"),
    ],
)
def test_the_verdict_is_what_happened(changes, label):
    s = settings.Sampling(**changes)
    runs = s.descents()
    assert words.verdict(s, runs).label == label
    mine = words.mine_of(s, runs)
    if label == "diverges":
        assert not mine.excess[-1] < mine.excess[0]
    if label == "noise floor":
        floor = b.stationary_excess(b.petals(), s.lr, s.batch)
        assert mine.floor(0.2) == pytest.approx(floor, rel=0.7)  # reshuffled: at or below it
    if label == "on the way":
        assert mine.excess[-1] > 100 * settings.floor_of(s.data, s.lr, s.size)


def test_the_largest_step_of_a_batch_is_where_its_covariance_explodes():
    for size in (1, 8):
        edge = settings.largest_lr("irises", size)
        assert np.isfinite(b.stationary_excess(b.petals(), 0.999 * edge, size))
        assert np.isinf(b.stationary_excess(b.petals(), 1.001 * edge, size))
    assert settings.largest_lr("irises", 150) == pytest.approx(b.petals().largest_lr)


LRS = (1e-3, 0.05, 0.5, 1.3, 1.39, 1.41, 1.9, 10.0)


@pytest.mark.parametrize(
    ("lr", "batch", "draws"), some(product(LRS, (1, 8, 150, 100_000), settings.ORDERS), 5)
)
def test_noise_is_blamed_and_denied_only_where_it_is(lr, batch, draws):
    s = settings.Sampling(lr=lr, batch=batch, draws=draws, updates=50)
    said = words.verdict(s, s.descents())
    noisy = batch < s.n or draws == "replacement"
    too_large = lr >= b.petals().largest_lr
    assert (said.label == "no noise") == (not noisy and not too_large)
    if too_large:
        assert said.label == "diverges"
        assert "feeds on itself" not in said.sentence
        assert number(b.petals().largest_lr) in said.sentence
    elif said.label == "diverges":
        assert noisy
        assert np.isinf(b.stationary_excess(b.petals(), lr, s.size))


def test_all_examples_drawn_with_replacement_hover_at_their_floor():
    s = settings.Sampling(batch=150, draws="replacement", updates=2000)
    floor = b.stationary_excess(b.petals(), s.lr, 150)
    runs = s.descents()
    assert words.mine_of(s, runs).floor(0.2) == pytest.approx(floor, rel=0.7)
    assert number(floor) in words.verdict(s, runs).sentence
    assert s.clouds()[-1].batch == 150
    assert np.trace(s.clouds()[-1].measured) > 0


def test_the_spread_in_a_well_is_predicted():
    x = escape(wells.WELLS, FLAT, 2, updates=300, runs=2000).x
    assert x.std() == pytest.approx(wells.spread(0.45, FLAT, 2), rel=0.1)
    assert np.isnan(wells.spread(0.6, SHARP, 2))  # η·λ = 2.3
    assert wells.spread(0.45, SHARP, 256) == 0


def test_floors_lie_where_theory_says():
    found = settings.floors("synthetic", 0.05, 0)
    np.testing.assert_allclose(found.measured["replacement"], found.theory, rtol=0.35)


def test_the_page_changes_its_verdict_with_the_batch():
    app = opened("batches", well_lr="0.1")
    assert "orange-badge[noise floor]" in said(app)
    assert "orange-badge[all stay]" in said(app)
    app.select_slider(key="batches:batch").set_value(1000)
    app.run()
    assert "green-badge[no noise]" in said(app)
    app.slider(key="batches:well_lr").set_value(0.45)
    app.run()
    assert "green-badge[small batches leave]" in said(app)
    app.selectbox(key="batches:budget").set_value("examples")
    app.run()
    assert not app.exception
    assert link(app) == {"batch": "1000", "budget": "examples"}


def test_the_lines_on_the_page_run(capsys):
    exec(settings.Sampling().code, {})
    assert (
        f"{words.mine_of(settings.Sampling(), settings.Sampling().descents()).floor(0.2)}"
        in capsys.readouterr().out
    )
