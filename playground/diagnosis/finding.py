"""What a diagnosis consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import numpy as np

from playground.declare import Declared
from playground.diagnosis.outcome import Outcome
from playground.simulation import Run

Fix = Declared | None
"""A changed optimizer or schedule, or of a network its initialisation."""
Story = str | Callable[[], str]
"""What happened in words and numbers, or how it is told: that may take the run carried on."""


@dataclass(frozen=True)
class Advice:
    """A change and the sentence that names it, or the one that says why there is none."""

    change: Fix = None
    words: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Finding:
    """One thing that happened in a run, with its evidence.

    A value: equal to another that tells the same, and it can be pickled.  What takes simulations,
    the run carried on and the change that would help, is made when sentence or fix are first asked
    for; who asks for labels and numbers pays nothing.  Many visitors may ask at the same moment:
    one looks for the change, the others wait.
    """

    label: Outcome
    """From `LABELS`; it is its name, and knows how it is shown."""
    tale: Story
    quantity: str
    """What was measured."""
    measured: float
    threshold: float
    """The line that decided."""
    steps: tuple[int, int] = (0, 0)
    """First and last step at which it shows."""
    look: Advice | Callable[[Judge], Advice] = Advice()
    """The advice, or how it is found."""
    lasts: bool | Callable[[], bool] = True
    """Whether the place that was reached will be kept, or how that is found."""
    judge: Judge | None = None
    """What tells of another run how it ended."""
    _turn: Any = field(default_factory=RLock, init=False)

    @property
    def story(self) -> str:
        """What happened, in words and numbers; told once."""
        tale = self.tale  # looked up once: another thread may put the text in its place
        if callable(tale):
            with np.errstate(all="ignore"):
                tale = tale()
            object.__setattr__(self, "tale", tale)  # and the evidence is let go
        return tale

    @property
    def lasting(self) -> bool:
        """Whether the place that was reached will be kept: False above the stability limit."""
        lasts = self.lasts
        if callable(lasts):
            with np.errstate(all="ignore"):
                lasts = lasts()
            object.__setattr__(self, "lasts", lasts)  # and the evidence is let go
        return bool(lasts)

    @property
    def advice(self) -> Advice:
        """The change and its sentence, found once."""
        if isinstance(self.look, Advice):
            return self.look
        with self._turn:
            look = self.look
            if isinstance(look, Advice):
                return look
            if self.judge is None:
                raise ValueError("a change is looked for by what diagnoses it: use `diagnose`.")
            found = look(self.judge)
            object.__setattr__(self, "look", found)  # and the evidence is let go
            return found

    @property
    def sentence(self) -> str:
        """What happened, and the change that was tried and helps, or why there is none."""
        return " ".join(filter(None, (self.story, self.advice.words)))

    @property
    def fix(self) -> Fix:
        """The change that `sentence` names: tried on the same problem, it ends better.

        None if nothing needs fixing or nothing that was tried would.
        """
        return self.advice.change

    def _told(self) -> tuple[Any, ...]:
        numbers = self.quantity, self.measured, self.threshold, self.steps
        return self.label, self.story, *numbers, self.advice, self.lasting

    def __repr__(self) -> str:
        return f"Finding({self.label!r}, {self.story!r}, {self.measured!r}, {self.steps!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def __reduce__(self) -> tuple[type[Finding], tuple[Any, ...]]:
        return Finding, self._told()


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
    def lasting(self) -> bool:
        """Whether the outcome is one that lasts."""
        return self.findings[0].lasting

    @property
    def verdict(self) -> str:
        """The outcome in one sentence."""
        return self.findings[0].sentence


Judge = Callable[[Run], Diagnosis]


def told(
    outcome: Outcome,
    story: str,
    measure: tuple[str, float, float],
    steps: tuple[int, int],
    change: Fix = None,
    advice: str = "",
) -> Finding:
    """A finding that may name a change: what is advised in words is the very value of its `fix`.

    measure: the quantity, what was measured and the line that decided.  advice: a sentence, in
    the language of the visitor, in which ``{change}`` stands for the change; none without one.
    """
    words = "" if change is None else advice.format(change=repr(change))
    return Finding(outcome, story, *measure, steps, Advice(change, words))
