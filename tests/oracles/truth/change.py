"""What a named change does when it is run: worse, equal or better, counted on one function."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tests.oracles.truth.function import Descended, of
from tests.oracles.truth.setting import Setting

EQUAL = 0.01
"""Ends whose excess differs by less than this share, or by a millionth of the drop, are equal."""


class Effect(NamedTuple):
    """Mean of the last tenth above the lowest seen, before and after, on F = f + ½w|x|² or f."""

    before: float
    after: float
    scale: float

    @property
    def word(self) -> str:
        before, after = (v if np.isfinite(v) else np.inf for v in (self.before, self.after))
        slack = 1e-6 * self.scale
        if after > (1 + EQUAL) * before + slack:
            return "worse"
        return "better" if after < (1 - EQUAL) * before - slack else "equal"


def effect(setting: Setting, fix: Any, decayed: bool = True) -> Effect:
    """The change of `setting` by `fix`; `decayed` counts coupled decay as before the change."""
    function = of(setting.optimizer, setting.surface)
    if not decayed:
        function = Descended(setting.surface)
    before, after = setting.run, setting.changed_by(fix).run
    with np.errstate(all="ignore"):
        ends = [function(run.x.T) for run in (before, after)]
        seen = np.concatenate(ends)
        seen = seen[np.isfinite(seen)]
        low = float(seen.min()) if seen.size else 0.0
        k = max(setting.steps // 10, 1)
        last = [float(np.mean(f[-k:])) - low for f in ends]
    scale = max(float(ends[0][0]) - low, 0.0) if np.isfinite(ends[0][0]) else 0.0
    return Effect(*last, scale)
