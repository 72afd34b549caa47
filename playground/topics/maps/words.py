"""What the maps show, in sentences that change with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.optimizers import Optimizer
from playground.surfaces import Surface
from playground.topics.maps.basins import Basins, rescue
from playground.topics.maps.border import agreement, why_no_border
from playground.topics.maps.dropout_rate import Rates
from playground.topics.maps.layers import Layer
from playground.topics.maps.search import (
    HIGH,
    LOW,
    SCALES,
    RepeatedSearch,
    Scan,
    at_least_one,
    chance,
    hit_chance,
)
from playground.topics.maps.sweep import HIGHER, OUTCOMES, Sweep
from playground.ui.say import literal
from playground.words import count, number, percent, point, setting, steps_made

TURN = 1.0
"""Where the last of the seven decades begins."""
NAMED = 4
"""Minima whose shares are told one by one."""


def pair(measured: Sweep, values: tuple[float, float]) -> str:
    """One cell in words."""
    (x, y), (rate, second) = values, measured.labels
    return f"{rate} = {setting(float(f'{x:.4g}'))}, {second} = {setting(float(f'{y:.6g}'))}"


def sweep_words(measured: Sweep, here: Sweep) -> str:
    """Best cell, shares, and the current run."""
    shares = {name: float(np.mean(measured.outcome == k)) for k, name in enumerate(OUTCOMES)}
    best = _best(measured)
    own = (here.x_values[0], here.y_values[0])
    ends = {
        "arrived": f"arrives after {steps_made(int(np.nan_to_num(here.steps_to[0, 0])))}",
        "on the way": f"is still on the way after {here.steps} steps",
        HIGHER: "ends higher than it started",
    }
    end = ends[OUTCOMES[here.outcome[0, 0]]]
    return (
        f"{best} Of all {count(measured.outcome.size)} cells {percent(shares['arrived'])} arrive, "
        f"{percent(shares['on the way'])} are still on the way after {measured.steps} steps and "
        f"{percent(shares[HIGHER])} end higher than they started. **This run** (crosshair): "
        f"{pair(here, own)}, {end}."
    )


def _best(measured: Sweep) -> str:
    """Who is first to stay, and who only passes before."""
    if measured.first is None:
        return f"No cell arrives within {measured.steps} steps."
    soon = int(np.nanmin(measured.steps_to))
    passing = (
        f"The first to meet the tolerance, {pair(measured, measured.first)}, "
        f"does so after {steps_made(soon)} but leaves it again."
    )
    if measured.settled is None:
        return f"No cell stays within the tolerance. {passing}"
    cell, step = pair(measured, (measured.settled.x, measured.settled.y)), measured.settled.step
    best = f"**Best cell:** {cell}, arrives after {steps_made(step)} and stays."
    return best if soon == step else f"{best} {passing}"


def layer_words(layers: Sequence[Layer]) -> str:
    """The shares of all colours, the largest first."""
    shares = sorted(
        ((float(np.isfinite(layer.z).mean()), layer.name) for layer in layers), reverse=True
    )
    return "Verdicts: " + ", ".join(f"{name} {percent(p)}" for p, name in shares if p) + "."


def border_words(surface: Surface, optimizer: Optimizer, measured: Sweep, edge: np.ndarray) -> str:
    """How the measured map agrees with theory's border, or why there is none."""
    reason = why_no_border(surface, optimizer)
    if reason:
        return f"No border is drawn. {reason}"
    found = agreement(measured, edge)
    parts = []
    if np.isfinite(found.stable):
        parts.append(
            f"{percent(found.stable)} of the cells before it end no higher than they started"
        )
    if np.isfinite(found.thrown):
        parts.append(f"{percent(found.thrown)} of the cells beyond it do not arrive")
    return (
        "**Dashed: the border in theory,** where the step is the largest that is still stable at "
        f"the lowest minimum. Measured: {' and '.join(parts)}. It knows the curvature at the "
        "minimum only: far from there the surface may be steeper and throw a run out earlier, or "
        "gentler, and let one pass by."
    )


def search_words(done: RepeatedSearch, scan: Scan) -> str:
    """Probability of a hit in theory and as measured over many repetitions of the budget."""
    repeats, trials = done.values.shape
    p = hit_chance(scan, done.scale)
    return (
        f"**{'Logarithmic' if done.scale == 'log' else 'Linear'}:** a trial hits with probability "
        f"{percent(p)}, a budget of {trials} at least once with {percent(at_least_one(p, trials))}"
        f"; measured over {repeats} such budgets: {percent(done.found_rate)}."
    )


def moral(scan: Scan) -> str:
    """Which scale serves this learning rate, and why."""
    log, linear = (hit_chance(scan, scale) for scale in ("log", "linear"))
    low, high = scan.band
    if not scan.good.any():
        return "No learning rate arrives in time, so no way of drawing finds one: allow more steps."
    above = percent(chance((TURN, HIGH), LOW, HIGH, "linear"))
    lies = f"lies from {number(low)} to {number(high)}"
    if linear > log:
        return (
            f"Here the linear draw wins, because what arrives {lies}, near the upper end, and "
            f"{above} of its trials are above {setting(TURN)}. That is luck: had the range gone to "
            f"{setting(100 * HIGH)}, it would find next to nothing, and the logarithmic draw "
            "hardly less."
        )
    return (
        "A learning rate acts by its factor: 0.001 and 0.002 differ as 1 and 2 do. A linear draw "
        f"spends {above} of its trials above {setting(TURN)}; what arrives here {lies}."
    )


def dropout_words(rates: Rates, trials: int) -> str:
    """The same comparison for the dropout rate, where the linear scale wins."""
    ends = float(rates.values[0]), float(rates.values[-1])
    odds = {scale: chance(rates.band, *ends, scale) for scale in SCALES}
    found = {scale: percent(at_least_one(p, trials)) for scale, p in odds.items()}
    return (
        f"A linear trial hits with probability {percent(odds['linear'])}, a logarithmic one with "
        f"{percent(odds['log'])}; a budget of {trials} hits at least once with {found['linear']} "
        f"against {found['log']}. Where the best rate is tiny the comparison turns around: the "
        "scale to search is the one on which good values take up room."
    )


def basin_words(optimizer: Optimizer, measured: Basins, steps: int) -> str:
    """Shares of the starts and the usual number of steps."""
    ends = [
        f"{percent(share)} end at {point((x, y))}"
        for share, x, y in list(zip(measured.share(), *measured.minima, strict=True))[:NAMED]
    ]
    rest = float(np.mean(measured.which >= NAMED))
    nowhere = float(np.mean((measured.which < 0) & measured.finite))
    lost = float(np.mean(~measured.finite))
    ends += [f"{percent(rest)} at one of the other minima"] if rest else []
    ends += [f"{percent(nowhere)} are at no minimum after {steps} steps"] if nowhere else []
    ends += [f"{percent(lost)} left the finite numbers"] if lost else []
    starts = f"of {count(measured.which.size)} starts"
    text = f"**{literal(optimizer.label())}:** {starts} {', '.join(ends)}."
    settled = measured.steps[measured.which == 0]
    if settled.size:
        text += f" The lowest minimum takes {count(np.median(settled))} steps in the median."
    return text


def rescue_words(first: tuple[str, Basins], second: tuple[str, Basins]) -> str:
    """What the second optimizer changes."""
    change = rescue(first[1], second[1])
    good = first[1].which == 0
    parts = []
    if not good.all():
        parts.append(f"where {first[0]} fails, {second[0]} arrives from {percent(change.rescued)}")
    if good.any():
        parts.append(f"where {first[0]} arrives, {second[0]} fails from {percent(change.lost)}")
    return (
        f"At the lowest minimum {first[0]} arrives from {percent(change.before)} of the starts, "
        f"{second[0]} from {percent(change.after)}. Of the starts {'; '.join(parts)}."
    )
