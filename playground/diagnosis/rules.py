"""The outcome of a run: rules in the order in which they are asked; the first that holds wins.

Each rule returns a `Finding` with its evidence, or None.
"""

from __future__ import annotations

from playground.diagnosis.divergence import diverged
from playground.diagnosis.evidence import Evidence
from playground.diagnosis.finding import Finding
from playground.diagnosis.progress import unfinished
from playground.diagnosis.rest import arrived, plateau, saddle
from playground.diagnosis.unrest import bouncing, edge_of_stability, noise_floor

RULES = (diverged, noise_floor, edge_of_stability, plateau, arrived, saddle, bouncing, unfinished)


def outcome(e: Evidence) -> Finding:
    """The first rule that holds; the last one always does."""
    return next(finding for rule in RULES if (finding := rule(e)))
