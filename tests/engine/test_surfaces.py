"""Laws over all surfaces: exact derivatives, broadcasting, honest infinities, documentation."""

import itertools
import re

import numpy as np
import pytest

import playground as pg

EVERY = pytest.mark.parametrize("cls", pg.Surface.all.values(), ids=pg.Surface.all)


def settings(cls):
    """The default, every number at both ends of its slider, and everything at once half-way."""
    numbers = [p for p in cls.params() if p.kind.numeric]
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


@EVERY
def test_a_quadratic_has_one_hessian_and_what_has_one_says_so(cls):
    hessians = [surface.hessian(points(surface)) for surface in settings(cls)]
    varies = [np.ptp(h, axis=-1).max() > 1e-12 * np.abs(h).max() for h in hessians]
    assert not any(varies) if cls.quadratic else any(varies)


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
                surface.height(x, y),
                surface.slope(x, y),
                surface.curvature(x, y),
            )
            assert {type(v) for v in (value, *slope)} == {float}
            assert value == height[i]
            assert slope == tuple(gradient[:, i])
            assert curvature == (hessian[0, 0, i], hessian[0, 1, i], hessian[1, 1, i])


@EVERY
def test_array_parameters_are_a_batch_of_surfaces(cls):
    numbers = [p for p in cls.params() if p.kind.numeric]
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
        assert not p.kind.numeric or p.low <= p.default <= p.high


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
