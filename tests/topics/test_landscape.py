"""Planes through a network's loss, its sharpness, and the edge of stability."""

import numpy as np
import pytest

import playground as pg
from playground.networks import MLP, Data, datasets, train
from playground.networks.activations import ReLU, Tanh
from playground.topics.network import landscape as scape

NET = MLP((2, 8, 8, 1))
EDGE = MLP((1, 20, 20, 1), Tanh(), "squared")
X = np.linspace(-1, 1, 20)
WAVE = Data(X[:, None], np.sin(5 * X))
DATA = datasets.moons(60, seed=1)


@pytest.fixture(scope="module")
def training():
    return train(NET, DATA, pg.Adam(lr=0.03), steps=200, every=4)


@pytest.fixture(scope="module")
def loss():
    return NET.loss_on(*DATA)


@pytest.fixture(scope="module")
def picture(loss, training):
    return scape.path_plane(loss, training.p)


def test_the_path_plane_holds_the_principal_directions(picture, training):
    away = training.p - training.end
    values = np.linalg.eigvalsh(away.T @ away)[::-1]
    np.testing.assert_allclose(picture.explained, values[:2] / values.sum(), rtol=1e-8)
    np.testing.assert_allclose(picture.plane.axes @ picture.plane.axes.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(picture.coordinates, (away @ picture.plane.axes.T).T, atol=1e-10)
    assert (picture.coordinates[:, 0] >= 0).all()
    assert picture.explained.sum() > 0.9


def test_the_picture_says_where_it_is_wrong(picture, training, loss):
    np.testing.assert_allclose(picture.loss, training.loss, rtol=1e-12)
    assert picture.error[-1] == 0
    assert np.abs(picture.error[:5]).max() > 1e-4  # the start is not in the plane
    inside = scape.path_plane(loss, picture.plane.points(*picture.coordinates).T)
    np.testing.assert_allclose(inside.error, 0, atol=1e-12)
    np.testing.assert_allclose(inside.explained.sum(), 1)


def test_heights_of_a_plane_are_losses_of_its_points(picture, loss):
    a, b = picture.window(count=7)
    heights = picture.plane.heights(loss, a, b[:5])
    assert heights.shape == (5, 7)
    u, v = picture.plane.axes
    assert heights[3, 2] == pytest.approx(loss(picture.plane.centre + a[2] * u + b[3] * v))
    assert a[0] < picture.coordinates[0].min() < picture.coordinates[0].max() < a[-1]
    there = picture.plane.project(picture.plane.points(a, b))
    np.testing.assert_allclose(there, [a, b], atol=1e-10)


def test_random_directions_have_the_size_of_the_filters(training):
    plane = scape.random_plane(NET, training.end, seed=3)
    for axis in plane.axes:
        pairs = zip(NET.unpack(axis), NET.unpack(training.end), strict=True)
        for (d, of_bias), (w, _) in pairs:
            np.testing.assert_allclose(np.linalg.norm(d, axis=1), np.linalg.norm(w, axis=1))
            assert not of_bias.any()
    assert not np.array_equal(*plane.axes)
    near = plane.project(plane.points(0.3, -0.2))
    np.testing.assert_allclose(near, [0.3, -0.2], atol=1e-12)


def test_scaling_neighbouring_layers_of_relus_leaves_the_picture():
    """W₁ → 10 W₁, W₂ → W₂/10 is the same network; filter normalisation makes it the same map."""
    net = MLP((2, 8, 1), ReLU())
    p, loss = net.init(seed=2), net.loss_on(*DATA)
    (w1, b1), (w2, b2) = net.unpack(p)
    q = net.pack([(10 * w1, 10 * b1), (w2 / 10, b2)])
    grid = np.linspace(-1, 1, 5)
    maps = [scape.random_plane(net, each, seed=0).heights(loss, grid, grid) for each in (p, q)]
    np.testing.assert_allclose(*maps, rtol=1e-9)


def test_sharpness_is_the_largest_eigenvalue_of_the_hessian(training, loss):
    for p in (training.p[0], training.p[20], training.end):
        values, vectors = np.linalg.eigh(loss.hessian(p))
        found = scape.lanczos(loss, p)
        assert found.value == pytest.approx(values[-1], rel=1e-6)
        assert abs(found.vector @ vectors[:, -1]) == pytest.approx(1, abs=1e-4)


class _Known:
    """½ pᵀHp with given eigenvalues."""

    def __init__(self, values):
        q, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((len(values),) * 2))
        self.h = q @ np.diag(values) @ q.T

    def __call__(self, p):
        return 0.5 * p @ self.h @ p

    def hvp(self, p, v):
        return self.h @ v


def test_lanczos_finds_the_most_positive_not_the_largest():
    known = _Known(np.array([-9.0, -1.0, 0.0, 0.5, 2.0, 2.0, 7.0]))
    assert scape.lanczos(known, np.zeros(7)).value == pytest.approx(7)
    one = scape.lanczos(_Known(np.array([3.0, 3.0])), np.zeros(2))
    assert (one.value, one.products) == (pytest.approx(3), 1)


def test_gradient_descent_climbs_to_the_edge_and_hovers_there():
    """Eight trainings from starts 1e-10 apart: at the edge each bounce amplifies a difference.

    Where one training stands is chance, decided by the last bit of the processor's arithmetic
    (one in eighteen was thrown to a flatter place, and stood at 1.95 for a while); what is a fact
    is where many stand.  Read it on the floor of the valley, in the middle between two points of
    the bounce: on the walls the curvature differs by what varies along the bounce itself.  Above
    2 the bounce grows and drives the floor back, below 2 it dies and sharpening resumes; so the
    floor is at 2, but for terms of second order in the width of the bounce.
    Source: Damian, Nichani & Lee 2022, arXiv:2209.15594.
    """
    lr, steps, loss = 0.3, 3000, EDGE.loss_on(*WAVE)
    nearby = np.random.default_rng(1).standard_normal((EDGE.size, 8))
    start = EDGE.init(seed=0)[:, None] + 1e-10 * nearby
    gd = pg.GradientDescent(lr=lr)
    many = train(EDGE, WAVE, gd, steps=steps, every=1, start=start)
    assert np.isfinite(many.loss).all()
    late = np.arange(steps // 2, steps, 100)
    floors = np.moveaxis((many.p[late] + many.p[late + 1]) / 2, -1, 1).reshape(-1, EDGE.size)
    product = [lr * scape.lanczos(loss, p, tolerance=1e-4).value for p in floors]
    assert lr * scape.lanczos(loss, start[:, 0]).value < 1.8
    assert np.median(product) == pytest.approx(2.0, abs=0.05)
    assert np.quantile(product, 0.9) < 2.2
    rises = np.mean(np.diff(many.loss[1000:], axis=0) > 0, axis=0)
    assert np.all((rises > 0.1) & (rises < 0.6))  # not monotone
    fall = many.loss[2900:].mean(axis=0) / many.loss[1500:1600].mean(axis=0)
    assert np.median(fall) < 0.5  # and still falling
    apart = np.linalg.norm(many.p[-1] - many.p[-1, :, :1], axis=0)[1:]
    assert np.all(apart > 1e4 * np.linalg.norm(start - start[:, :1], axis=0)[1:])  # chance, indeed
