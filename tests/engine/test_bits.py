"""A batch is its loop, bit for bit: at every length, in every layout, on every processor.

One descent runs on Python floats and the lanes of a map on vectors, so every value must depend on
its own operands alone.  CI runs this once more with NumPy's vector units off.
"""

import inspect
from functools import cache

import numpy as np
import pytest

import playground as pg
from playground import maths
from playground.kinds import WHOLE
from playground.simulation.ends import finish
from tests.support.bits import LENGTHS, SPECIAL, layouts, mixed, same_bits
from tests.support.laws import numeric

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # poles and edges are meant


def of(operands):
    """The functions of `maths` of so many operands, by name."""
    return [
        name
        for name, function in inspect.getmembers(maths, inspect.isfunction)
        if function.__module__ == maths.__name__ and not name.startswith("_") and name != "zeros"
        if len(inspect.signature(function).parameters) == operands
    ]


OF_ONE, OF_TWO = of(1), of(2)


@pytest.mark.parametrize("name", OF_ONE)
def test_a_function_of_an_array_is_that_of_its_floats(name):
    function = getattr(maths, name)
    for low, high in ((-3, 3), (-1, 1), (0, 700), (-1e-9, 1e-9)):
        values = mixed(300, 0, low, high)
        floats = [function(value) for value in values.tolist()]
        assert {type(value) for value in floats} == {float}
        for n in LENGTHS:
            for start in (0, 7):
                for laid in layouts(values[start : start + n]):
                    assert same_bits(function(laid), floats[start : start + n])


@cache
def _pairs(name):
    u, v = mixed(300, 1, 0, 3), mixed(300, 2)
    v[::3] = np.random.default_rng(3).choice(SPECIAL, 100)
    function = getattr(maths, name)
    return u, v, [function(a, b) for a, b in zip(u.tolist(), v.tolist(), strict=True)]


@pytest.mark.parametrize("name", OF_TWO)
def test_a_function_of_two_arrays_is_that_of_their_floats(name):
    function, (u, v, floats) = getattr(maths, name), _pairs(name)
    same = same_bits if name not in ("maximum", "minimum") else _same_but_for_zero
    assert {type(value) for value in floats} == {float}
    for n in LENGTHS:
        for a, b in zip(layouts(u[:n]), [*layouts(v[:n])][::-1], strict=True):
            assert same(function(a, b), floats[:n])


def _same_but_for_zero(a, b):
    """Of 0 and −0 either may be the larger."""
    return same_bits(np.add(a, 0.0), np.add(b, 0.0))


@pytest.mark.parametrize("name", OF_TWO)
def test_a_constant_operand_is_an_array_of_it(name):
    function, (u, v, _) = getattr(maths, name), _pairs(name)
    same = same_bits if name not in ("maximum", "minimum") else _same_but_for_zero
    for constant in (*SPECIAL, 1.7, -0.3, np.inf, np.nan):
        whole, one = np.full(300, constant), np.array([constant])
        for c in (constant, np.float64(constant), np.array(constant), one):
            assert same(function(u, c), function(u, whole))
            assert same(function(c, v), function(whole, v))


# ---- the register -----------------------------------------------------------------------------

each_surface = pytest.mark.parametrize("cls", pg.Surface.all.values(), ids=pg.Surface.all)
each_optimizer = pytest.mark.parametrize("cls", pg.Optimizer.all.values(), ids=pg.Optimizer.all)
each_schedule = pytest.mark.parametrize("cls", pg.Schedule.all.values(), ids=pg.Schedule.all)


def drawn(cls, n, seed=0):
    """Array values ``(n,)`` for every number of a declared class, round ones among them."""
    rng, values = np.random.default_rng(seed), {}
    for p in numeric(cls):
        low, high = float(p.low), float(p.high)
        high = min(high, 60.0) if p.kind == "integer" else high  # lengths that a run reaches
        numbers = rng.uniform(low, high, n)
        fair = [s for s in (*SPECIAL, p.default) if low <= s <= high and p.valid.holds(s)]
        numbers[::3] = rng.choice(fair, numbers[::3].size)
        values[p.name] = np.round(numbers).astype(int) if p.kind is WHOLE else numbers
    return values


def taken(values, index):
    """The same for one lane, as plain numbers, or for some."""
    return {
        name: value[index].item() if isinstance(index, int) else value[index]
        for name, value in values.items()
    }


def tables(surface, p):
    """Value, gradient and Hessian of points ``(2, n)`` as rows ``(7, n)``."""
    return np.stack([surface(p), *surface.gradient(p), *surface.hessian(p).reshape(4, -1)])


def jet(surface, x, y):
    """The same rows from coordinates as they come."""
    with np.errstate(all="ignore"):
        xx, xy, yy = surface.curvature(x, y)
        return surface.height(x, y), *surface.slope(x, y), xx, xy, xy, yy


@cache
def _window(cls, n=257):
    """Points ``(2, n)`` of the window, special ones among them."""
    x0, x1, y0, y1 = cls().span
    return np.array([mixed(n, 4, x0, x1), mixed(n, 5, y0, y1)])


@each_surface
def test_points_of_a_surface_do_not_see_their_neighbours(cls):
    surface, p = cls(), _window(cls)
    single = np.array([jet(surface, x, y) for x, y in p.T.tolist()]).T
    for n in LENGTHS:
        assert same_bits(tables(surface, p[:, :n]), single[:, :n])
        for x, y in zip(layouts(p[0, :n]), layouts(p[1, :n]), strict=True):
            rows = [np.broadcast_to(row, n) for row in jet(surface, x, y)]
            assert same_bits(rows, single[:, :n])
    for view in (p[:, ::-1], p[:, ::3], np.asfortranarray(p)):
        assert same_bits(tables(surface, view), tables(surface, np.ascontiguousarray(view)))


@each_surface
def test_a_batch_of_surfaces_is_its_loop(cls):
    values, p = drawn(cls, 40), _window(cls, 40)
    alone = [cls(**taken(values, i)) for i in range(40)]
    single = np.stack([tables(s, q[:, None])[:, 0] for s, q in zip(alone, p.T, strict=True)], -1)
    for n in LENGTHS:
        if n <= 40:
            assert same_bits(tables(cls(**taken(values, slice(n))), p[:, :n]), single[:, :n])


@each_optimizer
def test_a_batch_of_optimizers_is_its_loop(cls):
    """Every number swept at once, with noise and a schedule; a run and a map alike."""
    n, values = 40, drawn(cls, 40)
    if "step_min" in values:  # Rprop's shortest step is at most its longest
        values["step_min"] = np.minimum(values["step_min"], values["step_max"])
    values["lr"] = np.geomspace(1e-3, 0.3, n)
    starts = np.random.default_rng(6).uniform(-2, 2, (2, n))
    options = {"steps": 15, "schedule": pg.Exponential(gamma=0.9), "noise": 0.1}
    surface = pg.Rastrigin()
    single = [
        pg.simulate(surface, cls(**taken(values, i)), starts[:, i], seed=i, **options)
        for i in range(n)
    ]
    for m in (*range(1, 10), 17, 40):
        optimizer, seeds = cls(**taken(values, slice(m))), np.arange(m)
        batch = pg.simulate(surface, optimizer, starts[:, :m], seed=seeds, **options)
        ends = finish(surface, optimizer, starts[:, :m], seed=seeds, **options)
        for i in range(m):
            assert same_bits(batch.x[..., i], single[i].x)
            assert same_bits(batch.f[..., i], single[i].f)
            pairs = zip(batch.state, single[i].state, strict=True)
            assert all(same_bits(of_batch[..., i], alone) for of_batch, alone in pairs)
            if single[i].finite == 16:
                assert same_bits(ends.x[:, i], single[i].x[-1])


@each_schedule
def test_a_batch_of_schedules_is_its_loop(cls):
    n, steps = 257, 200
    values = drawn(cls, n)
    t = np.arange(steps)
    single = np.stack([cls(**taken(values, i))(t, steps) for i in range(n)], axis=-1)
    one_by_one = [[float(cls(**taken(values, i))(k, steps)) for k in range(steps)] for i in (0, 3)]
    assert same_bits(single[:, [0, 3]].T, one_by_one)
    for m in LENGTHS:
        together = cls(**taken(values, slice(m)))
        assert same_bits(together(t[:, None], steps), single[:, :m])
        assert same_bits(together(t[::-1, None], steps), single[::-1, :m])
    for name, sweep in values.items():  # alone, so that the other operand is a constant
        together = cls(**{name: sweep})(t[:, None], steps)
        loop = [cls(**{name: value})(t, steps) for value in sweep.tolist()]
        assert same_bits(together, np.stack(loop, axis=-1))
    for laid in layouts(t.astype(float)):
        assert same_bits(cls(**taken(values, 1))(laid, steps), single[:, 1])


@pytest.mark.parametrize("text", ["x**y", "2**x", "x**-1 + x**0.5", "1/max(x, 0)", "x**(x*y)"])
def test_powers_of_a_formula_do_not_see_their_neighbours(text):
    surface = pg.Formula(text)
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(-1, 2, 25), [*SPECIAL, 1.7]))
    single = np.array([jet(surface, *point) for point in zip(x.tolist(), y.tolist(), strict=True)])
    for a, b in zip(layouts(x), layouts(y), strict=True):
        assert same_bits([np.broadcast_to(row, x.shape) for row in jet(surface, a, b)], single.T)
