"""What the gradient-check page shows: its settings, its computations, its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from playground.declare import Declared, param
from playground.experiments.gradient_bugs import BUGS, small_network
from playground.experiments.gradient_check import (
    METHODS, STEPS, Check, Curve, ExpSin, check_gradient, u_curves,
)  # fmt: skip
from playground.experiments.gradient_lab import (
    ALARM, DROPOUT, HIDDEN, Asymptotes, Examination, Typed, asymptotes, examine,
)  # fmt: skip
from playground.experiments.gradient_traps import BurnIn, Kinks, Swallowing, burn_in, kinks
from playground.experiments.gradient_traps import across_the_kink, swallowing
from playground.networks.activations import Activation, LeakyReLU, ReLU, Tanh
from playground.networks.initialisations import Initialisation, Xavier

FUNCTIONS = ("eˣ sin x", "this network", "your function")
POINTS = (2, 10, 100, 1000)
WIDTHS = (1e-3, 1e-5)
"""Data points and step sizes of the checks across kinks."""
GRADIENT_BUGS = ("activation derivative", "missing bias", "sign", "transpose", "factor 1.1")


class Conditions(Declared, family=True):
    """A gradient check: what is checked, how, and where."""

    bug: str = param("activation derivative", choices=tuple(BUGS),
                     help="The mistake in back-propagation.")  # fmt: skip
    h: float = param(1e-5, 1e-12, 0.1, "h", "Step of the difference quotient.", scale="log",
                     valid="(0, 1]")  # fmt: skip
    method: str = param("central", choices=METHODS)
    precision: str = param("float64", choices=("float64", "float32"))
    activation: Activation = param(Tanh())
    regulariser: float = param(1.0, 1e-3, 1e6, r"\lambda", "Weight of the squared weights.",
                               scale="log", valid="[0, inf)")  # fmt: skip
    dropout: str = param("off", choices=DROPOUT)
    points: int = param(10, 2, 1000, "n", "Data points.", scale="log", valid="[1, 5000]")
    warm_up: int = param(0, 0, 300, help="Updates with this very gradient before the check.",
                         valid="[0, 2000]")  # fmt: skip
    initialisation: Initialisation = param(Xavier())
    seed: int = param(0, 0, 99, help="Which random draw.", valid="[0, 1000000]", more=True)
    function: str = param("eˣ sin x", choices=FUNCTIONS, help="What the curves are of.")
    f: str = param("x**2 + 3*y**2 + sin(x*y)", help="Any formula of x and y.")
    dfdx: str = param("2*x + cos(x*y)", tex=r"\partial f/\partial x",
                      help="Your derivative; empty is the exact one.")  # fmt: skip
    dfdy: str = param("6*y + x*cos(x*y)", tex=r"\partial f/\partial y",
                      help="Your derivative; empty is the exact one.")  # fmt: skip
    x: float = param(1.0, -3, 3, "x", "Where it is checked.")
    y: float = param(0.5, -3, 3, "y", "Where it is checked.")

    def check(self) -> None:
        Typed(self.f, self.dfdx, self.dfdy)

    def examined(self, bug: str) -> Examination:
        """The check of one mistake under these conditions."""
        return _examined(bug, self.activation, self.initialisation, self.points, self.regulariser,
                         self.h, self.method, self.precision, self.dropout, self.warm_up,
                         self.seed)  # fmt: skip

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
            for name in ("points", "regulariser", "h", "method", "precision", "dropout",
                         "warm_up", "seed")
        )  # fmt: skip
        return f"""from playground import *
from playground.experiments.gradient_check import u_curves
from playground.experiments.gradient_lab import examine

found = examine({self.bug!r}, {self.activation!r}, {self.initialisation!r}{options})
print(found.verdict, found.check.error, found.truth, found.check.blocks)
for curve in u_curves():
    print(curve.method, curve.precision, curve.best_h, curve.best_error, curve.slope)"""


@lru_cache(maxsize=256)
def _examined(bug: str, activation: Activation, initialisation: Initialisation, points: int,
              regulariser: float, h: float, method: str, precision: str, dropout: str,
              warm_up: int, seed: int) -> Examination:  # fmt: skip
    return examine(bug, activation, initialisation, points=points, regulariser=regulariser, h=h,
                   method=method, precision=precision, dropout=dropout, warm_up=warm_up,
                   seed=seed)  # fmt: skip


def verdict(s: Conditions, exam: Examination) -> tuple[str, bool, str]:
    """Label, whether the check tells the truth, and the sentence with the number."""
    error = f"relative error {exam.check.error:.2g}"
    match exam.verdict:
        case "caught":
            block = max(exam.check.blocks, key=exam.check.blocks.get)  # type: ignore[arg-type]
            tail = f"{BUGS[s.bug].sentence} It differs most in {block}."
            return "caught", True, f"The check finds the mistake: {error} > {ALARM:g}. {tail}"
        case "missed":
            return "missed", False, f"The mistake slips through: {error} ≤ {ALARM:g}. {_why_missed(s, exam)}"  # fmt: skip
        case "false alarm":
            return "false alarm", False, f"The gradient is right, and yet the check complains: {error} > {ALARM:g}. {_why_alarmed(s, exam)}"  # fmt: skip
    return "passes", True, f"The gradient is right and passes: {error} ≤ {ALARM:g}."


def _why_missed(s: Conditions, exam: Examination) -> str:
    if exam.truth < HIDDEN and s.bug.startswith("regulariser"):
        return "λ is so small that the regulariser hardly counts: raise it."
    if s.regulariser > 0 and exam.truth < ALARM:
        alone = s.replace(regulariser=0.0).examined(s.bug)
        if alone.truth > ALARM:
            return (f"The regulariser swallows it: the data's part alone, with λ = 0, differs by "
                    f"{alone.truth:.2g}.")  # fmt: skip
    if exam.truth < ALARM:
        return (f"At this point it changes the gradient by only {exam.truth:.2g}: let the network "
                "learn a little (warm up) and check again.")  # fmt: skip
    return f"A perfect check would say {exam.truth:.2g}: choose another h."


def _why_alarmed(s: Conditions, exam: Examination) -> str:
    if s.dropout == "fresh masks":
        return ("Every evaluation drew new masks, so two different functions were subtracted: "
                "freeze the mask or switch dropout off.")  # fmt: skip
    if exam.crossing > 0 and isinstance(s.activation, (ReLU, LeakyReLU)):
        return (f"{exam.crossing:.1%} of the first layer's parameters step across a kink: take "
                "fewer points or a smaller h.")  # fmt: skip
    if s.precision == "float32":
        return "Single precision has too few digits for a difference: check in float64."
    return "The step is far from its best: move h, or take central differences."


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
    activation: Activation, initialisation: Initialisation, points: int, regulariser: float,
    seed: int,
) -> tuple[list[Curve], Asymptotes]:  # fmt: skip
    loss, p = small_network(activation, n=points, regulariser=regulariser, seed=seed,
                            initialisation=initialisation)  # fmt: skip
    return u_curves(loss, p), asymptotes(loss, p)


def curve_table(found: list[Curve], theory: Asymptotes) -> tuple[list[str], list[list[str]]]:
    """Best step, its error and the slopes, beside theory."""
    head = ["method", "precision", "best h", "in theory", "its error", "slope", "in theory",
            "round-off slope"]  # fmt: skip
    rows = []
    for curve in found:
        exact = curve.method == "complex"
        best = theory.best_h(STEPS, curve.method, curve.precision)
        rows.append([
            curve.method, curve.precision, "any small one" if exact else f"{curve.best_h:.0e}",
            "any small one" if exact else f"{best:.0e}", f"{curve.best_error:.1e}",
            _number(curve.slope), "1" if curve.method == "forward" else "2",
            "none" if exact else _number(curve.roundoff_slope),
        ])  # fmt: skip
    return head, rows


def _number(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3g}"


def own_check(s: Conditions) -> Check:
    """The visitor's derivatives at the visitor's point."""
    return check_gradient(s.typed, np.array([s.x, s.y]), s.typed.gradient, s.h)


def own_words(s: Conditions, check: Check) -> tuple[str, bool, str]:
    """What the check says of the visitor's derivatives."""
    if not np.isfinite(check.error):
        return "undefined", False, f"The function has no finite slope at ({s.x:g}, {s.y:g})."
    judged = check.judgement
    return judged.partition(":")[0], check.error <= ALARM, (
        f"At ({s.x:g}, {s.y:g}) your gradient and the difference quotient differ by "
        f"{check.error:.2g}: {judged}.")  # fmt: skip


def own_table(s: Conditions, check: Check) -> tuple[list[str], list[list[str]]]:
    """Value and gradient at the point: yours, numerical, exact."""
    exact = s.typed.exact(np.array([s.x, s.y]))
    rows = [
        [f"∂f/∂{name}", *(f"{float(v[i]):.10g}" for v in (check.analytic, check.numerical, exact))]
        for i, name in enumerate("xy")
    ]
    value = f"f({s.x:g}, {s.y:g}) = {float(s.typed(np.array([s.x, s.y]))):.10g}"
    return [value, "yours", f"numerical, h = {s.h:g}", "exact"], rows


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
    return Kinks(*(np.concatenate([getattr(k, name) for k in parts])
                   for name in ("points", "error", "crossing")))  # fmt: skip


def trap_words(found: Swallowing, burned: BurnIn, kinked: Mapping[float, Kinks]) -> list[str]:
    """One sentence for each trap, with its numbers."""
    wide, narrow = kinked.values()
    last, most = found.regulariser[-1], wide.points[-1]
    return [
        f"The mistake stays {found.data:.2g} in the data's part, but at λ = {last:g} the whole "
        f"gradient differs by only {found.whole[-1]:.2g}. Check with λ = 0, and λ alone.",
        f"With {most} points {wide.failing()[-1]:.0%} of the right gradients fail at h = "
        f"{WIDTHS[0]:g}, {narrow.failing()[-1]:.0%} at h = {WIDTHS[1]:g}. Beside a kink, at "
        f"x = −1e-6, the central difference of ReLU is {across_the_kink():.2g} instead of 0.",
        f"A forgotten φ′ differs by {burned.zero:.1g} at zero weights and {burned.tiny:.1g} at "
        f"tiny ones, but by {burned.after:.2g} after {len(burned.error) - 1} updates. Check "
        "again after a warm-up.",
    ]


def numbers(s: Conditions, found: list[Curve], exams: list[Examination]) -> Mapping[str, Any]:
    """The columns of the download."""
    columns = {"h": found[0].h}
    columns |= {f"{c.method} {c.precision}": c.error for c in found}
    return {**columns, "mistake": [e.bug for e in exams],
            "relative error": [e.check.error for e in exams],
            "perfect check": [e.truth for e in exams], "verdict": [e.verdict for e in exams]}  # fmt: skip
