"""Textbook functions in their windows, with the minima that textbooks give."""

import numpy as np
import pytest
from scipy import optimize

import playground as pg

# name: formula, window, lowest minima (x, y), lowest value; from Jamil and Yang 2013,
# arXiv:1308.4008, and Surjanovic and Bingham's library of test functions.
TEXTBOOK = {
    "Branin": (
        "(y - 5.1*x**2/(4*pi**2) + 5*x/pi - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
        "-5,10,0,15",
        [(-np.pi, 12.275), (np.pi, 2.275), (9.42478, 2.475)],
        0.397887,
    ),
    "Eggholder": (
        "-(y + 47)*sin(sqrt(abs(x/2 + y + 47))) - x*sin(sqrt(abs(x - (y + 47))))",
        "-512,512,-512,512",
        None,  # the published one lies on the rim; see the test of its own
        None,
    ),
    "Easom": (
        "-cos(x)*cos(y)*exp(-((x - pi)**2 + (y - pi)**2))",
        "-10,10,-10,10",
        [(np.pi, np.pi)],
        -1.0,
    ),
    "Brent": ("(x + 10)**2 + (y + 10)**2 + exp(-x**2 - y**2)", "-20,0,-20,0", [(-10, -10)], 0.0),
    "Bukin N.6": (
        "100*sqrt(abs(y - 0.01*x**2)) + 0.01*abs(x + 10)",
        "-15,-5,-3,3",
        [(-10, 1)],
        0.0,
    ),
    "Goldstein-Price": (
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))"
        "*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        "-2,2,-2,2",
        [(0, -1)],
        3.0,
    ),
    "McCormick": (
        "sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1",
        "-1.5,4,-3,4",
        [(-0.547198, -1.547198)],
        -1.913223,
    ),
    "Schaffer N.2": (
        "0.5 + (sin(x**2 - y**2)**2 - 0.5)/(1 + 0.001*(x**2 + y**2))**2",
        "-4,4,-4,4",
        [(0, 0)],
        0.0,
    ),
    "Schaffer N.4": (
        "0.5 + (cos(sin(abs(x**2 - y**2)))**2 - 0.5)/(1 + 0.001*(x**2 + y**2))**2",
        "-2,2,-2,2",
        [(0, 1.253132), (0, -1.253132), (1.253132, 0), (-1.253132, 0)],
        0.292579,
    ),
    "Cross-in-tray": (
        "-0.0001*(abs(sin(x)*sin(y)*exp(abs(100 - sqrt(x**2 + y**2)/pi))) + 1)**0.1",
        "-10,10,-10,10",
        [(a, b) for a in (1.349406, -1.349406) for b in (1.349406, -1.349406)],
        -2.062612,
    ),
    "Hölder table": (
        "-abs(sin(x)*cos(y)*exp(abs(1 - sqrt(x**2 + y**2)/pi)))",
        "-10,10,-10,10",
        [(a, b) for a in (8.055023, -8.055023) for b in (9.664590, -9.664590)],
        -19.208503,
    ),
    "Lévi N.13": (
        "sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)",
        "-10,10,-10,10",
        [(1, 1)],
        0.0,
    ),
    "Matyas": ("0.26*(x**2 + y**2) - 0.48*x*y", "-10,10,-10,10", [(0, 0)], 0.0),
    "three-hump camel": (
        "2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2",
        "-5,5,-5,5",
        [(0, 0)],
        0.0,
    ),
    "Himmelblau": (
        "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        "-5,5,-5,5",
        [(3, 2), (-2.805118, 3.131312), (-3.77931, -3.283186), (3.584428, -1.848126)],
        0.0,
    ),
    "Freudenstein-Roth": (
        "(x - 13 + ((5 - y)*y - 2)*y)**2 + (x - 29 + ((y + 1)*y - 14)*y)**2",
        "0,12,-2,5",
        [(5, 4)],
        0.0,
    ),
}


@pytest.mark.parametrize("name", [name for name, row in TEXTBOOK.items() if row[2]])
def test_textbook_minima_are_found_in_the_textbook_window(name):
    text, window, places, height = TEXTBOOK[name]
    surface = pg.Formula(text, window=window)
    assert surface.span == tuple(map(float, window.split(",")))
    size = np.hypot(surface.span[1] - surface.span[0], surface.span[3] - surface.span[2])
    minima = surface.minima()
    assert surface.lowest() == pytest.approx(height, abs=2e-6)
    for x, y in places:
        nearest = min(minima, key=lambda m: np.hypot(m[0] - x, m[1] - y))
        assert np.hypot(nearest[0] - x, nearest[1] - y) < 1e-5 * size, (x, y)
        assert nearest.f == pytest.approx(height, abs=2e-6)


@pytest.mark.parametrize("name", TEXTBOOK)
def test_no_descent_of_scipy_ends_lower(name):
    text, window, _, _ = TEXTBOOK[name]
    surface = pg.Formula(text, window=window)
    x0, x1, y0, y1 = surface.span
    inside = [m for m in surface.minima() if x0 <= m[0] <= x1 and y0 <= m[1] <= y1]
    starts = np.random.default_rng(0).uniform([x0, y0], [x1, y1], (40, 2))
    for start in starts:
        end = optimize.minimize(surface, start, method="Nelder-Mead", options={"xatol": 1e-9}).x
        if not (x0 < end[0] < x1 and y0 < end[1] < y1):
            continue
        level = min((m.f for m in inside), default=np.inf)
        assert surface(end) > level - 1e-6 * max(1.0, abs(level)), end


def test_the_lowest_pit_of_eggholder_in_its_window():
    """The published minimum lies on the rim; inside, SciPy's grid search is the oracle."""
    text, window, _, _ = TEXTBOOK["Eggholder"]
    surface = pg.Formula(text, window=window)
    grid = [slice(-512, 512, 8j * 16)] * 2
    best = optimize.brute(surface, grid, finish=optimize.fmin)
    minima = surface.critical_points()
    inside = [m for m in minima if m.is_minimum]
    if np.abs(best).max() < 511:
        assert min(m.f for m in inside) <= surface(best) + 1e-6
    assert len(inside) > 40
