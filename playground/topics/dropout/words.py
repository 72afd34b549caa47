"""What the dropout page shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from playground.declare import Declared, param
from playground.networks.activations import ReLU
from playground.networks.dropout import (
    Depth,
    KeptUnits,
    Moments,
    kept_units,
    mask,
    moments,
    through_depth,
)
from playground.networks.mlp import MLP
from playground.networks.training import Moment, Training
from playground.optimizers import Optimizer
from playground.topics.dropout.training import (
    Average,
    Debugging,
    Overfitting,
    average,
    debugging,
    overfit,
)

SHOWN, COUNTED = 16, 2000
"""Examples whose masks are drawn, and examples over which kept units are counted."""
KEPT = 12
"""Trainings that are remembered."""
NAMES = ("no dropout", "dropout")
LAYERS = ("inputs", "hidden 1", "hidden 2")
RECIPES = {
    "scaled": "whole network",
    "average": "mean of 50 sub-networks",
    "one mask": "one sub-network",
    "forgotten": "plain, scaling forgotten",
}

Show = Callable[[float, Mapping[str, Training]], None]


class DropoutSettings(Declared, family=True):
    """Which units are dropped, and what is trained with it."""

    keep_input: float = param(
        1.0, 0.02, 1, "p_0", "Share of the inputs that is kept.", valid="(0, 1]"
    )
    keep_1: float = param(
        0.5, 0.02, 1, "p_1", "Share of the first hidden layer that is kept.", valid="(0, 1]"
    )
    keep_2: float = param(
        0.5, 0.02, 1, "p_2", "Share of the second hidden layer that is kept.", valid="(0, 1]"
    )
    kind: str = param(
        "inverted",
        choices=("inverted", "plain"),
        help="Inverted divides what is kept by p; plain leaves it.",
    )
    width: int = param(64, 8, 128, "n", "Units in each hidden layer.", valid="[2, 512]")
    examples: int = param(
        60, 10, 200, help="Points the network is trained on.", valid="[2, 2000]", more=True
    )
    steps: int = param(
        600, 100, 2000, "T", "Updates of the training.", scale="log", valid="[1, 5000]", more=True
    )
    lr: float = param(
        3e-3, 1e-4, 0.1, r"\eta", "Learning rate of Adam.", scale="log", valid="(0, inf)", more=True
    )
    seed: int = param(0, 0, 99, help="Which random draw.", valid="[0, 1000000]", more=True)

    @property
    def keeps(self) -> tuple[float, float, float]:
        return self.keep_input, self.keep_1, self.keep_2

    @property
    def inverted(self) -> bool:
        return self.kind == "inverted"

    @property
    def network(self) -> MLP:
        return MLP((2, self.width, self.width, 1), ReLU())

    def masks(self) -> dict[str, np.ndarray]:
        """One mask per layer, ``(examples, units)``."""
        rng = np.random.default_rng(self.seed)
        sizes = zip(LAYERS, self.network.sizes, self.keeps, strict=False)
        return {name: mask((SHOWN, n), p, rng, self.inverted) for name, n, p in sizes}

    def counted(self) -> tuple[np.ndarray, KeptUnits]:
        """Units kept in the last hidden layer, over many examples, and the binomial law."""
        drawn = mask((COUNTED, self.width), self.keep_2, np.random.default_rng(self.seed))
        return (drawn > 0).sum(axis=1), kept_units(self.width, self.keep_2)

    def moments(self) -> dict[str, Moments]:
        """By layer, what its mask does to mean and second moment."""
        return {
            name: _moments(p, self.inverted, self.seed)
            for name, p in zip(LAYERS, self.keeps, strict=True)
        }

    def depths(self) -> dict[float, Depth]:
        """By keep probability, training over test through ten layers."""
        return {p: _depth(p, self.inverted, self.seed) for p in dict.fromkeys(self.keeps)}

    @property
    def optimizer(self) -> Optimizer:
        return Optimizer.all["Adam"](lr=self.lr)

    @property
    def code(self) -> str:
        return f"""from playground import *
from playground.topics.dropout.training import average, debugging, overfit
from playground.networks.dropout import moments, through_depth

print(moments({self.keep_2!r}, inverted={self.inverted}, draws=100_000, seed={self.seed}))
print(through_depth({self.keep_2!r}, width=256, samples=256, inverted={self.inverted},
                    seed={self.seed}).ratio)
found = overfit({self.keeps!r}, {self.optimizer!r}, n={self.examples}, width={self.width},
                steps={self.steps}, seed={self.seed})
print(found.test, found.training.dev_loss[-1])
print(average(found, {self.keeps!r}, seed={self.seed}).loss[-1])
print(debugging((1.0, {self.jumping!r})).rises)"""

    @property
    def jumping(self) -> float:
        """The keep probability of the debugging chapter."""
        return min(self.keep_1, self.keep_2)


_moments = lru_cache(maxsize=64)(
    lambda keep, inverted, seed: moments(keep, inverted, draws=100_000, seed=seed)
)
_depth = lru_cache(maxsize=64)(
    lambda keep, inverted, seed: through_depth(
        keep, width=256, samples=256, seed=seed, inverted=inverted
    )
)
_average = lru_cache(maxsize=KEPT)(average)
_debugging = lru_cache(maxsize=32)(lambda keep: debugging((keep,)))
_trainings: dict[Any, Overfitting] = {}


def verdict(s: DropoutSettings, found: Mapping[str, Moments]) -> tuple[str, bool | None, str]:
    """What the masks do to the signal, with the number that says so."""
    name, p = min(zip(LAYERS, s.keeps, strict=True), key=lambda pair: pair[1])
    m = found[name]
    if p == 1:
        return "no dropout", None, "Every unit is kept, so training and test are the same network."
    if s.inverted:
        return (
            "means agree",
            True,
            (
                f"Masks leave the mean of {name} as it is (× {m.mean:.3f}, theory 1), so nothing has "
                f"to be done at test time; the second moment grows × {m.second:.3f} (theory 1/p = "
                f"{1 / p:.3g})."
            ),
        )
    return (
        "scale at test time",
        False,
        (
            f"Masks shrink the mean of {name} to × {m.mean:.3f} (theory p = {p:g}), so at test time "
            f"its outgoing weights must be multiplied by {p:g}; forgotten, the next layer hears "
            f"{1 / p:.3g} times as much as in training."
        ),
    )


def counted_words(counts: np.ndarray, theory: KeptUnits) -> str:
    """Expectation is not what happens."""
    n, middle = len(theory.k) - 1, round(theory.mean)
    exactly = float((counts == middle).mean())
    return (
        f"Of {n} units {theory.mean:g} ± {theory.sd:.3g} are kept. Exactly {middle} are kept in "
        f"{theory.exactly:.1%} of the cases, measured {exactly:.1%}."
    )


def depth_words(found: Mapping[float, Depth]) -> str:
    return " ".join(
        f"p = {p:g}: × {d.ratio[-1]:.3g} in layer {len(d.ratio)} (theory {d.theory[-1]:.3g})."
        for p, d in found.items()
    )


def runs(s: DropoutSettings, show: Show) -> tuple[Overfitting, Overfitting]:
    """The training without dropout and the one with it; `show(share, so far by name)` streams."""
    without = _trained(s, (1.0, 1.0, 1.0), lambda share, run: show(share, {NAMES[0]: run}))
    return without, _trained(
        s, s.keeps, lambda share, run: show(share, {NAMES[0]: without.training, NAMES[1]: run})
    )


def _trained(
    s: DropoutSettings, keeps: tuple[float, ...], show: Callable[[float, Training], None]
) -> Overfitting:
    key = keeps, s.examples, s.width, s.steps, s.lr, s.seed
    found = _trainings.pop(key, None)
    if found is None:
        so_far: list[Moment] = []

        def progress(moment: Moment) -> None:
            so_far.append(moment)
            if len(so_far) % 20 == 0:
                show(moment.t / s.steps, Training.of(s.network, so_far))

        found = overfit(
            keeps,
            s.optimizer,
            n=s.examples,
            width=s.width,
            steps=s.steps,
            seed=s.seed,
            progress=progress,
        )
    _trainings[key] = found
    for old in list(_trainings)[:-KEPT]:
        _trainings.pop(old, None)
    return found


def averaged(s: DropoutSettings, found: Overfitting) -> Average:
    return _average(found, s.keeps, seed=s.seed)


def training_words(without: Overfitting, with_it: Overfitting) -> tuple[str, bool | None, str]:
    """Whether dropout helped on data the network has not seen."""
    a, b = without.training, with_it.training
    if with_it is without:
        return (
            "no dropout",
            None,
            (
                f"All units are kept: the network ends with {a.error[-1]:.1%} wrong in training and "
                f"{a.dev_error[-1]:.1%} on fresh data (test loss {a.dev_loss[-1]:.3g})."
            ),
        )
    helped = bool(b.dev_loss[-1] < a.dev_loss[-1])
    return (
        "less over-fitted" if helped else "no help",
        helped,
        (
            f"Without dropout the network ends with {a.error[-1]:.1%} wrong in training and "
            f"{a.dev_error[-1]:.1%} on fresh data (test loss {a.dev_loss[-1]:.3g}); with it "
            f"{b.error[-1]:.1%} and {b.dev_error[-1]:.1%} (test loss {b.dev_loss[-1]:.3g})."
        ),
    )


def average_words(found: Overfitting, curve: Average) -> str:
    """Monte Carlo against weight scaling."""
    forgotten = found.test["forgotten"][0]
    return (
        f"The mean of {curve.networks[-1]} sub-networks has a test loss of {curve.loss[-1]:.3g}, "
        f"one of them alone {curve.loss[0]:.3g}, and the whole network in one pass "
        f"{curve.scaled:.3g}; the probabilities of mean and whole differ by {found.apart:.3f} on "
        f"average. Plain dropout whose scaling is forgotten: {forgotten:.3g}."
    )


def debugged(s: DropoutSettings) -> Debugging:
    """The cost with keep = 1 and with dropout, step by step."""
    costs = [_debugging(p).cost for p in dict.fromkeys((1.0, s.jumping))]
    return Debugging({p: values for cost in costs for p, values in cost.items()})


def debugging_words(found: Debugging) -> str:
    said = [
        f"With keep = {keep:g} J rises in {rises} of {len(found.cost[keep]) - 1} steps."
        for keep, rises in found.rises.items()
    ]
    return " ".join(said)


def numbers(s: DropoutSettings, with_it: Overfitting, without: Overfitting) -> Mapping[str, Any]:
    """The columns of the download."""
    columns: dict[str, Any] = {"update": with_it.training.t}
    for name, run in (("dropout", with_it.training), ("no dropout", without.training)):
        for what in ("loss", "error", "dev_loss", "dev_error"):
            columns[f"{name} {what.replace('dev_', 'test ')}"] = getattr(run, what)
    for p, d in s.depths().items():
        columns |= {f"depth ratio p={p:g}": d.ratio, f"theory p={p:g}": d.theory}
    return columns
