"""What the maps show, in sentences that change with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.language import tr
from playground.optimizers import Optimizer
from playground.shelf import remembered
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
    (x, y), (rate, second) = values, (p.label for p in measured.params)
    return f"{rate} = {setting(float(f'{x:.4g}'))}, {second} = {setting(float(f'{y:.6g}'))}"


@remembered
def sweep_words(measured: Sweep, here: Sweep) -> str:
    """Best cell, shares, and the current run."""
    shares = {name: float(np.mean(measured.outcome == k)) for k, name in enumerate(OUTCOMES)}
    best = _best(measured)
    own = (here.x_values[0], here.y_values[0])
    ends = {
        "arrived": tr("arrives after {}", steps_made(int(np.nan_to_num(here.steps_to[0, 0])))),
        "on the way": tr("is still on the way after {} steps", here.steps),
        HIGHER: tr("ends higher than it started"),
    }
    end = ends[OUTCOMES[here.outcome[0, 0]]]
    return tr(
        "{best} Of all {cells} cells {arrived} arrive, {late} are still on the way after {steps} "
        "steps and {higher} end higher than they started. **This run** (crosshair): {own}, {end}.",
        best=best,
        cells=count(measured.outcome.size),
        arrived=percent(shares["arrived"]),
        late=percent(shares["on the way"]),
        steps=measured.steps,
        higher=percent(shares[HIGHER]),
        own=pair(here, own),
        end=end,
    )


def _best(measured: Sweep) -> str:
    """Who is first to stay, and who only passes before."""
    if measured.first is None:
        return tr("No cell arrives within {} steps.", measured.steps)
    soon = int(np.nanmin(measured.steps_to))
    passing = tr(
        "The first to meet the tolerance, {}, does so after {} but leaves it again.",
        *(pair(measured, measured.first), steps_made(soon)),
    )
    if measured.settled is None:
        return tr("No cell stays within the tolerance. {}", passing)
    cell, step = pair(measured, (measured.settled.x, measured.settled.y)), measured.settled.step
    best = tr("**Best cell:** {}, arrives after {} and stays.", cell, steps_made(step))
    return best if soon == step else f"{best} {passing}"


def layer_words(layers: Sequence[Layer]) -> str:
    """The shares of all colours, the largest first."""
    shares = sorted(
        ((float(np.isfinite(layer.z).mean()), layer.name) for layer in layers), reverse=True
    )
    return tr("Verdicts: {}.", ", ".join(f"{name} {percent(p)}" for p, name in shares if p))


@remembered
def border_words(surface: Surface, optimizer: Optimizer, measured: Sweep, edge: np.ndarray) -> str:
    """How the measured map agrees with theory's border, or why there is none."""
    reason = why_no_border(surface, optimizer)
    if reason:
        return tr("No border is drawn. {}", reason)
    found = agreement(measured, edge)
    parts = []
    if np.isfinite(found.stable):
        stable = percent(found.stable)
        parts.append(tr("{} of the cells before it end no higher than they started", stable))
    if np.isfinite(found.thrown):
        parts.append(tr("{} of the cells beyond it do not arrive", percent(found.thrown)))
    return tr(
        "**Dashed: the border in theory,** where the step is the largest that is still stable at "
        "the lowest minimum. Measured: {}. It knows the curvature at the minimum only: far from "
        "there the surface may be steeper and throw a run out earlier, or gentler, and let one "
        "pass by.",
        tr("{} and {}", *parts) if len(parts) == 2 else "".join(parts),
    )


@remembered
def search_words(done: RepeatedSearch, scan: Scan) -> str:
    """Probability of a hit in theory and as measured over many repetitions of the budget."""
    repeats, trials = done.values.shape
    p = hit_chance(scan, done.scale)
    return tr(
        "**{}:** a trial hits with probability {}, a budget of {} at least once with {}; measured "
        "over {} such budgets: {}.",
        tr("Logarithmic") if done.scale == "log" else tr("Linear"),
        *(percent(p), trials, percent(at_least_one(p, trials))),
        *(repeats, percent(done.found_rate)),
    )


@remembered
def moral(scan: Scan) -> str:
    """Which scale serves this learning rate, and why."""
    log, linear = (hit_chance(scan, scale) for scale in ("log", "linear"))
    low, high = scan.band
    if not scan.good.any():
        return tr(
            "No learning rate arrives in time, so no way of drawing finds one: allow more steps."
        )
    above = percent(chance((TURN, HIGH), LOW, HIGH, "linear"))
    if linear > log:
        return tr(
            "Here the linear draw wins, because what arrives lies from {} to {}, near the upper "
            "end, and {} of its trials are above {}. That is luck: had the range gone to {}, it "
            "would find next to nothing, and the logarithmic draw hardly less.",
            *(number(low), number(high), above, setting(TURN), setting(100 * HIGH)),
        )
    return tr(
        "A learning rate acts by its factor: 0.001 and 0.002 differ as 1 and 2 do. A linear draw "
        "spends {} of its trials above {}; what arrives here lies from {} to {}.",
        *(above, setting(TURN), number(low), number(high)),
    )


@remembered
def dropout_words(rates: Rates, trials: int) -> str:
    """The same comparison for the dropout rate, where the linear scale wins."""
    ends = float(rates.values[0]), float(rates.values[-1])
    odds = {scale: chance(rates.band, *ends, scale) for scale in SCALES}
    found = {scale: percent(at_least_one(p, trials)) for scale, p in odds.items()}
    return tr(
        "A linear trial hits with probability {}, a logarithmic one with {}; a budget of {} hits "
        "at least once with {} against {}. Where the best rate is tiny the comparison turns "
        "around: the scale to search is the one on which good values take up room.",
        *(percent(odds["linear"]), percent(odds["log"]), trials, found["linear"], found["log"]),
    )


@remembered
def basin_words(optimizer: Optimizer, measured: Basins, steps: int) -> str:
    """Shares of the starts and the usual number of steps."""
    ends = [
        tr("{} end at {}", percent(share), point((x, y)))
        for share, x, y in list(zip(measured.share(), *measured.minima, strict=True))[:NAMED]
    ]
    rest = float(np.mean(measured.which >= NAMED))
    nowhere = float(np.mean((measured.which < 0) & measured.finite))
    lost = float(np.mean(~measured.finite))
    ends += [tr("{} at one of the other minima", percent(rest))] if rest else []
    if nowhere:
        ends.append(tr("{} are at no minimum after {} steps", percent(nowhere), steps))
    ends += [tr("{} left the finite numbers", percent(lost))] if lost else []
    text = tr(
        "**{}:** of {} starts {}.",
        *(literal(optimizer.label()), count(measured.which.size), ", ".join(ends)),
    )
    settled = measured.steps[measured.which == 0]
    if settled.size:
        pace = count(np.median(settled))
        usual = tr("The lowest minimum takes {} steps in the median.", pace)
        return f"{text} {usual}"
    return text


@remembered
def rescue_words(first: tuple[str, Basins], second: tuple[str, Basins]) -> str:
    """What the second optimizer changes."""
    change = rescue(first[1], second[1])
    good = first[1].which == 0
    parts = []
    if not good.all():
        rescued = percent(change.rescued)
        parts.append(tr("where {} fails, {} arrives from {}", first[0], second[0], rescued))
    if good.any():
        failed = percent(change.lost)
        parts.append(tr("where {} arrives, {} fails from {}", first[0], second[0], failed))
    return tr(
        "At the lowest minimum {} arrives from {} of the starts, {} from {}. Of the starts {}.",
        *(first[0], percent(change.before), second[0], percent(change.after), "; ".join(parts)),
    )
