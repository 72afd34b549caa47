"""What the dropout page says of its trainings and of the libraries' arguments."""

from dataclasses import replace

import numpy as np
import pytest

from playground.topics.dropout.settings import DropoutSettings
from playground.topics.dropout.training import overfit
from playground.topics.dropout.words import UNLEARNT, elsewhere, training_words

QUICK = DropoutSettings(steps=150, width=16)


def trained(keep):
    return overfit((1.0, keep, keep), QUICK.optimizer, width=QUICK.width, steps=QUICK.steps)


@pytest.fixture(scope="module")
def without():
    return trained(1.0)


@pytest.mark.parametrize("keep", [0.02, 0.1, 0.3, 0.5, 0.8, 0.95])
def test_less_over_fitted_means_fewer_mistakes_and_a_lower_loss(keep, without):
    with_it = trained(keep)
    told = training_words(without, with_it)
    mine, other = with_it.training, without.training
    better = mine.dev_error[-1] < other.dev_error[-1] and mine.dev_loss[-1] < other.dev_loss[-1]
    assert (told.label == "less over-fitted") == better
    assert (told.good is True) == better
    if told.label == "under-fits":
        assert mine.loss[-1] >= UNLEARNT * mine.loss[0]


def test_a_smaller_gap_alone_is_not_less_over_fitted(without):
    flat = replace(
        without.training,
        loss=np.full_like(without.training.loss, 0.69),
        dev_loss=np.full_like(without.training.dev_loss, 0.0),
    )
    told = training_words(without, replace(without, training=flat))
    assert told.label == "under-fits"
    assert told.good is False


@pytest.mark.parametrize("keep", [1.0, 0.9, 0.8, 0.5, 0.02])
def test_the_libraries_argument_drops_what_ours_does_not_keep(keep):
    torch = pytest.importorskip("torch")
    said = elsewhere(DropoutSettings(keep_1=keep, keep_2=keep))
    written = float(said.partition("Dropout(p=")[2].partition(")")[0])
    torch.manual_seed(0)
    kept = torch.nn.Dropout(p=written)(torch.ones(200_000)).count_nonzero().item() / 200_000
    assert kept == pytest.approx(keep, abs=0.01)
