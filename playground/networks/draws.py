"""The weights of a deep network, layer by layer in either direction.

All initialisations share the same random numbers, so those of a usual network are kept on the
shelf.  Of a large one they would fill it: there each layer is drawn when its turn comes, and for
the way back the state of the random numbers before each layer is remembered instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from playground.networks.initialisations import Draw, Initialisation
from playground.shelf import remembered

MANY = 2_000_000
"""Weights that are kept for whoever asks again, 8 MB."""


def propagated_weights(
    sizes: tuple[int, ...],
    seed: int,
    initialisation: Initialisation,
    dtype: type = float,
    step: int = 1,
) -> Iterator[np.ndarray]:
    """The weights ``(n_out, n_in)`` of every layer, first to last or (step −1) last to first."""
    for w in _drawn(sizes, seed, initialisation.drawn, step):
        n_out, n_in = w.shape
        yield w.astype(dtype, copy=False) * initialisation.scale(n_in, n_out)


def _drawn(sizes: tuple[int, ...], seed: int, draw: Draw, step: int) -> Iterator[np.ndarray]:
    """What the layers are made of, in either direction."""
    plain = draw is Initialisation.drawn
    if weights_of(sizes) <= MANY:
        yield from (_normals(sizes, seed) if plain else _shaped(sizes, seed, draw))[::step]
        return
    rng = np.random.default_rng(seed)
    marks = _marks(sizes, seed) if step < 0 else ()
    shapes = _shapes(sizes)
    for layer in range(len(shapes))[::step]:
        if marks:
            rng.bit_generator.state = marks[layer]
        w = rng.standard_normal(shapes[layer], dtype=np.float32)
        yield w if plain else _as_drawn(w, draw)


def weights_of(sizes: tuple[int, ...]) -> int:
    """How many weights a network of these sizes has."""
    return sum(m * n for m, n in _shapes(sizes))


def _shapes(sizes: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(m, n) for n, m in pairwise(sizes)]


@remembered
def _marks(sizes: tuple[int, ...], seed: int) -> tuple[Any, ...]:
    """The state of the random numbers before each layer, so that the last can be drawn first."""
    rng, states = np.random.default_rng(seed), []
    for shape in _shapes(sizes):
        states.append(rng.bit_generator.state)
        rng.standard_normal(shape, dtype=np.float32)
    return tuple(states)


@remembered
def _normals(sizes: tuple[int, ...], seed: int) -> tuple[np.ndarray, ...]:
    """Standard normal matrices: 60 % of the time of a paint, so they are drawn once."""
    rng = np.random.default_rng(seed)
    return tuple(rng.standard_normal(shape, dtype=np.float32) for shape in _shapes(sizes))


@remembered
def _shaped(sizes: tuple[int, ...], seed: int, draw: Draw) -> tuple[np.ndarray, ...]:
    return tuple(_as_drawn(w, draw) for w in _normals(sizes, seed))


def _as_drawn(w: np.ndarray, draw: Draw) -> np.ndarray:
    return draw(w.astype(float)).astype(np.float32)
