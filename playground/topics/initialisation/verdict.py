"""What a deep network's first breath promises, and whether its training keeps the promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import Outcome, Standing
from playground.networks.activations import Activation
from playground.networks.initialisations import Initialisation
from playground.networks.mlp import MLP
from playground.networks.propagation import Propagation, propagate, propagated_weights
from playground.networks.training import Data, Moment, Training, training_moments
from playground.optimizers import Optimizer
from playground.topics.initialisation.deeper import deeper
from playground.topics.initialisation.lines import DRIFT, KEPT, LEARNED, MOSTLY
from playground.words import number, percent

SYMMETRIC = Outcome("symmetric", "all units of a layer are the same", Standing.LOST, "red")
DEAD = Outcome("dead", "a layer is silent whatever the input", Standing.LOST, "red")
SATURATED = Outcome("saturated", "the last layer hardly answers", Standing.LOST, "red")
EXPLODING = Outcome("exploding", "signal or gradient grow without bound", Standing.LOST, "red")
VANISHING = Outcome("vanishing", "signal or gradient fade away", Standing.LOST, "red")
GROWING = Outcome("growing", "signal or gradient grow, not yet too far", Standing.WANTING, "orange")
FADING = Outcome("fading", "signal or gradient fade, not yet too far", Standing.WANTING, "orange")
HEALTHY = Outcome("healthy", "signal and gradient keep their size", Standing.GOOD, "green")

LABELS = (SYMMETRIC, DEAD, SATURATED, EXPLODING, VANISHING, GROWING, FADING, HEALTHY)
"""In the order in which they are asked."""


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
        "All weights of a layer are equal, so all its units compute and learn the same: "
        "the network stays as narrow as one unit.",
        "variance of a weight",
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
        f"Every unit of layer {layer + 1} is silent for every input, so nothing passes, "
        "neither the signal nor the gradient.",
        f"share of silent units in layer {layer + 1}",
        float(silent[layer]),
        1.0,
    )


def _saturated(found: Propagation) -> Finding | None:
    share = float(found.saturated[-1])
    if share <= MOSTLY:
        return None
    return Finding(
        SATURATED,
        f"{percent(share)} of the last layer's activations are saturated: their slope is almost 0, "
        "and a unit so far out hardly learns.",
        "share of saturated activations",
        share,
        MOSTLY,
    )


WHY = {
    ("signal", EXPLODING): "the outputs are huge, and so is every step",
    ("signal", VANISHING): "what comes out hardly depends on what went in",
    ("gradient", EXPLODING): "one step throws the first layers far away",
    ("gradient", VANISHING): "the first layers learn next to nothing",
}


def _drift(found: Propagation) -> Finding:
    drifts = {
        "signal": _ratio(found.forward[0], found.forward[-1]),
        "gradient": _ratio(found.backward[-1], found.backward[0]),
    }
    what = max(drifts, key=lambda name: abs(np.log(max(drifts[name], 1e-320))))
    ratio, layers = drifts[what], len(found.forward)
    quantity = f"mean square of the {what} after {layers} layers, first = 1"
    if 1 / KEPT <= ratio <= KEPT:
        sentence = (
            f"Signal and gradient keep their size: over all layers their mean squares change by "
            f"the factors {number(drifts['signal'])} and {number(drifts['gradient'])}."
        )
        return Finding(HEALTHY, f"{sentence}{deeper(found)}", quantity, ratio, KEPT)
    lost = not 1 / DRIFT <= ratio <= DRIFT
    line = DRIFT if lost else KEPT
    if ratio > 1:
        label = EXPLODING if lost else GROWING
        fate = f"ends {number(ratio)} times as large" if np.isfinite(ratio) else "overflows"
    else:
        label = VANISHING if lost else FADING
        fate = f"shrinks to {number(ratio)} of itself" if ratio > 0 else "becomes 0"
    journey = "on its way forward" if what == "signal" else "on its way back"
    so = f": {WHY[what, label]}." if lost else f".{deeper(found)}"
    sentence = f"The {what}'s mean square {fate} {journey}{so}"
    return Finding(label, sentence, quantity, ratio, line if ratio > 1 else 1 / line)


def _ratio(first: float, last: float) -> float:
    """last/first; inf where either overflowed."""
    if not (np.isfinite(first) and np.isfinite(last)):
        return np.inf
    return float(last / first) if first > 0 else 0.0


RATES = np.logspace(-4, -0.5, 8)
"""Learning rates of the check: a verdict that one badly chosen rate decides is none."""


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
    sentence: str


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
    every = max(1, steps // 20)
    for moment in training_moments(
        mlp, data, optimizer.replace(lr=rates), steps=steps, start=start, every=every
    ):
        moments.append(moment._replace(p=np.empty(0)))  # they would fill the memory
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
    sentence = (
        f"The best of {len(rates)} learning rates brought the loss to {number(best)} "
        f"(guessing: {number(np.log(2))}), so the network "
        f"{'learned' if learned else 'did not learn'} and the verdict “{judged.label}” "
        f"{'held' if held else 'did not hold'}."
    )
    return TrainCheck(judged, rates, training, best, learned, held, sentence)


def _side_of_a_plane(d: int, n: int, seed: int) -> Data:
    rng = np.random.default_rng((seed, 2))
    inputs, normal = rng.standard_normal((n, d)), rng.standard_normal(d)
    return Data(inputs, (inputs @ normal > 0).astype(float))
