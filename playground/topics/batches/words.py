"""What the page on mini-batches says of its descents, clouds, floors and costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.topics.batches.experiment import DEVIATIONS, Cloud, Cost, Descent, sgd
from playground.topics.batches.settings import LAST, Sampling, floor_of, largest_lr
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
        return Said("diverges", False, _too_large(s))
    if s.whole:
        said = (
            f"All {s.n} examples in every update, so there is no noise: after {steps} updates the "
            f"excess loss is {number(mine.excess[-1])}, {_share(mine.excess[-1] / start)}, at the "
            f"price of {count(mine.epochs[-1])} epochs."
        )
        return Said("no noise", True, said)
    free = sgd(s.loss(), s.n, s.lr, steps).excess[-1]
    last, whole = (
        number(mine.floor(LAST)),
        f"mean of the last {chosen_percent(LAST)} of the updates",
    )
    if free < floor:
        said = (
            f"Batches of {s.size} stop at an excess loss of {last} ({whole}; predicted for "
            f"independent draws: {number(floor)}), {percent(floor / start)} of the start. Without "
            f"noise it would be {number(free)}."
        )
        return Said("noise floor", None, said)
    said = (
        f"After {steps} updates the excess loss is {last} ({whole}), still above the floor of "
        f"{number(floor)} that the noise of B = {s.size} sets: what limits it is the number of "
        "updates."
    )
    return Said("on the way", None, said)


def _share(share: float) -> str:
    return "which is all rounding lets it" if share < ROUNDED else f"{percent(share)} of the start"


def _too_large(s: Sampling) -> str:
    """Why a step is too large: for the bowl itself, or only for the noise."""
    bowl = s.loss().largest_lr
    if s.lr >= bowl:
        return (
            f"η = {setting(s.lr)} is above 2/λ_max = {number(bowl)}: every update overshoots the "
            "valley farther, with or without noise."
        )
    return (
        f"With B = {s.size} the largest stable step is "
        f"{number(largest_lr(s.data, s.size, s.draws))}; η = {setting(s.lr)} is above it, so the "
        f"noise feeds on itself. Without noise it would hold up to 2/λ_max = {number(bowl)}."
    )


def descent_table(s: Sampling, runs: list[Descent]) -> tuple[list[str], list[list[str]]]:
    """Updates and epochs each batch size needs, and where it stops."""
    head = [
        "B",
        f"updates to {chosen_percent(SHARE)} of the start",
        "epochs",
        f"excess, last {chosen_percent(LAST)}",
        "floor, theory",
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
        f"more than {len(run.w) - 1}" if never else count(needed),
        "–" if never else number(needed * run.batch / run.n),
        number(run.floor(LAST)),
        "diverges" if np.isinf(floor) else number(floor),
    ]


def cloud_table(found: list[Cloud], mine: int) -> tuple[list[str], list[list[str]]]:
    """The total variance of each cloud, and the share of it inside the predicted ellipse."""
    rows = []
    for c in found:
        away = (c.gradients - c.full).T
        distance = np.einsum("i...,i...", away, np.linalg.solve(c.theory, away))
        inside = float((distance <= DEVIATIONS**2).mean())
        variances = [number(np.trace(c.measured)), number(np.trace(c.theory))]
        rows.append([_bold(c.batch, mine), *variances, percent(inside)])
    bell = f"inside the ellipse (a bell: {percent(1 - np.exp(-(DEVIATIONS**2) / 2))})"
    return ["B", "variance, measured", "variance, theory", bell], rows


def _bold(batch: int, mine: int) -> str:
    return f"**{batch}**" if batch == mine else str(batch)


def cost_words(found: list[Cost]) -> str:
    first, many, whole = found[0], found[2], found[-1]
    return (
        f"Measured on this machine: an update on {many.batch} examples takes "
        f"{number(many.update / first.update)} times as long as one on {first.batch}, so an epoch "
        f"is {number(first.epoch / many.epoch)} times as fast. On {whole.batch} examples an "
        f"update takes {number(whole.update / first.update)} times as long."
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
