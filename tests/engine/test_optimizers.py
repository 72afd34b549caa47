"""Laws that hold for every optimizer."""

import numpy as np
import pytest

import playground as pg
from playground.kinds import SWITCH
from playground.optimizers.base import NoState
from playground.optimizers.parameters import learning_rate
from tests.support.laws import numeric, settings, sweep

EVERY = list(pg.Optimizer.all.values())
SURFACE, START = pg.Rosenbrock(b=5.0), (-1.2, 1.0)
FACTORS = pg.Cosine(floor=0.2)

every_class = pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)


def run(optimizer, start=START, steps=40, **options):
    return pg.simulate(SURFACE, optimizer, start, steps, FACTORS, **options)


def same(a, b):
    return np.array_equal(a, b, equal_nan=True)


every_setting = pytest.mark.parametrize(
    "optimizer", [o for cls in EVERY for o in settings(cls)], ids=repr
)

# ---- one rule for one descent and for many --------------------------------------------------


@every_setting
def test_floats_and_arrays_agree_bit_for_bit(optimizer):
    one, many = run(optimizer), run(optimizer, np.array(START)[:, None])
    assert same(one.x, many.x[..., 0])
    assert all(same(a, b[..., 0]) for a, b in zip(one.state, many.state, strict=True))
    assert same(one.effective_lr, many.effective_lr[..., 0])


@every_class
def test_a_batch_equals_its_loop(cls):
    starts = np.random.default_rng(0).uniform(-1.5, 1.5, (2, 3, 4))
    batch = run(cls(), starts)
    for index in np.ndindex(3, 4):
        assert same(batch.x[(..., *index)], run(cls(), starts[(..., *index)]).x)


@pytest.mark.parametrize(
    ("cls", "name"),
    [(cls, p.name) for cls in EVERY for p in numeric(cls)],
)
def test_a_sweep_equals_its_loop(cls, name):
    values = sweep(next(p for p in cls.params() if p.name == name))
    batch = run(cls(**{name: values}))
    assert batch.x.shape == (41, 2, 3)
    for i, value in enumerate(values.tolist()):
        alone = run(cls(**{name: value}))
        assert same(batch.x[..., i], alone.x)
        assert same(batch.effective_lr[..., i], alone.effective_lr)


@pytest.mark.parametrize("cls", [cls for cls in EVERY if cls.elementwise()])
def test_any_number_of_coordinates(cls):
    """An element-wise rule on (P, N) is the rule on each of its numbers."""
    rng, optimizer = np.random.default_rng(1), cls()
    x = rng.standard_normal((5, 3))
    state, alone = optimizer.init(x), [(v, optimizer.init(v)) for v in x.ravel().tolist()]
    for _ in range(4):
        g = rng.standard_normal((5, 3))
        x, state = optimizer.rule(x, g, state, 0.1)
        alone = [
            optimizer.rule(v, slope, s, 0.1)
            for (v, s), slope in zip(alone, g.ravel().tolist(), strict=True)
        ]
    assert x.ravel().tolist() == [v for v, _ in alone]


@every_class
def test_a_step_changes_nothing_in_place(cls):
    optimizer = cls()
    p = np.array([[-1.2, 0.3], [1.0, 0.5]])
    state = optimizer.init(p)
    for _ in range(3):
        arrays = [v for v in (p, *state) if isinstance(v, np.ndarray)]
        for array in arrays:
            array.flags.writeable = False
        before = [array.copy() for array in arrays]
        first, again = (optimizer.step(p, state, SURFACE, 0.01) for _ in range(2))
        assert all(map(same, before, arrays))
        assert same(first[0], again[0])
        p, state = first


@every_class
def test_the_count_of_updates_stays_a_whole_number(cls):
    for p in (0.5, np.ones((2, 3))):
        optimizer = cls(lr=np.array([0.1, 0.2, 0.3]) if np.ndim(p) else 0.1)
        _, state = optimizer.rule(p, p, optimizer.init(p), 0.1)
        if "t" in state._fields:
            assert type(state.t) is int
            assert state.t == 1


# ---- declarations -----------------------------------------------------------------------------


@every_setting
def test_repr_gives_the_value_back(optimizer):
    assert eval(repr(optimizer), vars(pg).copy()) == optimizer


@every_class
def test_it_has_a_source_and_a_year(cls):
    assert cls.source
    assert 1600 < cls.year < 2100


@every_class
def test_every_parameter_is_explained(cls):
    for p in cls.params():
        assert p.help.endswith(".")
        assert p.kind is SWITCH or p.tex
        assert p.kind is SWITCH or p.low <= p.default <= p.high


def test_menus_tell_the_history():
    years = [cls.year for cls in EVERY]
    assert years == sorted(years)


def test_a_new_class_is_registered_by_being_written():
    class Still(pg.Optimizer):
        """It does not move."""

        year, source, equations = 2030, "this test", {"x": "<x'>"}
        lr: float = learning_rate(0.1)

        def init(self, p):
            return NoState()

        def rule(self, x, g, state, lr):
            return x, state

        def torch(self):
            return None

    try:
        assert pg.Optimizer.all["Still"] is Still
        assert list(pg.Optimizer.all)[-1] == "Still"
        assert pg.Still is Still
        assert np.all(pg.simulate(SURFACE, Still(), steps=3).x == SURFACE.start)
    finally:
        del pg.Optimizer.all["Still"]


# ---- noise ------------------------------------------------------------------------------------


@every_class
def test_noise_is_the_documented_one(cls):
    """Anyone can repeat a noisy run: step by step, with NumPy's default generator."""
    optimizer, steps = cls(), 25
    r = run(optimizer, steps=steps, noise=0.3, seed=7)
    noise = 0.3 * np.random.default_rng(7).standard_normal((steps, 2))

    class Noisy:
        hessian = staticmethod(SURFACE.hessian)

        def gradient(self, p):
            return SURFACE.gradient(p) + noise[t]

    p = np.array(START)
    state = optimizer.init(p)
    for t in range(steps):
        assert same(r.seen[t], r.gradient[t] + noise[t])
        p, state = optimizer.step(p, state, Noisy(), optimizer.lr * FACTORS(t, steps))
        assert same(r.x[t + 1], p)


@every_class
def test_a_batch_of_settings_has_no_line_of_torch(cls):
    assert cls(lr=np.array([0.1, 0.2])).torch() is None


@every_class
def test_the_default_makes_progress_on_the_bowl(cls):
    f = pg.simulate(pg.Bowl(), cls(), steps=500).f
    assert f[-1] < 0.05 * f[0]
