"""The settings of the initialisation page, and what is computed from them."""

from __future__ import annotations

from collections.abc import Callable

from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.glossary import SEED
from playground.networks.activations import Activation, ReLU
from playground.networks.initialisations import Initialisation, Xavier
from playground.networks.propagation import PRECISIONS, Flow, Propagation, propagate, theory
from playground.shelf import SHELF, remembered
from playground.topics.initialisation.cost import affordable_width, first_breath, training_work
from playground.topics.initialisation.power import Powers, power_experiment

SIDEBAR = (
    *("depth", "width", "activation", "initialisation", "samples", "precision", "steps", "seed"),
)
"""The settings of the network; those of the product stand where they act."""


class FirstBreath(Bounded, Declared, family=True):
    """A deep network before its training."""

    sizes = ("width", "depth", "samples", "steps")

    depth: int = param(50, 1, 100, "L", "Number of layers.", valid="[1, 200]")
    width: int = param(
        100, 10, 500, "n", "Units in every layer.", valid="[1, 1000]", words="units of a layer"
    )
    activation: Activation = param(ReLU())
    initialisation: Initialisation = param(Xavier())
    samples: int = param(
        64,
        16,
        500,
        help="Inputs that are sent through at once.",
        scale="log",
        valid="[1, 1000]",
        more=True,
        words="inputs",
    )
    precision: str = param("float32", choices=PRECISIONS, help="Numbers of the network.", more=True)
    steps: int = param(
        200, 20, 500, "T", "Updates of the training.", valid="[1, 1000]", more=True, words="updates"
    )
    seed: int = param(0, 0, 99, SEED, "Which random draw.", valid="[0, 1000000]", more=True)
    grow: float = param(
        1.5, 1, 3, "c", "What one layer multiplies by.", valid="(0, 100]", words="growing factor"
    )
    shrink: float = param(
        0.5,
        0.02,
        1,
        "c",
        "What one layer multiplies by.",
        valid="(0, 100]",
        words="shrinking factor",
    )
    layers: int = param(
        150, 10, 2000, "L", "Layers of the product.", scale="log", valid="[1, 5000]", words="depth"
    )

    def work(self) -> Work:
        """The page, or the training that is asked for by a button, whichever is more."""
        training = training_work(self, self.trained_width)
        return max(first_breath(self, self.width), training, key=lambda work: work.share)

    def predicted(self) -> Flow:
        """Theory: no random number is drawn."""
        return theory(self.depth, self.width, self.activation, self.initialisation)

    def measured(self, meanwhile: Callable[[], object] | None = None) -> Propagation:
        """The network itself; `meanwhile` is called if it has to be measured."""
        network = self.depth, self.width, self.activation, self.initialisation
        how = self.samples, self.seed, self.precision

        def measure() -> Propagation:
            if meanwhile is not None:
                meanwhile()
            return propagate(
                *network, samples=self.samples, seed=self.seed, precision=self.precision
            )

        return SHELF.get((propagate, *network, *how), measure)

    @property
    def trained_width(self) -> int:
        """The width of the network that is trained: this one's, as far as the budget goes."""
        return affordable_width(self)

    @property
    def code(self) -> str:
        network = f"{self.depth}, {self.width}, {self.activation!r}, {self.initialisation!r}"
        return f"""from playground import *
from playground.networks.propagation import propagate, theory
from playground.topics.initialisation.verdict import outcome_of

predicted = theory({network})
measured = propagate({network},
                     samples={self.samples}, seed={self.seed}, precision={self.precision!r})
print(predicted.forward_factor, measured.forward_factor)
print(outcome_of(measured))"""


def powers_of(s: FirstBreath) -> list[Powers]:
    return [_powers(s.grow, s.layers), _powers(s.shrink, s.layers)]


@remembered
def _powers(factor: float, layers: int) -> Powers:
    return power_experiment(factor, layers)
