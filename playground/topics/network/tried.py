"""Changes of a training, tried before one is named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from playground.diagnosis.finding import Fix
from playground.kinds import MEMBER
from playground.networks import training_moments
from playground.shelf import remembered
from playground.topics.network import lines
from playground.topics.network.settings import RealNetwork


def changed(s: RealNetwork, change: Any) -> RealNetwork:
    """The settings with an optimizer, a schedule or an initialisation in the place of its kind."""
    name = next(p.name for p in s.params() if p.kind is MEMBER and isinstance(change, p.family))
    return s.replace(**{name: change})


def ends(loss: np.ndarray) -> float:
    """The loss at the end of a training, the mean of its last tenth; inf if it is gone."""
    with np.errstate(all="ignore"):
        end = float(np.mean(loss[-max(len(loss) // lines.TENTH, 1) :]))
    return end if np.isfinite(end) else np.inf


@remembered
def _ends(s: RealNetwork) -> float:
    """How the training of these settings ends, without anything being measured on the way."""
    moments = training_moments(
        s.mlp,
        s.targets(s.draw(s.seed)),
        s.optimizer,
        s.schedule,
        s.steps,
        batch=s.batch or None,
        seed=s.seed,
        initialisation=s.initialisation,
        every=1,
        clip=s.clip,
    )
    return ends(np.array([float(moment.loss) for moment in moments]))


def first_that_helps(s: RealNetwork, loss: np.ndarray, changes: Iterable[Fix]) -> Fix:
    """The first change whose training ends lower than `loss (T+1,)` does; None if none."""
    limit = lines.HELPS * min(ends(loss), float(loss[0]))
    for change in dict.fromkeys(changes):
        if change is None:
            continue
        try:
            other = changed(s, change)
        except ValueError:  # a rule that no network can be trained by
            continue
        if other != s and _ends(other) < limit:
            return change
    return None
