"""How a run moves at its end: growing, standing, swinging, creeping; what it still needs."""

from __future__ import annotations

import math

import numpy as np

from playground.diagnosis.evidence import Evidence
from playground.words import apart


def runaway(e: Evidence) -> bool:
    """Gradient and loss grow, and the end is far out or far above the start."""
    if e.n < 8:
        return False
    size, n = e.size, e.n
    end = float(np.median(size[-max(n // 20, 3) :]))
    middle = float(np.median(size[n // 3 : 2 * n // 3 + 1]))
    top = float(size.max())
    return (
        end > 3 * middle
        and size[-max(n // 20, 3) :].max() == top
        and e.f[-1] > e.f[0]
        and (e.outside[-1] > 1 or e.f[-1] - e.low > 10 * e.fall)
    )


def falling_forever(e: Evidence) -> bool:
    """Far out, below everything in the window, and still going down.

    Of a surface that is not known to be unbounded (a typed formula) it takes a run that is gone,
    or a whole window away with a slope that still grows.
    """
    below = e.f[-1] < e.ground.lowest and e.f[-1] < e.f[-min(5, e.n + 1)]
    far = e.outside[-1] > 1 and e.size[-1] == e.size.max()
    return bool(below and e.outside[-1] > 0 and (e.ground.unbounded or e.left or far))


def growing_bounce(e: Evidence) -> bool:
    """It flips at every step, each time higher, and no gentler wall is in sight."""
    if e.n < 4 or e.flipping < 0.8:
        return False
    k = min(e.fifth, e.n - 1)
    size = e.wall_slope
    growth = (size[-1] / size[-k - 1]) ** (1 / k)
    if not (growth > 1 + 1e-4 and size[-1] > 0.99 * size[-(e.n // 2) - 1 :].max()):
        return False
    return not wall_softens(e)


def wall_softens(e: Evidence) -> bool:
    """Whether the bounce meets an amplitude at which a step just reaches across.

    Half the last stride is the amplitude A.  The bounce stops growing where the slope over the
    distance from the middle, |g(kA)|/(kA), has fallen by the factor by which it is too steep now.
    """
    a, b = e.x[-2], e.x[-1]
    middle, half = 0.5 * (a + b), 0.5 * (b - a)
    length = float(np.hypot(*half))
    if length == 0:
        return True
    k = np.geomspace(1.0, max(2.0, 10 * e.length / length), 64)
    u = half / length
    slope = u @ e.run.surface.gradient(middle[:, None] + half[:, None] * k) + e.decay * length * k
    secant = slope / (k * length)
    growth = e.size[-1] / e.size[-2]
    return bool(np.nanmin(secant) < secant[0] / max(growth, 1.0) * (1 - 1e-6))


def stands(e: Evidence) -> bool:
    """Whether the end of the run keeps to one place, or is closing in on it."""
    d = e.travelled
    if e.amplitude <= 2e-3 * d or (e.amplitude < 0.02 * d and e.hold < 0.9):
        return True
    last_stride = math.dist(e.x[-1], e.x[max(e.n - 3, 0)])
    return last_stride <= 1e-3 * d and min(e.end.distance, e.nearest[0]) <= 1e-3 * d


def sustained(e: Evidence) -> bool:
    """A cycle that neither shrinks nor moves on."""
    if not e.amplitude > 1e-3 * e.travelled:
        return False
    at_minimum = e.end.eigenvalues[0] > 0 and e.end.excess < 0.01 * e.fall
    if at_minimum and e.flipping > 0.3 and 0.6 < e.hold < 1.7 and e.drift < e.amplitude:
        return True
    q = e.n // 4
    if q < 10:
        return False
    before, after = e.x[-2 * q - 1 : -q - 1], e.x[-q - 1 :]
    a, b = float(np.ptp(before, axis=0).max()), float(np.ptp(after, axis=0).max())
    drift = math.dist(before.mean(axis=0), after.mean(axis=0))
    swings = after[:, np.ptp(after, axis=0).argmax()]
    swings = swings - swings.mean()
    turns = int((swings[1:] * swings[:-1] < 0).sum())
    if e.linear:  # a slow swing of a linear rule dies out; only bounces between walls are kept up
        return float(e.flips[-q:].mean()) > 0.2 and 0.9 * a < b < 1.1 * a and drift < 0.25 * b
    return turns >= 4 and 0.75 * a < b < 1.5 * a and drift < 0.25 * b


def ringing_down(e: Evidence) -> bool:
    """Whether a mode still swings through the goal, less and less."""
    if e.end.eigenvalues[0] <= 0 or e.n < 10 or e.end.distance > 0.3 * e.travelled:
        return False
    w = e.fifth
    path = float(np.hypot(*np.diff(e.x[-w - 1 :], axis=0).T).sum()) / w
    if not path * 3 * e.n > 2 * e.end.distance:
        return False
    half = e.modal[e.n // 2 :]
    h = len(half) // 2
    for z in half.T:
        before, after = np.abs(z[:h]).max(), np.abs(z[h:]).max()
        if (z[:-1] * z[1:] < 0).any() and 1e-2 * e.travelled < after < before:
            return True
    return False


def steps_needed(e: Evidence) -> float:
    if e.n < 1:
        return math.inf
    w = e.fifth
    low = e.end.eigenvalues[0]
    speed = math.dist(e.x[-1], e.x[-1 - w]) / w
    if speed == 0:
        return math.inf
    d = e.ahead
    target = 0.01 * e.travelled
    if d <= target:
        return 0.0
    half = max(w // 2, 1)
    late = math.dist(e.x[-1], e.x[-1 - half]) / half
    early = math.dist(e.x[-1 - half], e.x[-1 - 2 * half]) / half if 2 * half <= e.n else late
    slowing = math.log(early / late) / half if early > 0 and late > 0 else math.inf
    if slowing > 0.2 * late / d:
        by_way = math.log(d / target) * d / speed
    elif slowing >= -1e-9 or low > -0.05 * abs(e.end.eigenvalues[1]):
        by_way = d / late
    else:
        by_way = math.log1p(d * -slowing / late) / -slowing
    by_loss = 0.0
    if low > 0 and e.linear:
        goal = 0.5 * low * target**2
        now = e.end.excess
        before = e.f[-1 - w] - e.f[-1] + now
        if now > goal:
            falls = math.log(before / now) / w if before > now else 0.0
            by_loss = math.log(now / goal) / falls if falls else math.inf
    return max(by_way, by_loss)


def beyond_limit(e: Evidence) -> bool:
    """Whether the last step of a rule with one rate was larger than the ground there allows."""
    return bool(e.n and not e.adaptive and e.sharpness[-1] > e.limit)


def compared(e: Evidence, gauge: float) -> str:
    """η·λ_max beside its limit, with the digits that tell them apart."""
    measured, limit = apart(gauge, e.limit)
    side = "above" if gauge > e.limit else "below"
    return f"η·λ_max = {measured} is {side} the limit {limit}"


def collapse(e: Evidence) -> float:
    """By how much the effective step along the direction still to go has fallen."""
    rate = e.run.effective_lr[: e.n, still_to_go(e)] if e.adaptive else e.run.lr[: e.n]
    rate = rate * e.optimizer.start_up(np.arange(1, e.n + 1))
    return float(rate[: max(e.n // 20, 3)].max() / max(rate[-1], 1e-300))


def still_to_go(e: Evidence) -> int:
    """The coordinate along which most of the way is left."""
    step = e.end.vectors @ np.where(np.isfinite(e.end.step), e.end.step, 1.0)
    return int(np.abs(step).argmax())


def growth_per_step(e: Evidence) -> float:
    """Typical factor per step of |g|, or of its part that flips, over the last steps."""
    size = (e.wall_slope if e.flipping > 0.55 else e.size)[-min(e.fifth, 20) - 1 :]
    with np.errstate(all="ignore"):
        ratio = size[1:] / size[:-1]
    ratio = ratio[np.isfinite(ratio) & (ratio > 0)]
    return float(np.exp(np.log(ratio).mean())) if ratio.size else math.inf


def standing_since(e: Evidence) -> tuple[int, int]:
    """The stretch at the end during which it stays within 1 % of the way."""
    away = np.flatnonzero(np.hypot(*(e.x - e.x[-1]).T) > 0.01 * e.travelled)
    return (int(away[-1]) + 1 if len(away) else 0, e.n)
