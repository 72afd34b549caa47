"""Surfaces against their formulas typed a second time, and against limits known in closed form."""

import numpy as np
import pytest

import playground as pg
from tests.engine.test_surfaces import points, settings

# The tables of the documentation, typed a second time: NumPy, analytic where the class is careful.
FORMULAS = {
    "Bowl": lambda x, y, kappa, angle: (
        0.5 * (x * np.cos(np.pi * angle / 180) + y * np.sin(np.pi * angle / 180)) ** 2
        + 0.5 * kappa * (y * np.cos(np.pi * angle / 180) - x * np.sin(np.pi * angle / 180)) ** 2
    ),
    "Saddle": lambda x, y: 0.5 * (x**2 - y**2),
    "QuarticSaddle": lambda x, y: x**2 - y**2 + y**4 / 4,
    "MonkeySaddle": lambda x, y: x**3 - 3 * x * y**2,
    "Rosenbrock": lambda x, y, a, b: (a - x) ** 2 + b * (y - x**2) ** 2,
    "Beale": lambda x, y: (
        (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2
    ),
    "Booth": lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "Himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "ThreeHumpCamel": lambda x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2,
    "SixHumpCamel": lambda x, y: (
        (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2
    ),
    "StyblinskiTang": lambda x, y: 0.5 * sum(z**4 - 16 * z**2 + 5 * z for z in (x, y)),
    "Rastrigin": lambda x, y, amplitude: (
        2 * amplitude + sum(z**2 - amplitude * np.cos(2 * np.pi * z) for z in (x, y))
    ),
    "Ackley": lambda x, y, a, b, c: (
        -a * np.exp(-b * np.sqrt((x**2 + y**2) / 2))
        - np.exp((np.cos(c * x) + np.cos(c * y)) / 2)
        + a
        + np.e
    ),
    "Quadratic": lambda x, y, a, b, c: 0.5 * (a * x**2 + b * y**2) + c * x * y,
    "Canyon": lambda x, y, a, b: 0.5 * a * x**2 + b * np.log(np.cosh(y)),
    "TwoValleys": lambda x, y, h, c, k: h * (x**2 - 1) ** 2 - c * x + 0.5 * k * y**2,
    "Staircase": lambda x, y, s, a, k: -s * (x + a * np.sin(x)) + 0.5 * k * y**2,
    "Hole": lambda x, y, s: 1 - np.exp(-(x**2 + y**2) / (2 * s**2)),
    "SoftSaddle": lambda x, y, a, b: 0.5 * (a * x**2 - b * y**2) + 0.25 * y**4,
    "RotatedSaddle": lambda x, y, a: a * x * y + 0.05 * (x**4 + y**4),
    "Fork": lambda x, y, h, k: 0.25 * h * (x**2 - 1) ** 2 + 0.5 * k * y**2,
    "Narrowing": lambda x, y, a, b, c, d, e: (
        0.5 * a * (x - d) ** 2 + 0.5 * (b + c * x) * (y - e * x) ** 2
    ),
    "Product": lambda x, y: 0.5 * (x * y - 1) ** 2,
    "Geman": lambda x, y, s: (x**2 + y**2) / (s + x**2 + y**2),
    "CrossEntropy": lambda x, y: np.log(1 + np.exp(y - x)),
    "SquaredSoftmax": lambda x, y: 2 / (1 + np.exp(x - y)) ** 2,
    "LeastSquares": lambda x, y: sum(
        (v - x - y * u) ** 2
        for u, v in zip(
            [338, 333, 328, 207, 226, 25, 179, 60, 208, 606],
            [640, 633, 619, 393, 428, 27, 193, 66, 226, 1591],
            strict=True,
        )
    ),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_surface_is_its_published_formula(name):
    """Height, and by the complex step (exact to round-off) the gradient."""
    tiny = 1e-150
    for surface in settings(pg.Surface.all[name]):
        (x, y), values = points(surface), surface.values()
        f = FORMULAS[name](x, y, **values)
        np.testing.assert_allclose(surface([x, y]), f, rtol=1e-12, atol=1e-13 * np.abs(f).max())
        expected = [
            np.imag(FORMULAS[name](x + 1j * tiny, y + 0j, **values)) / tiny,
            np.imag(FORMULAS[name](x + 0j, y + 1j * tiny, **values)) / tiny,
        ]
        size = np.abs(expected).max()
        np.testing.assert_allclose(surface.gradient([x, y]), expected, rtol=1e-9, atol=1e-13 * size)


def test_parameters_are_named_as_in_the_tables():
    for name, formula in FORMULAS.items():
        declared = [p.name for p in pg.Surface.all[name].params()]
        assert tuple(declared) == formula.__code__.co_varnames[2 : formula.__code__.co_argcount]


@pytest.mark.parametrize(
    ("surface", "p", "f", "gradient"),
    [
        (pg.Canyon(b=2.0), (0.0, 1e5), 2 * (1e5 - np.log(2)), (0, 2)),
        (pg.Canyon(b=2.0), (0.0, -1e-6), 1e-12, (0, -2e-6)),
        (pg.CrossEntropy(), (-1e5, 1e5), 2e5, (-1, 1)),
        (pg.CrossEntropy(), (20.0, -20.0), np.exp(-40), (-np.exp(-40), np.exp(-40))),
        (pg.CrossEntropy(), (1e5, -1e5), 0, (0, 0)),
        (pg.SquaredSoftmax(), (-10.0, 10.0), 2, (-4 * np.exp(-20), 4 * np.exp(-20))),
        (pg.SquaredSoftmax(), (1e5, -1e5), 0, (0, 0)),
        (pg.SquaredSoftmax(), (-1e5, 1e5), 2, (0, 0)),
        (pg.Hole(s=0.5), (1e200, 0.0), 1, (0, 0)),
        (pg.Hole(s=0.5), (1e-9, 0.0), 2e-18, (4e-9, 0)),
        (pg.Geman(s=2.0), (1e-9, 0.0), 5e-19, (1e-9, 0)),
        (pg.Geman(s=2.0), (1e100, 0.0), 1, (0, 0)),
        (pg.Rastrigin(amplitude=3.0), (1e-9, 0.0), (1 + 6 * np.pi**2) * 1e-18, None),
        (pg.Ackley(), (1e-9, 0.0), 4e-9 / 2**0.5, (4 / 2**0.5, 0)),
        (pg.Ackley(), (1e200, 0.5), None, None),
    ],
    ids=repr,
)
def test_limits_are_exact_where_the_plain_formula_overflows_or_cancels(surface, p, f, gradient):
    if f is not None:
        assert surface(p) == pytest.approx(f, rel=2e-8, abs=1e-300)
    if gradient is not None:
        assert surface.gradient(p) == pytest.approx(np.array(gradient), rel=2e-8, abs=1e-300)
    assert np.isfinite(surface.hessian(p)).all()
