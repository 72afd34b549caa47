"""Critical points: each is one, none is missing, and the literature agrees."""

import numpy as np
import pytest
from scipy import optimize

import playground as pg
from tests.engine.test_surfaces import EVERY, points, settings


def kinds(surface):
    found = [point.kind for point in surface.critical_points()]
    return {kind: found.count(kind) for kind in sorted(set(found))}


def size(surface):
    x0, x1, y0, y1 = surface.span
    return np.hypot(x1 - x0, y1 - y0)


def typical_slope(surface):
    return np.median(np.linalg.norm(surface.gradient(points(surface, 500)), axis=0))


@EVERY
def test_gradient_vanishes_and_the_kind_agrees_with_the_eigenvalues(cls):
    for surface in settings(cls):
        slope = typical_slope(surface)
        for point in surface.critical_points():
            assert np.linalg.norm(surface.gradient(point)) < 1e-10 * slope
            assert point.f == surface(point)
            low, high = np.linalg.eigvalsh(surface.hessian(point))
            if point.kind == "degenerate":
                assert min(abs(low), abs(high)) <= 1e-7 * max(abs(low), abs(high))
            else:
                expected = "minimum" if low > 0 else "maximum" if high < 0 else "saddle"
                assert point.kind == expected
        heights = [point.f for point in surface.critical_points()]
        assert heights == sorted(heights)


@EVERY
def test_no_neighbour_of_a_minimum_is_lower(cls):
    rng = np.random.default_rng(0)
    for surface in settings(cls):
        for point in surface.minima():
            away = rng.standard_normal((2, 200)) * 1e-4 * size(surface)
            around = surface(np.array(point)[:, None] + away)
            assert np.all(around >= point.f - 1e-9 * np.ptp(around))


@EVERY
def test_scipy_finds_no_other_minimum(cls):
    """Descents of SciPy from random starts: where one ends inside, we know a minimum or a shelf."""
    surface = cls()
    shelves = [p for p in surface.critical_points() if p.kind == "degenerate"]
    x0, x1, y0, y1 = surface.span
    for start in points(surface, 16, seed=2).T:
        end = optimize.minimize(
            surface,
            start,
            jac=surface.gradient,
            method="L-BFGS-B",
            bounds=[(x0, x1), (y0, y1)],
            options={"ftol": 1e-15, "gtol": 1e-12},
        ).x
        hessian = surface.hessian(end)
        if np.linalg.eigvalsh(hessian)[0] <= 0:
            continue  # on the edge of the window, or on a plateau
        if np.linalg.norm(np.linalg.solve(hessian, surface.gradient(end))) < 1e-6 * size(surface):
            away = [np.hypot(*(end - shelf)) for shelf in shelves]
            assert np.fmin.reduce([surface.distance_to_minimum(end), *away]) < 1e-5 * size(surface)


def winding_number(surface):
    """How often the gradient turns while one walks once around the window."""
    x0, x1, y0, y1 = surface.span
    t = np.linspace(0, 4, 4001)
    for _ in range(60):
        x = np.interp(t, range(5), [x0, x1, x1, x0, x0])
        y = np.interp(t, range(5), [y0, y0, y1, y1, y0])
        angle = np.arctan2(*surface.gradient([x, y])[::-1])
        turn = (np.diff(angle) + np.pi) % (2 * np.pi) - np.pi
        sharp = np.abs(turn) > 1
        if not sharp.any():
            return turn.sum() / (2 * np.pi)
        t = np.sort(np.concatenate([t, 0.5 * (t[:-1] + t[1:])[sharp]]))
    raise AssertionError("the gradient vanishes on the edge of the window")


INDEX = {"minimum": 1, "maximum": 1, "saddle": -1}
DEGENERATE = {"MonkeySaddle": -2, "Staircase": 0}
CURVES = (pg.Product(), pg.Quadratic(a=0.0, b=1.0, c=0.0))
"""Their critical points are no isolated ones; they have tests of their own below."""


@EVERY
def test_indices_add_up_to_the_winding_number(cls):
    """Poincaré and Hopf: a missing or a false point would break the sum."""
    index = INDEX | {"degenerate": DEGENERATE.get(cls.__name__)}
    for surface in settings(cls):
        if surface not in CURVES:
            total = sum(index[point.kind] for point in surface.critical_points())
            assert winding_number(surface) == pytest.approx(total, abs=1e-9), surface


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        (pg.Bowl(kappa=1.0), {"minimum": 1}),
        (pg.Saddle(), {"saddle": 1}),
        (pg.QuarticSaddle(), {"minimum": 2, "saddle": 1}),
        (pg.SoftSaddle(), {"minimum": 2, "saddle": 1}),
        (pg.RotatedSaddle(), {"minimum": 2, "saddle": 1}),
        (pg.MonkeySaddle(), {"degenerate": 1}),
        (pg.Rosenbrock(), {"minimum": 1}),
        (pg.Booth(), {"minimum": 1}),
        (pg.Himmelblau(), {"maximum": 1, "minimum": 4, "saddle": 4}),
        (pg.ThreeHumpCamel(), {"minimum": 3, "saddle": 2}),
        (pg.SixHumpCamel(), {"maximum": 2, "minimum": 6, "saddle": 7}),
        (pg.StyblinskiTang(), {"maximum": 1, "minimum": 4, "saddle": 4}),
        (pg.Rastrigin(), {"maximum": 100, "minimum": 121, "saddle": 220}),
        (pg.Rastrigin(amplitude=0.0), {"minimum": 1}),
        (pg.TwoValleys(), {"minimum": 2, "saddle": 1}),
        (pg.Fork(), {"minimum": 2, "saddle": 1}),
        (pg.Narrowing(), {"minimum": 1}),
        (pg.Hole(s=0.1), {"minimum": 1}),
        (pg.Geman(s=0.01), {"minimum": 1}),
        (pg.CrossEntropy(), {}),
        (pg.SquaredSoftmax(), {}),
        (pg.Quadratic(a=1.0, b=-1.0, c=0.3), {"saddle": 1}),
        (pg.Quadratic(a=-1.0, b=-1.0, c=0.3), {"maximum": 1}),
        (pg.Quadratic(a=0.0, b=0.0, c=0.0), {}),
        (pg.Formula("1 - exp(-50*(x**2 + y**2))"), {"minimum": 1}),
        (pg.Formula("x - sin(x) + y**2"), {"degenerate": 1}),
    ],
    ids=repr,
)
def test_known_number_of_critical_points(surface, expected):
    assert kinds(surface) == expected


KNOWN = {  # published minima: x, y, f
    "Rosenbrock": [(1, 1, 0)],
    "Beale": [(3, 0.5, 0)],
    "Booth": [(1, 3, 0)],
    "Himmelblau": [
        (3, 2, 0),
        (-2.805118, 3.131312, 0),
        (-3.779310, -3.283186, 0),
        (3.584428, -1.848126, 0),
    ],
    "ThreeHumpCamel": [(0, 0, 0), (-1.747552, 0.873776, 0.298638), (1.747552, -0.873776, 0.298638)],
    "SixHumpCamel": [(0.089842, -0.712656, -1.031628), (-0.089842, 0.712656, -1.031628)],
    "StyblinskiTang": [(-2.903534, -2.903534, -78.332331)],
    "Rastrigin": [(0, 0, 0)],
    "Ackley": [(0, 0, 0)],
    "TwoValleys": [(1.03558, 0, -0.30543), (-0.96015, 0, 0.29415)],
    "LeastSquares": [(-188.43320, 2.669455, 101936.73)],
    "Narrowing": [(10, 3, 0)],
    "QuarticSaddle": [(0, 2**0.5, -1), (0, -(2**0.5), -1)],
    "RotatedSaddle": [(2.5**0.5, -(2.5**0.5), -0.625), (-(2.5**0.5), 2.5**0.5, -0.625)],
}


@pytest.mark.parametrize("name", KNOWN)
def test_lowest_minima_of_the_literature(name):
    minima = pg.Surface.all[name]().minima()
    for x, y, f in KNOWN[name]:
        nearest = min(minima, key=lambda m: np.hypot(m[0] - x, m[1] - y))
        assert (*nearest, nearest.f) == pytest.approx((x, y, f), rel=1e-6, abs=6e-6)
    assert minima[0].f == pytest.approx(min(f for *_, f in KNOWN[name]), rel=1e-7, abs=6e-6)


def test_least_squares_has_the_condition_of_the_lecture():
    surface = pg.LeastSquares()
    low, high = np.linalg.eigvalsh(surface.hessian(surface.start))
    assert (low, high) == pytest.approx((5.57348, 1_746_830), rel=1e-6)
    assert high / low == pytest.approx(313_418, rel=2e-6)
    assert 2 / high == pytest.approx(1.14493e-6, rel=1e-6)


def test_ackley_has_slope_zero_only_at_its_tip():
    surface = pg.Ackley()
    assert surface([0.0, 0.0]) == 0.0
    np.testing.assert_array_equal(surface.gradient([0.0, 0.0]), [0.0, 0.0])
    assert np.linalg.norm(surface.gradient([1e-9, 1e-9])) == pytest.approx(4 / 2**0.5, rel=1e-6)
    assert np.all(np.linalg.eigvalsh(surface.hessian([0.0, 0.0])) > 0)
    assert kinds(surface)["minimum"] == 81


def test_staircase_has_shelves_minima_or_neither():
    level = pg.Staircase().critical_points()
    assert sorted(x for x, _ in level) == pytest.approx([np.pi * k for k in (-1, 1, 3, 5)])
    assert {(p.kind, p.is_minimum) for p in level} == {("degenerate", False)}
    assert kinds(pg.Staircase(a=2.0)) == {"minimum": 3, "saddle": 4}
    assert sorted(x for x, _ in pg.Staircase(a=2.0).minima()) == pytest.approx(
        [2 * np.pi / 3 + 2 * np.pi * k for k in (0, 1, 2)]
    )
    assert pg.Staircase(a=0.5).critical_points() == ()


def test_product_has_a_curve_of_minima():
    surface = pg.Product()
    (saddle,) = [p for p in surface.critical_points() if p.kind == "saddle"]
    assert saddle == (0.0, 0.0)
    x, y = np.transpose(surface.minima())
    np.testing.assert_allclose(x * y, 1.0)
    assert {p.kind for p in surface.minima()} == {"degenerate"}
    assert x.min() == pytest.approx(-6)
    assert y.max() == pytest.approx(4)
    # The generic search finds the same curve.
    found = pg.Formula("(x*y - 1)**2 / 2").minima()
    assert len(found) > 20
    assert surface.distance_to_minimum(np.transpose(found)).max() < 1e-7


@pytest.mark.parametrize(("sign", "lowest"), [(1.0, True), (-1.0, False)])
def test_a_level_valley_floor_is_sampled(sign, lowest):
    surface = pg.Quadratic(a=sign, b=sign, c=-sign)
    x, y = np.transpose(surface.critical_points())
    np.testing.assert_allclose(x, y, atol=1e-9)
    assert {p.kind for p in surface.critical_points()} == {"degenerate"}
    assert len(surface.minima()) == (len(x) if lowest else 0)


def test_distance_to_minimum():
    surface = pg.QuarticSaddle()
    distance = surface.distance_to_minimum(np.array([[0.0, 3.0], [2**0.5, -(2**0.5)]]))
    assert distance == pytest.approx([0.0, 3.0])
    assert surface.distance_to_minimum([0.0, 0.0]) == pytest.approx(2**0.5)
    assert surface.distance_to_minimum(np.zeros((2, 3, 4))).shape == (3, 4)
    assert np.isnan(pg.Saddle().distance_to_minimum(np.ones((2, 5)))).all()
    assert np.isinf(surface.distance_to_minimum([np.inf, 0.0]))


def test_distance_to_a_curve_of_minima_is_that_to_its_foot():
    surface = pg.Product()
    p = np.hstack([points(surface, 30), [[1e3, -3.0], [0.0, -1 / 3]]])
    u = np.geomspace(1e-4, 1e4, 200_001)
    expected = [
        min(np.hypot(x - u, y - 1 / u).min(), np.hypot(x + u, y + 1 / u).min()) for x, y in p.T
    ]
    np.testing.assert_allclose(surface.distance_to_minimum(p), expected, rtol=1e-3, atol=1e-3)
    assert np.isnan(surface.distance_to_minimum([[np.nan, np.inf], [0.0, -np.inf]])[0])


def test_critical_points_are_of_one_surface():
    with pytest.raises(ValueError, match="batch"):
        pg.Bowl(kappa=np.array([1.0, 2.0])).minima()
