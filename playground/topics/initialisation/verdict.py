"""What a deep network's first breath promises, and whether its training keeps the promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.diagnosis.finding import Finding
from playground.language import tr
from playground.networks.activations import Activation
from playground.networks.draws import propagated_weights
from playground.networks.initialisations import Initialisation
from playground.networks.mlp import MLP
from playground.networks.propagation import Propagation, propagate
from playground.networks.training import Data, Moment, Training, between_moments, training_moments
from playground.optimizers import Optimizer
from playground.shelf import remembered
from playground.topics.initialisation.deeper import deeper
from playground.topics.initialisation.labels import (
    DEAD,
    EXPLODING,
    FADING,
    GROWING,
    HEALTHY,
    SATURATED,
    SYMMETRIC,
    VANISHING,
    WHY,
)
from playground.topics.initialisation.lines import DRIFT, KEPT, LEARNED, MOSTLY
from playground.words import number, percent


@remembered
def outcome_of(found: Propagation) -> Finding:
    """Judge a network by its propagation; the first of `LABELS` that holds.

    `symmetric`: the units of a layer start equal.  `dead`: a layer whose units are silent for
    every sample although its signal is not 0.  `saturated`: more than half of the last layer's
    activations are.  `exploding`, `vanishing`: the mean square of signal or gradient changes by
    more than `DRIFT` over the whole depth, or leaves the numbers that the precision has.
    `growing`, `fading`: it changes by more than `KEPT`, and would be lost in a deeper network.
    """
    return _symmetric(found) or _dead(found) or _saturated(found) or _drift(found)


def _symmetric(found: Propagation) -> Finding | None:
    sizes = found.sizes
    spread = max(map(found.initialisation.variance, sizes[:-1], sizes[1:]))
    if spread > 0:
        return None
    return Finding(
        SYMMETRIC,
        tr(
            "All weights of a layer are equal, so all its units compute and learn the same: the "
            "network stays as narrow as one unit."
        ),
        tr("variance of a weight"),
        spread,
        0.0,
    )


def _dead(found: Propagation) -> Finding | None:
    silent = found.silent * (found.forward > 0)
    layer = int(np.argmax(silent))
    if silent[layer] < 1 or not np.isfinite(found.forward[layer]):
        return None
    return Finding(
        DEAD,
        tr(
            "Every unit of layer {} is silent for every input, so nothing passes, neither the "
            "signal nor the gradient.",
            layer + 1,
        ),
        tr("share of silent units in layer {}", layer + 1),
        float(silent[layer]),
        1.0,
    )


def _saturated(found: Propagation) -> Finding | None:
    share = float(found.saturated[-1])
    if share <= MOSTLY:
        return None
    return Finding(
        SATURATED,
        tr(
            "{} of the last layer's activations are saturated: their slope is almost 0, and a "
            "unit so far out hardly learns.",
            percent(share),
        ),
        tr("share of saturated activations"),
        share,
        MOSTLY,
    )


def _drift(found: Propagation) -> Finding:
    drifts = {
        "signal": _ratio(found.forward[0], found.forward[-1]),
        "gradient": _ratio(found.backward[-1], found.backward[0]),
    }
    what = max(drifts, key=lambda name: abs(np.log(max(drifts[name], 1e-320))))
    ratio, layers = drifts[what], len(found.forward)
    quantity = (
        tr("mean square of the signal after {} layers, first = 1", layers)
        if what == "signal"
        else tr("mean square of the gradient after {} layers, first = 1", layers)
    )
    if 1 / KEPT <= ratio <= KEPT:
        sentence = tr(
            "Signal and gradient keep their size: over all layers their mean squares change by "
            "the factors {} and {}.",
            number(drifts["signal"]),
            number(drifts["gradient"]),
        )
        sentence = f"{sentence} {deeper(found)}".rstrip()
        return Finding(HEALTHY, sentence, quantity, ratio, KEPT)
    lost = not 1 / DRIFT <= ratio <= DRIFT
    line = DRIFT if lost else KEPT
    if ratio > 1:
        label = EXPLODING if lost else GROWING
        fate = (
            tr("ends {} times as large", number(ratio)) if np.isfinite(ratio) else tr("overflows")
        )
    else:
        label = VANISHING if lost else FADING
        fate = tr("shrinks to {} of itself", number(ratio)) if ratio > 0 else tr("becomes 0")
    sentence = (
        tr("The signal's mean square {} on its way forward", fate)
        if what == "signal"
        else tr("The gradient's mean square {} on its way back", fate)
    )
    sentence += f": {tr(WHY[what, label])}." if lost else f". {deeper(found)}".rstrip()
    return Finding(label, sentence, quantity, ratio, line if ratio > 1 else 1 / line)


def _ratio(first: float, last: float) -> float:
    """last/first; inf where either overflowed."""
    if not (np.isfinite(first) and np.isfinite(last)):
        return np.inf
    return float(last / first) if first > 0 else 0.0


RATES = np.logspace(-4, -0.5, 8)
"""Learning rates of the check: a verdict that one badly chosen rate decides is none."""
TRIED = RATES[1::2]
"""Those that the page tries."""
MOMENTS = 20
"""About so many moments of a training are recorded."""


@dataclass(frozen=True, eq=False)
class TrainCheck:
    """Training curves of the judged network, one run for every learning rate."""

    verdict: Finding
    lr: np.ndarray
    """Learning rates ``(R,)``."""
    training: Training
    """Its `loss` is ``(K+1, R)``."""
    best: float
    """The lowest loss that any rate reached."""
    learned: bool
    """Whether that is below half the loss of guessing, (ln 2)/2."""
    held: bool
    """Whether the network learned if and only if its verdict did not give it up."""

    @property
    def sentence(self) -> str:
        """Both in words."""
        judged = self.verdict.label.noun
        return tr(
            "The best of {} learning rates brought the loss to {} (guessing: {}), so {} and {}.",
            *(len(self.lr), number(self.best), number(np.log(2))),
            tr("the network learned") if self.learned else tr("the network did not learn"),
            tr("the verdict “{}” held", judged)
            if self.held
            else tr("the verdict “{}” did not hold", judged),
        )


def train_check(
    depth: int,
    width: int,
    activation: Activation,
    initialisation: Initialisation,
    optimizer: Optimizer,
    *,
    steps: int = 200,
    samples: int = 64,
    seed: int = 0,
    rates: np.ndarray = RATES,
    progress: Callable[[Moment], object] | None = None,
) -> TrainCheck:
    """Train the very network that `propagate` measures and see whether the verdict holds.

    The task is easy: on which side of a plane does a normal point of `width` dimensions lie.  The
    weights are those of `propagate` with an output layer on top.  All `rates` run side by
    side with `optimizer` (whose own rate is not used); `GradientDescent` is the fair judge, since
    Adam hides a gradient that is merely small.  `progress` is called with every moment recorded.
    """
    data = _side_of_a_plane(width, samples, seed)
    mlp = MLP((*(width,) * (depth + 1), 1), activation, "logistic")
    rng = np.random.default_rng((seed, 1))
    layers = [
        (w, np.zeros(len(w))) for w in propagated_weights(mlp.sizes[:-1], seed, initialisation)
    ]
    layers.append((initialisation.weights(width, 1, rng), np.zeros(1)))
    start = np.repeat(mlp.pack(layers)[:, None], len(rates), axis=1)
    moments: list[Moment] = []
    every, rule = between_moments(steps, MOMENTS), optimizer.replace(lr=rates)
    for moment in training_moments(mlp, data, rule, steps=steps, start=start, every=every):
        moments.append(moment.light())
        if progress is not None:
            progress(moment)
    training = Training.of(mlp, moments)
    judged = outcome_of(
        propagate(
            depth,
            width,
            activation,
            initialisation,
            samples=samples,
            seed=seed,
            precision="float64",
        )
    )
    return _checked(judged, np.asarray(rates), training)


def _checked(judged: Finding, rates: np.ndarray, training: Training) -> TrainCheck:
    loss = np.where(np.isfinite(training.loss), training.loss, np.inf)
    best = float(loss.min())
    learned = bool(best < LEARNED)
    held = learned == (judged.label.good is not False)
    return TrainCheck(judged, rates, training, best, learned, held)


def _side_of_a_plane(d: int, n: int, seed: int) -> Data:
    rng = np.random.default_rng((seed, 2))
    inputs, normal = rng.standard_normal((n, d)), rng.standard_normal(d)
    return Data(inputs, (inputs @ normal > 0).astype(float))
