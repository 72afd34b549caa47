"""Can you trust a gradient?  Difference quotients against the analytic one, step size by step size.

A difference quotient is wrong for two reasons that pull apart: the curve bends (an error that
shrinks with h) and the numbers are rounded (an error that grows like 1/h).
Source: CS231n notes "Neural Networks 3"; Ng, Improving Deep Neural Networks, week 1;
complex step: Squire & Trapp 1998, SIAM Review 40:110.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

METHODS = ("forward", "central", "complex")

STEPS = np.array([m * 10.0**k for k in range(-18, 0) for m in (1, 3)])
"""Step sizes h, two in a decade."""

THRESHOLDS = (
    (1e-7, "right"),
    (1e-5, "probably right: look once more, above all where there are kinks"),
    (1e-3, "suspicious: look for the component that differs"),
    (np.inf, "wrong"),
)
"""Upper limits of ‖a − b‖/(‖a‖ + ‖b‖) and what they mean, for central differences in float64."""


def relative_error(a: Any, b: Any) -> float:
    """‖a − b‖/(‖a‖ + ‖b‖), between 0 and 1; 0 if both are 0."""
    a, b = np.ravel(a), np.ravel(b)
    with np.errstate(all="ignore"):  # beyond the largest double nothing is left to compare
        difference, size = np.linalg.norm(a - b), np.linalg.norm(a) + np.linalg.norm(b)
        return float(difference / size) if size > 0 else float(difference)


def meaning_of(error: float) -> str:
    """What a relative error means, by `THRESHOLDS`; a NaN is wrong."""
    return next((text for limit, text in THRESHOLDS if error <= limit), THRESHOLDS[-1][1])


def difference(f: Callable[[Any], Any], p: Any, v: Any, h: Any, method: str = "central") -> Any:
    """The derivative of f along `v (P, ...)` at `p (P, ...)` by a difference quotient of step h.

    Computed in the precision of `p`; the analytic value is ∇f·v.  Raises `ValueError` for an
    unknown method and for whole-number points, where x + h would be rounded back to x.
    """
    p, v = np.asarray(p), np.asarray(v)
    if p.dtype.kind not in "f":
        raise ValueError(
            f"the point must be of floating-point numbers, not {p.dtype}: in whole numbers "
            "x + h is x again, and every difference is 0."
        )
    h = np.asarray(h, dtype=p.dtype)
    v = v.astype(p.dtype, copy=False)
    with np.errstate(all="ignore"):
        if method == "forward":
            return (_rounded(f(p + h * v), p) - _rounded(f(p), p)) / h
        if method == "central":
            return (_rounded(f(p + h * v), p) - _rounded(f(p - h * v), p)) / (2 * h)
        if method == "complex":
            return np.imag(f(p + 1j * h * v)) / h
    raise ValueError(f"method must be one of {', '.join(METHODS)}; got {method!r}.")


def _rounded(value: Any, p: np.ndarray) -> np.ndarray:
    """A value in the precision of p, also if f computed it in a higher one."""
    return np.asarray(value).astype(p.dtype, copy=False)


def numerical_gradient(
    f: Callable[[Any], Any], p: Any, h: float = 1e-5, method: str = "central"
) -> np.ndarray:
    """Gradient ``(P,)`` of f at `p (P,)` by one difference quotient a coordinate, all at once."""
    p = np.asarray(p)
    return difference(f, p[:, None], np.eye(len(p)), h, method)


@dataclass(frozen=True, eq=False)
class Check:
    """An analytic gradient beside a numerical one, both ``(P,)``."""

    analytic: np.ndarray
    numerical: np.ndarray

    @property
    def error(self) -> float:
        return relative_error(self.analytic, self.numerical)

    @property
    def judgement(self) -> str:
        return meaning_of(self.error)


def has_slope(f: Any, p: Any) -> bool:
    """Whether f has a value and a gradient at `p (P,)` that is more than the rounding of f."""
    p = np.asarray(p, dtype=float)
    with np.errstate(all="ignore"):
        value, size = float(f(p)), float(np.linalg.norm(f.gradient(p)))
    floor = np.finfo(float).eps ** (2 / 3) * abs(value)  # of a quotient with the best step
    return bool(np.isfinite(value) and floor < size < np.inf)


class ExpSin:
    """f(x) = eˣ sin x, the textbook's example, as a function of points ``(1, ...)``."""

    formula = r"e^x \sin x"
    point = 1.3

    def __call__(self, p: Any) -> Any:
        (x,) = np.asarray(p)
        return np.exp(x) * np.sin(x)

    def gradient(self, p: Any) -> np.ndarray:
        (x,) = np.asarray(p)
        return np.array([np.exp(x) * (np.sin(x) + np.cos(x))])


@dataclass(frozen=True, eq=False)
class Curve:
    """The relative error of one method in one precision against the step size, a U in log-log."""

    method: str
    precision: str
    h: np.ndarray
    """Step sizes ``(H,)``, rising."""
    error: np.ndarray
    """|a − b|/(|a| + |b|), ``(H,)``."""

    @property
    def best_h(self) -> float:
        """The step size of the smallest error."""
        return float(self.h[np.nanargmin(self.error)])

    @property
    def best_error(self) -> float:
        return float(np.nanmin(self.error))

    @property
    def slope(self) -> float:
        """Fitted d log error/d log h where the curve's bend decides: 1 forward, 2 otherwise."""
        return self._fit((self.h > self.best_h) & (self.h < 0.11))

    @property
    def roundoff_slope(self) -> float:
        """The same where rounding decides, −1; NaN for the complex step, which has no such part."""
        return self._fit(self.h < self.best_h)

    def _fit(self, side: np.ndarray) -> float:
        floor = 30 * max(self.best_error, float(np.finfo(self.precision).eps))
        use = side & (self.error > floor) & (self.error < 0.1)
        if use.sum() < 2:
            return float("nan")
        return float(np.polyfit(np.log(self.h[use]), np.log(self.error[use]), 1)[0])


NEARBY = 1e-6 * np.arange(-12, 13)
"""The error is averaged over points this far along the direction, since rounding is luck."""


def u_curves(
    f: Any = None,
    p: Any = None,
    direction: Any = None,
    *,
    h: Any = STEPS,
    methods: Sequence[str] | None = None,
    precisions: Sequence[str] = ("float64", "float32"),
) -> list[Curve]:
    """Error against h of every method in every precision, for the derivative along `direction`.

    `f` is anything with `f(p)` and `f.gradient(p)` on points ``(P, ...)``: a surface, a formula,
    the loss of a network; by default eˣ sin x at 1.3.  `direction (P,)` is the gradient's by
    default.  The analytic gradient in float64 is the truth; the error is the root mean square over
    the points of `NEARBY`.  All `methods` by default, the complex step only where f allows it.

    Raises `ValueError` for whole-number points.
    """
    f = ExpSin() if f is None else f
    p = np.array([ExpSin.point]) if p is None else np.asarray(p)
    slope = np.asarray(f.gradient(p))
    v = slope / np.linalg.norm(slope) if direction is None else np.asarray(direction, dtype=float)
    if methods is None:
        methods = METHODS if allows_complex_step(f, p, v) else METHODS[:2]
    v, h = v[:, None], np.asarray(h, dtype=float)
    return [
        Curve(method, precision, h, _errors(f, _points(p, v, precision), v, h, method))
        for precision in precisions
        for method in methods
    ]


def allows_complex_step(f: Any, p: Any, v: Any) -> bool:
    """Whether f, as it is programmed, is analytic: an abs, min or logaddexp in it is not.

    NumPy refuses complex numbers in some functions and drops the imaginary part in others, so
    the complex step is compared with the central difference.  False for whole-number points.
    """
    p = np.asarray(p)
    if p.dtype.kind != "f":
        return False
    try:
        step = difference(f, p, v, 1e-20, "complex")
    except TypeError:  # how NumPy says that a function has no complex form
        return False
    return relative_error(step, difference(f, p, v, 1e-5, "central")) < 1e-3


def _points(p: np.ndarray, v: np.ndarray, precision: str) -> np.ndarray:
    """The nearby points ``(P, N)``; whole numbers stay what they are, to be refused."""
    with np.errstate(over="ignore"):
        return (p[:, None] + NEARBY * v).astype(precision) if p.dtype.kind == "f" else p[:, None]


def _errors(f: Any, points: np.ndarray, v: np.ndarray, h: np.ndarray, method: str) -> np.ndarray:
    """Root mean square over `points (P, N)` of the relative error at every h, ``(H,)``."""
    with np.errstate(all="ignore"):  # a neighbour may lie outside the domain
        found = difference(f, points[..., None], v[..., None], h, method).astype(float)  # (N, H)
        truth = (f.gradient(points.astype(float)) * v).sum(axis=0)[:, None]
        error = np.abs(found - truth) / (np.abs(found) + np.abs(truth))
    error = np.where(np.isnan(error), 1.0, error)  # 0/0, or a quotient of two infinities
    return np.sqrt((error**2).mean(axis=0))
