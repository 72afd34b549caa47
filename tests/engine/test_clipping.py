"""Laws of every clipping: equal to PyTorch's, for any optimizer, in every form of run."""

import numpy as np
import pytest

import playground as pg
from playground.networks import MLP
from playground.simulation.ends import finish
from tests.support.laws import another, numeric, variants

CUTS = [pg.ClipNorm(max_norm=0.5), pg.ClipValue(clip_value=0.3)]
EVERY = [*variants(pg.Clipping)]
SCHEDULES = [pg.Constant(), pg.WarmupCosine(warmup=10)]

each_cut = pytest.mark.parametrize("clip", CUTS, ids=lambda clip: type(clip).__name__)
each_rule = pytest.mark.parametrize("name", pg.Optimizer.all)


def same(a, b):
    return np.array_equal(a, b, equal_nan=True)


def gradients():
    """Of every size that has a square, on the axes and off them, and beyond."""
    rng = np.random.default_rng(2)
    some = rng.normal(size=(2, 400)) * 10.0 ** rng.uniform(-12, 12, 400)
    sides = [0.0, -0.0, 0.3, -1.0, 1e200, -1e308, 1e-320, np.inf, -np.inf, np.nan]
    edges = [[a, b] for a in sides for b in sides]
    return np.hstack([some, np.array(edges).T])


def by_torch(torch, clip, g):
    """The gradient after the printed line of PyTorch."""
    params = [torch.zeros(2, dtype=torch.float64, requires_grad=True)]
    params[0].grad = torch.tensor(g)
    exec(clip.torch(), {"torch": torch, "params": params})
    return params[0].grad.numpy()


@pytest.mark.parametrize("clip", EVERY, ids=repr)
def test_a_clipped_gradient_is_that_of_the_printed_line(clip):
    """To the last bits: PyTorch may round the sum of squares once, as it was built."""
    torch = pytest.importorskip("torch")
    drawn = gradients()
    with np.errstate(all="ignore"):
        together = np.stack(clip.clipped(*drawn))
    for i, g in enumerate(drawn.T):
        assert same(np.array(clip.clipped(*g.tolist())), together[:, i])
        theirs = by_torch(torch, clip, g)
        np.testing.assert_allclose(together[:, i], theirs, rtol=1e-15, atol=0)
        assert same(np.signbit(theirs), np.signbit(together[:, i])) or np.isnan(theirs).any()


@each_cut
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_all_parameters_of_a_network_are_clipped_together_as_by_the_printed_line(clip, size):
    """PyTorch is given the weights of every layer as they are; ours are one vector."""
    torch = pytest.importorskip("torch")
    mlp = MLP((2, 5, 3, 1))
    g = size * np.random.default_rng(5).normal(size=mlp.size)
    params = []
    for part in (part for layer in mlp.unpack(g) for part in layer):
        params.append(torch.zeros(part.shape, dtype=torch.float64, requires_grad=True))
        params[-1].grad = torch.tensor(part.copy())
    exec(clip.torch(), {"torch": torch, "params": params})
    theirs = [p.grad.numpy() for p in params]
    ours = [part for layer in mlp.unpack(clip.all_of(g)) for part in layer]
    assert len(ours) == len(theirs) == 6
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-14, atol=0)
    many = clip.all_of(np.stack([g, 2 * g], axis=-1))  # parameters first, as in a sweep
    np.testing.assert_allclose(many[:, 0], clip.all_of(g), rtol=1e-15)


@each_cut
@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda s: type(s).__name__)
@pytest.mark.parametrize("name", [n for n, cls in pg.Optimizer.all.items() if cls().torch()])
def test_every_optimizer_descends_as_torch_does_with_clipping(name, schedule, clip):
    """Led along our path, so that where paths are chaotic rounding is not mistaken for a rule."""
    torch = pytest.importorskip("torch")
    from tests.oracles.golden import reference

    optimizer, steps = pg.Optimizer.all[name](), 40
    run = pg.simulate(pg.Rosenbrock(b=5.0), optimizer, (-1.2, 1.0), steps, schedule, clip=clip)
    assert run.clipped.any()
    with reference.float64():
        p = torch.zeros(2, requires_grad=True)
        names = {"torch": torch, "params": [p]}
        theirs = names["optimizer"] = eval(optimizer.torch(), names)
        scheduler = eval(schedule.torch(steps, optimizer.lr), names)
        for t in range(steps):
            with torch.no_grad():
                p.copy_(torch.tensor(run.x[t]))
            p.grad = torch.tensor(by_torch(torch, clip, run.gradient[t]))
            np.testing.assert_allclose(run.seen[t], p.grad.numpy(), rtol=1e-15)
            theirs.step()
            scheduler.step()
            np.testing.assert_allclose(run.x[t + 1], p.detach().numpy(), rtol=1e-12, atol=1e-14)


@each_cut
@each_rule
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_a_sweep_over_the_cut_is_its_loop_bit_for_bit(name, clip, noise):
    cls, cuts = pg.Optimizer.all[name], np.array([0.05, 0.5, 5.0])
    (field,) = clip.values()
    options = {"start": (-1.2, 1.0), "steps": 40, "noise": noise, "seed": 3}
    batch = pg.simulate(pg.Rosenbrock(), cls(), clip=type(clip)(**{field: cuts}), **options)
    ends = finish(pg.Rosenbrock(), cls(), clip=type(clip)(**{field: cuts}), **options)
    for i, cut in enumerate(cuts.tolist()):
        alone = pg.simulate(pg.Rosenbrock(), cls(), clip=clip.replace(**{field: cut}), **options)
        assert same(batch.x[..., i], alone.x)
        for lane in (batch[i], alone):
            assert same(batch.seen[..., i], lane.seen)
            assert same(batch.clipped[..., i], lane.clipped)
            assert lane.clip == alone.clip
        assert all(same(a, b) for a, b in zip(batch[i].state, alone.state, strict=True))
        assert same(ends.x[:, i], alone.x[alone.finite - 1 if alone.finite <= 40 else -1])


@each_cut
def test_the_optimizer_sees_noise_first_and_then_the_cut(clip):
    """Plain descent moves by exactly what it saw; coupled decay is added after the cut."""
    start, optimizer = (-1.2, 1.0), pg.GradientDescent(lr=0.01, weight_decay=0.5)
    run = pg.simulate(pg.Rosenbrock(), optimizer, start, 30, noise=2.0, seed=4, clip=clip)
    noise = 2.0 * np.random.default_rng(4).standard_normal((30, 2))
    for t in range(30):
        expected = clip.clipped(*(run.gradient[t] + noise[t]).tolist())
        assert same(run.seen[t], np.array(expected))
    steps = -0.01 * (run.seen + 0.5 * run.x[:-1])
    np.testing.assert_allclose(np.diff(run.x, axis=0), steps, atol=1e-14)
    np.testing.assert_array_equal(run.columns()["seen_x"][:-1], run.seen[:, 0])


def test_newton_keeps_its_hessian():
    run = pg.simulate(pg.Bowl(kappa=10), pg.Newton(lr=1.0), (-3, 1), 1, clip=pg.ClipNorm(1.0))
    np.testing.assert_allclose(run.x[1], run.x[0] - run.seen[0] / [1.0, 10.0], atol=1e-14)


@each_rule
def test_no_clipping_is_what_it_was(name):
    plain = pg.simulate(pg.Rosenbrock(b=1.0), pg.Optimizer.all[name](), (0.5, 0.5), 30)
    wide = pg.simulate(plain.surface, plain.optimizer, (0.5, 0.5), 30, clip=pg.ClipValue(1e300))
    assert plain.seen is plain.noisy
    assert same(plain.x, wide.x)
    assert not plain.clipped.any()
    assert not wide.clipped.any()


def test_a_float_run_that_leaves_pythons_numbers_goes_on_with_the_cut():
    """Newton's kin apart, a rule that raises on floats is finished on arrays: the cut stays."""
    surface = pg.Formula("exp(x**4) + y**2")
    for clip in CUTS:
        run = pg.simulate(surface, pg.Adadelta(lr=1.0), (6.0, 1.0), 20, clip=clip)
        batch = pg.simulate(surface, pg.Adadelta(lr=[1.0]), (6.0, 1.0), 20, clip=clip)
        assert same(run.x, batch.x[..., 0])
        assert same(run.seen, batch.seen[..., 0])


@pytest.mark.parametrize("cls", pg.Clipping.all.values(), ids=pg.Clipping.all)
def test_the_laws_of_a_declared_thing(cls):
    values = [cls(), *(cls(**{p.name: another(p, p.default)}) for p in cls.params())]
    for value in values:
        assert eval(repr(value), vars(pg).copy()) == value
    for p in numeric(cls):
        assert cls(**{p.name: np.array([1.0, 2.0])}).torch() is None
