"""Laws over all surfaces: exact derivatives, broadcasting, honest infinities, documentation."""

import itertools
import re

import numpy as np
import pytest

import playground as pg

EVERY = pytest.mark.parametrize("cls", pg.Surface.all.values(), ids=pg.Surface.all)


def settings(cls):
    """The default, every number at both ends of its slider, and everything at once half-way."""
    numbers = [p for p in cls.params() if p.kind in ("number", "integer")]
    ends = [cls(**{p.name: end}) for p in numbers for end in (p.low, p.high)]
    halfway = cls(**{p.name: 0.5 * (p.low + p.high) for p in numbers})
    return [cls(), *ends, halfway]


def points(surface, n=40, seed=0):
    """Random points ``(2, n)`` of the window."""
    x0, x1, y0, y1 = surface.span
    return np.random.default_rng(seed).uniform([[x0], [y0]], [[x1], [y1]], (2, n))


def assert_derivative(actual, function, surface, p):
    """`actual` is (∂x, ∂y) of `function` at p, by central differences of fourth order.

    Each component agrees to a millionth of its size, but for the round-off of the differences.
    """
    x0, x1, y0, y1 = surface.span
    round_off = 1e-14 * np.abs(function(p)).max()
    for partial, direction, width in zip(actual, np.eye(2), (x1 - x0, y1 - y0), strict=True):
        h = 1e-4 * width
        step = h * direction[:, None]
        near = function(p + step) - function(p - step)
        far = function(p + 2 * step) - function(p - 2 * step)
        expected = (8 * near - far) / (12 * h)
        size = np.abs(expected).max(axis=-1, keepdims=True)
        assert np.all(np.abs(partial - expected) <= 1e-6 * size + round_off / h)


@EVERY
def test_gradient_is_the_derivative_of_the_height(cls):
    for surface in settings(cls):
        p = points(surface)
        assert_derivative(surface.gradient(p), surface, surface, p)


@EVERY
def test_hessian_is_the_symmetric_derivative_of_the_gradient(cls):
    for surface in settings(cls):
        p = points(surface)
        hessian = surface.hessian(p)
        assert_derivative(hessian, surface.gradient, surface, p)
        np.testing.assert_array_equal(hessian, hessian.swapaxes(0, 1))


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


@EVERY
def test_open_axes_and_a_dense_grid_agree_bit_for_bit(cls):
    surface = cls()
    x0, x1, y0, y1 = surface.span
    x, y = np.linspace(x0, x1, 23), np.linspace(y0, y1, 17)
    dense = np.array(np.meshgrid(x, y))
    with np.errstate(all="ignore"):
        height = surface.height(x[None, :], y[:, None])
        slope = surface.slope(x[None, :], y[:, None])
        curvature = surface.curvature(x[None, :], y[:, None])
    np.testing.assert_array_equal(np.broadcast_to(height, (17, 23)), surface(dense))
    for value, row in zip(slope, surface.gradient(dense), strict=True):
        np.testing.assert_array_equal(np.broadcast_to(value, (17, 23)), row)
    rows = surface.hessian(dense).reshape(4, 17, 23)[[0, 1, 3]]
    for value, row in zip(curvature, rows, strict=True):
        np.testing.assert_array_equal(np.broadcast_to(value, (17, 23)), row)


@EVERY
def test_floats_and_arrays_agree_bit_for_bit(cls):
    for surface in settings(cls):
        p = points(surface)
        height, gradient, hessian = surface(p), surface.gradient(p), surface.hessian(p)
        for i, (x, y) in enumerate(p.T.tolist()):
            value, slope, curvature = (
                surface.height(x, y), surface.slope(x, y), surface.curvature(x, y)
            )  # fmt: skip
            assert {type(v) for v in (value, *slope)} == {float}
            assert value == height[i]
            assert slope == tuple(gradient[:, i])
            assert curvature == (hessian[0, 0, i], hessian[0, 1, i], hessian[1, 1, i])


@EVERY
def test_array_parameters_are_a_batch_of_surfaces(cls):
    numbers = [p for p in cls.params() if p.kind in ("number", "integer")]
    rng = np.random.default_rng(1)
    values = {p.name: rng.uniform(p.low, p.high, 6) for p in numbers}
    batch, p = cls(**values), points(cls(), 6)
    height, gradient, hessian = batch(p), batch.gradient(p), batch.hessian(p)
    assert height.shape == (6,)
    for i in range(6):
        one = cls(**{name: float(value[i]) for name, value in values.items()})
        assert one(p[:, i]) == height[i]
        np.testing.assert_array_equal(one.gradient(p[:, i]), gradient[:, i])
        np.testing.assert_array_equal(one.hessian(p[:, i]), hessian[..., i])


@EVERY
def test_far_points_give_values_not_warnings(cls):
    surface = cls()
    far = [0.0, -1e5, 1e200, -1e308, np.inf, -np.inf, np.nan]
    p = np.array(list(itertools.product(far, far))).T
    assert surface(p).shape == (49,)
    assert surface.gradient(p).shape == (2, 49)
    assert surface.hessian(p).shape == (2, 2, 49)
    for x, y in p.T.tolist():
        with np.errstate(all="ignore"):  # as in a run: only Python itself could raise here
            surface.height(x, y), surface.slope(x, y), surface.curvature(x, y)


@EVERY
def test_points_of_any_batch_shape(cls):
    surface, p = cls(), points(cls(), 12)
    assert np.shape(surface(p[:, 0])) == ()
    assert surface.gradient(p[:, 0]).shape == (2,)
    assert surface.hessian(p[:, 0]).shape == (2, 2)
    assert surface(p.reshape(2, 3, 4)).shape == (3, 4)
    assert surface.gradient(p.reshape(2, 3, 4)).shape == (2, 3, 4)
    assert surface.hessian(p.reshape(2, 3, 4)).shape == (2, 2, 3, 4)
    with pytest.raises(ValueError, match="shape"):
        surface(p.T)


@EVERY
def test_class_facts_are_complete(cls):
    sentence = re.split(r"(?<=\.)\s", cls.summary())[0]
    assert len(sentence) <= 90
    assert sentence[0].isupper()
    assert sentence[-1] == "."
    assert "\n\n" in cls.__doc__, "the docstring says why the surface is interesting"
    surface = cls()
    x0, x1, y0, y1 = surface.span
    assert x0 <= surface.start[0] <= x1
    assert y0 <= surface.start[1] <= y1
    assert surface.formula
    assert surface.source
    assert surface.group
    for p in cls.params():
        assert p.tex
        assert p.help.endswith(".")
        assert p.kind not in ("number", "integer") or p.low <= p.default <= p.high


@EVERY
def test_repr_gives_the_value_back(cls):
    for surface in settings(cls):
        assert eval(repr(surface), vars(pg)) == surface


def test_a_group_stands_together_in_the_menu():
    groups = [cls.group for cls in pg.Surface.all.values()]
    assert len(list(itertools.groupby(groups))) == len(set(groups))


@EVERY
def test_unbounded_below_tells_the_truth(cls):
    """Along 360 rays to 1e5 windows: below everything near by, or nowhere below the minima."""
    radius, angle = np.geomspace(1, 1e5, 60)[:, None], np.linspace(0, 2 * np.pi, 360)
    for surface in settings(cls):
        x0, x1, y0, y1 = surface.span
        direction = np.array([(x1 - x0) * np.cos(angle), (y1 - y0) * np.sin(angle)])
        far, near = surface(direction[:, None] * radius), surface(points(surface, 1000))
        if surface.unbounded_below:
            assert far.min() < near.min() - np.ptp(near)
        else:
            lowest = surface.minima()[0].f if surface.minima() else 0.0
            assert min(far.min(), near.min()) >= lowest - 1e-9 * np.ptp(near)
