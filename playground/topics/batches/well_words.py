"""What the page on mini-batches says of the sharp and the flat minimum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playground.topics.batches.wells import (
    ESCAPES,
    FLAT,
    SHARP,
    UNEQUAL,
    WELLS,
    Escape,
    equal_noise,
    spread,
)
from playground.words import Said, number, percent, setting


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
            away = number(far / width) if width else "full gradient"
            cells += ["unstable" if np.isnan(width) else away, percent(found[start][k].left)]
        rows.append(cells)
    return head, rows


def escape_words(lr: float, found: Mapping[float, list[Escape]]) -> Said:
    """Which minimum the batch sizes leave."""
    sharp = [e.left for e in found[SHARP]]
    flat = [e.left for e in found[FLAT]]
    k = next((k for k, left in enumerate(sharp) if left == 0), len(sharp))
    if k == 0:
        said = (
            f"With η = {setting(lr)} no batch size leaves the sharp minimum: η·λ = "
            f"{number(lr * WELLS.k_sharp)}, and the noise alone is too small to reach the hilltop."
        )
        return Said("all stay", None, said)
    stay = (
        f"with B = {ESCAPES[k]}, the next size tried, none does"
        if k < len(sharp)
        else "even without noise, for the step is unstable there"
    )
    rest = "No run leaves the flat one."
    if max(flat):
        rest = f"The flat one is left by up to {percent(max(flat))}."
    said = (
        f"With B = {ESCAPES[0]}, {percent(sharp[0])} of the runs leave the sharp minimum "
        f"(η·λ = {number(lr * WELLS.k_sharp)} of 2); {stay}. {rest}"
    )
    return Said("small batches leave", True, said)


def equal_noise_words() -> str:
    sharp, flat = (equal_noise(start).crossed for start in (SHARP, FLAT))
    barrier = {start: float(UNEQUAL(UNEQUAL.hilltop) - UNEQUAL(start)) for start in (SHARP, FLAT)}
    return (
        f"Not a law: with noise of equal size everywhere, a small step and a lower barrier "
        f"in front of the flat minimum ({number(barrier[FLAT])} against {number(barrier[SHARP])}), "
        f"{percent(flat)} of the runs crossed over from the flat one and {percent(sharp)} from the "
        "sharp one."
    )
