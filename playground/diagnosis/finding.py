"""What a diagnosis consists of."""

from __future__ import annotations

from dataclasses import dataclass

from playground.optimizers.base import Optimizer
from playground.schedules import Schedule

Fix = Optimizer | Schedule | None


@dataclass(frozen=True)
class Finding:
    """One thing that happened in a run, with its evidence."""

    label: str
    """From `LABELS`."""
    sentence: str
    """What happened, in words and numbers."""
    quantity: str
    """What was measured."""
    measured: float
    threshold: float
    """The line that decided."""
    steps: tuple[int, int]
    """First and last step at which it shows."""
    fix: Fix = None
    """A changed optimizer or schedule, found in closed form, that should help; None if nothing
    needs fixing or no setting would."""


@dataclass(frozen=True)
class Diagnosis:
    """What happened in a run, the most important first: one outcome, then events."""

    findings: tuple[Finding, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(finding.label for finding in self.findings)

    @property
    def outcome(self) -> str:
        return self.findings[0].label

    @property
    def verdict(self) -> str:
        """The outcome in one sentence."""
        return self.findings[0].sentence
