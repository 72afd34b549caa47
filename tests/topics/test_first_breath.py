"""The verdict on a deep network's first breath, its promise, and powers of a number."""

from contextvars import copy_context

import numpy as np
import pytest

import playground as pg
from playground.language import speak
from playground.networks.activations import GELU, Identity, ReLU, Sigmoid, Tanh
from playground.networks.initialisations import (
    FreeVariance,
    He,
    LeCun,
    Normal,
    Xavier,
    Zeros,
)
from playground.networks.mlp import MLP
from playground.networks.propagation import propagate
from playground.networks.training import Data, train
from playground.topics.initialisation.power import power_experiment
from playground.topics.initialisation.verdict import outcome_of, train_check
from tests.support import pseudo


def units_alike(mlp, p):
    """Per hidden layer, the largest difference between the incoming weights of two units."""
    return [float(np.ptp(w, axis=-2).max()) for w, _ in mlp.unpack(p)[:-1]]


@pytest.mark.parametrize(
    ("activation", "initialisation", "label"),
    [
        (Tanh(), Zeros(), "symmetric"),
        (Tanh(), Normal(std=1.0), "saturated"),
        (Tanh(), Normal(std=0.01), "vanishing"),
        (Identity(), He(), "exploding"),
        (Identity(), Normal(std=1.0), "exploding"),
        (ReLU(), Xavier(), "vanishing"),
        (ReLU(), Normal(std=0.01), "vanishing"),
        (Sigmoid(), Xavier(), "vanishing"),
        (GELU(), He(), "vanishing"),
        (ReLU(), He(), "healthy"),
        (Tanh(), Xavier(), "fading"),
        (Tanh(), He(), "growing"),
        (Tanh(), FreeVariance(c=(5 / 3) ** 2), "exploding"),
        (Identity(), LeCun(), "healthy"),
    ],
)
def test_the_verdict_names_what_is_wrong(activation, initialisation, label):
    found = outcome_of(propagate(50, 256, activation, initialisation))
    assert found.label == label
    beyond = found.measured < found.threshold if label == "vanishing" else True
    assert beyond
    assert len(found.sentence) > 40


def test_a_narrow_deep_relu_network_is_born_dead():
    assert outcome_of(propagate(50, 3, ReLU(), He())).label == "dead"


def test_symmetric_units_stay_alike_and_drawn_ones_do_not():
    mlp = MLP((2, 8, 8, 1), Sigmoid())
    rng = np.random.default_rng(0)
    x = rng.standard_normal((30, 2))
    data = Data(x, (x[:, 0] > 0).astype(float))
    same = train(mlp, data, pg.Adam(lr=0.1), steps=60, initialisation=Zeros())
    assert max(units_alike(mlp, same.end)) == pytest.approx(0, abs=1e-12)
    assert same.loss[-1] < same.loss[0] - 0.1  # it learns, as one unit
    drawn = train(mlp, data, pg.Adam(lr=0.1), steps=60)
    assert min(units_alike(mlp, drawn.end)) > 0.1


@pytest.mark.parametrize(
    ("activation", "initialisation", "depth", "label"),
    [
        (Tanh(), He(), 20, "healthy"),
        (Tanh(), Xavier(), 40, "fading"),
        (Tanh(), Normal(std=0.01), 20, "vanishing"),
        (ReLU(), Xavier(), 40, "vanishing"),
        (Identity(), He(), 40, "exploding"),
    ],
)
def test_training_keeps_the_promise_of_the_verdict(activation, initialisation, depth, label):
    heard = []
    check = train_check(
        depth,
        24,
        activation,
        initialisation,
        pg.GradientDescent(),
        steps=100,
        samples=32,
        progress=heard.append,
    )
    assert check.training.loss.shape == (len(heard), len(check.lr))
    assert check.verdict.label == label
    assert check.learned == (label in ("healthy", "fading"))
    assert check.held


def test_a_promise_can_be_broken_and_is_then_called_so():
    # 20 linear layers explode by 2^20, yet a step of 1e-4 is small enough to cope.
    check = train_check(20, 24, Identity(), He(), pg.GradientDescent(), steps=100, samples=32)
    assert (check.verdict.label, check.learned, check.held) == ("exploding", True, False)
    assert "did not hold" in check.sentence


def test_what_is_kept_for_all_is_told_in_the_language_of_each():
    check = train_check(3, 8, Identity(), He(), pg.GradientDescent(), steps=5, samples=8)
    english = check.sentence

    def told() -> str:
        speak(pseudo.known())
        return check.sentence

    assert copy_context().run(told) != english
    assert check.sentence == english


def test_powers_of_one_and_a_half():
    up, down = power_experiment(1.5), power_experiment(0.5)
    assert up.values["float64"][150] == pytest.approx(2.59e26, rel=1e-3)
    assert up.overflow == {"float16": 28, "float32": None, "float64": None}
    assert down.values["float64"][150] == pytest.approx(7.0e-46, rel=1e-2)
    assert down.underflow["float32"] == 150
    assert down.underflow["float64"] is None


def test_a_matrix_full_of_c_grows_by_n_c():
    ones = np.full((2, 2), 1.5)
    grown = np.linalg.matrix_power(ones, 10) @ np.ones(2)
    assert power_experiment(1.5, 10, full=2).values["float64"][10] == pytest.approx(grown[0])
    assert power_experiment(1.5, 10, full=2).factor == 3
    assert power_experiment(0.5, 150, full=2).values["float64"][150] == 1
