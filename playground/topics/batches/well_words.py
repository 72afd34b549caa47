"""What the page on mini-batches shows of the sharp and the flat minimum."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from playground.topics.batches.wells import FLAT, SHARP, Escape, Wells, escape, escape_by_noise

ESCAPES = (1, 2, 4, 8, 256)
RUNS = 300
WELLS = Wells()
UNEQUAL = Wells(rise=1.5, n=32)
"""Wells of which the flat one has the lower barrier."""
PATIENCE = 0.2
"""Seconds after which a progress bar appears."""


@lru_cache(maxsize=256)
def _escape(start: float, batch: int, lr: float) -> Escape:
    if batch >= WELLS.n:  # no noise: one run is all runs
        return escape(WELLS, start, batch, lr, updates=200, runs=1)
    return escape(WELLS, start, batch, lr, runs=RUNS)


@lru_cache(maxsize=2)
def equal_noise(start: float) -> Escape:
    """The same wells under noise that is equal everywhere."""
    return escape_by_noise(UNEQUAL, start, updates=1500, runs=100)


def escapes(lr: float, place: Any) -> dict[float, list[Escape]]:
    """Runs from either minimum, by batch size; a moved control ends the waiting."""
    begun, found = time.monotonic(), {SHARP: [], FLAT: []}  # type: ignore[var-annotated]
    jobs = [(start, batch) for batch in ESCAPES for start in (SHARP, FLAT)]
    for k, (start, batch) in enumerate(jobs):
        if time.monotonic() - begun > PATIENCE:
            place.progress(k / len(jobs), f"{RUNS} runs with batches of {batch} …")
        found[start].append(_escape(start, batch, lr))
    place.empty()
    return found


def spread(lr: float, start: float, batch: int) -> float:
    """Standard deviation of x in a well: √(η s²/(B λ (2 − ηλ))), NaN where it is unstable."""
    curvature = WELLS.k_sharp if start == SHARP else WELLS.k_flat
    if batch >= WELLS.n or lr * curvature >= 2:
        return 0.0 if lr * curvature < 2 else np.nan
    return float(WELLS.noise(start) * np.sqrt(lr / (batch * curvature * (2 - lr * curvature))))


def escape_table(
    lr: float, found: Mapping[float, list[Escape]]
) -> tuple[list[str], list[list[str]]]:
    """How far the hilltop is in units of the spread, and who crossed it for good."""
    head = [
        "B",
        "hilltop, in predicted spreads from the sharp minimum",
        "left the sharp",
        "hilltop, from the flat minimum",
        "left the flat",
    ]
    rows = []
    for k, batch in enumerate(ESCAPES):
        cells = [str(batch)]
        for start in (SHARP, FLAT):
            width = spread(lr, start, batch)
            far = abs(WELLS.hilltop - start)
            away = f"{far / width:.1f}" if width else "no noise"
            cells += ["unstable" if np.isnan(width) else away, f"{found[start][k].left:.0%}"]
        rows.append(cells)
    return head, rows


def escape_words(lr: float, found: Mapping[float, list[Escape]]) -> tuple[str, bool | None, str]:
    """Which minimum the batch sizes leave."""
    sharp = [e.left for e in found[SHARP]]
    flat = [e.left for e in found[FLAT]]
    k = next((k for k, left in enumerate(sharp) if left == 0), len(sharp))
    if k == 0:
        said = (
            f"With η = {lr:g} no batch size leaves the sharp minimum: η·λ = "
            f"{lr * WELLS.k_sharp:.3g}, and the noise alone is too small to reach the hilltop."
        )
        return "all stay", None, said
    stay = (
        f"from B = {ESCAPES[k]} on none does"
        if k < len(sharp)
        else "even without noise, for the step is unstable there"
    )
    rest = "No run leaves the flat one."
    if max(flat):
        rest = f"The flat one is left by up to {max(flat):.0%}."
    said = (
        f"With B = {ESCAPES[0]}, {sharp[0]:.0%} of the runs leave the sharp minimum "
        f"(η·λ = {lr * WELLS.k_sharp:.3g} of 2); {stay}. {rest}"
    )
    return "small batches leave", True, said


def equal_noise_words() -> str:
    sharp, flat = (equal_noise(start).crossed for start in (SHARP, FLAT))
    barrier = {start: float(UNEQUAL(UNEQUAL.hilltop) - UNEQUAL(start)) for start in (SHARP, FLAT)}
    return (
        f"Not a law: with noise of equal size everywhere, a small step and a lower barrier "
        f"in front of the flat minimum ({barrier[FLAT]:.2g} against {barrier[SHARP]:.2g}), "
        f"{flat:.0%} of the runs crossed over from the flat one and {sharp:.0%} from the "
        "sharp one."
    )
