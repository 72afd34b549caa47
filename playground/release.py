"""The release: its version, and how equal it is to PyTorch, as the tests have measured it."""

from __future__ import annotations

from typing import NamedTuple

VERSION = "1.0.0"
"""The only place it is written: the package is built with it and the pages show it."""


class Parity(NamedTuple):
    """How many trajectories were held against PyTorch's, and how far the farthest is from it."""

    torch: str
    """The version of PyTorch."""
    trajectories: int
    """A trajectory is one setting of an optimizer on one surface under one schedule."""
    equal: int
    """Those that differ by rounding only."""
    steps: int
    """Updates of each."""
    below: float
    """A power of ten that no difference reaches, in shares of the coordinate or, near 0, of 1."""


# Written by `python -m tests.oracles.golden.figure`; a test measures it anew.
PARITY = Parity(torch="2.13.0", trajectories=2012, equal=2012, steps=200, below=1e-13)
