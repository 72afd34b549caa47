"""What the page on mini-batches says of its descents, clouds, floors and costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.language import tr
from playground.shelf import remembered
from playground.topics.batches.experiment import DEVIATIONS, Cloud, Cost, Descent
from playground.topics.batches.settings import LAST, Sampling, floor_of, largest_lr, noiseless
from playground.words import Said, chosen_percent, count, number, percent, setting

ROUNDED = 1e-14
"""Share of the excess loss at the start that is nothing but rounding."""
SHARE = 0.02
"""Of the excess loss at the start: how far down every batch size is timed."""


def mine_of(s: Sampling, runs: list[Descent]) -> Descent:
    return next(run for run in runs if run.batch == s.size)


def verdict(s: Sampling, runs: list[Descent]) -> Said:
    """Whether noise, steps or stability limit the descent."""
    mine, floor = mine_of(s, runs), floor_of(s.data, s.lr, s.size, s.draws)
    start, steps = mine.excess[0], len(mine.w) - 1
    if np.isinf(floor):
        return Said(tr("diverges"), False, _too_large(s))
    if s.whole:
        said = tr(
            "All {} examples in every update, so there is no noise: after {} updates the excess "
            "loss is {}, {}, at the price of {} epochs.",
            s.n,
            steps,
            number(mine.excess[-1]),
            _share(mine.excess[-1] / start),
            count(mine.epochs[-1]),
        )
        return Said(tr("no noise"), True, said)
    free = noiseless(s.data, s.lr, steps)
    last, whole = (
        number(mine.floor(LAST)),
        tr("mean of the last {} of the updates", chosen_percent(LAST)),
    )
    if free < floor:
        said = tr(
            "Batches of {} stop at an excess loss of {} ({}; predicted for independent draws: "
            "{}), {} of the start. Without noise it would be {}.",
            s.size,
            last,
            whole,
            number(floor),
            percent(floor / start),
            number(free),
        )
        return Said(tr("noise floor"), None, said)
    said = tr(
        "After {} updates the excess loss is {} ({}), still above the floor of {} that the noise "
        "of B = {} sets: what limits it is the number of updates.",
        steps,
        last,
        whole,
        number(floor),
        s.size,
    )
    return Said(tr("on the way"), None, said)


def _share(share: float) -> str:
    if share < ROUNDED:
        return tr("which is all rounding lets it")
    return tr("{} of the start", percent(share))


def _too_large(s: Sampling) -> str:
    """Why a step is too large: for the bowl itself, or only for the noise."""
    bowl = s.loss().largest_lr
    if s.lr >= bowl:
        return tr(
            "η = {} is above 2/λ_max = {}: every update overshoots the valley farther, with or "
            "without noise.",
            setting(s.lr),
            number(bowl),
        )
    return tr(
        "With B = {} the largest stable step is {}; η = {} is above it, so the noise feeds on "
        "itself. Without noise it would hold up to 2/λ_max = {}.",
        s.size,
        number(largest_lr(s.data, s.size, s.draws)),
        setting(s.lr),
        number(bowl),
    )


@remembered
def descent_table(s: Sampling, runs: list[Descent]) -> tuple[list[str], list[list[str]]]:
    """Updates and epochs each batch size needs, and where it stops."""
    head = [
        "B",
        tr("updates to {} of the start", chosen_percent(SHARE)),
        tr("epochs"),
        tr("excess, last {}", chosen_percent(LAST)),
        tr("floor, theory"),
    ]
    return head, [_row(s, run) for run in runs]


def _row(s: Sampling, run: Descent) -> list[str]:
    needed, floor = (
        run.updates_to(SHARE * run.excess[0]),
        floor_of(s.data, s.lr, run.batch, s.draws),
    )
    never = np.isnan(needed)
    return [
        _bold(run.batch, s.size),
        tr("more than {}", len(run.w) - 1) if never else count(needed),
        "–" if never else number(needed * run.batch / run.n),
        number(run.floor(LAST)),
        tr("diverges") if np.isinf(floor) else number(floor),
    ]


@remembered
def cloud_table(found: list[Cloud], mine: int) -> tuple[list[str], list[list[str]]]:
    """The total variance of each cloud, and the share of it inside the predicted ellipse."""
    rows = []
    for c in found:
        away = (c.gradients - c.full).T
        distance = np.einsum("i...,i...", away, np.linalg.solve(c.theory, away))
        inside = float((distance <= DEVIATIONS**2).mean())
        variances = [number(np.trace(c.measured)), number(np.trace(c.theory))]
        rows.append([_bold(c.batch, mine), *variances, percent(inside)])
    bell = tr("inside the ellipse (a bell: {})", percent(1 - np.exp(-(DEVIATIONS**2) / 2)))
    return ["B", tr("variance, measured"), tr("variance, theory"), bell], rows


def _bold(batch: int, mine: int) -> str:
    return f"**{batch}**" if batch == mine else str(batch)


def cost_words(found: list[Cost]) -> str:
    first, many, whole = found[0], found[2], found[-1]
    return tr(
        "Measured on this machine: an update on {} examples takes {} times as long as one on {}, "
        "so an epoch is {} times as fast. On {} examples an update takes {} times as long.",
        many.batch,
        number(many.update / first.update),
        first.batch,
        number(first.epoch / many.epoch),
        whole.batch,
        number(whole.update / first.update),
    )


def columns(runs: list[Descent]) -> Mapping[str, Any]:
    """The download."""
    found: dict[str, Any] = {}
    for run in runs:
        found |= {
            f"update, B={run.batch}": run.updates,
            f"epoch, B={run.batch}": run.epochs,
            f"excess loss, B={run.batch}": run.excess,
        }
    return found
