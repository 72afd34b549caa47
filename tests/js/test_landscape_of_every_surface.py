"""The landscape in 3-D is the picture of the map: every surface, domains and poles included."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import playground as pg
from playground.figures.ground import SHADES, toned
from playground.topics.race.stage import surface_map
from tests.support.laws import variants
from tests.support.node import NODE, Reader, numbers

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")

TYPED = ["1/(x*x + y*y)", "x*x - log(y + 0.5)", "sqrt(1 - x*x - y*y)", "1/x", "exp(exp(x*y))"]
SURFACES = [*variants(pg.Surface), *(pg.Formula(text) for text in TYPED)]


@pytest.fixture(scope="module")
def read() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.mark.parametrize("surface", SURFACES, ids=repr)
def test_heights_are_finite_where_they_are_drawn_and_nowhere_else(read, surface):
    ground = surface_map(surface)
    got = read("relief", ground.message)
    across, up = int(got["across"]), int(got["up"])
    found = numbers(got["values"]).reshape(up, across)
    x0, x1, y0, y1 = ground.window
    x, y = np.linspace(x0, x1, across), np.linspace(y0, y1, up)
    with np.errstate(all="ignore"):
        heights = np.broadcast_to(surface.height(x[None], y[:, None]), (up, across))
    shades, scale = toned(heights)
    assert ground.height.endswith(scale)  # what is said of the height is what was done with it
    there = np.isfinite(shades)
    assert np.array_equal(np.isfinite(found), there)
    steps = np.rint(shades[there] * (SHADES - 1))
    assert np.all(np.abs(found[there] * (SHADES - 1) - steps) <= 0.5 + 1e-9)
    drawn_only_where_something_is(got, there)


def drawn_only_where_something_is(got, there: np.ndarray) -> None:
    """A cell is drawn only with nodes all around which there is a height, and left out only beside
    a sample that has none."""
    nodes, cells = numbers(got["nodes"]), numbers(got["cells"]) > 0
    side = round(len(nodes) ** 0.5)
    nodes, cells = nodes.reshape(side, side), cells.reshape(side - 1, side - 1)
    whole = np.ones_like(nodes, dtype=bool)
    for j, v in enumerate(np.linspace(0, there.shape[0] - 1, side)):
        for i, u in enumerate(np.linspace(0, there.shape[1] - 1, side)):
            rows = slice(int(np.floor(v + 1e-9)), int(np.ceil(v - 1e-9)) + 1)
            columns = slice(int(np.floor(u + 1e-9)), int(np.ceil(u - 1e-9)) + 1)
            whole[j, i] = there[rows, columns].all()
    assert np.array_equal(np.isfinite(nodes), whole)
    drawn = nodes[np.isfinite(nodes)]
    assert np.all((drawn >= -1e-2) & (drawn <= 1 + 1e-2))
    corners = sum(
        np.isfinite(nodes[j : j + side - 1, i : i + side - 1]) for i in (0, 1) for j in (0, 1)
    )
    assert np.array_equal(cells, corners >= 3)
