"""One real network while it learns, as an exhibit: its gauge, its loss, and its verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from playground.diagnosis.finding import Finding
from playground.diagnosis.outcome import IN_PROGRESS, SLOW
from playground.figures.panels import Limit, axis, figure_of, line, positive
from playground.figures.theme import BLUE
from playground.glossary import GAUGE, LOSS
from playground.language import tr
from playground.shelf import remembered
from playground.theory import adaptive
from playground.topics.course.exhibits.exhibit import EXHIBITS, Fact, PageExhibit
from playground.topics.network.settings import RealNetwork
from playground.topics.network.training import Trace, trained
from playground.topics.network.verdict import burst, outcome_of
from playground.words import capital, number, percent, steps_in_words

FIFTHS = 5
"""A training is told of in so many parts: its first and its last are one of them."""


@remembered
def _seen(s: RealNetwork) -> Trace:
    return trained(s)


@remembered
def _outcome(s: RealNetwork) -> Finding:
    return outcome_of(_seen(s))


def _gauges(s: RealNetwork) -> np.ndarray:
    """η·λ_max wherever it was measured and is a number."""
    value = _seen(s).gauge
    return value[np.isfinite(value)]


def _limit(s: RealNetwork) -> float | None:
    limit = _seen(s).limit
    return limit if np.isfinite(limit) else None


def _first_gauge(s: RealNetwork) -> float | None:
    found = _gauges(s)
    return float(found[0]) if len(found) else None


def _above(s: RealNetwork) -> float | None:
    """η·λ_max at the first update, if that is above the limit."""
    first, limit = _first_gauge(s), _limit(s)
    return first if first is not None and limit is not None and first > limit else None


def _below(s: RealNetwork) -> float | None:
    """η·λ_max at the first update, if that is not above the limit."""
    first, limit = _first_gauge(s), _limit(s)
    return first if first is not None and limit is not None and first <= limit else None


def _late(s: RealNetwork) -> np.ndarray:
    found = _gauges(s)
    return found[len(found) // 2 :]


def _late_gauge(s: RealNetwork) -> float | None:
    """The median of the second half of the measurements, of a training that stays finite."""
    return float(np.median(_late(s))) if _lasts(s) and len(_late(s)) else None


def _largest_late(s: RealNetwork) -> float | None:
    """The largest η·λ_max of that half, if it is not above the limit."""
    limit, late = _limit(s), _late(s)
    if limit is None or not len(late) or not _lasts(s):
        return None
    return float(late.max()) if late.max() <= limit else None


def _early_least(s: RealNetwork) -> float | None:
    """The least η·λ_max in the first fifth of its measurements."""
    found = _gauges(s)
    return float(found[: len(found) // FIFTHS].min()) if len(found) >= FIFTHS else None


def _scaled(s: RealNetwork) -> str | None:
    """The optimizer, if it has a step of its own for every parameter, as the gauge takes it."""
    return s.optimizer.label() if adaptive(s.optimizer) else None


def _lasts(s: RealNetwork) -> bool:
    trace = _seen(s)
    return trace.finite > trace.steps


def _gone(s: RealNetwork) -> int | None:
    """The first update after which loss or weights are no numbers; None if there is none."""
    return None if _lasts(s) else _seen(s).finite


def _lasting(found: Callable[[Trace], Any]) -> Callable[[Any], Fact]:
    """A fact of trainings that stay finite."""
    return lambda s: found(_seen(s)) if _lasts(s) else None


def _highest(trace: Trace) -> float | None:
    """The largest loss, if it is above the first."""
    top = float(trace.loss.max())
    return top if top > trace.loss[0] else None


def _tail(values: np.ndarray) -> float:
    """The median of the last fifth."""
    return float(np.median(values[-(len(values) // FIFTHS) :]))


def _halving(s: RealNetwork) -> str | None:
    """In how many updates the loss halves at the pace of the last fifth, if it is judged by that.

    The verdict measures it in units of the updates that were made.
    """
    found, trace = _outcome(s), _seen(s)
    if found.label not in (IN_PROGRESS, SLOW) or not np.isfinite(found.measured):
        return None
    return steps_in_words(found.measured * (trace.finite - 1))


def _mistakes(trace: Trace, fresh: bool) -> str:
    return percent(trace.error(trace.steps, trace.dev if fresh else trace.data))


def _gauge_drawn(trace: Trace) -> dict[str, Any]:
    name = f"{capital(GAUGE.noun)} η·λ"
    data = [line(trace.gauged, positive(trace.gauge), name, BLUE, hover=tr("update {x}: {y}"))]
    limits = [Limit(trace.limit, tr("limit {}", number(trace.limit)))]
    return figure_of(data, axis(tr("update")), axis(name, log=True), limits, name, 320)


def _loss_drawn(trace: Trace) -> dict[str, Any]:
    t = np.arange(trace.steps + 1)
    data = [
        line(t, positive(values), name, BLUE, dash=dash, hover=tr("update {x}: {y}"))
        for values, name, dash in (
            (trace.loss, tr("training"), "solid"),
            (trace.dev_loss, tr("test"), "dot"),
        )
    ]
    title = capital(LOSS.noun)
    return figure_of(data, axis(tr("update")), axis(LOSS.noun, log=True), (), title, 320)


EXHIBITS["real-network"] = PageExhibit(
    page="network",
    preset=RealNetwork(),
    known={
        "verdict": lambda s: str(_outcome(s).label),
        "parameters": lambda s: s.mlp.size,
        "limit": _limit,
        "first_gauge": _first_gauge,
        "above": _above,
        "below": _below,
        "late_gauge": _late_gauge,
        "largest_late": _largest_late,
        "early_least": _early_least,
        "scaled": _scaled,
        "gone": _gone,
        "first_loss": lambda s: float(_seen(s).loss[0]),
        "highest": _lasting(_highest),
        "last_loss": _lasting(lambda trace: float(trace.loss[-1])),
        "late_loss": _lasting(lambda trace: _tail(trace.loss)),
        "late_slope": _lasting(lambda trace: _tail(trace.gradient_norm)),
        "first_slope": lambda s: float(_seen(s).gradient_norm[0]),
        "halving": _halving,
        "mistakes": _lasting(lambda trace: _mistakes(trace, fresh=False)),
        "fresh_mistakes": _lasting(lambda trace: _mistakes(trace, fresh=True)),
    },
    found=lambda s: [found for found in (_outcome(s), burst(_seen(s))) if found],
    drawn=lambda s: [_gauge_drawn(_seen(s)), _loss_drawn(_seen(s))],
)
