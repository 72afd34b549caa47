"""Where a descent with infinitely small steps would come to rest, and saddles beside a point."""

from __future__ import annotations

import numpy as np
from scipy import optimize

from tests.oracles.truth.function import Descended
from tests.oracles.truth.ground import Rest, fading_rim, is_rest, level, newton, polished


def rest_below(function: Descended, start: np.ndarray) -> Rest | None:
    """The minimum below `start`, by short trusted steps downhill; None where it falls for ever.

    The trust region grows to at most a fiftieth of the window (or of the distance from it), so
    that no valley is left for another.
    """
    with np.errstate(all="ignore"):
        if not np.isfinite(function(start)):
            return None
        far = max(function.length, float(np.hypot(*(start - function.centre))))
        x = _trusted(function, start, far) if _smooth(function, start) else start
        x = newton(function, x)
        here = Rest(x, float(function(x)))
        if is_rest(function, here):
            return None if fading_rim(function, here, ()) else here
        rest = polished(function, x)
        if rest is None or not is_rest(function, rest) or _barrier(function, x, rest):
            return None
    return rest


def _barrier(function: Descended, x: np.ndarray, rest: Rest) -> bool:
    """Whether the straight way to the rest first rises."""
    between = function(x[:, None] + np.linspace(0, 1, 101) * (rest.x - x)[:, None])
    slack = 1e-9 * (abs(between[0]) + np.ptp(between[np.isfinite(between)]))
    return not bool(np.all(between <= between[0] + slack))


def _smooth(function: Descended, p: np.ndarray) -> bool:
    return bool(np.isfinite(function.hessian(p)).all() and np.isfinite(function.gradient(p)).all())


def _trusted(function: Descended, start: np.ndarray, far: float) -> np.ndarray:
    def value(p: np.ndarray) -> float:
        f = float(function(p))
        return f if np.isfinite(f) else 1e300

    def slope(p: np.ndarray) -> np.ndarray:
        return np.nan_to_num(function.gradient(p), posinf=1e150, neginf=-1e150)

    def bend(p: np.ndarray) -> np.ndarray:
        return np.nan_to_num(function.hessian(p), posinf=1e150, neginf=-1e150)

    options = {
        "initial_trust_radius": 1e-3 * function.length,
        "max_trust_radius": 0.02 * far,
        "gtol": 1e-11,
        "maxiter": 2000,
    }
    try:
        found = optimize.minimize(
            value, start, jac=slope, hess=bend, method="trust-exact", options=options
        )
    except (np.linalg.LinAlgError, ValueError, UnboundLocalError):
        # A Hessian that no Cholesky step can use, or of which SciPy's inner loop makes no step.
        return start
    return found.x if found.fun <= value(start) else start


def root_beside(function: Descended, p: np.ndarray, reach: float) -> np.ndarray | None:
    """A point of zero gradient within `reach` of p, or None."""
    with np.errstate(all="ignore"):
        if not _smooth(function, p):
            return None
        found = optimize.root(
            lambda q: np.nan_to_num(function.gradient(q)), p, jac=lambda q: function.hessian(q)
        )
        q = found.x
        if not np.isfinite(q).all() or np.hypot(*(q - p)) > reach:
            return None
        around = q[:, None] + 1e-3 * function.length * np.array([[1, -1, 0, 0], [0, 0, 1, -1]])
        size = np.nanmax(np.hypot(*function.gradient(around)))
        return q if np.hypot(*function.gradient(q)) < 1e-6 * max(size, 1e-300) else None


def rest_in_box(function: Descended, start: np.ndarray, half: float) -> Rest | None:
    """The minimum of f with |x_i| ≤ `half` that lies below `start`; None on level ground.

    Where decoupled decay w comes to rest: a rule that divides by the slope balances ±1 against
    w·x, so a coordinate stops where its slope is zero or at |x_i| = 1/w.
    """
    begin = np.clip(start, -half, half)
    with np.errstate(all="ignore"):
        found = optimize.minimize(
            lambda p: float(np.nan_to_num(function(p), nan=1e300, posinf=1e300)),
            begin,
            jac=lambda p: np.nan_to_num(function.gradient(p)),
            method="L-BFGS-B",
            bounds=[(-half, half)] * 2,
            options={"ftol": 1e-15, "gtol": 1e-12},
        )
        rest = Rest(found.x, float(found.fun))
        inside = np.abs(rest.x).max() < half
        return None if inside and (level(function, rest) or not is_rest(function, rest)) else rest
