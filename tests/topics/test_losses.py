"""Cross-entropy and squared error from the same wrong logits, and the coding of classes."""

import numpy as np
import pytest
from scipy.special import log_softmax
from scipy.special import softmax as oracle

import playground as pg
from playground.networks import datasets
from playground.topics.losses import experiment as L

GD = pg.GradientDescent(lr=1.0)


@pytest.mark.parametrize(
    ("far", "cross", "squared"), [(10, 11, np.nan), (4, 5, 379), (2, 3, 10), (6, 7, 20355)]
)
def test_steps_to_the_right_class(far, cross, squared):
    steps = 30_000 if far == 6 else 10_000
    way = {each.loss: each for each in L.steps_to_right((-far, far), GD, steps)}
    assert way["cross-entropy"].steps == cross
    np.testing.assert_array_equal(way["squared error"].steps, squared)
    x, y = way["cross-entropy"].end
    assert x > y


def test_gradients_at_the_most_wrong_start():
    cross, squared = L.steps_to_right((-10, 10), GD, steps=50)
    assert cross.gradient == pytest.approx(1.4142, abs=1e-4)
    assert squared.gradient == pytest.approx(1.17e-8, rel=0.01)
    assert np.hypot(squared.end[0] + 10, squared.end[1] - 10) < 1e-5  # it has not moved


def test_adam_rescues_the_squared_error():
    cross, squared = L.steps_to_right((-10, 10), pg.Adam(lr=0.1), steps=1000)
    assert squared.steps == pytest.approx(81, abs=2)
    assert cross.steps == pytest.approx(102, abs=2)


def test_rescue_times_of_many_starts_are_those_of_each():
    times = L.rescue_time(pg.SquaredSoftmax(), [2.0, 4.0], GD)
    np.testing.assert_array_equal(times, [10, 379])


def test_slopes_follow_their_closed_form():
    for far in (0.5, 2, 5):
        p = 1 / (1 + np.exp(2 * far))
        cross, squared = L.steps_to_right((-far, far), GD, steps=1)
        assert cross.gradient == pytest.approx(np.sqrt(2) * (1 - p))
        assert squared.gradient == pytest.approx(4 * np.sqrt(2) * p * (1 - p) ** 2)


def test_two_logits_agree_with_the_surfaces():
    z = np.random.default_rng(0).normal(size=(2, 50), scale=4)
    np.testing.assert_allclose(L.cross_entropy(z, 0), pg.CrossEntropy()(z), rtol=1e-12)
    np.testing.assert_allclose(L.squared_error(z, 0), pg.SquaredSoftmax()(z), rtol=1e-9)


def test_softmax_and_cross_entropy_agree_with_scipy():
    z = np.random.default_rng(1).normal(size=(4, 20), scale=300)
    np.testing.assert_allclose(L.softmax(z), oracle(z, axis=0))
    np.testing.assert_allclose(L.cross_entropy(z, 2), -log_softmax(z, axis=0)[2], atol=1e-9)
    np.testing.assert_allclose(L.softmax([3, 1, -3]), [0.8789, 0.1189, 0.0022], atol=1e-4)


def test_one_hot():
    np.testing.assert_array_equal(L.one_hot([2, 0], 3), [[0, 0, 1], [1, 0, 0]])
    for wrong in ([3], [-1], [0.5]):
        with pytest.raises(ValueError, match="whole numbers"):
            L.one_hot(wrong, 3)


def test_numbered_classes_lose_to_one_hot():
    train, test = datasets.blobs(300, seed=0), datasets.blobs(3000, seed=1)
    hot, *numbered = L.codings(train, test)
    assert hot.accuracy > 0.95
    assert len(numbered) == 3
    assert max(each.accuracy for each in numbered) < hot.accuracy - 0.03


def test_the_best_numbering_of_the_irises_is_by_size():
    data = datasets.iris()
    codings = {each.name: each.accuracy for each in L.codings(data, data)}
    assert codings["numbered 0 < 1 < 2"] > 0.95
    assert codings["numbered 0 < 2 < 1"] < 0.8
    assert codings["one-hot"] < 0.9  # the species in the middle is masked
