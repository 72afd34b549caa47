"""What noise does to a run: the same descent under other seeds, longer, and without noise."""

from __future__ import annotations

import numpy as np

import playground as pg
from tests.oracles.truth.facts import Facts

SEEDS = np.arange(100, 112)


def noisy(facts: Facts) -> tuple[str, tuple[str, ...]]:
    """Reason and admissible outcomes; none where the mean of twelve seeds does not decide."""
    s, T = facts.setting, facts.T
    if facts.born_outside:
        return "no finite loss at the start", ("diverged",)
    if facts.gone is not None and facts.gone <= T:
        return f"gone at {facts.gone}", ("diverged",)
    if T < 20 or facts.rest is None or len(facts.known.rests) != 1:
        return "too short, or more than one minimum", ()
    runs = pg.simulate(
        s.surface, s.optimizer, s.start, 3 * T, s.schedule, s.noise, SEEDS, **s.extras
    )
    if not np.isfinite(runs.f).all():
        return "some seeds leave", ()
    F = np.moveaxis(runs.x, 1, 0)
    excess = facts.F(F) - facts.known.lowest
    now, later = (float(np.mean(excess[a * T // 10 : b * T // 10])) for a, b in ((8, 10), (28, 30)))
    own = float(np.mean(facts.f[8 * T // 10 : T])) - facts.known.lowest
    stuck = facts.spread(T - facts.tenth, T) < 1e-4 * facts.way
    if not 0.25 * now < own < 4 * now or stuck:
        return f"{own:.2g} where twelve seeds have {now:.2g}", ()
    quiet = s.change(noise=0.0).run.x[int(0.8 * T) :].T
    still = float(np.mean(facts.F(quiet))) - facts.known.lowest
    share = now / facts.fall
    if s.schedule != pg.Constant():
        return f"a schedule and noise, {share:.2g} left", ()
    if 0.6 < now / later < 1.6 and now > 20 * still and share > 3e-4:
        return f"stationary at {share:.2g} of the drop, without noise {still:.2g}", ("noise_floor",)
    if 0.6 < now / later < 1.6 and share < 3e-5:
        return f"stationary at {share:.2g} of the drop", ("converged", "noise_floor")
    if still > 0.9 * now and now > 3 * later and share > 0.01:
        return f"falls on with and without noise, {share:.2g} left", ("in_progress", "slow")
    return f"neither stationary nor falling clearly, {share:.2g} left", ()
