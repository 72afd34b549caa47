"""What the page on regularisation shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from playground.declare import Declared, param
from playground.networks import Training
from playground.topics.regularisation import generalisation as g
from playground.topics.regularisation import penalties as r

NOISE = 0.3
DEGREES = (1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15)
REPEATS = 60
HESSIAN, OPTIMUM = np.array([[1.0, 0.5], [0.5, 1.0]]), np.array([2.0, 0.6])
"""A loss whose axes are turned, so that no penalty has it easy."""
STRENGTHS = np.geomspace(1e-3, 10, 121)
UPDATES, FAR = 60, 10.0
"""How long and from how far the shrinking of the weights is shown."""


class Penalties(Declared, family=True):
    """What is done against learning by heart."""

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
    )
    strength: float = param(
        0.5,
        1e-3,
        5,
        r"\lambda",
        "Weight of the penalty, L2 and L1 alike.",
        scale="log",
        valid="(0, inf)",
    )
    lr: float = param(0.1, 1e-3, 1, r"\eta", "Learning rate.", scale="log", valid="(0, 10]")
    decay: float = param(
        10.0, 0.01, 1000, r"\lambda", "L2 penalty λ/2m · ‖w‖².", scale="log", valid="[0, inf)"
    )
    width: int = param(
        128, 8, 128, "n", "Units of both hidden layers.", scale="log", valid="[1, 256]"
    )
    steps: int = param(400, 50, 1000, "T", "Updates of Adam.", scale="log", valid="[10, 2000]")
    seed: int = param(0, 0, 99, help="Which random draw.", valid="[0, 1000000]", more=True)

    @property
    def code(self) -> str:
        return f"""import numpy as np
from playground.topics.regularisation.generalisation import *
from playground.topics.regularisation.penalties import *

fit = polynomials({self.degree}, n={self.examples}, ridge={self.ridge:g}, repeats={REPEATS},
                  seed={self.seed})
print(fit.train_error.mean(), np.median(fit.dev_error), fit.squared_bias, fit.variance)
print(judge(fit.train_error.mean(), np.median(fit.dev_error), base_error={NOISE} ** 2))
loss, truth = sparse_regression()
print(decay_step(loss, loss.optimum, lr={self.lr:g}, penalty={self.decay:g}).factor)
for penalty in ("ridge", "lasso"):
    here = penalty_path({HESSIAN.tolist()}, {OPTIMUM.tolist()}, [{self.strength:g}], penalty)
    print(penalty, here.w)
print(compare_penalties())
print(stopping_point(overfitted(width={self.width}, steps={self.steps}, seed={self.seed})))
print(augmentation(n=20))"""


# ---- bias and variance ----------------------------------------------------------------------


@lru_cache(maxsize=512)
def polynomials(degree: int, n: int, ridge: float, seed: int) -> g.Polynomials:
    return g.polynomials(degree, n, NOISE, ridge, REPEATS, seed)


def fits(s: Penalties) -> g.Polynomials:
    return polynomials(s.degree, s.examples, s.ridge, s.seed)


def along_degrees(s: Penalties) -> list[g.Polynomials]:
    """The same penalty for every degree."""
    return [polynomials(d, s.examples, s.ridge, s.seed) for d in sorted({*DEGREES, s.degree})]


def verdict(s: Penalties) -> tuple[str, bool | None, str]:
    """Bias and variance, read from the two errors."""
    f = fits(s)
    train, dev = float(f.train_error.mean()), float(np.median(f.dev_error))
    said = g.judge(train, dev, NOISE**2)
    high = said.high_bias, said.high_variance
    label = {
        (True, True): "high bias and variance",
        (True, False): "high bias",
        (False, True): "high variance",
        (False, False): "fits",
    }[high]
    return (
        label,
        not any(high),
        f"Training error {train:.3g}, dev error {dev:.3g}, and nobody gets below the noise of "
        f"{NOISE**2:.3g}. {said.sentence}",
    )


def bias_words(s: Penalties) -> str:
    f = fits(s)
    total = f.squared_bias + f.variance + NOISE**2
    return (
        f"Bias² {f.squared_bias:.3g} + variance {f.variance:.3g} + noise {NOISE**2:.3g} = "
        f"{total:.3g}; measured mean dev error {f.dev_error.mean():.3g}."
    )


# ---- L2 as weight decay ---------------------------------------------------------------------


@lru_cache(maxsize=2)
def sparse() -> tuple[Any, np.ndarray]:
    return r.sparse_regression()


def shrinking(s: Penalties) -> dict[str, np.ndarray]:
    """Length of w after every update, measured without and with the penalty, and predicted."""
    loss, _ = sparse()
    start = _far(loss.a.shape[1])
    found = {}
    with np.errstate(all="ignore"):
        for name, penalty in (("no penalty", 0.0), ("L2", s.decay)):
            w, lengths = start, [np.linalg.norm(start)]
            for _ in range(UPDATES):
                w = r.decay_step(loss, w, s.lr, penalty).by_decay
                lengths.append(np.linalg.norm(w))
            found[name] = np.array(lengths)
        # On a quadratic every eigen-direction of H + λ/m shrinks by its own factor.
        (values, vectors), end = loss.modes, r.ridge(loss, s.decay / len(loss.y))
        keep = (1 - s.lr * (values + s.decay / len(loss.y))) ** np.arange(UPDATES + 1)[:, None]
        path = end[:, None] + vectors @ (keep * (vectors.T @ (start - end))).T
        return found | {"L2, theory": np.linalg.norm(path, axis=0)}


def _far(size: int) -> np.ndarray:
    """A start of length FAR that favours no weight."""
    return np.full(size, FAR / np.sqrt(size))


def decay_words(s: Penalties) -> tuple[str, bool | None, str]:
    loss, _ = sparse()
    step = r.decay_step(loss, _far(loss.a.shape[1]), s.lr, s.decay)
    apart = float(np.abs(step.by_penalty - step.by_decay).max())
    words = (
        f"Every update multiplies each weight by 1 − ηλ/m = {step.factor:.6g} (m = "
        f"{len(loss.y)}) before it follows the data; the two ways to write it differ by "
        f"{apart:.1g}."
    )
    if not 0 < step.factor <= 1:
        return "not a decay", False, f"{words} That is not between 0 and 1, so it is no decay."
    return "decay", True, words


@lru_cache(maxsize=1)
def decay_race() -> r.DecayRace:
    return r.decay_race()


# ---- the constrained picture ----------------------------------------------------------------


@lru_cache(maxsize=4)
def path(penalty: str) -> r.PenaltyPath:
    return r.penalty_path(HESSIAN, OPTIMUM, STRENGTHS, penalty)


@lru_cache(maxsize=128)
def solution(penalty: str, strength: float) -> r.PenaltyPath:
    return r.penalty_path(HESSIAN, OPTIMUM, [strength], penalty)


def first_zero() -> float:
    """The strength from which on L1 has a weight that is exactly 0, among those that are drawn."""
    found = path("lasso")
    return float(found.strengths[np.argmax((found.w == 0).any(axis=0))])


def constrained_words(s: Penalties) -> tuple[str, bool | None, str]:
    two, one = (solution(p, s.strength).w[:, 0] for p in r.PENALTIES)
    zeros = int(np.sum(one == 0))
    label = ("no zero yet", "one zero", "all zero")[zeros]
    said = (
        f"At λ = {s.strength:g} the L1 penalty leaves w = ({one[0]:.3g}, {one[1]:.3g}) with "
        f"{zeros} exact zeros (the first from λ ≈ {first_zero():.2g} on); L2 leaves ({two[0]:.3g}, "
        f"{two[1]:.3g})."
    )
    return label, zeros == 1, said


@lru_cache(maxsize=1)
def penalties() -> list[r.Fit]:
    return r.compare_penalties()


def penalty_table() -> tuple[list[str], list[list[str]]]:
    head = ["penalty", "exact zeros", "error on fresh data"]
    found = penalties()
    return head, [[f.name, f"{f.zeros} of {f.w.size}", f"{f.test_error:.3g}"] for f in found]


def numbers(s: Penalties, run: Training) -> Mapping[str, Any]:
    """The columns of the download."""
    every = along_degrees(s)
    return {
        "degree": [f.degree for f in every],
        "training error": [float(f.train_error.mean()) for f in every],
        "dev error, median": [float(np.median(f.dev_error)) for f in every],
        "bias²": [f.squared_bias for f in every],
        "variance": [f.variance for f in every],
        "update": run.t,
        "training loss": run.loss,
        "dev loss": run.dev_loss,
        "dev error of the network": run.dev_error,
    }
