"""Level lines with fewer points are the same lines, to less than can be seen."""

import numpy as np
import pytest

import playground as pg
from playground.figures.ground import LEVELS, WITHIN, level_lines, sparse_lines, tone
from tests.support.part import some

SIZE = 120


def distances(points, line):
    """Of every point from a polyline."""
    start, chord = line[:-1], np.diff(line, axis=0)
    away = points[:, None] - start
    square = np.einsum("ij,ij->i", chord, chord)
    along = np.einsum("pij,ij->pi", away, chord) / np.where(square > 0, square, 1.0)
    feet = np.clip(along, 0.0, 1.0)[..., None] * chord
    return np.linalg.norm(away - feet, axis=2).min(axis=1)


@pytest.mark.parametrize("name", some(pg.Surface.all, 3, 1))
def test_no_point_is_farther_from_the_thinned_line_than_is_said(name):
    surface = pg.Surface.all[name]()
    x0, x1, y0, y1 = surface.span
    x, y = np.linspace(x0, x1, SIZE), np.linspace(y0, y1, SIZE)
    with np.errstate(all="ignore"):
        heights = np.broadcast_to(surface.height(x[None], y[:, None]), (SIZE, SIZE))
    whole = level_lines(x, y, tone(heights), (np.arange(LEVELS) + 0.5) / LEVELS)
    fewer = sparse_lines(whole, surface.span)
    assert len(fewer) == len(whole)
    assert sum(map(len, fewer)) <= sum(map(len, whole))
    size = np.array([x1 - x0, y1 - y0])
    for all_points, left in zip(whole, fewer, strict=True):
        assert np.array_equal(left[[0, -1]], all_points[[0, -1]])
        assert distances(all_points / size, left / size).max() <= WITHIN * (1 + 1e-9)


def test_a_straight_line_needs_few_points_and_no_lines_are_none():
    straight = np.linspace([0.0, 0.0], [1.0, 2.0], 65)
    (left,) = sparse_lines([straight], (0, 1, 0, 2))
    assert len(left) == 9  # each of three passes takes every second one
    assert sparse_lines([], (0, 1, 0, 1)) == []
