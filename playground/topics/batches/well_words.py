"""What the page on mini-batches says of the sharp and the flat minimum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playground.language import tr
from playground.shelf import remembered
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
        tr("hilltop, in predicted spreads from the sharp minimum"),
        tr("left the sharp"),
        tr("hilltop, from the flat minimum"),
        tr("left the flat"),
    ]
    rows = []
    for k, batch in enumerate(ESCAPES):
        cells = [str(batch)]
        for start in (SHARP, FLAT):
            width = spread(lr, start, batch)
            far = abs(WELLS.hilltop - start)
            away = number(far / width) if width else tr("full gradient")
            cells += [tr("unstable") if np.isnan(width) else away, percent(found[start][k].left)]
        rows.append(cells)
    return head, rows


def escape_words(lr: float, found: Mapping[float, list[Escape]]) -> Said:
    """Which minimum the batch sizes leave."""
    sharp = [e.left for e in found[SHARP]]
    flat = [e.left for e in found[FLAT]]
    k = next((k for k, left in enumerate(sharp) if left == 0), len(sharp))
    if k == 0:
        said = tr(
            "With η = {} no batch size leaves the sharp minimum: η·λ = {}, and the noise alone is "
            "too small to reach the hilltop.",
            setting(lr),
            number(lr * WELLS.k_sharp),
        )
        return Said(tr("all stay"), None, said)
    stay = (
        tr("with B = {}, the next size tried, none does", ESCAPES[k])
        if k < len(sharp)
        else tr("even without noise, for the step is unstable there")
    )
    rest = tr("No run leaves the flat one.")
    if max(flat):
        rest = tr("The flat one is left by up to {}.", percent(max(flat)))
    said = tr(
        "With B = {}, {} of the runs leave the sharp minimum (η·λ = {} of 2); {}. {}",
        ESCAPES[0],
        percent(sharp[0]),
        number(lr * WELLS.k_sharp),
        stay,
        rest,
    )
    return Said(tr("small batches leave"), True, said)


@remembered
def equal_noise_words() -> str:
    sharp, flat = (equal_noise(start).crossed for start in (SHARP, FLAT))
    barrier = {start: float(UNEQUAL(UNEQUAL.hilltop) - UNEQUAL(start)) for start in (SHARP, FLAT)}
    return tr(
        "Not a law: with noise of equal size everywhere, a small step and a lower barrier in "
        "front of the flat minimum ({} against {}), {} of the runs crossed over from the flat one "
        "and {} from the sharp one.",
        number(barrier[FLAT]),
        number(barrier[SHARP]),
        percent(flat),
        percent(sharp),
    )
