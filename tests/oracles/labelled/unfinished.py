"""Questions about a run that goes on: a bounce, a plateau, a way still to go."""

from __future__ import annotations

import numpy as np

import playground as pg
from tests.oracles.labelled.case import DOWNHILL, Case


def bounce(case: Case) -> bool:
    """Bounded motion that goes on, far above the minimum or beside it."""
    t = case.facts
    if t.gone is not None or t.T < 4:
        return _bounce_to_be(case)
    now = t.spread(t.T - t.tenth, t.T)
    later = t.spread(9 * t.T, 10 * t.T)
    soon = t.spread(t.T, 2 * t.T)
    if later < 1e-7 * t.L or not 0.25 < soon / later < 4 or now < 1e-4 * t.way:
        return _dying(case)
    before, after = (t.x[a * t.T : (a + 1) * t.T].mean(axis=0) for a in (1, 9))
    drift = float(np.hypot(*(after - before)))
    excess = (float(np.mean(t.f[t.T : 2 * t.T])) - case.under) / t.fall
    held = 0.6 < soon / later < 1.7 and 0.5 < now / later < 2 and drift < 0.2 * later
    kinds = case.bounce_kinds(excess)
    if held:
        return case.close(f"bounces on, {excess:.2g} of the drop above", *kinds)
    if t.flips > 0.3:
        case.admit(f"bounces, {excess:.2g} above, but changes", *kinds)
    return _dying(case)


def _bounce_to_be(case: Case) -> bool:
    t = case.facts
    if t.flips > 0.5 and t.T >= 2:
        case.admit("flips", "oscillating", "diverged" if t.gone else "in_progress")
    return False


def _dying(case: Case) -> bool:
    """A bounce that will die: how much of its loss twenty steps take."""
    t = case.facts
    if t.flips < 0.5 or t.rest is None:
        return False
    excess = float(t.f[t.T]) - case.under
    if excess < 1e-4 * t.fall:
        return False
    after = float(np.nanmin(t.f[min(t.T + 20, len(t.f) - 1)])) - case.under
    held = after / max(excess, 1e-300)
    if t.flips > 0.9 and held > 0.6 and excess > 0.02 * t.fall:
        return case.close(f"a bounce that keeps {held:.2g} in 20 steps", "oscillating")
    case.admit(f"flips, keeps {held:.2g} in 20 steps", "oscillating")
    return False


def plateau(case: Case) -> bool:
    """So flat that slope times window is nothing beside what remains, and staying."""
    t = case.facts
    remaining = float(t.f[t.T]) - max(t.low, t.in_window if t.box else -np.inf)
    reach = max(t.L, float(np.hypot(*(t.end - t.F.centre))))  # far out a bowl is no plateau
    share = float(t.size[t.T]) * reach / max(remaining, 1e-300)
    at_rest = t.rest is not None and t.distance < 0.05 * t.L
    if share > 0.04 or remaining < 0.05 * t.fall or at_rest:
        return _never_left(case)
    moved = float(np.hypot(*(t.x[min(2 * t.T, len(t.x) - 1)] - t.end)))
    if share < 0.012 and moved < 0.1 * t.L:
        case.admit(f"slope × window is {share:.2g} of what remains", "plateau")
        return True
    return case.admit(f"slope × window is {share:.2g} of what remains", "plateau")


def _never_left(case: Case) -> bool:
    t = case.facts
    flat = t.size[0] * t.L < 0.03 * t.fall
    if flat and t.f[t.T] - t.low > 0.95 * t.fall:
        return case.admit("it has hardly left the flat ground of its start", "plateau")
    return False


def on_the_way(case: Case) -> bool:
    """How long it still takes to come within 1 % of a minimum, or to do 99 % of the drop."""
    t = case.facts
    beside = t.distance < 0.01 * t.L
    if t.rest is None or (t.box and t.f[t.T] < t.in_window and not beside):
        return _falling_on(case)
    target = t.rest.x
    if t.box > 3 * t.L and t.distance > t.L:
        case.admit("far from where decay will stop it", "in_progress")
    if t.f[t.T] - t.rest.f < 0.01 * t.fall:
        case.admit("by its loss it is there", "in_progress")
    final = t.x[-1] if t.gone is None else t.end
    if np.hypot(*(final - target)) > 0.005 * t.way:  # it ends somewhere else, or not yet
        if abs(float(t.F(final)) - t.rest.f) <= 1e-9 * t.fall:
            # Elsewhere on a floor, say, along which inertia led on: any point of it will do.
            return _paced(case, t.f - t.rest.f > 1e-4 * t.fall)
        other = t.rest_from(final)
        target = other.x if other is not None else final
    later = t.spread(9 * t.T, 10 * t.T) if t.gone is None else 0.0
    radius = max(0.01 * t.way, later if later < 0.2 * t.way else 0.0)
    away = np.hypot(*(t.x - target).T) > radius
    if radius > 0.01 * t.way and not away[t.T :].any():
        return case.close("at the scale of its bounce", "in_progress", *case.bounce_kinds(0.01))
    return _paced(case, away)


def _falling_on(case: Case) -> bool:
    t = case.facts
    if t.known.unbounded:
        labels = ("in_progress", "slow", *DOWNHILL)
        far = not case.in_window(t.end) and t.f[t.T] < t.in_window
        return case.close("no floor below", *labels, *(("diverged",) if far else ()))
    if t.box and t.f[t.T] < t.in_window:
        labels = ("in_progress", "slow", "diverged", *DOWNHILL)
        return case.close("only its decay stops it, far out", *labels)
    if not t.known.fades:
        return case.close("falls on, nowhere", "in_progress", "slow", "step_collapse", "plateau")
    return _paced(case, (t.f - min(t.low, t.known.infimum)) > 0.01 * t.fall)


def _paced(case: Case, away: np.ndarray) -> bool:
    """The first step from which it is there, and stays for a while, against the steps made."""
    t = case.facts
    stay = max(t.T // 4, 10)
    count = np.append(0, np.cumsum(away))  # how often it was away before each step
    there = np.flatnonzero(count[stay + 1 :] == count[1:-stay])
    there = there[there >= t.T - 1]
    ratio = (int(there[0]) - t.T) / max(t.T, 1) if len(there) else np.inf
    slow = _slow(case)
    if _swings(case):
        case.admit("a ball that swings", "in_progress", "oscillating")
    if t.T <= 10:
        case.admit("a few steps tell little of the pace", "in_progress")
    if ratio < 1.5:
        return case.close(f"arrives after {max(ratio, 0):.2g} more runs", "in_progress")
    if ratio > 5:
        return case.close(f"needs {ratio:.2g} more runs", *slow)
    return case.close(f"needs {ratio:.2g} more runs", "in_progress", *slow)


def _swings(case: Case) -> bool:
    """Whether inertia carries it to and fro: its next steps lead far, and hardly anywhere."""
    t = case.facts
    if not t.setting.optimizer.values().get("momentum"):
        return False
    points = t.after(max(t.T, 30))
    path = float(np.hypot(*np.diff(points, axis=0).T).sum())
    return path > 3 * float(np.hypot(*(points[-1] - points[0])))


def _slow(case: Case) -> tuple[str, ...]:
    """Slow, or collapsed: whether the same rule, begun afresh, is faster from here."""
    t = case.facts
    fell, rises = _rate_fell(case), _rate_rises(case)
    m = max(t.T // 10, 10)
    now = t.setting.change(start=tuple(map(float, t.end)), steps=m, schedule=pg.Constant())
    fresh = now.run.x
    covered = float(np.hypot(*(fresh[-1] - fresh[0])))
    going_on = float(np.hypot(*(t.x[min(t.T + m, len(t.x) - 1)] - t.end)))
    if fell > 3 and covered > 6 * going_on and not (t.box or rises):
        return ("step_collapse",)
    if fell < 1.4 and covered < 1.7 * going_on:
        return ("slow",)
    return ("slow", "step_collapse")


def _rate(case: Case) -> np.ndarray:
    """The effective rate of every update, along the coordinate with the longer way to go."""
    t = case.facts
    target = t.rest.x if t.rest is not None else t.x[-1]
    j = int(np.abs(t.end - target).argmax())
    with np.errstate(all="ignore"):
        return np.asarray(t.setting.run.effective_lr[: t.T, j])


def _rate_rises(case: Case) -> bool:
    """Whether it grows again by the end, as after first steps of another kind."""
    rate = _rate(case) if case.facts.T > 3 else np.ones(2)
    return bool(rate[-1] > 1.2 * np.nanmedian(rate[len(rate) // 2 : -1]))


def _rate_fell(case: Case) -> float:
    t = case.facts
    if t.T < 2:
        return 1.0
    rate = _rate(case)
    with np.errstate(all="ignore"):
        fell = float(np.nanmedian(rate[t.T // 8 : max(t.T // 3, 1)]) / rate[-1])
    return fell if np.isfinite(fell) else np.inf
