"""The settings of the page on regularisation, and what is computed from them."""

from __future__ import annotations

import numpy as np

from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.glossary import LEARNING_RATE, SEED
from playground.networks.cost import Extent
from playground.networks.datasets import FRESH
from playground.networks.linear import LinearRegression
from playground.networks.training import moments_of
from playground.shelf import remembered
from playground.topics.regularisation import generalisation as g
from playground.topics.regularisation import penalties as r

NOISE = 0.3
DEGREES = (1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15)
REPEATS = 60
HESSIAN, OPTIMUM = np.array([[1.0, 0.5], [0.5, 1.0]]), np.array([2.0, 0.6])
"""A loss whose axes are turned, so that no penalty has it easy."""
STRENGTHS = np.geomspace(1e-3, 10, 121)
SAMPLES = (10, 20, 40, 80)
"""Examples that are multiplied by reflection."""
UPDATES, FAR = 60, 10.0
"""How long and from how far the shrinking of the weights is shown."""


FIT, EXAMPLE, CHAPTERS = 150e-6, 15e-9, 1.5
"""Seconds: the calls of a fit, each of its examples times the degree, and all other chapters."""


class Penalties(Bounded, Declared, family=True):
    """What is done against learning by heart."""

    sizes = ("steps", "width", "examples", "degree")

    degree: int = param(12, 1, 15, "d", "Degree of the polynomial.", valid="[0, 40]")
    examples: int = param(50, 10, 200, "n", "Training examples.", scale="log", valid="[5, 1000]")
    ridge: float = param(
        1e-6,
        1e-6,
        100,
        r"\lambda",
        "Weight of the penalty on the squared coefficients.",
        scale="log",
        valid="[0, inf)",
        words="penalty",
    )
    strength: float = param(
        0.5,
        1e-3,
        5,
        r"\lambda",
        "Weight of the penalty, L2 and L1 alike.",
        scale="log",
        valid="(0, 1e12]",
        words="penalty",
    )
    lr: float = param(0.1, 1e-3, 1, LEARNING_RATE, "Learning rate.", scale="log", valid="(0, 10]")
    decay: float = param(
        10.0,
        0.01,
        1000,
        r"\lambda",
        "L2 penalty λ/2m · ‖w‖².",
        scale="log",
        valid="[0, inf)",
        words="weight decay",
    )
    width: int = param(
        128,
        8,
        128,
        "n",
        "Units of both hidden layers.",
        scale="log",
        valid="[1, 256]",
        words="units of a layer",
    )
    steps: int = param(
        400, 50, 1000, "T", "Updates of Adam.", scale="log", valid="[10, 2000]", words="updates"
    )
    seed: int = param(0, 0, 99, SEED, "Which random draw.", valid="[0, 1000000]", more=True)

    def work(self) -> Work:
        """The fits of every degree and of the changes that are tried, and the training."""
        fits = 2 * (len(DEGREES) + 1) + len(RIDGES) + sum(MORE)
        fit = FIT + EXAMPLE * (self.examples + self.degree) * (self.degree + 1)
        net, n = Extent.of(g.Overfitting(self.width).net), g.LEARNED
        moments = moments_of(self.steps, g.EVERY) * net.moment(n, FRESH)
        return Work(CHAPTERS + REPEATS * fits * fit + self.steps * net.update(n) + moments)

    @property
    def code(self) -> str:
        return f"""import numpy as np
from playground.topics.regularisation.generalisation import *
from playground.topics.regularisation.penalties import *

fit = polynomials({self.degree}, n={self.examples}, ridge={self.ridge!r}, repeats={REPEATS},
                  seed={self.seed})
print(fit.train_error.mean(), np.median(fit.dev_error), fit.squared_bias, fit.variance)
print(judge(fit.train_error.mean(), np.median(fit.dev_error), base_error={NOISE} ** 2))
loss, truth = sparse_regression()
print(decay_step(loss, loss.optimum, lr={self.lr!r}, penalty={self.decay!r}).factor)
for penalty in ("ridge", "lasso"):
    here = penalty_path({HESSIAN.tolist()}, {OPTIMUM.tolist()}, [{self.strength!r}], penalty)
    print(penalty, here.w)
print(compare_penalties())
print(stopping_point(Overfitting({self.width}, {self.steps}, {self.seed}).trained()))
print(augmentation(n=20))"""


@remembered
def _fitted(degree: int, n: int, ridge: float, seed: int) -> g.Polynomials:
    return g.polynomials(degree, n, NOISE, ridge, REPEATS, seed)


def fits(s: Penalties) -> g.Polynomials:
    return _fitted(s.degree, s.examples, s.ridge, s.seed)


def along_degrees(s: Penalties) -> list[g.Polynomials]:
    """The same penalty for every degree."""
    return [_fitted(d, s.examples, s.ridge, s.seed) for d in sorted({*DEGREES, s.degree})]


RIDGES = tuple(10.0**k for k in range(-6, 3))
"""Penalties that are tried before one is named, as are `DEGREES` and `MORE` times the examples."""
MORE = (2, 4)


def dev_error(s: Penalties) -> float:
    """In the median over the samples: a few of them may err hugely."""
    return float(np.median(fits(s).dev_error))


@remembered
def better(s: Penalties, bias: bool, variance: bool) -> list[tuple[str, float, float]]:
    """Changes of one knob that lower the dev error: its name, the best value, the error then.

    Against bias a smaller λ and a higher degree are tried, against variance the opposite and more
    examples.
    """
    here, found = dev_error(s), []
    for name, values in (("ridge", RIDGES), ("degree", DEGREES)):
        now = getattr(s, name)
        up = variance if name == "ridge" else bias
        down = bias if name == "ridge" else variance
        found.append((name, [v for v in values if (v > now and up) or (v < now and down)]))
    if variance:
        most = next(p for p in s.params() if p.name == "examples").valid.bounds[1]
        found.append(("examples", [k * s.examples for k in MORE if k * s.examples <= most]))
    changes = []
    for name, tried in found:
        errors = {value: dev_error(s.replace(**{name: value})) for value in tried}
        best = min(errors, key=lambda value: errors[value], default=None)
        if best is not None and errors[best] < here:
            changes.append((name, float(best), errors[best]))
    return sorted(changes, key=lambda change: change[2])


@remembered
def sparse() -> tuple[LinearRegression, np.ndarray]:
    return r.sparse_regression()


def largest_lr(s: Penalties) -> float:
    """2/(λ_max + λ/m): beyond it the weights grow, whatever the penalty takes away."""
    loss, _ = sparse()
    return float(2 / (loss.modes[0].max() + s.decay / len(loss.y)))


def shrinking(s: Penalties) -> dict[str, np.ndarray]:
    """Length of w after every update, measured without and with the penalty, and predicted."""
    return _shrinking(s.lr, s.decay)


@remembered
def _shrinking(lr: float, decay: float) -> dict[str, np.ndarray]:
    loss, _ = sparse()
    start = far_start(loss.a.shape[1])
    found = {}
    with np.errstate(all="ignore"):
        for name, penalty in (("no penalty", 0.0), ("L2", decay)):
            w, lengths = start, [np.linalg.norm(start)]
            for _ in range(UPDATES):
                w = r.decay_step(loss, w, lr, penalty).by_decay
                lengths.append(np.linalg.norm(w))
            found[name] = np.array(lengths)
        # On a quadratic every eigen-direction of H + λ/m shrinks by its own factor.
        (values, vectors), end = loss.modes, r.ridge(loss, decay / len(loss.y))
        keep = (1 - lr * (values + decay / len(loss.y))) ** np.arange(UPDATES + 1)[:, None]
        path = end[:, None] + vectors @ (keep * (vectors.T @ (start - end))).T
        return found | {"L2, theory": np.linalg.norm(path, axis=0)}


def far_start(size: int) -> np.ndarray:
    """A start of length FAR that favours no weight."""
    return np.full(size, FAR / np.sqrt(size))


@remembered
def raced() -> r.DecayRace:
    return r.decay_race()


@remembered
def solutions(penalty: str) -> r.PenaltyPath:
    return r.penalty_path(HESSIAN, OPTIMUM, STRENGTHS, penalty)


@remembered
def solution(penalty: str, strength: float) -> r.PenaltyPath:
    return r.penalty_path(HESSIAN, OPTIMUM, [strength], penalty)


def first_zero() -> float:
    """The strength from which on L1 has a weight that is exactly 0."""
    return r.first_zero(HESSIAN, OPTIMUM)


@remembered
def penalised() -> list[r.Fit]:
    return r.compare_penalties()


@remembered
def augmented(n: int) -> g.Augmentation:
    return g.augmentation(n, repeats=100)
