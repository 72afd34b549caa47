"""Which outcomes a run may be given, from what becomes of it and from the ground beneath.

Each question adds to what is admissible, with its reason, and may close the case.  Near a line
between two outcomes both are admitted; where more than three are left the oracle is unsure.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.oracles.labelled import ends, unfinished
from tests.oracles.labelled.case import Case
from tests.oracles.labelled.seeds import noisy
from tests.oracles.truth.facts import Facts

QUESTIONS: tuple[Callable[[Case], bool], ...] = (
    ends.outside,
    ends.unmoved,
    ends.gone,
    ends.held,
    ends.standing,
    ends.at_saddle,
    unfinished.plateau,
    unfinished.bounce,
    unfinished.on_the_way,
)
"""In the order in which they are asked; the first that closes the case is the last."""


def admissible(facts: Facts) -> Case:
    """The outcomes that the run of these facts may be given."""
    case = Case(facts)
    with np.errstate(all="ignore"):
        if facts.setting.noise:
            reason, labels = noisy(facts)
            case.admit(reason, *labels)
            return case
        next((ask for ask in QUESTIONS if ask(case)), None)
    return case
