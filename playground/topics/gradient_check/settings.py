"""What the gradient-check page shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from playground.declare import Declared, param
from playground.networks.activations import Activation, Tanh
from playground.networks.initialisations import Initialisation, Xavier
from playground.topics.gradient_check.bugs import BUGS, small_network
from playground.topics.gradient_check.check import (
    METHODS,
    Check,
    Curve,
    ExpSin,
    check_gradient,
    u_curves,
)
from playground.topics.gradient_check.lab import (
    DROPOUT,
    Asymptotes,
    Examination,
    Typed,
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

FUNCTIONS = ("eˣ sin x", "this network", "your function")
POINTS = (2, 10, 100, 1000)
WIDTHS = (1e-3, 1e-5)
"""Data points and step sizes of the checks across kinks."""
GRADIENT_BUGS = ("activation derivative", "missing bias", "sign", "transpose", "factor 1.1")


class Conditions(Declared, family=True):
    """A gradient check: what is checked, how, and where."""

    bug: str = param(
        "activation derivative", choices=tuple(BUGS), help="The mistake in back-propagation."
    )
    h: float = param(
        1e-5, 1e-12, 0.1, "h", "Step of the difference quotient.", scale="log", valid="(0, 1]"
    )
    method: str = param("central", choices=METHODS)
    precision: str = param("float64", choices=("float64", "float32"))
    activation: Activation = param(Tanh())
    regulariser: float = param(
        1.0, 1e-3, 1e6, r"\lambda", "Weight of the squared weights.", scale="log", valid="[0, inf)"
    )
    dropout: str = param("off", choices=DROPOUT)
    points: int = param(10, 2, 1000, "n", "Data points.", scale="log", valid="[1, 5000]")
    warm_up: int = param(
        0, 0, 300, help="Updates with this very gradient before the check.", valid="[0, 2000]"
    )
    initialisation: Initialisation = param(Xavier())
    seed: int = param(0, 0, 99, help="Which random draw.", valid="[0, 1000000]", more=True)
    function: str = param("eˣ sin x", choices=FUNCTIONS, help="What the curves are of.")
    f: str = param("x**2 + 3*y**2 + sin(x*y)", help="Any formula of x and y.")
    dfdx: str = param(
        "2*x + cos(x*y)",
        tex=r"\partial f/\partial x",
        help="Your derivative; empty is the exact one.",
    )
    dfdy: str = param(
        "6*y + x*cos(x*y)",
        tex=r"\partial f/\partial y",
        help="Your derivative; empty is the exact one.",
    )
    x: float = param(1.0, -5, 5, "x", "Where it is checked.")
    y: float = param(0.5, -5, 5, "y", "Where it is checked.")

    def check(self) -> None:
        Typed(self.f, self.dfdx, self.dfdy)

    def examined(self, bug: str) -> Examination:
        """The check of one mistake under these conditions."""
        return _examined(
            bug,
            self.activation,
            self.initialisation,
            self.points,
            self.regulariser,
            self.h,
            self.method,
            self.precision,
            self.dropout,
            self.warm_up,
            self.seed,
        )

    @property
    def untouched(self) -> bool:
        """Whether the function and its derivatives are the ones the page opens with."""
        return not {"f", "dfdx", "dfdy"} & set(self.changed())

    @property
    def typed(self) -> Typed:
        return Typed(self.f, self.dfdx, self.dfdy)

    @property
    def code(self) -> str:
        options = "".join(
            f", {name}={getattr(self, name)!r}"
            for name in (
                "points",
                "regulariser",
                "h",
                "method",
                "precision",
                "dropout",
                "warm_up",
                "seed",
            )
        )
        return f"""from playground import *
from playground.topics.gradient_check.check import u_curves
from playground.topics.gradient_check.lab import examine

found = examine({self.bug!r}, {self.activation!r}, {self.initialisation!r}{options})
print(found.verdict, found.check.error, found.truth, found.check.blocks)
for curve in u_curves():
    print(curve.method, curve.precision, curve.best_h, curve.best_error, curve.slope)"""


@lru_cache(maxsize=256)
def _examined(
    bug: str,
    activation: Activation,
    initialisation: Initialisation,
    points: int,
    regulariser: float,
    h: float,
    method: str,
    precision: str,
    dropout: str,
    warm_up: int,
    seed: int,
) -> Examination:
    return examine(
        bug,
        activation,
        initialisation,
        points=points,
        regulariser=regulariser,
        h=h,
        method=method,
        precision=precision,
        dropout=dropout,
        warm_up=warm_up,
        seed=seed,
    )


def curves(s: Conditions) -> tuple[list[Curve], Asymptotes]:
    """Error against h for the chosen function, and what theory says of it."""
    if s.function == FUNCTIONS[0]:
        return _curves(ExpSin, ())
    if s.function == FUNCTIONS[2]:
        return _curves(Typed, (s.f,), (s.x, s.y))
    return _network_curves(s.activation, s.initialisation, s.points, s.regulariser, s.seed)


@lru_cache(maxsize=32)
def _curves(
    make: Callable[..., Any], arguments: tuple[Any, ...], point: tuple[float, ...] | None = None
) -> tuple[list[Curve], Asymptotes]:
    f, p = make(*arguments), None if point is None else np.array(point)
    return u_curves(f, p), asymptotes(f, p)


@lru_cache(maxsize=32)
def _network_curves(
    activation: Activation,
    initialisation: Initialisation,
    points: int,
    regulariser: float,
    seed: int,
) -> tuple[list[Curve], Asymptotes]:
    loss, p = small_network(
        activation, n=points, regulariser=regulariser, seed=seed, initialisation=initialisation
    )
    return u_curves(loss, p), asymptotes(loss, p)


def own_check(s: Conditions) -> Check:
    """The visitor's derivatives at the visitor's point."""
    return check_gradient(s.typed, np.array([s.x, s.y]), s.typed.gradient, s.h)


def swallowed(s: Conditions) -> Swallowing:
    """The chosen mistake, or a ten per cent one if it is not in the data's part."""
    return _swallowed(s.bug if s.bug in GRADIENT_BUGS else "factor 1.1")


_swallowed = lru_cache(maxsize=8)(lambda bug: swallowing(bug=bug))


@lru_cache(maxsize=1)
def burned() -> BurnIn:
    return burn_in()


@lru_cache(maxsize=16)
def kinks_at(points: int, h: float) -> Kinks:
    return kinks((points,), h)


def kinks_so_far() -> Any:
    """The checks across kinks, more and more of them: (share done, by h what is there)."""
    for done in range(1, len(POINTS) + 1):
        found = {h: [kinks_at(n, h) for n in POINTS[:done]] for h in WIDTHS}
        yield done / len(POINTS), {h: _joined(parts) for h, parts in found.items()}


def _joined(parts: list[Kinks]) -> Kinks:
    return Kinks(
        *(
            np.concatenate([getattr(k, name) for k in parts])
            for name in ("points", "error", "crossing")
        )
    )


def numbers(s: Conditions, found: list[Curve], exams: list[Examination]) -> Mapping[str, Any]:
    """The columns of the download."""
    columns = {"h": found[0].h}
    columns |= {f"{c.method} {c.precision}": c.error for c in found}
    return {
        **columns,
        "mistake": [e.bug for e in exams],
        "relative error": [e.check.error for e in exams],
        "perfect check": [e.truth for e in exams],
        "verdict": [e.verdict for e in exams],
    }
