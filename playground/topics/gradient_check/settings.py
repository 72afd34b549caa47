"""The settings of the gradient-check page, and what is computed from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from playground.cost import Bounded, Work
from playground.declare import Declared, param
from playground.glossary import SEED
from playground.networks.activations import Activation, Tanh
from playground.networks.initialisations import Initialisation, Xavier
from playground.shelf import remembered
from playground.topics.gradient_check.bugs import BUGS, SCALED, small_network
from playground.topics.gradient_check.check import (
    METHODS,
    Curve,
    ExpSin,
    has_slope,
    u_curves,
)
from playground.topics.gradient_check.components import Component, components_of
from playground.topics.gradient_check.cost import check_work
from playground.topics.gradient_check.lab import (
    ALARM,
    DROPOUT,
    Asymptotes,
    Examination,
    Typed,
    as_typed,
    asymptotes,
    examine,
)
from playground.topics.gradient_check.traps import (
    BurnIn,
    Kinks,
    Swallowing,
    burn_in,
    kinks,
    swallowing,
)

NETWORK = "this network"
FUNCTIONS = ("eˣ sin x", NETWORK, "your function")
POINTS = (2, 10, 100, 1000)
WIDTHS = (1e-3, 1e-5)
"""Data points and step sizes of the checks across kinks."""
GRADIENT_BUGS = ("activation derivative", "missing bias", "sign", "transpose", SCALED)
HOW = ("points", "regulariser", "h", "method", "precision", "dropout", "warm_up", "seed")

SIDEBAR = (
    *("bug", "h", "method", "precision", "activation", "regulariser", "dropout", "points"),
    *("warm_up", "initialisation", "seed"),
)
"""The settings of the network's check; those of the other chapters stand where they act."""


class GradientCheck(Bounded, Declared, family=True):
    """A gradient check: what is checked, how, and where."""

    sizes = ("points", "warm_up")

    bug: str = param(
        "activation derivative",
        choices=tuple(BUGS),
        help="The mistake in back-propagation.",
        words="mistake",
    )
    h: float = param(
        1e-5,
        1e-12,
        0.1,
        "h",
        "Step of the difference quotient.",
        scale="log",
        valid="(0, 1]",
        words="difference",
    )
    method: str = param("central", choices=METHODS)
    precision: str = param("float64", choices=("float64", "float32"))
    activation: Activation = param(Tanh())
    regulariser: float = param(
        1.0,
        1e-3,
        1e6,
        r"\lambda",
        "Weight of the squared weights.",
        scale="log",
        valid="[0, 1e12]",
        words="penalty",
    )
    dropout: str = param("off", choices=DROPOUT)
    points: int = param(
        10, 2, 1000, "n", "Training examples.", scale="log", valid="[1, 5000]", words="examples"
    )
    warm_up: int = param(
        0,
        0,
        300,
        help="Updates with this very gradient before the check.",
        valid="[0, 2000]",
        words="warm-up",
    )
    initialisation: Initialisation = param(Xavier())
    seed: int = param(0, 0, 99, SEED, "Which random draw.", valid="[0, 1000000]", more=True)
    function: str = param("eˣ sin x", choices=FUNCTIONS, help="What the curves are of.")
    f: str = param("x**2 + 3*y**2 + sin(x*y)", help="Any formula of x and y.", words="formula")
    dfdx: str = param(
        "2*x + cos(x*y)",
        tex=r"\partial f/\partial x",
        help="Your derivative; empty is the exact one.",
        words="your slope along x",
    )
    dfdy: str = param(
        "6*y + x*cos(x*y)",
        tex=r"\partial f/\partial y",
        help="Your derivative; empty is the exact one.",
        words="your slope along y",
    )
    x: float = param(1.0, -5, 5, "x", "Where it is checked.", words="place")
    y: float = param(0.5, -5, 5, "y", "Where it is checked.", words="place")

    def check(self) -> None:
        as_typed(self.f, self.dfdx, self.dfdy)
        super().check()

    def work(self) -> Work:
        """The warm-up, the check and the curves of the network, and the other chapters."""
        network = small_network(self.activation)[0].mlp
        return check_work(network, self.points, self.warm_up, self.function == NETWORK)

    def examined(self, bug: str) -> Examination:
        """The check of one mistake under these conditions."""
        return _examined(bug, self.activation, self.initialisation, self.how)

    @property
    def how(self) -> tuple[tuple[str, Any], ...]:
        """The options of `examine`, by name."""
        return tuple((name, getattr(self, name)) for name in HOW)

    @property
    def alarm(self) -> float:
        """The relative error above which the check complains."""
        return ALARM

    @property
    def untouched(self) -> bool:
        """Whether the function and its derivatives are the ones the page opens with."""
        return not {"f", "dfdx", "dfdy"} & set(self.changed())

    @property
    def typed(self) -> Typed:
        return as_typed(self.f, self.dfdx, self.dfdy)

    @property
    def code(self) -> str:
        options = "".join(f", {name}={value!r}" for name, value in self.how)
        return f"""from playground import *
from playground.topics.gradient_check.check import u_curves
from playground.topics.gradient_check.lab import examine

found = examine({self.bug!r}, {self.activation!r}, {self.initialisation!r}{options})
print(found.verdict, found.check.error, found.truth, found.check.blocks)
for curve in u_curves():
    print(curve.method, curve.precision, curve.best_h, curve.best_error, curve.slope)"""


@remembered
def _examined(
    bug: str,
    activation: Activation,
    initialisation: Initialisation,
    how: tuple[tuple[str, Any], ...],
) -> Examination:
    return examine(bug, activation, initialisation, **dict(how))


Curves = tuple[list[Curve], Asymptotes]


def curves(s: GradientCheck) -> Curves | None:
    """Error against h for the chosen function, and what theory says of it.

    None where it has no slope, or none but 0: nothing is relative to it.
    """
    if s.function == FUNCTIONS[0]:
        return _curves(ExpSin, ())
    if s.function == FUNCTIONS[2]:
        return _curves(Typed, (s.f,), (s.x, s.y))
    return _network_curves(s.activation, s.initialisation, s.points, s.regulariser, s.seed)


@remembered
def _curves(
    make: Callable[..., Any], arguments: tuple[Any, ...], point: tuple[float, ...] | None = None
) -> Curves | None:
    f, p = make(*arguments), None if point is None else np.array(point)
    if p is not None and not has_slope(f, p):
        return None
    return u_curves(f, p), asymptotes(f, p)


@remembered
def _network_curves(
    activation: Activation,
    initialisation: Initialisation,
    points: int,
    regulariser: float,
    seed: int,
) -> Curves | None:
    loss, p = small_network(
        activation, n=points, regulariser=regulariser, seed=seed, initialisation=initialisation
    )
    return (u_curves(loss, p), asymptotes(loss, p)) if has_slope(loss, p) else None


@remembered
def own_check(s: GradientCheck) -> list[Component]:
    """The visitor's derivatives at the visitor's point."""
    return components_of(s.typed, np.array([s.x, s.y]), s.typed.gradient, s.h)


def swallowed(s: GradientCheck) -> Swallowing:
    """The chosen mistake, or one of size if it is not in the data's part."""
    return _swallowed(s.bug if s.bug in GRADIENT_BUGS else SCALED)


@remembered
def _swallowed(bug: str) -> Swallowing:
    return swallowing(bug=bug)


@remembered
def burned() -> BurnIn:
    return burn_in()


@remembered
def kinks_at(points: int, h: float) -> Kinks:
    return kinks((points,), h)


def kinks_so_far() -> Iterator[tuple[float, dict[float, Kinks]]]:
    """The checks across kinks, more and more of them: (share done, by h what is there)."""
    for done in range(1, len(POINTS) + 1):
        found = {h: [kinks_at(n, h) for n in POINTS[:done]] for h in WIDTHS}
        yield done / len(POINTS), {h: Kinks.joined(parts) for h, parts in found.items()}
