"""What a diagnosis consists of."""

from __future__ import annotations

from dataclasses import dataclass

from playground.declare import Declared
from playground.diagnosis.outcome import Outcome

Fix = Declared | None
"""A changed optimizer or schedule, or of a network its initialisation."""


@dataclass(frozen=True)
class Finding:
    """One thing that happened in a run, with its evidence."""

    label: Outcome
    """From `LABELS`; it is its name, and knows how it is shown."""
    sentence: str
    """What happened, in words and numbers."""
    quantity: str
    """What was measured."""
    measured: float
    threshold: float
    """The line that decided."""
    steps: tuple[int, int] = (0, 0)
    """First and last step at which it shows."""
    fix: Fix = None
    """What should help, found in closed form; None if nothing needs fixing or no setting would."""


@dataclass(frozen=True)
class Diagnosis:
    """What happened in a run, the most important first: one outcome, then events."""

    findings: tuple[Finding, ...]

    @property
    def labels(self) -> tuple[Outcome, ...]:
        return tuple(finding.label for finding in self.findings)

    @property
    def outcome(self) -> Outcome:
        return self.findings[0].label

    @property
    def verdict(self) -> str:
        """The outcome in one sentence."""
        return self.findings[0].sentence


def told(
    outcome: Outcome,
    story: str,
    measure: tuple[str, float, float],
    steps: tuple[int, int],
    change: Fix = None,
    advice: str = "",
    **words: str,
) -> Finding:
    """A finding that may name a change: what is advised in words is the very value of its `fix`.

    measure: the quantity, what was measured and the line that decided.  advice: a sentence in
    which ``{change}`` stands for the change, and other names for `words`; none without a change.
    """
    if change is not None and advice:
        story = f"{story} {advice.format(change=repr(change), **words)}"
    return Finding(outcome, story, *measure, steps, change)
