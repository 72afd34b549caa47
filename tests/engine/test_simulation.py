"""Laws of a run: a batch is its loop, noise can be reproduced, divergence is data."""

import numpy as np
import pytest

import playground as pg


def same(a, b):
    return np.array_equal(a, b, equal_nan=True)


def test_shapes_of_a_single_run_and_of_a_batch():
    run = pg.simulate(pg.Bowl(), pg.Adam(), steps=7)
    assert (run.x.shape, run.f.shape, run.gradient.shape) == ((8, 2), (8,), (8, 2))
    assert (run.seen.shape, run.lr.shape, run.effective_lr.shape) == ((7, 2), (7,), (7, 2))
    assert all(np.shape(field) == (8, 2) for field in run.state)
    batch = pg.simulate(pg.Bowl(), pg.Adam(lr=[[0.1], [0.2]], beta1=[0.5, 0.8, 0.9]), steps=7)
    assert (batch.x.shape, batch.f.shape) == ((8, 2, 2, 3), (8, 2, 3))
    assert (batch.seen.shape, batch.lr.shape) == ((7, 2, 2, 3), (7, 2, 3))
    assert batch.effective_lr.shape == (7, 2, 2, 3)
    assert all(np.shape(field) == (8, 2, 2, 3) for field in batch.state)
    assert batch.finite.shape == (2, 3)


SURFACES = [
    pg.Bowl(angle=30),
    pg.Rosenbrock(),
    pg.Rastrigin(),
    pg.Ackley(),
    pg.Canyon(),
    pg.Formula("exp(x/3) + x**2 + y**4 - sin(x*y)"),
]


@pytest.mark.parametrize("surface", SURFACES, ids=lambda s: type(s).__name__)
@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_a_batch_is_its_loop_bit_for_bit(surface, name):
    """Starts, a swept learning rate and seeds at once, with noise and a schedule."""
    cls, n = pg.Optimizer.all[name], 5
    rng = np.random.default_rng(0)
    starts, lrs, seeds = rng.uniform(-2, 2, (2, n)), np.geomspace(1e-3, 0.1, n), np.arange(n)
    options = {"steps": 40, "schedule": pg.Cosine(), "noise": 0.1}
    batch = pg.simulate(surface, cls(lr=lrs), starts, seed=seeds, **options)
    for i in range(n):
        single = pg.simulate(surface, cls(lr=lrs[i]), starts[:, i], seed=int(seeds[i]), **options)
        lane = batch[i]
        for quantity in ("x", "f", "gradient", "seen", "lr", "effective_lr"):
            assert same(getattr(lane, quantity), getattr(single, quantity)), quantity
            assert same(getattr(batch, quantity)[..., i], getattr(single, quantity)), quantity
        assert all(same(a, b) for a, b in zip(lane.state, single.state, strict=True))
        assert lane.finite == single.finite == batch.finite[i]


def test_blocks_do_not_show():
    """More lanes than one block holds give what each of them gives alone."""
    lrs = np.geomspace(1e-4, 0.05, 5003)
    batch = pg.simulate(pg.Rosenbrock(), pg.Momentum(lr=lrs), steps=20)
    for i in (0, 1, 4999, 5000, 5002):
        assert same(
            batch.x[..., i], pg.simulate(pg.Rosenbrock(), pg.Momentum(lr=lrs[i]), steps=20).x
        )


def test_surface_parameters_can_be_swept():
    kappas = np.array([1.0, 10.0, 100.0])
    batch = pg.simulate(pg.Bowl(kappa=kappas), pg.GradientDescent(lr=0.01), steps=30)
    for i, kappa in enumerate(kappas):
        single = pg.simulate(pg.Bowl(kappa=float(kappa)), pg.GradientDescent(lr=0.01), steps=30)
        assert same(batch[i].x, single.x)


def test_noise_is_what_the_docstring_says():
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=0.01), steps=50, noise=0.3, seed=11)
    drawn = 0.3 * np.random.default_rng(11).standard_normal((50, 2))
    np.testing.assert_allclose(run.seen - run.gradient[:-1], drawn, atol=1e-13)
    np.testing.assert_allclose(np.diff(run.x, axis=0), -0.01 * run.seen, atol=1e-15)


def test_divergence_is_data():
    run = pg.simulate(pg.Rosenbrock(), pg.GradientDescent(lr=0.1), steps=300)
    assert 0 < run.finite < 301
    assert np.isfinite(run.x[: run.finite]).all()
    assert not np.isfinite(run.x[run.finite]).all() or not np.isfinite(run.f[run.finite])
    assert np.abs(run.x[run.finite - 1]).max() > 1e6  # nothing was clipped on the way


def test_a_diverged_or_converged_map_does_not_warn():
    lr, momentum = np.geomspace(1e-4, 10, 40)[:, None], np.linspace(0, 0.99, 40)
    run = pg.simulate(pg.Rosenbrock(), pg.Momentum(lr=lr, momentum=momentum), steps=300)
    assert run.x.shape == (301, 2, 40, 40)
    assert (run.finite < 301).any()
    assert (run.finite == 301).any()
    assert np.isnan(run.f[-1]).any()


def test_python_arithmetic_errors_become_ieee_values():
    """0/0 raises on Python floats; the run goes on with nan as torch's does."""
    run = pg.simulate(pg.Saddle(), pg.Adagrad(eps=0.0), start=(0.0, 1.0), steps=3)
    assert run.finite == 1
    assert np.isnan(run.x[1, 0])
    assert np.isfinite(run.x[3, 1])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"start": (1, 2, 3)}, "start"),
        ({"start": (np.nan, 0)}, "start"),
        ({"start": 3.0}, "start"),
        ({"steps": -1}, "steps"),
        ({"steps": 1.5}, "steps"),
        ({"noise": -1.0}, "noise"),
        ({"noise": np.inf}, "noise"),
        ({"seed": 1.5}, "seed"),
        ({"seed": -1}, "seed"),
    ],
)
def test_bad_arguments_are_named(arguments, said):
    with pytest.raises(ValueError, match=said):
        pg.simulate(pg.Bowl(), pg.Adam(), **arguments)


def test_no_steps_is_just_the_start():
    run = pg.simulate(pg.Bowl(), pg.Adam(), steps=0)
    assert run.x.tolist() == [list(pg.Bowl.start)]
    assert (run.finite, run.seen.shape, run.effective_lr.shape) == (1, (0, 2), (0, 2))


def test_the_table_holds_every_inner_quantity_exactly():
    run = pg.simulate(pg.Bowl(), pg.Adam(), steps=5)
    frame = run.to_frame()
    assert {"x", "y", "loss", "lr", "m_x", "v_y", "effective_lr_x"} <= set(frame)
    lines = run.to_csv().splitlines()
    assert len(lines) == 7
    row = dict(zip(lines[0].split(","), map(float, lines[3].split(",")), strict=True))
    assert (row["x"], row["y"], row["loss"]) == (*run.x[2], run.f[2])
    with pytest.raises(ValueError, match="one descent"):
        pg.simulate(pg.Bowl(), pg.Adam(lr=[0.1, 0.2])).to_csv()


def test_an_animation_stays_small_and_leaves_divergence_out():
    runs = [pg.simulate(pg.Bowl(), pg.GradientDescent(lr=lr), steps=3000) for lr in (0.01, 0.0202)]
    figure = pg.figures.animate(runs)
    assert len(figure.frames) <= 120
    assert len(figure.to_json()) < 700_000
    with pytest.raises(ValueError, match="single runs"):
        pg.figures.animate([])


EVERY = [cls() for cls in pg.Surface.all.values()]


@pytest.mark.parametrize("surface", EVERY, ids=lambda s: type(s).__name__)
def test_the_loss_beside_an_animation_can_be_seen(surface):
    """On a log axis nothing but an exact arrival is left out; without a minimum it is linear."""
    run = pg.simulate(surface, pg.GradientDescent(lr=1e-3), steps=20)
    figure = pg.figures.animate(run)
    loss = next(np.array(t.y, dtype=float) for t in figure.data if t.yaxis == "y2")
    if figure.layout.yaxis2.type == "log":
        drawn = np.isfinite(loss)  # until it is gone
        assert drawn[0]
        assert np.all((loss > 0) | (np.hypot(*run.gradient.T) < 1e-6) | ~drawn)
    else:
        assert np.isnan(surface.lowest())
        np.testing.assert_array_equal(loss, run.f)


@pytest.mark.parametrize("surface", EVERY, ids=lambda s: type(s).__name__)
def test_at_the_lowest_minimum_nothing_is_left_and_beside_it_something(surface):
    for point in surface.minima()[:1]:
        at = pg.simulate(surface, pg.GradientDescent(lr=1e-12), point[:2], steps=1)
        assert at.excess[0] == 0
    away = pg.simulate(surface, pg.GradientDescent(lr=1e-12), steps=1)
    np.testing.assert_array_equal(away.excess, away.f - surface.lowest())


@pytest.mark.parametrize("lr", [1e308, np.array([0.01, 1e308])])
def test_a_rate_that_no_number_holds_is_inf_and_the_run_leaves(lr):
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr), schedule=pg.OneCycle(peak=4.0), steps=30)
    assert np.isinf(run.lr).any()
    assert not np.isfinite(run.x[-1, ..., -1]).all()
    if np.ndim(lr) == 0:
        assert pg.diagnose(run).outcome.name == "diverged"
