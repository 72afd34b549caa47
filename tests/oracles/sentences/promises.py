"""What is promised of a change, beside the run that makes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.oracles.sentences.claims import Told, checks
from tests.oracles.sentences.futures import STAYS
from tests.oracles.truth.facts import Facts


def _near(facts: Facts, x: np.ndarray) -> float:
    """The largest distance of points from the nearest of the minima, over what is there (≤ 1)."""
    return min((float(away.max()) / near for away, near in facts.ways(x)), default=np.inf)


def _kept(t: Facts, fix: Any) -> dict[str, Callable[[], tuple[bool, str]]]:
    """What is promised, whether it is so and what is instead; t: of the run before the change."""
    setting = t.setting.changed_by(fix)
    x, new = setting.run.x, Facts(setting)
    f = t.F(x.T)
    tenth = max(t.T // 10, 1)
    lower = bool(f[-1] < t.f[t.last] or f[-tenth:].mean() < t.f[t.T - tenth + 1 : t.T + 1].mean())
    ends = f"{f[-1]:.5g} after {f[0]:.5g}, and of {t.f[t.last]:.5g}"
    away = float(np.hypot(*(x[-1] - t.end))) / t.L

    def near(points: np.ndarray) -> tuple[bool, str]:
        """Of its own minimum, as it may lead to another one, and of its own function."""
        share = min(_near(new, points), _near(t, points))
        return share <= 1.05, f"{share:.3g} %"

    return {
        "would hold": lambda: (bool(np.isfinite(f).all() and f[-1] <= f[0]), ends),
        "ends lower": lambda: (lower, ends),
        "gets over the rim": lambda: (bool(f[-1] < t.f[t.T]), ends),
        "gets away": lambda: (bool(f[-1] < t.f[t.T]) and away > 0.01, f"{ends}, {away:.3g} away"),
        "stays where it is defined": lambda: (bool(np.isfinite(f).all()), ends),
        "comes within 1 % of a minimum": lambda: near(x[-2:]),
        "stays, carried on for": lambda: near(setting.longer(t.T + STAYS).x[t.T :]),
    }


@checks("a promise that is not kept")
def promised(told: Told) -> list[str]:
    fix, t = told.finding.fix, told.facts
    if fix is None or not t.T:
        return []
    with np.errstate(all="ignore"):
        kept = {
            words: holds() for words, holds in _kept(t, fix).items() if f" {words}" in told.text
        }
    return [f"“{words}” of {fix!r}: {truth}" for words, (holds, truth) in kept.items() if not holds]


@checks("a burst that is not halved")
def halved(told: Told) -> list[str]:
    burst, t = re.search(r"At step (\d+) the gradient burst", told.text), told.facts
    if not burst or told.finding.fix is None:
        return []
    n, x = int(burst[1]), t.setting.changed_by(told.finding.fix).run.x
    size = np.hypot(*t.F.gradient(x[max(n - 20, 0) :].T)).max()
    return [f"slope up to {size:.4g} of {t.size[n]:.4g}"] if size > 0.51 * t.size[n] else []
