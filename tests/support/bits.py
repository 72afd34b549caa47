"""The same numbers, to the last bit, in every way an array can lie in memory."""

from collections.abc import Iterator

import numpy as np

LENGTHS = (*range(1, 41), 100, 257)
"""Whole vectors of every width, and every remainder."""

SPECIAL = (0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 1e-310, 1e300, -1e300)
"""Where functions have roads of their own, beside infinity and NaN."""


def same_bits(a: object, b: object) -> bool:
    """Whether two arrays hold the same floats, 0 and −0 told apart; one NaN is as good as any."""
    a, b = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    alike = (a == b) & (np.signbit(a) == np.signbit(b))
    return bool(np.all(alike | (np.isnan(a) & np.isnan(b))))


def layouts(values: np.ndarray) -> Iterator[np.ndarray]:
    """`values` as they are, off the alignment of vectors, spread out, backwards, in a column."""
    n = len(values)
    yield values
    for step in (1, 2, 3, -1, -2):
        room = np.full(abs(step) * n + 1, np.nan)[1:]
        room[::step][:] = values
        yield room[::step]
    column = np.full((n, 5), np.inf)
    column[:, 2] = values
    yield column[:, 2]
    odd = np.ndarray(n, buffer=bytearray(8 * n + 1), offset=1)
    odd[:] = values
    yield odd


def mixed(n: int, seed: int, low: float = -3.0, high: float = 3.0) -> np.ndarray:
    """n numbers of ordinary size, every fifth one special."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(low, high, n)
    every = values[::5]
    every[:] = rng.choice([*SPECIAL, np.inf, -np.inf, np.nan], every.size)
    return values
