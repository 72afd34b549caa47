"""What the gradient-check page says of its three traps."""

from __future__ import annotations

from collections.abc import Mapping

from playground.language import tr
from playground.shelf import remembered
from playground.topics.gradient_check.settings import WIDTHS
from playground.topics.gradient_check.traps import (
    BESIDE,
    BurnIn,
    Kinks,
    Swallowing,
    across_the_kink,
)
from playground.words import number, percent, setting


@remembered
def trap_words(found: Swallowing, burned: BurnIn, kinked: Mapping[float, Kinks]) -> list[str]:
    """One sentence for each trap, with its numbers."""
    wide, narrow = (kinked[h] for h in WIDTHS)
    last, most = float(found.regulariser[-1]), wide.points[-1]
    return [
        tr(
            "The mistake stays {} in the data's part, but at λ = {} the whole gradient differs by "
            "only {}. Check with λ = 0, and λ alone.",
            number(found.data),
            setting(last),
            number(found.whole[-1]),
        ),
        tr(
            "With {} points {} of the right gradients fail at h = {}, {} at h = {}. Beside a "
            "kink, at x = {}, the central difference of ReLU is {} instead of 0.",
            most,
            percent(wide.failing()[-1]),
            setting(WIDTHS[0]),
            percent(narrow.failing()[-1]),
            setting(WIDTHS[1]),
            setting(BESIDE),
            number(across_the_kink()),
        ),
        tr(
            "A forgotten φ′ differs by {} at zero weights and {} at tiny ones, but by {} after {} "
            "updates. Check again after a warm-up.",
            number(burned.zero),
            number(burned.tiny),
            number(burned.after),
            len(burned.error) - 1,
        ),
    ]
