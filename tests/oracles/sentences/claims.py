"""The register of checkers; each takes what was told and returns what is false in it, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

import playground as pg
from playground.diagnosis import Finding
from playground.theory import sharpness, stability_limit
from tests.oracles.truth.facts import Facts
from tests.oracles.truth.reading import half_unit, number


@dataclass(frozen=True)
class Told:
    """One finding of one run, with the facts of the run."""

    facts: Facts
    diagnosis: pg.Diagnosis
    finding: Finding

    @property
    def text(self) -> str:
        return self.finding.sentence

    @property
    def outcome(self) -> bool:
        return self.finding is self.diagnosis.findings[0]

    @cached_property
    def gauges(self) -> np.ndarray:
        """η·λ_max before every update and at the end, ``(T+1,)``."""
        with np.errstate(all="ignore"):
            run = self.facts.setting.run
            path = sharpness(run)[: self.facts.last + 1]
            return np.append(path, self.gauge_at(self.facts.end))

    @property
    def half_way(self) -> float:
        """η·λ_max half-way across the last update."""
        before = self.facts.x[max(self.facts.last - 1, 0)]
        return self.gauge_at(0.5 * (before + self.facts.end))

    def gauge_at(self, x: np.ndarray) -> float:
        """η·λ_max of the Hessian at one point, with the rates of the last update made."""
        t, run = self.facts, self.facts.setting.run
        if not t.last:
            return np.nan
        h = t.F.hessian(x)
        rate = np.broadcast_to(run.effective_lr[t.last - 1], 2)
        if type(run.optimizer).effective_lr is pg.Optimizer.effective_lr:
            rate = np.full(2, run.lr[t.last - 1])
        root = np.sqrt(np.abs(rate))
        scaled = root[:, None] * h * root[None, :]
        return float(np.linalg.eigvalsh(scaled)[-1]) if np.isfinite(scaled).all() else np.nan

    @cached_property
    def limit(self) -> float:
        t = self.facts
        run = t.setting.run
        return float(stability_limit(run.optimizer, run.surface, t.end, max(t.T, 1)))

    def limit_at(self, t: int) -> float:
        """The same at a step of it, on which that of NAdam depends."""
        run = self.facts.setting.run
        return float(stability_limit(run.optimizer, run.surface, run.x[t], max(t, 1)))

    def near(self, text: str, *values: float, slack: float = 0.02) -> bool:
        """Whether a printed number stands for one of the values, to its digits and a little."""
        shown = number(text)
        if np.isnan(shown):
            return any(np.isnan(v) for v in values)
        unit = half_unit(text)
        return any(
            shown == v or abs(shown - v) <= unit + slack * abs(v) for v in values if not np.isnan(v)
        )


Checker = Callable[[Told], list[str]]
CHECKERS: dict[str, Checker] = {}


def checks(kind: str) -> Callable[[Checker], Checker]:
    """Register a checker under the kind of falsehood that it finds."""

    def register(check: Checker) -> Checker:
        CHECKERS[kind] = check
        return check

    return register
