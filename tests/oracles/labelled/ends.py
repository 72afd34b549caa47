"""Questions about how a run ended: outside, unmoved, gone, at a saddle, at a minimum."""

from __future__ import annotations

import numpy as np

from tests.oracles.labelled.case import DOWNHILL, OUTSIDE, Case
from tests.oracles.truth.flow import root_beside


def outside(case: Case) -> bool:
    """A start where loss or slope is not finite."""
    if case.facts.born_outside:
        return case.close("no finite loss or slope at the start", *OUTSIDE)
    return False


def unmoved(case: Case) -> bool:
    """No update was made, or none that moved it: the slope is zero but for rounding."""
    t = case.facts
    stirred = np.hypot(*(t.x[: t.last + 1] - t.x[0]).T).max()
    near = stirred < (1e-2 if _rounding_moves(case) else 1e-6) * t.L
    if t.T and not (case.still_slope and near and t.gone is None):
        return _stirred(case)
    at_rest = case.still_slope and case.stands_at(t.x[0])
    if t.T and stirred > 1e-6 * t.L:
        return case.close("only rounding moves it off its rest", *at_rest, "limit_cycle")
    if t.T == 0:
        return case.close("no update was made", "in_progress", *(at_rest or ()))
    return case.close("it starts at rest and stays", *(at_rest or ("plateau", "saddle")))


def _stirred(case: Case) -> bool:
    """Blown up to whole steps rounding is still no motion, as long as it leads to no other rest."""
    t = case.facts
    if not (_rounding_moves(case) and t.gone is None and t.rest is not None):
        return False
    if np.hypot(*(t.rest.x - t.x[0])) > 1e-3 * t.L:
        return False
    return case.admit("only rounding moved it off its rest", *case.stands_at(t.x[0]))


def held(case: Case) -> bool:
    """Standing on a slope: what clipping lets through is as strong as the coupled decay."""
    t = case.facts
    w = float(t.setting.optimizer.values().get("weight_decay", 0.0))
    if t.gone is not None or t.box or not (w and "clip" in t.setting.extras):
        return False
    still = np.hypot(*(t.after(max(t.T, 50)) - t.end).T).max() < 1e-3 * t.way  # it closes in on it
    rate = t.setting.run.lr
    still &= bool(t.T and rate[-1] > 0.05 * rate.max())  # else it is its schedule that stopped it
    let_through = float(np.hypot(*(w * t.end)))
    slope = float(np.hypot(*(t.F.gradient(t.end) - w * t.end)))
    if still and slope > 1.01 * let_through:
        return case.close(f"held by decay at a slope of {slope:.2g}", "converged")
    return False


def _rounding_moves(case: Case) -> bool:
    """A rule that divides by the slope makes whole steps of what is only rounding."""
    rests = case.stands_at(case.facts.x[0])
    return case.still_slope and "saddle" not in rests


def gone(case: Case) -> bool:
    """Left for good, within the run or soon after."""
    t = case.facts
    if t.gone is None:
        far = np.abs(t.end - t.F.centre).max() > 1e4 * t.L
        return case.admit("out of sight at its end", "diverged") if far else False
    falling = t.known.unbounded and t.f[t.gone - 1] < t.in_window and _downhill(case, t.gone - 1)
    if t.gone <= t.T:
        if falling:
            return case.close("it ran down a function without a floor", "diverged", *DOWNHILL)
        point = t.x[t.gone]
        calm = np.isfinite(point).all() and np.abs(point - t.F.centre).max() < 100 * t.L
        why = "stepped out of the domain" if calm else "left for good"
        return case.close(f"{why} at {t.gone}", "diverged", *(OUTSIDE if calm else ()))
    if falling:
        far = not case.in_window(t.end) and t.f[t.T] < t.in_window
        labels = {"diverged"} if far else {"in_progress", "slow"}
        return case.close("it runs down a function without a floor", *labels, *DOWNHILL)
    size = t.size[: t.T + 1]
    growing = size[-1] > 3 * np.median(size[: t.T // 2 + 1]) and t.f[t.T] > t.f[0]
    if growing and t.gone < 3 * t.T:
        sure = t.f[t.T] - t.low > 10 * t.fall
        more = () if sure else ("oscillating",)
        return case.close(f"grows, and is gone by {t.gone}", "diverged", *more)
    case.admit(f"gone by {t.gone}, later", "diverged", "oscillating")
    return False


def _downhill(case: Case, last: int) -> bool:
    """Whether the loss has only fallen lately."""
    k = max(last // 5, 3)
    return bool(np.all(np.diff(case.facts.f[max(last - k, 0) : last + 1]) < 0))


def at_saddle(case: Case) -> bool:
    t = case.facts
    q = root_beside(t.F, t.end, 0.02 * t.L)
    if q is None or not t.F.eigenvalues(q)[0] < -1e-7 * abs(t.F.eigenvalues(q)[1]):
        return False
    away = float(np.hypot(*(q - t.end)))
    still = t.spread(t.T - t.tenth, t.T)
    if away < 0.006 * t.L and still < 0.002 * t.L and t.T >= 5:
        level = abs(t.F.eigenvalues(q)).max() * t.L**2 < 1e-3 * (1 + abs(t.f[t.T]))
        return case.close(
            f"stands {away:.2g} from a saddle", "saddle", *(["plateau"] if level else [])
        )
    if still < 0.02 * t.L:
        case.admit(f"{away:.2g} from a saddle, still moving", "saddle")
    return False


def standing(case: Case) -> bool:
    """At a minimum, and staying there for as long again."""
    t = case.facts
    if t.rest is None:
        return False
    coming = t.after(max(t.T, 50))
    strays = float(np.hypot(*(coming - t.rest.x).T).max())
    recent = t.spread(t.T - max(t.T // 20, min(10, t.T)), t.T)
    distance = _distance(case)
    poor_scale = 0.02 if t.T < 10 else 0.012
    if distance > max(poor_scale * t.way, 0.01 * t.L if t.f[t.T] - t.rest.f < 1e-6 * t.fall else 0):
        return False
    labels = case.height(t.rest.f)
    near = distance < 0.007 * t.way
    excess = float(t.f[t.T]) - t.rest.f
    if _flat_around(case):
        case.admit("a dent in a plateau", "plateau")
    on_floor = excess < 1e-6 * t.fall and not t.curvatures[0] > 1e-4 * t.curvatures[1]
    if (near or on_floor) and recent < 1.5e-3 * t.way:
        later = () if strays < 0.02 * t.way else ("limit_cycle", "oscillating", "diverged")
        return case.close(f"stands {distance:.2g} from a minimum", *labels, *later)
    if strays < 0.03 * t.way or excess < 1e-4 * t.fall:
        case.admit(f"{distance:.2g} from a minimum, strays {strays:.2g}", *labels)
    if (
        excess < 1e-4 * t.fall
        and t.f[t.T : 2 * t.T].max(initial=-np.inf) < t.rest.f + 1e-3 * t.fall
    ):
        return case.close("moves along the floor", *labels, "in_progress", "limit_cycle")
    return False


def _distance(case: Case) -> float:
    """To where it leads, or to a point down the slope that is as low, as on a floor."""
    t = case.facts
    excess, g = float(t.f[t.T]) - t.rest.f, t.F.gradient(t.end)
    size = float(np.hypot(*g))
    across = 2 * excess / max(size, 1e-300)  # ½λd² above a floor at a slope of λd
    as_low = across < t.distance and t.F(t.end - across * g / size) - t.rest.f < 1e-2 * excess
    return across if as_low else t.distance


def _flat_around(case: Case) -> bool:
    """Whether even the curvature of the place would win nothing of what remains elsewhere."""
    t = case.facts
    bend = 0.5 * float(np.abs(t.curvatures).max()) * t.L**2
    return bool(bend < 0.5 * (float(t.f[t.T]) - t.low))
