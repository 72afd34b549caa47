"""Laws that hold for every optimizer, and what makes each of them itself."""

import numpy as np
import pytest

import playground as pg
from playground.optimizers.base import PLACEHOLDER, NoState
from playground.optimizers.parameters import learning_rate
from tests.latex import evaluate
from tests.laws import invalid_values, numeric, sweep

EVERY = list(pg.Optimizer.all.values())
SURFACE, START = pg.Rosenbrock(b=5.0), (-1.2, 1.0)
FACTORS = pg.Cosine(floor=0.2)

every_class = pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)


def run(optimizer, start=START, steps=40, **options):
    return pg.simulate(SURFACE, optimizer, start, steps, FACTORS, **options)


def same(a, b):
    return np.array_equal(a, b, equal_nan=True)


def settings(cls):
    """The default and, one at a time, every parameter moved, every switch turned."""
    yield cls()
    for p in cls.params():
        if p.kind == "toggle":
            yield cls(**{p.name: not p.default})
        elif p.name != "lr":
            yield cls(**{p.name: float(sweep(p)[1])})


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
    ("cls", "name"), [(cls, p.name) for cls in EVERY for p in numeric(cls)],
)  # fmt: skip
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
def test_values_without_meaning_are_refused_by_name(cls):
    for p in cls.params():
        for value in invalid_values(p):
            with pytest.raises(ValueError, match=rf"\b{p.name}\b"):
                cls(**{p.name: value})


@every_class
def test_first_sentence_is_short(cls):
    assert len(cls.summary()) <= 90
    assert cls.summary().endswith(".")
    assert cls.source
    assert 1600 < cls.year < 2100


@every_class
def test_every_parameter_is_explained(cls):
    for p in cls.params():
        assert p.help.endswith(".")
        assert p.kind == "toggle" or p.tex
        assert p.kind == "toggle" or p.low <= p.default <= p.high


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


# ---- the printed equation is the rule ---------------------------------------------------------


@every_setting
def test_every_placeholder_is_known(optimizer):
    fields = type(optimizer.init(0.0))._fields
    known = {"g", "x", "lr", *fields, *(p.name for p in optimizer.params())}
    for name, right in optimizer.equations.items():
        assert name in known - {"lr"}
        assert {n for n, _ in PLACEHOLDER.findall(right)} <= known
    assert list(optimizer.equations)[-1] == "x"


@pytest.mark.parametrize(
    "optimizer", [o for cls in EVERY if cls.elementwise() for o in settings(cls)], ids=repr
)
def test_the_printed_equations_give_the_recorded_numbers(optimizer):
    """Each line, with the numbers of one update put in, gives the number of the state.

    Newton's, written with a matrix, is tested below.
    """
    r = run(optimizer, steps=12)
    for t in range(1, 12):  # the first update may start the averages in its own way
        numbers = {**optimizer.values(), "g": r.seen[t, 0], "x'": r.x[t, 0], "x": r.x[t + 1, 0]}
        numbers["lr"] = r.lr[t]
        for name in r.state._fields:
            series = getattr(r.state, name)
            numbers |= {name: series[t + 1, 0], f"{name}'": series[t, 0]}
        for name in optimizer.equations:

            def show(n, before, numbers=numbers):
                return f"({float(numbers[n + before * chr(39)])!r})"

            value = evaluate(optimizer.written(show)[name])
            if name == "g":
                numbers["g"] = value
            assert value == pytest.approx(numbers[name], rel=1e-9, abs=1e-14, nan_ok=True), (
                t,
                name,
            )


@every_setting
def test_the_formula_names_only_what_is_used(optimizer):
    formula = optimizer.formula()
    assert not PLACEHOLDER.search(formula)
    assert formula.startswith(r"\begin{aligned}")
    for opening, closing in ("{}", "()", ("\\begin", "\\end")):
        assert formula.count(opening) == formula.count(closing)
    decay = next((p for p in optimizer.params() if p.name == "weight_decay"), None)
    if decay:
        assert (decay.tex in formula) == bool(optimizer.weight_decay)


# ---- effective step ---------------------------------------------------------------------------

DIRECTION = {
    "GradientDescent": lambda r: r.seen,
    "Newton": lambda r: r.state.d[1:],
    "Momentum": lambda r: r.state.velocity[1:],
    "Nesterov": lambda r: r.state.d[1:],
    "Rprop": lambda r: np.sign(r.state.direction[1:]),
    "Adagrad": lambda r: r.seen,
    "RMSProp": lambda r: r.seen,
    "Adadelta": lambda r: r.seen,
    "Adam": lambda r: r.state.m_hat[1:],
    "Adamax": lambda r: r.state.m_hat[1:],
    "NAdam": lambda r: r.state.m_bar[1:],
    "AdamW": lambda r: r.state.m_hat[1:],
    "AMSGrad": lambda r: r.state.m_hat[1:],
    "RAdam": lambda r: r.state.m_hat[1:],
    "MeanSquareAdagrad": lambda r: r.seen,
    "Lion": lambda r: r.state.u[1:],
}


@every_class
def test_effective_step_times_direction_is_the_step(cls):
    decays = any(p.name == "weight_decay" for p in cls.params())
    r = run(cls(weight_decay=0.0) if decays else cls())
    step = -r.effective_lr * DIRECTION[cls.__name__](r)
    np.testing.assert_allclose(np.diff(r.x, axis=0), step, rtol=1e-9, atol=1e-14)


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


# ---- what makes each of them itself ------------------------------------------------------------


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


@every_class
def test_a_batch_of_settings_has_no_line_of_torch(cls):
    assert cls(lr=np.array([0.1, 0.2])).torch() is None


@every_class
def test_the_default_makes_progress_on_the_bowl(cls):
    f = pg.simulate(pg.Bowl(), cls(), steps=500).f
    assert f[-1] < 0.05 * f[0]
