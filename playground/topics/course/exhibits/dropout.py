"""Masks in training and none at test time, as an exhibit."""

from __future__ import annotations

from playground.networks.dropout import Moments
from playground.topics.course.exhibits.exhibit import EXHIBITS, AsChosen, PageExhibit
from playground.topics.dropout import figures, words
from playground.topics.dropout.settings import LAYERS, NAMES, DropoutSettings, runs
from playground.topics.dropout.training import DropoutTraining


def _thinnest(s: DropoutSettings) -> Moments:
    """What the mask that drops most does to mean and mean square."""
    name, _ = min(zip(LAYERS, s.keeps, strict=True), key=lambda pair: pair[1])
    return s.moments()[name]


def _signal(s: DropoutSettings) -> str:
    """What is in training as it is at test time: both, only the mean, or neither of the two."""
    theory = _thinnest(s)
    if theory.mean_theory != 1:
        return "neither"
    return "both" if theory.second_theory == 1 else "mean"


def _trainings(s: DropoutSettings) -> dict[str, DropoutTraining]:
    """The training without dropout and the one with it, by name."""
    return dict(zip(NAMES, runs(s, lambda share, so_far: None), strict=True))


def _ended(s: DropoutSettings, masked: bool, fresh: bool) -> float:
    """The loss at the end, on fresh points or on the training examples."""
    run = _trainings(s)[NAMES[masked]].training
    return float((run.dev_loss if fresh else run.loss)[-1])


EXHIBITS["dropout"] = PageExhibit(
    page="dropout",
    preset=DropoutSettings(),
    known={
        "kept": lambda s: AsChosen(min(s.keeps)),
        "signal": _signal,
        "mean": lambda s: _thinnest(s).mean,
        "square": lambda s: _thinnest(s).second,
        "louder": lambda s: 1 / min(s.keeps),
        "loss_without": lambda s: _ended(s, masked=False, fresh=False),
        "fresh_without": lambda s: _ended(s, masked=False, fresh=True),
        "loss_with": lambda s: _ended(s, masked=True, fresh=False),
        "fresh_with": lambda s: _ended(s, masked=True, fresh=True),
    },
    found=lambda s: [
        words.verdict(s, s.moments()),
        words.training_words(*_trainings(s).values()),
    ],
    drawn=lambda s: [
        figures.moments(s.moments()),
        figures.training(
            {name: found.training for name, found in _trainings(s).items()}, "loss", s.steps
        ),
    ],
)
