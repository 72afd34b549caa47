"""One real network: what it is, what it learns from, and how it is trained."""

from __future__ import annotations

import inspect

import numpy as np

from playground.clipping import Clipping, NoClipping
from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.glossary import BATCH, SEED
from playground.language import tr
from playground.networks import MLP, Activation, Data, Initialisation
from playground.networks.datasets import CLASSIC
from playground.optimizers import Optimizer
from playground.schedules import Constant, Schedule
from playground.topics.network.cost import network_work


class RealNetwork(Bounded, Declared, family=True):
    """A small network, what it learns from, and how it is trained."""

    sizes = ("steps", "width", "layers", "examples")

    data: str = param("moons", choices=tuple(CLASSIC), help="Points in the plane to tell apart.")
    noise: float = param(
        1.0,
        0,
        3,
        help="Scatter of the points, in units of the set's usual one.",
        valid="[0, 10]",
        words="scatter",
    )
    activation: Activation = param(Activation.all["Tanh"]())
    initialisation: Initialisation = param(Initialisation.all["Xavier"]())
    optimizer: Optimizer = param(Optimizer.all["GradientDescent"](lr=0.5))
    schedule: Schedule = param(Constant())
    clip: Clipping = param(NoClipping(), words="gradient clipping", more=True)
    steps: int = param(
        400, 50, 1000, "T", "Number of updates.", scale="log", valid="[2, 4000]", words="updates"
    )
    batch: int = param(
        0, 0, 100, BATCH, "Examples for one update; 0 means all of them.", valid="[0, 1000]"
    )
    layers: int = param(2, 0, 3, help="Hidden layers.", valid="[0, 5]", words="hidden layers")
    width: int = param(
        16, 1, 32, help="Units of every hidden layer.", valid="[1, 64]", words="units of a layer"
    )
    cost: str = param(
        "cross-entropy",
        choices=("cross-entropy", "squared error"),
        help="What a wrong answer costs.",
        words="loss",
    )
    examples: int = param(
        200,
        20,
        400,
        "n",
        "Training examples, and as many to test on.",
        scale="log",
        valid="[10, 1000]",
        more=True,
    )
    seed: int = param(
        0, 0, 99, SEED, "Which points, weights and batches.", valid="[0, 1000000]", more=True
    )

    def check(self) -> None:
        if not self.optimizer.elementwise():
            label = self.optimizer.label()
            raise ValueError(tr("{} needs the whole Hessian, here of two parameters only.", label))
        super().check()

    def work(self) -> Work:
        """The training, what is measured on its way, and the pictures of its landscape."""
        return network_work(self)

    @property
    def classes(self) -> int:
        """How many kinds of points the data set has."""
        defaults = inspect.signature(CLASSIC[self.data]).parameters
        return defaults["classes"].default if "classes" in defaults else 2

    @property
    def mlp(self) -> MLP:
        k = 1 if self.classes == 2 else self.classes
        cross = "logistic" if k == 1 else "softmax"
        sizes = (2, *[self.width] * self.layers, k)
        return MLP(sizes, self.activation, "squared" if self.cost == "squared error" else cross)

    def draw(self, seed: int) -> Data:
        """Points ``(n, 2)`` and their classes ``(n,)``."""
        make = CLASSIC[self.data]
        usual = inspect.signature(make).parameters["noise"].default
        return make(self.examples, noise=self.noise * usual, seed=seed)

    def targets(self, data: Data) -> Data:
        """The same points with targets as the network's cost wants them."""
        if self.mlp.loss == "squared" and self.classes > 2:
            return Data(data.inputs, np.eye(self.classes)[data.targets])
        return data
