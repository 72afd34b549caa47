"""What the initialisation page shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from playground.declare import Declared, param
from playground.networks.activations import Activation, ReLU
from playground.networks.initialisations import Initialisation, Xavier
from playground.networks.propagation import PRECISIONS, Flow, Propagation, propagate, theory
from playground.networks.training import Moment
from playground.optimizers import Optimizer
from playground.topics.initialisation.figures import losses
from playground.topics.initialisation.power import Powers, power_experiment
from playground.topics.initialisation.verdict import RATES, TrainCheck, Verdict, train_check
from playground.ui.chapters import chart

BUDGET = 500_000
"""Weights of the widest network that is trained here: a classroom shares the computer."""
TRIED = RATES[1::2]
FOREVER = 20_000
"""Layers after which a product that still is a number is left alone."""


class FirstBreath(Declared, family=True):
    """A deep network before its training."""

    depth: int = param(50, 1, 100, "L", "Number of layers.", valid="[1, 200]")
    width: int = param(100, 10, 500, "n", "Units in every layer.", valid="[1, 1000]")
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
    )
    precision: str = param("float32", choices=PRECISIONS, help="Numbers of the network.", more=True)
    steps: int = param(200, 20, 500, "T", "Updates of the training.", valid="[1, 1000]", more=True)
    seed: int = param(0, 0, 99, help="Which random draw.", valid="[0, 1000000]", more=True)
    grow: float = param(1.5, 1, 3, "c", "What one layer multiplies by.", valid="(0, 100]")
    shrink: float = param(0.5, 0.02, 1, "c", "What one layer multiplies by.", valid="(0, 100]")
    layers: int = param(
        150, 10, 2000, "L", "Layers of the product.", scale="log", valid="[1, 5000]"
    )

    def predicted(self) -> Flow:
        """Theory: no random number is drawn."""
        return theory(self.depth, self.width, self.activation, self.initialisation)

    def measured(self) -> Propagation:
        """The network itself."""
        return _measured(
            self.depth,
            self.width,
            self.activation,
            self.initialisation,
            self.samples,
            self.seed,
            self.precision,
        )

    @property
    def trained_width(self) -> int:
        """The width of the network that is trained: this one's, as far as the budget goes."""
        return max(1, min(self.width, int((BUDGET / self.depth) ** 0.5)))

    @property
    def code(self) -> str:
        network = f"{self.depth}, {self.width}, {self.activation!r}, {self.initialisation!r}"
        return f"""from playground import *
from playground.networks.propagation import propagate, theory
from playground.topics.initialisation.verdict import verdict

predicted = theory({network})
measured = propagate({network},
                     samples={self.samples}, seed={self.seed}, precision={self.precision!r})
print(predicted.forward_factor, measured.forward_factor)
print(verdict(measured))"""


_measured = lru_cache(maxsize=64)(
    lambda depth, width, activation, initialisation, samples, seed, precision: propagate(
        depth, width, activation, initialisation, samples=samples, seed=seed, precision=precision
    )
)


def comparison(found: Verdict) -> str:
    """The number that decided a verdict beside its threshold."""
    if found.label == "symmetric":
        return f"The {found.quantity} is {found.number:g}."
    if found.label == "healthy":
        return (
            f"Largest change: {found.number:.3g}, allowed from {1 / found.threshold:g} to "
            f"{found.threshold:g}."
        )
    sign = "≥" if found.label == "dead" else ">" if found.number > found.threshold else "<"
    return f"Decisive: {found.quantity}: {found.number:.3g} {sign} {found.threshold:.3g}."


def factors(predicted: Flow, measured: Propagation) -> tuple[list[str], list[list[str]]]:
    """The numbers of the charts: measured and predicted, first, last and per layer."""
    rows = []
    for name, way in (("signal", "forward"), ("gradient", "backward")):
        for flow, how in ((measured, "measured"), (predicted, "theory")):
            values = getattr(flow, way)
            rows.append(
                [
                    name,
                    how,
                    number(values[0]),
                    number(values[-1]),
                    number(getattr(flow, f"{way}_factor")),
                ]
            )
    return ["mean square", "", "layer 1", f"layer {len(predicted.forward)}", "× per layer"], rows


def number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3g}".replace("inf", "∞")


def every_initialisation(s: FirstBreath) -> tuple[list[str], list[list[str]]]:
    """Theory's factors per layer of all initialisations, for this activation and size."""
    rows = []
    for cls in Initialisation.all.values():
        for value in [s.initialisation] if isinstance(s.initialisation, cls) else _usual(cls):
            flow = theory(s.depth, s.width, s.activation, value)
            bold = "**" if value == s.initialisation else ""
            rows.append(
                [
                    f"{bold}`{value!r}`{bold}",
                    number(flow.forward[-1]),
                    number(flow.forward_factor),
                    number(flow.backward[0]),
                    number(flow.backward_factor),
                ]
            )
    head = [
        "initialisation",
        f"signal, layer {s.depth}",
        "× per layer",
        "gradient, layer 1",
        "× per layer",
    ]
    return head, rows


def _usual(cls: type[Any]) -> list[Any]:
    if cls.__name__ == "Normal":
        return [cls(), cls(std=1.0)]
    return [cls(), cls(gain=1.4142)] if cls.__name__ == "Orthogonal" else [cls()]


_trainings: dict[Any, TrainCheck] = {}


def _key(s: FirstBreath) -> Any:
    return s.depth, s.trained_width, s.activation, s.initialisation, s.samples, s.seed, s.steps


def trained(s: FirstBreath) -> TrainCheck | None:
    """The training of this network, if it was made before."""
    return _trainings.get(_key(s))


def train_now(s: FirstBreath, show: Callable[[dict[str, Any]], None]) -> TrainCheck:
    """Train it; `show` is given the figure so far, and may end it all by raising."""
    t: list[int] = []
    seen: list[Any] = []

    def progress(moment: Moment) -> None:
        t.append(moment.t)
        seen.append(moment.loss)
        show(losses(t, np.array(seen), TRIED, s.steps))

    check = train_check(
        s.depth,
        s.trained_width,
        s.activation,
        s.initialisation,
        Optimizer.all["GradientDescent"](),
        steps=s.steps,
        samples=s.samples,
        seed=s.seed,
        rates=TRIED,
        progress=progress,
    )
    _trainings[_key(s)] = check
    for old in list(_trainings)[:-16]:
        _trainings.pop(old, None)
    return check


def training(s: FirstBreath) -> None:
    """The chapter on training: what was found, or a button that finds out."""
    st.subheader("Train it: does the verdict hold?")
    narrow = f" It is cut to {s.trained_width} units a layer, so that it trains within seconds."
    narrow *= s.trained_width < s.width
    st.markdown(
        f"The same network learns on which side of a plane a point lies, by gradient "
        f"descent with {len(TRIED)} learning rates side by side.{narrow}"
    )
    place, check = st.empty(), trained(s)
    if check is None:
        if not place.button("Train this network", icon=":material/model_training:"):
            return
        with place.container():
            bar, area = st.progress(0.0, "Training …"), st.empty()
        shown = 0

        def show(figure: dict[str, Any]) -> None:
            nonlocal shown
            shown += 1
            done = figure["data"][0]["x"][-1]
            bar.progress(done / s.steps, f"Update {done} of {s.steps}")
            chart(figure, f"training-{shown}", area)

        check = train_now(s, show)
    with place.container():
        found = check.training
        chart(losses(found.t, found.loss, check.lr, s.steps), "training")
        colour = "green" if check.held else "orange"
        st.markdown(f":{colour}-badge[{'held' if check.held else 'did not hold'}] {check.sentence}")


def powers_of(s: FirstBreath) -> list[Powers]:
    return [power_experiment(s.grow, s.layers), power_experiment(s.shrink, s.layers)]


@lru_cache(maxsize=64)
def gives_up(factor: float) -> str:
    """Where each precision stops holding factor^L, in a sentence."""
    found = power_experiment(factor, FOREVER)
    ends = []
    for name in PRECISIONS:
        over, under = found.overflow[name], found.underflow[name]
        if over or under:
            ends.append(f"{name} {'overflows' if over else 'is 0'} from layer {over or under}")
        else:
            ends.append(f"{name} lasts for more than {FOREVER} layers")
    return f"{factor:g}ᴸ: " + ", ".join(ends) + "."


def full_matrix(s: FirstBreath) -> str:
    """Why the layer must be c times the identity."""
    factor = power_experiment(s.grow, 1, full=2).factor
    last = s.grow**s.layers if s.layers * np.log10(s.grow) < 308 else float("inf")
    return (
        f"After {s.layers} layers {s.grow:g}ᴸ is {number(last)} and {s.shrink:g}ᴸ is "
        f"{number(s.shrink**s.layers)}. The layer is c times the identity; a 2 × 2 matrix "
        f"*full* of {s.grow:g} multiplies by {factor:g} instead."
    )


def numbers(s: FirstBreath, predicted: Flow, measured: Propagation) -> Mapping[str, Any]:
    """The columns of the download."""
    return {
        "layer": range(1, s.depth + 1),
        "signal measured": measured.forward,
        "signal theory": predicted.forward,
        "gradient measured": measured.backward,
        "gradient theory": predicted.backward,
        "saturated": measured.saturated,
        "silent": measured.silent,
    }
