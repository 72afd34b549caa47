"""The lines of an initialisation's verdict: it decides by them, and its sentences show them."""

from __future__ import annotations

import math

DRIFT = 1e3
"""Mean squares that change by more over the whole depth are lost: amplitudes by 30."""
KEPT = 10.0
"""Mean squares that change by less keep their size: amplitudes by 3."""
MOSTLY = 0.5
"""A layer is saturated where more than this share of its activations is."""
DEEPEST = 1024
"""Layers to which theory is followed to say what a deeper network would do."""
LEARNED = math.log(2) / 2
"""Half the loss of guessing between two classes."""
