"""What makes each optimizer itself: closed forms, known numbers, independent computations."""

import numpy as np
import pytest

import playground as pg

SURFACE, START = pg.Rosenbrock(b=5.0), (-1.2, 1.0)
FACTORS = pg.Cosine(floor=0.2)


def run(optimizer, steps=40):
    return pg.simulate(SURFACE, optimizer, START, steps, FACTORS)


class Tilted:
    """A plane: the same gradient everywhere."""

    def gradient(self, p):
        return np.full(np.shape(p), 3.0)


def lengths(optimizer, steps=20):
    """Lengths of the steps, in units of the learning rate, under a constant gradient."""
    p = np.zeros(2)
    state, path = optimizer.init(p), [p]
    for _ in range(steps):
        p, state = optimizer.step(p, state, Tilted(), optimizer.lr)
        path.append(p)
    return -np.diff(path, axis=0)[:, 0] / optimizer.lr


@pytest.mark.parametrize(
    ("optimizer", "first"),
    [
        (pg.Adagrad(), 1),
        (pg.MeanSquareAdagrad(), 1),
        (pg.Adam(), 1),
        (pg.Adamax(), 1),
        (pg.Rprop(), 1),
        (pg.Lion(weight_decay=0.0), 1),
        (pg.RMSProp(), 10),
        (pg.RMSProp(alpha=0.9), 10**0.5),
        (pg.RMSProp(first_gradient=True), 1),
        (pg.Adam(bias_correction=False), 0.1 / 0.001**0.5),
    ],
    ids=repr,
)
def test_length_of_the_first_step(optimizer, first):
    assert lengths(optimizer)[0] == pytest.approx(first, rel=1e-6)


def test_adam_without_bias_correction_grows_its_first_steps():
    """Under a constant gradient as (1 − β₁ᵗ)/√(1 − β₂ᵗ); on a bowl the peak comes sooner."""
    t = np.arange(1, 41)
    expected = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    optimizer = pg.Adam(lr=0.02, bias_correction=False)
    np.testing.assert_allclose(lengths(optimizer, 40), expected, rtol=1e-6)
    bowl = pg.simulate(pg.Bowl(kappa=1.0), optimizer, (-10.0, 0.0), 40)
    steps = np.diff(bowl.x[:, 0]) / 0.02
    assert steps[0] == pytest.approx(3.162, abs=1e-3)
    assert steps.argmax() == 10
    assert steps.max() == pytest.approx(6.47, abs=5e-3)


def inside(mu, nesterov=False, schedule=FACTORS, lr=0.002, steps=60):
    """The textbook form: the learning rate inside the velocity."""
    x, v, path = np.array(START), np.zeros(2), [np.array(START)]
    for factor in schedule(np.arange(steps), steps):
        before, v = v, mu * v - lr * factor * SURFACE.gradient(x)
        x = x + ((1 + mu) * v - mu * before if nesterov else v)
        path.append(x)
    return np.array(path)


@pytest.mark.parametrize("cls", [pg.Momentum, pg.Nesterov])
def test_the_learning_rate_stands_outside_the_velocity(cls):
    """With a constant rate both forms are one; under a schedule they part."""
    nesterov = cls is pg.Nesterov
    ours = {
        s: pg.simulate(SURFACE, cls(lr=0.002), START, 60, s).x for s in (pg.Constant(), FACTORS)
    }
    textbook = {s: inside(0.9, nesterov, s) for s in ours}
    np.testing.assert_allclose(ours[pg.Constant()], textbook[pg.Constant()], rtol=1e-10)
    assert np.max(np.abs(ours[FACTORS] - textbook[FACTORS])) > 1e-3


def test_mean_square_adagrad_with_inverse_square_root_is_adagrad():
    surface = pg.Quadratic()
    mean = pg.simulate(surface, pg.MeanSquareAdagrad(lr=0.3), steps=800, schedule=pg.InverseSqrt())
    total = pg.simulate(surface, pg.Adagrad(lr=0.3), steps=800)
    np.testing.assert_allclose(mean.x, total.x, rtol=0, atol=1e-6)


def test_rmsprop_ends_in_a_cycle_of_half_the_learning_rate():
    optimizer = pg.RMSProp(lr=0.05, alpha=0.9, first_gradient=True)
    end = pg.simulate(pg.Bowl(), optimizer, steps=3000).x[-2:]
    np.testing.assert_allclose(np.abs(end), 0.025, rtol=1e-6)
    assert np.all(end[0] * end[1] < 0)


def test_adam_does_not_see_the_scale_of_an_axis():
    paths = [
        pg.simulate(pg.Bowl(kappa=kappa), cls(eps=1e-12), (-3.0, 1.0), 100).x
        for cls in (pg.Adam, pg.Adagrad)
        for kappa in (1.0, 1e4)
    ]
    np.testing.assert_allclose(paths[0], paths[1], atol=1e-8)
    np.testing.assert_allclose(paths[2], paths[3], atol=1e-8)


def test_decay_is_coupled_in_adam_and_decoupled_in_adamw():
    """On a plane the decoupled decay alone bends the path of AdamW; Adam divides it away."""
    p = np.array([10.0, 1.0])
    steps = {}
    for cls in (pg.Adam, pg.AdamW):
        optimizer = cls(lr=0.1, weight_decay=0.5)
        steps[cls] = optimizer.step(p, optimizer.init(p), Tilted(), 0.1)[0] - p
    np.testing.assert_allclose(steps[pg.Adam], -0.1, rtol=1e-6)
    np.testing.assert_allclose(steps[pg.AdamW], -0.1 - 0.1 * 0.5 * p, rtol=1e-6)


def test_amsgrad_never_forgets():
    rng, optimizer = np.random.default_rng(3), pg.AMSGrad()
    x, state = 0.0, optimizer.init(0.0)
    for g in rng.standard_normal(200).tolist():
        x, new = optimizer.rule(x, g, state, 0.1)
        assert new.w == max(state.w, new.v)
        state = new


def test_radam_divides_from_the_sixth_update():
    r = run(pg.RAdam(), steps=10)
    undivided = np.all(r.state.scale[1:] == 1.0, axis=1)
    assert undivided.tolist() == [True] * 5 + [False] * 5
    assert np.all(run(pg.RAdam(beta2=0.6), steps=200).state.scale[1:] == 1.0)


def test_rprop_waits_after_a_change_of_sign():
    r = pg.simulate(pg.Bowl(kappa=10.0), pg.Rprop(lr=0.3), (-1.0, 0.5), 60)
    turned = r.state.s[1:] < 0
    assert turned.any()
    step = np.diff(r.x, axis=0)
    assert np.all(step[turned] == 0)
    before, after = r.state.delta[1:-1], r.state.delta[2:]
    np.testing.assert_allclose(after[turned[1:]], np.maximum(0.5 * before[turned[1:]], 1e-6))


@pytest.mark.parametrize("damping", [0.0, 0.7])
def test_newton_solves_the_damped_system(damping):
    points = np.random.default_rng(5).uniform(-2, 2, (2, 6))
    optimizer = pg.Newton(damping=damping)
    x, state = optimizer.step(points, optimizer.init(points), SURFACE, 0.5)
    for i in range(6):
        h, g = SURFACE.hessian(points[:, i]), SURFACE.gradient(points[:, i])
        d = np.linalg.solve(h + damping * np.eye(2), g)
        np.testing.assert_allclose(state.d[:, i], d, rtol=1e-10)
        np.testing.assert_allclose(x[:, i], points[:, i] - 0.5 * d, rtol=1e-10)


def test_newton_solves_a_bowl_in_one_step_and_is_drawn_into_saddles():
    one = pg.simulate(pg.Bowl(kappa=1e4, angle=30.0), pg.Newton(), (-3.0, 1.0), 1)
    assert np.max(np.abs(one.x[-1])) < 1e-9
    near = (0.3, 0.1)
    drawn = pg.simulate(pg.QuarticSaddle(), pg.Newton(), near, 20)
    np.testing.assert_allclose(drawn.x[-1], 0, atol=1e-9)
    escaped = pg.simulate(pg.QuarticSaddle(), pg.Newton(damping=3.0), near, 200)
    np.testing.assert_allclose(escaped.x[-1], [0, 2**0.5], atol=1e-6)


def test_rprop_refuses_limits_in_the_wrong_order():
    with pytest.raises(ValueError, match="step_min"):
        pg.Rprop(step_min=1.0, step_max=0.1)
