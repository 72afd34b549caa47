"""The settings of the dropout page, and what is computed from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.glossary import LEARNING_RATE, SEED
from playground.language import mark
from playground.networks.activations import ReLU
from playground.networks.cost import Extent
from playground.networks.datasets import FRESH
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
from playground.networks.training import Moment, Training, moments_of
from playground.optimizers import Optimizer
from playground.shelf import SHELF, remembered
from playground.topics.dropout.training import (
    NETWORKS,
    Average,
    Debugging,
    DropoutTraining,
    averaging,
    debugging,
    overfit,
)

SHOWN, COUNTED = 16, 2000
"""Examples whose masks are drawn, and examples over which kept units are counted."""
DRAWS, DEEP = 100_000, 256
"""Draws behind the moments; units, and as many samples, of the deep network."""
MASKED = 20e-9
"""Seconds in which the masks of both hidden layers are drawn, for every unit and example."""
PICTURED = 20
"""Moments of a training between two pictures of it."""
NAMES = (mark("no dropout"), mark("dropout"))
LAYERS = (mark("inputs"), mark("hidden 1"), mark("hidden 2"))

Show = Callable[[float, Mapping[str, Training]], None]


class DropoutSettings(Bounded, Declared, family=True):
    """Which units are dropped, and what is trained with it."""

    sizes = ("steps", "width", "examples")

    keep_input: float = param(
        1.0,
        0.02,
        1,
        "p_0",
        "Share of the inputs that is kept.",
        valid="[0.001, 1]",
        words="share kept, inputs",
    )
    keep_1: float = param(
        0.5,
        0.02,
        1,
        "p_1",
        "Share of the first hidden layer that is kept.",
        valid="[0.001, 1]",
        words="share kept, first layer",
    )
    keep_2: float = param(
        0.5,
        0.02,
        1,
        "p_2",
        "Share of the second hidden layer that is kept.",
        valid="[0.001, 1]",
        words="share kept, second layer",
    )
    kind: str = param(
        "inverted",
        choices=("inverted", "plain"),
        help="Inverted divides what is kept by p; plain leaves it.",
        words="kind of dropout",
    )
    width: int = param(
        64, 8, 128, "n", "Units in each hidden layer.", valid="[2, 512]", words="units of a layer"
    )
    examples: int = param(
        60, 10, 200, help="Points the network is trained on.", valid="[2, 2000]", more=True
    )
    steps: int = param(
        600,
        100,
        2000,
        "T",
        "Updates of the training.",
        scale="log",
        valid="[1, 5000]",
        more=True,
        words="updates",
    )
    lr: float = param(
        3e-3,
        1e-4,
        0.1,
        LEARNING_RATE,
        "Learning rate of Adam.",
        scale="log",
        more=True,
    )
    seed: int = param(0, 0, 99, SEED, "Which random draw.", valid="[0, 1000000]", more=True)

    def work(self) -> Work:
        """Two trainings, and what their sub-networks say of the fresh examples."""
        net, n = Extent.of(self.network), self.examples
        draws = MASKED * self.width
        updates = self.steps * (net.update(n) + n * draws)
        moments = moments_of(self.steps) * net.moment(n, FRESH)
        averages = 2 * NETWORKS * (net.forward(FRESH) + FRESH * draws)
        return Work(2 * (updates + moments + averages), 8 * net.parameters)

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
        return _masks(self.network.sizes, self.keeps, self.inverted, self.seed)

    def counted(self) -> tuple[np.ndarray, KeptUnits]:
        """Units kept in the last hidden layer, over many examples, and the binomial law."""
        return _counted(self.width, self.keep_2, self.seed)

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
from playground.topics.dropout.training import averaging, debugging, overfit
from playground.networks.dropout import moments, through_depth

print(moments({self.keep_2!r}, inverted={self.inverted}, draws={DRAWS}, seed={self.seed}))
print(through_depth({self.keep_2!r}, width={DEEP}, samples={DEEP}, inverted={self.inverted},
                    seed={self.seed}).ratio)
found = overfit({self.keeps!r}, {self.optimizer!r}, n={self.examples}, width={self.width},
                steps={self.steps}, seed={self.seed})
print(found.test, found.training.dev_loss[-1])
print(averaging(found, {self.keeps!r}, seed={self.seed}).loss[-1])
print(debugging((1.0, {self.jumping!r})).rises)"""

    @property
    def jumping(self) -> float:
        """The keep probability of the debugging chapter."""
        return min(self.keep_1, self.keep_2)


@remembered
def _masks(
    sizes: tuple[int, ...], keeps: tuple[float, ...], inverted: bool, seed: int
) -> dict[str, np.ndarray]:
    rng, layers = np.random.default_rng(seed), zip(LAYERS, sizes, keeps, strict=False)
    return {name: mask((SHOWN, n), p, rng, inverted) for name, n, p in layers}


@remembered
def _counted(width: int, keep: float, seed: int) -> tuple[np.ndarray, KeptUnits]:
    drawn = mask((COUNTED, width), keep, np.random.default_rng(seed))
    return (drawn > 0).sum(axis=1), kept_units(width, keep)


@remembered
def _moments(keep: float, inverted: bool, seed: int) -> Moments:
    return moments(keep, inverted, draws=DRAWS, seed=seed)


@remembered
def _depth(keep: float, inverted: bool, seed: int) -> Depth:
    return through_depth(keep, width=DEEP, samples=DEEP, seed=seed, inverted=inverted)


@remembered
def _debugging(keep: float) -> Debugging:
    return debugging((keep,))


def runs(s: DropoutSettings, show: Show) -> tuple[DropoutTraining, DropoutTraining]:
    """The training without dropout and the one with it; `show(share, so far by name)` streams."""
    without = _trained(s, (1.0, 1.0, 1.0), lambda share, run: show(share, {NAMES[0]: run}))
    return without, _trained(
        s, s.keeps, lambda share, run: show(share, {NAMES[0]: without.training, NAMES[1]: run})
    )


def _trained(
    s: DropoutSettings, keeps: tuple[float, ...], show: Callable[[float, Training], None]
) -> DropoutTraining:
    def make() -> DropoutTraining:
        so_far: list[Moment] = []

        def progress(moment: Moment) -> None:
            so_far.append(moment.light())
            if len(so_far) % PICTURED == 0:
                show(moment.t / s.steps, Training.of(s.network, so_far))

        sizes = {"n": s.examples, "width": s.width, "steps": s.steps, "seed": s.seed}
        return overfit(keeps, s.optimizer, progress=progress, **sizes)

    return SHELF.get((overfit, keeps, s.examples, s.width, s.steps, s.lr, s.seed), make)


@remembered
def _average(found: DropoutTraining, keeps: tuple[float, ...], seed: int) -> Average:
    return averaging(found, keeps, seed=seed)


def averaged(s: DropoutSettings, found: DropoutTraining) -> Average:
    return _average(found, s.keeps, s.seed)


def debugged(s: DropoutSettings) -> Debugging:
    """The cost with keep = 1 and with dropout, step by step."""
    costs = [_debugging(p).cost for p in dict.fromkeys((1.0, s.jumping))]
    return Debugging({p: values for cost in costs for p, values in cost.items()})
