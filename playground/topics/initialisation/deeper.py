"""What a factor per layer leads to in a deeper network."""

from __future__ import annotations

import numpy as np

from playground.language import mark, tr
from playground.networks.activations import Activation
from playground.networks.initialisations import Initialisation
from playground.networks.propagation import Propagation, theory
from playground.shelf import remembered
from playground.topics.initialisation.lines import DEEPEST, DRIFT
from playground.words import number, setting

FATES = {
    ("signal", True): mark("With depth the signal explodes"),
    ("signal", False): mark("With depth the signal vanishes"),
    ("gradient", True): mark("With depth the gradient explodes"),
    ("gradient", False): mark("With depth the gradient vanishes"),
}
"""By what is lost first, and whether it grows."""


def deeper(found: Propagation) -> str:
    """By theory, what is lost first in a deeper network like this one; empty if nothing is."""
    reach = _lost(found.sizes[-1], found.activation, found.initialisation)
    if reach is None or reach[1] <= len(found.forward):
        return ""
    what, layers, rate = reach
    return tr(
        "{}: by theory its mean square changes × {} a layer, and by more than {} in {} layers.",
        tr(FATES[what, rate > 1]),
        number(rate),
        setting(DRIFT),
        layers,
    )


@remembered
def _lost(
    width: int, activation: Activation, initialisation: Initialisation
) -> tuple[str, int, float] | None:
    """What changes by more than `DRIFT` first, in how many layers, and its factor per layer.

    Twice as many layers are looked at until it shows, so that no number underflows on the way.
    """
    depth = 4
    while depth < DEEPEST:
        depth *= 2
        flow = theory(depth, width, activation, initialisation)
        with np.errstate(all="ignore"):
            ways = {
                "signal": flow.forward / flow.forward[0],
                "gradient": flow.backward[0] / flow.backward,
            }
        lost = {
            name: int(np.argmax(beyond))
            for name, ratio in ways.items()
            if (beyond := ~((ratio >= 1 / DRIFT) & (ratio <= DRIFT))).any()
        }
        if lost:
            what = min(lost, key=lambda name: lost[name])
            layer = lost[what]
            ratio = float(ways[what][layer])
            usable = layer > 0 and 0 < ratio < np.inf
            return (what, layer + 1, ratio ** (1 / layer)) if usable else None
    return None
