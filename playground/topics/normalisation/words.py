"""What the normalisation page says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.language import tr
from playground.shelf import remembered
from playground.topics.normalisation.experiment import drift
from playground.topics.normalisation.settings import SHARE, Descended, Scales
from playground.words import Said, chosen_percent, count, number, percent, setting

STRETCHED = 2
"""Times as long as it is wide, from which on a bowl makes descent wait."""
HARMLESS = 2
"""How many times the error may grow before the test sees another model."""


@remembered
def verdict(s: Scales, mine: Descended) -> Said:
    """Whether the descent arrives, and what the length of the bowl has to do with it."""
    n, lr = mine.problem, s.lr(mine.problem)
    if lr >= n.largest_lr:
        said = tr(
            "η = {} is above the largest stable step 2/λ_max = {}: every update multiplies the "
            "error across the valley by {}.",
            number(lr),
            number(n.largest_lr),
            number(lr / n.largest_lr * 2 - 1),
        )
        return Said(tr("diverges"), False, said)
    arrived, share = mine.run.updates_to(SHARE * mine.run.excess[0]), chosen_percent(SHARE)
    length = number(n.kappa**0.5)
    if np.isfinite(arrived):
        said = tr(
            "The bowl is √κ = {} times as long as it is wide; gradient descent needs {} of {} "
            "updates until {} of the excess loss is left.",
            *(length, count(arrived), s.steps, share),
        )
        return Said(tr("arrives"), True, said)
    left, needed = percent(mine.run.excess[-1] / mine.run.excess[0]), n.steps(SHARE, lr)
    said = tr(
        "The bowl is √κ = {} times as long as it is wide: after {} updates {} of the excess loss "
        "is left; {} takes {} updates.",
        *(length, s.steps, left, share, count(needed)),
    )
    if n.steps(SHARE) <= s.steps:  # the best step would have arrived: the bowl is not to blame
        why = tr(
            "It is the step that is wrong: this step is {} of the best one, which takes {}.",
            *(setting(s.step), count(n.steps(SHARE))),
        )
        return Said(tr("not the best step"), None, f"{said} {why}")
    if n.kappa**0.5 < STRETCHED:
        why = tr("The bowl is round: it only needs more updates.")
        return Said(tr("not yet"), None, f"{said} {why}")
    why = tr("The steep direction limits the step, the flat one has to wait.")
    return Said(tr("stretched"), False, f"{said} {why}")


@remembered
def ways_table(s: Scales, runs: list[Descended]) -> tuple[list[str], list[list[str]]]:
    """κ, the largest step and the updates of every way."""
    head = [
        tr("way"),
        "κ",
        tr("largest stable η"),
        tr("η here"),
        tr("updates, predicted"),
        tr("updates, measured"),
    ]
    return head, [_row(s, each, mine=k == 0) for k, each in enumerate(runs)]


def _row(s: Scales, each: Descended, mine: bool) -> list[str]:
    n, lr = each.problem, s.lr(each.problem)
    arrived, needed = each.run.updates_to(SHARE * each.run.excess[0]), n.steps(SHARE, lr)
    return [
        f"**{tr(each.name)}**" if mine else tr(each.name),
        *map(number, (n.kappa, n.largest_lr, lr)),
        tr("never: it diverges") if np.isinf(needed) else count(needed),
        tr("more than {}", s.steps) if np.isnan(arrived) else count(arrived),
    ]


@remembered
def test_words(s: Scales) -> Said:
    """What the test set hears at this shift."""
    d = drift(s.data(), s.test())
    right, wrong = d.with_training_statistics, d.with_own_statistics
    same = wrong < HARMLESS * right
    said = tr(
        "With μ and σ of the training set the mean squared error is {}; with those of the test "
        "set it is {} (predicted {}), {} times as much.",
        number(right),
        number(wrong),
        number(d.predicted),
        number(wrong / right),
    )
    return Said(tr("same model") if same else tr("another model"), same, said)


def columns(runs: list[Descended]) -> Mapping[str, Any]:
    """The download."""
    found: dict[str, Any] = {"update": runs[0].run.updates}
    for each in runs:
        found[f"{each.name}, measured"] = each.run.excess
        found[f"{each.name}, theory"] = each.theory
    return found
