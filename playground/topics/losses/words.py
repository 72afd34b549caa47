"""What the page on losses says, in sentences and tables that change with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from playground.language import tr
from playground.shelf import remembered
from playground.topics.losses import experiment as L
from playground.topics.losses.settings import (
    CLASSES,
    CROSS,
    SQUARED,
    STARTS,
    LogitLosses,
    codings,
    flow_times,
    gradients,
    rescues,
)
from playground.words import Said, count, number, percent, setting

LAGGING = 3
"""How many times as many updates the squared error may need."""


@remembered
def verdict(s: LogitLosses) -> Said:
    """Which loss finds the way back, and the slopes that decide it."""
    cross, squared = s.ways()[CROSS], s.ways()[SQUARED]
    slopes = tr(
        "At the start the slope of the squared error is {}, that of the cross-entropy {} of at "
        "most {}.",
        number(squared.gradient),
        number(cross.gradient, 4),
        number(2**0.5, 4),
    )
    if np.isnan(cross.steps):
        said = (
            tr(
                "The cross-entropy does not turn the answer right within {} updates, nor does the "
                "squared error.",
                s.steps,
            )
            if np.isnan(squared.steps)
            else tr(
                "The cross-entropy does not turn the answer right within {} updates, but so does "
                "the squared error after {}.",
                *(s.steps, count(squared.steps)),
            )
        )
        return Said(tr("not yet"), False, f"{said} {slopes}")
    if np.isnan(squared.steps):
        moved = float(np.hypot(squared.end[0] - s.start[0], squared.end[1] - s.start[1]))
        said = tr(
            "The cross-entropy turns the answer right after {} updates; the squared error has not "
            "after {}, and moved by {}.",
            *(count(cross.steps), s.steps, number(moved)),
        )
        return Said(tr("stalls"), False, f"{said} {slopes}")
    ratio = squared.steps / max(cross.steps, 1)
    said = tr(
        "The cross-entropy turns the answer right after {} updates, the squared error after {}, "
        "{} times as many.",
        *(count(cross.steps), count(squared.steps), number(ratio)),
    )
    said += f" {slopes}"
    return Said(tr("lags"), None, said) if ratio > LAGGING else Said(tr("both arrive"), True, said)


@remembered
def softmax_table(s: LogitLosses) -> tuple[list[str], list[list[str]]]:
    p, y, g = L.softmax(s.logits), L.one_hot([s.right_class], 3)[0], gradients(s)
    head = [
        tr("class"),
        tr("logit"),
        tr("softmax p"),
        tr("one-hot y"),
        tr("slope, {}", tr(CROSS)),
        tr("slope, {}", tr(SQUARED)),
    ]
    rows = []
    for k, name in enumerate(CLASSES):
        slopes = [number(g[loss][k]) for loss in (CROSS, SQUARED)]
        rows.append([name, setting(s.logits[k]), number(p[k], 4), f"{y[k]:.0f}", *slopes])
    return head, rows


@remembered
def softmax_words(s: LogitLosses) -> str:
    z, right = s.logits, s.right_class
    cross, squared = L.cross_entropy(z, right), L.squared_error(z, right)
    return tr(
        "Cross-entropy −log p = {}, squared error {}; the right class has p = {}.",
        number(cross, 4),
        number(squared, 4),
        number(L.softmax(z)[right], 4),
    )


@remembered
def coding_table() -> tuple[list[str], list[list[str]]]:
    sets = list(codings().values())
    rows = [[a.name, *(percent(each[k].accuracy) for each in sets)] for k, a in enumerate(sets[0])]
    return [tr("classes written as"), *map(tr, codings())], rows


def columns(s: LogitLosses) -> Mapping[str, Any]:
    """The download."""
    found: dict[str, Any] = {"a": STARTS}
    flow = flow_times(s.optimizer) or {}
    for name, values in rescues(s.optimizer, s.steps).items():
        found[f"updates, {name}"] = values
        if name in flow:
            found[f"updates, {name}, theory"] = flow[name]
        x, y = s.path(name)
        found |= {f"x, {name}": x, f"y, {name}": y}
    return found
