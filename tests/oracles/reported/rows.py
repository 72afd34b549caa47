"""The register of rows, and the questions that most of them ask."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

import playground as pg
from tests.oracles.truth.arrival import estimate_holds
from tests.oracles.truth.change import effect
from tests.oracles.truth.facts import Facts
from tests.oracles.truth.reading import changes, estimates, percents
from tests.oracles.truth.setting import Setting


@dataclass(frozen=True)
class Answer:
    """What the product says, and what is wrong with it."""

    says: str
    faults: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class Row:
    id: str
    what: str
    ask: Callable[[], Answer]
    page: bool = False
    slow: bool = False
    """Too long for the test suite: asked by the script alone."""


ROWS: dict[str, Row] = {}


def row(
    name: str, what: str, page: bool = False, slow: bool = False
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Register a question without arguments."""

    def register(ask: Callable[..., Answer]) -> Callable[..., Answer]:
        add(name, what, ask, page=page, slow=slow)
        return ask

    return register


def add(
    name: str,
    what: str,
    ask: Callable[..., Answer],
    *given: Any,
    page: bool = False,
    slow: bool = False,
) -> None:
    """Register a question with what it is asked about."""
    assert name not in ROWS, name
    ROWS[name] = Row(name, what, lambda: ask(*given), page, slow)


def answered(row: Row) -> Answer:
    """The answer; an exception of the product is one as well."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            return row.ask()
    except Exception as error:  # a row must never take the table down with it
        return Answer(f"raises {type(error).__name__}: {error}", ("it raises",))


def F(text: str) -> pg.Surface:
    return pg.Formula(text)


def case(
    surface: pg.Surface, optimizer: pg.Optimizer, start: Any, steps: int, schedule: Any = None
) -> Setting:
    begin = surface.start if start is None else start
    x, y = map(float, begin)
    return Setting(surface, optimizer, (x, y), steps, schedule or pg.Constant())


@dataclass(frozen=True)
class Said:
    """A diagnosis of a setting with the questions that are asked of its words."""

    setting: Setting

    @property
    def facts(self) -> Facts:
        return Facts(self.setting)

    @property
    def diagnosis(self) -> pg.Diagnosis:
        return pg.diagnose(self.setting.run)

    @property
    def label(self) -> str:
        return self.diagnosis.labels[0]

    @property
    def text(self) -> str:
        return " ".join(finding.sentence for finding in self.diagnosis.findings)

    def answer(self, *faults: str | Iterable[str]) -> Answer:
        flat = [f for fault in faults for f in ([fault] if isinstance(fault, str) else fault)]
        return Answer(
            f"{' '.join(self.diagnosis.labels)}: {self.text}", tuple(f for f in flat if f)
        )

    # ---- questions: an empty text is no fault -------------------------------------------------

    def never(self, *patterns: str) -> list[str]:
        """Claims that are false here."""
        return [f"claims “{p}”" for p in patterns if re.search(p, self.text, re.IGNORECASE)]

    def label_in(self, *labels: str) -> str:
        """The outcome is one of these, or contains one of them in its name."""
        fits = any(part in self.label for part in labels)
        return "" if fits else f"outcome {self.label}, right is {' or '.join(labels)}"

    def label_not(self, *labels: str) -> str:
        return f"outcome {self.label}" if self.label in labels else ""

    def neutral(self) -> list[str]:
        """The label may be that of a run that is gone, but it is not shown as a failure."""
        outcome = self.diagnosis.outcome
        shown = (outcome.good is None, not outcome.wanting, outcome.noun != "diverged")
        return [] if all(shown) else [f"{outcome.noun} is shown as {outcome.badge}"]

    def change_helps(self) -> list[str]:
        """Whatever is named and whatever is offered by the finding ends no worse when it is run."""
        faults = []
        for finding in self.diagnosis.findings:
            named = changes(finding.sentence, self.setting.optimizer)
            offered = [] if finding.fix is None else [finding.fix]
            faults += [
                f"the sentence names {n!r}, the fix is another" for n in named if n not in offered
            ]
            for change in {repr(c): c for c in (*named, *offered)}.values():
                found = effect(self.setting, change)
                if found.word == "worse" or not np.isfinite(found.after):
                    how = "ends worse" if np.isfinite(found.after) else "is gone as well"
                    faults.append(f"{change!r} {how}")
        return faults

    def offers_nothing(self) -> list[str]:
        """No change helps here, so none is named, offered or on a button."""
        faults = [f"offers {f.fix!r}" for f in self.diagnosis.findings if f.fix is not None]
        faults += [f"names {c!r}" for c in changes(self.text, self.setting.optimizer)]
        return faults

    def estimates_hold(self) -> list[str]:
        facts = self.facts
        told = estimates(self.text)
        return [f"tells {t[0]:g} to {t[1]:g} steps" for t in told if not estimate_holds(facts, t)]

    def share_left(self, true: float, slack: float = 0.3) -> list[str]:
        """Every told share of the drop or the way that is left is near the true one."""
        told = percents(self.text)
        if "millionth of the way" in self.text:
            told.append(1e-4)
        wrong = [t for t in told if not np.isclose(t / 100, true, rtol=slack, atol=1e-3)]
        left = re.search(r"(left|remains|to go)", self.text)
        return [f"tells {t:g} %, true are {100 * true:.3g} %" for t in wrong] if left else []
