"""What the normalisation page says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.topics.normalisation.experiment import drift
from playground.topics.normalisation.settings import SHARE, Descended, Scales
from playground.words import Said, chosen_percent, count, number, percent, setting

STRETCHED = 2
"""Times as long as it is wide, from which on a bowl makes descent wait."""
HARMLESS = 2
"""How many times the error may grow before the test sees another model."""


def verdict(s: Scales, mine: Descended) -> Said:
    """Whether the descent arrives, and what the length of the bowl has to do with it."""
    n, lr = mine.problem, s.lr(mine.problem)
    if lr >= n.largest_lr:
        said = (
            f"η = {number(lr)} is above the largest stable step 2/λ_max = {number(n.largest_lr)}: "
            "every update multiplies the error across the valley by "
            f"{number(lr / n.largest_lr * 2 - 1)}."
        )
        return Said("diverges", False, said)
    arrived, share = mine.run.updates_to(SHARE * mine.run.excess[0]), chosen_percent(SHARE)
    round_ = f"The bowl is √κ = {number(n.kappa**0.5)} times as long as it is wide"
    if np.isfinite(arrived):
        said = (
            f"{round_}; gradient descent needs {count(arrived)} of {s.steps} updates until "
            f"{share} of the excess loss is left."
        )
        return Said("arrives", True, said)
    left, needed = percent(mine.run.excess[-1] / mine.run.excess[0]), n.steps(SHARE, lr)
    said = (
        f"{round_}: after {s.steps} updates {left} of the excess loss is left; {share} takes "
        f"{count(needed)} updates. "
    )
    if n.steps(SHARE) <= s.steps:  # the best step would have arrived: the bowl is not to blame
        why = f"this step is {setting(s.step)} of the best one, which takes {count(n.steps(SHARE))}"
        return Said("not the best step", None, f"{said}It is the step that is wrong: {why}.")
    if n.kappa**0.5 < STRETCHED:
        return Said("not yet", None, f"{said}The bowl is round: it only needs more updates.")
    said += "The steep direction limits the step, the flat one has to wait."
    return Said("stretched", False, said)


def ways_table(s: Scales, runs: list[Descended]) -> tuple[list[str], list[list[str]]]:
    """κ, the largest step and the updates of every way."""
    head = ["way", "κ", "largest stable η", "η here", "updates, predicted", "updates, measured"]
    return head, [_row(s, each, mine=k == 0) for k, each in enumerate(runs)]


def _row(s: Scales, each: Descended, mine: bool) -> list[str]:
    n, lr = each.problem, s.lr(each.problem)
    arrived, needed = each.run.updates_to(SHARE * each.run.excess[0]), n.steps(SHARE, lr)
    return [
        f"**{each.name}**" if mine else each.name,
        *map(number, (n.kappa, n.largest_lr, lr)),
        "never: it diverges" if np.isinf(needed) else count(needed),
        f"more than {s.steps}" if np.isnan(arrived) else count(arrived),
    ]


def test_words(s: Scales) -> Said:
    """What the test set hears at this shift."""
    d = drift(s.data(), s.test())
    right, wrong = d.with_training_statistics, d.with_own_statistics
    same = wrong < HARMLESS * right
    said = (
        f"With μ and σ of the training set the mean squared error is {number(right)}; with those "
        f"of the test set it is {number(wrong)} (predicted {number(d.predicted)}), "
        f"{number(wrong / right)} times as much."
    )
    return Said("same model" if same else "another model", same, said)


def columns(runs: list[Descended]) -> Mapping[str, Any]:
    """The download."""
    found: dict[str, Any] = {"update": runs[0].run.updates}
    for each in runs:
        found[f"{each.name}, measured"] = each.run.excess
        found[f"{each.name}, theory"] = each.theory
    return found
