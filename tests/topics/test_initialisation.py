"""The first breath of a network: its verdict over the whole ground of its settings."""

import numpy as np
import pytest

from playground.networks import Activation, Initialisation
from playground.networks.activations import Identity, ReLU, Tanh
from playground.networks.initialisations import FreeVariance, He, LeCun
from playground.networks.propagation import Flow, propagate
from playground.topics.initialisation import figures
from playground.topics.initialisation.lines import DRIFT, KEPT
from playground.topics.initialisation.verdict import outcome_of
from playground.words import number
from tests.support.part import in_turn

FAR = 1e308


def ends(cls):
    """The members of a family at the defaults and at both ends of each parameter's valid ground."""
    yield cls()
    for p in cls.params():
        low, high = p.valid.bounds
        for value in (p.low, p.high, max(low, -FAR), min(high, FAR)):
            if p.valid.holds(value):
                yield cls(**{p.name: value})


ACTIVATIONS = [a for cls in Activation.all.values() for a in ends(cls)]
INITIALISATIONS = [i for cls in Initialisation.all.values() for i in ends(cls)]


@pytest.mark.parametrize("initialisation", INITIALISATIONS, ids=repr)
def test_sizes_are_said_to_be_kept_only_where_they_are(initialisation):
    for activation, (depth, width) in in_turn(ACTIVATIONS, ((1, 10), (3, 20), (30, 20))):
        found = propagate(depth, width, activation, initialisation, samples=16)
        told = outcome_of(found)
        assert "nan" not in told.sentence
        with np.errstate(all="ignore"):
            changes = [
                found.forward[-1] / found.forward[0],
                found.backward[0] / found.backward[-1],
            ]
        kept = all(1 / KEPT <= change <= KEPT for change in changes)
        lost = any(not 1 / DRIFT <= change <= DRIFT for change in changes)
        if told.label == "healthy":
            assert kept
        if told.label in ("growing", "fading"):
            assert not kept
            assert not lost
        if told.label in ("exploding", "vanishing"):
            assert lost


@pytest.mark.parametrize("c", [1.5, 2.78, 4.0])
def test_a_factor_per_layer_is_followed_to_where_it_explodes(c):
    """A linear network's factor is c itself: lost after 1 + ln 1000 / ln c layers."""
    layers = 1 + int(np.ceil(np.log(DRIFT) / np.log(c)))
    shallow = outcome_of(propagate(2, 400, Identity(), FreeVariance(c=c)))
    assert shallow.label == "healthy"
    assert f"× {number(c)} a layer" in shallow.sentence
    assert f"in {layers} layers" in shallow.sentence
    assert (
        outcome_of(propagate(layers + 2, 400, Identity(), FreeVariance(c=c))).label == "exploding"
    )


@pytest.mark.parametrize(("activation", "kept"), [(ReLU(), He()), (Identity(), LeCun())])
def test_where_theory_keeps_the_size_no_depth_is_threatened(activation, kept):
    assert "With depth" not in outcome_of(propagate(10, 200, activation, kept)).sentence


def test_tanh_with_its_usual_gain_explodes_with_depth():
    gained = FreeVariance(c=(5 / 3) ** 2)
    assert outcome_of(propagate(50, 80, Tanh(), gained)).label == "exploding"
    assert "gradient explodes" in outcome_of(propagate(5, 80, Tanh(), gained)).sentence


@pytest.mark.parametrize("first", [0.0, 5e-324, 1e-321, 1e-300, 1.0, 1e300, 1e306, np.inf])
@pytest.mark.parametrize("way", ["forward", "backward"])
def test_the_axis_holds_every_limit_that_is_drawn(first, way):
    values = np.full(5, first)
    figure = figures.flow(Flow(values, values), None, way)
    low, high = figure["layout"]["yaxis"]["range"]
    assert np.isfinite([low, high]).all()
    lines = [shape for shape in figure["layout"].get("shapes", []) if shape["yref"] == "y"]
    assert all(10**low < shape["y0"] < np.inf for shape in lines)
    assert len(lines) == 2 * (1e-300 <= first <= 1e300)
