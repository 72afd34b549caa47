"""Minima without curvature: as exactly known as others, and a stretch of them told from one."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis.decayed import Decayed
from playground.diagnosis.ground import ground_of
from playground.surfaces.knowledge import survey


@pytest.mark.parametrize("at", [(0.0, 0.0), (0.7, -0.3), (1.9, 2.3)])
@pytest.mark.parametrize("power", [4, 6])
def test_a_minimum_without_curvature_is_found_as_nearly_as_any(at, power):
    """Of uᵖ Newton's step leaves (p − 2)/(p − 1) of the way: many steps, not sixty."""
    x, y = at
    surface = pg.Formula(f"(x - {x})**{power} + (y - {y})**2")
    (found,) = surface.minima()
    assert np.hypot(found[0] - x, found[1] - y) < 1e-9
    rims = ground_of(surface, surface.span).rims
    np.testing.assert_array_equal(rims[0, 0], rims[0, 1])


@pytest.mark.parametrize("c", [0.15, 0.2, 0.25])
def test_a_stretch_of_minima_is_known_from_rim_to_rim(c):
    """Those of max(x², y²) + cx are x = −c/2 at |y| ≤ c/2."""
    surface = pg.Formula(f"max(x**2, y**2) + {c}*x")
    ground = ground_of(surface, surface.span)
    for begin, end in ground.rims[ground.level]:
        assert sorted((begin[1], end[1])) == pytest.approx([-c / 2, c / 2], rel=1e-6)
    feet = ground.feet(np.array([[1.0, 0.0], [3.0, 0.01 * c]]))
    assert feet[0] == pytest.approx(np.full_like(feet[0], -c / 2))
    assert feet[1, :, 0] == pytest.approx(c / 2, rel=1e-6)


@pytest.mark.parametrize("decay", [0.0, 0.1])
@pytest.mark.parametrize(
    "text", ["sqrt(x**2 + 0.741*y**2)", "abs(x) + y**2", "x**2 + y**4", "cosh(x) + y**2"]
)
def test_a_place_has_no_dust(text, decay):
    """A coordinate is 0 or one that the window's digits can tell from it."""
    surface = pg.Formula(text)
    found = survey(Decayed(surface, decay), surface.span)
    assert found.minima
    for point in (*found.points, *found.minima):
        assert all(x == 0 or abs(x) > 1e-16 for x in point), point
