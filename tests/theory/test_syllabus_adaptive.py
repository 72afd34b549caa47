"""Numbers of the phenomena of rules with a rate for each parameter, over many runs."""

import numpy as np
import pytest

import playground as pg
from playground.declare import param
from playground.simulation.ends import finish

BOWL, START = pg.Bowl(kappa=100.0), (-3.0, 1.0)
descend = pg.simulate


LONG = pg.Quadratic()  # the long, slightly tilted bowl, and where the lecture starts on it
FAR = (-100.0, 2.0)


def arrival(run, distance):
    """The first step from which the run stays within a distance of the origin."""
    away = np.flatnonzero(np.hypot(*run.x.T) > distance)
    return int(away[-1]) + 1


def off_the_floor(run):
    """Distance from the valley floor of the long bowl, at every step."""
    return np.abs(run.x[:, 1] + 0.01 * run.x[:, 0])


def leap(height, after=30, above=0.1):
    """The first step at which a quiet run stands above a height again."""
    return after + int(np.flatnonzero(height[after:] > above)[0])


@pytest.mark.parametrize(
    ("optimizer", "straight", "turned"),
    [
        (pg.GradientDescent(lr=0.0195), 208, 208),
        (pg.Adagrad(lr=0.5), 47, 622),
        (pg.Adam(lr=0.05), 102, 687),
    ],
    ids=repr,
)
def test_turning_the_bowl_and_its_start_costs_only_the_adaptive_rules(optimizer, straight, turned):
    assert arrival(descend(BOWL, optimizer, START, 1000), 0.05) == straight
    start = np.array([[1, -1], [1, 1]]) @ START / np.sqrt(2)
    run = descend(pg.Bowl(kappa=100.0, angle=45.0), optimizer, start, 1000)
    assert arrival(run, 0.05) == turned


def test_every_burst_begins_when_it_should_and_corrects_itself():
    run = descend(LONG, pg.MeanSquareAdagrad(lr=0.3), FAR, 800)
    assert [leap(off_the_floor(run), after) for after in (30, 300, 600)] == [169, 397, 684]
    root = 0.3 / run.effective_lr[:, 1]
    assert root[:173].min() == pytest.approx(0.208, abs=5e-4)
    assert root[173:200].max() == pytest.approx(0.373, abs=5e-4)
    assert 2 * run.effective_lr[165, 1] > 2 > 2 * run.effective_lr[180, 1]


def test_without_a_tilt_the_burst_waits_for_rounding_errors_or_noise():
    """It starts as high above the floor as the tilted one: 1."""
    straight, rule = pg.Quadratic(c=0.0), pg.MeanSquareAdagrad(lr=0.3)
    exact, noisy = (descend(straight, rule, (-100.0, 1.0), 300, noise=n) for n in (0.0, 1e-3))
    assert np.abs(exact.x[:, 1]).min() == pytest.approx(3.6e-36, rel=0.02)
    assert leap(np.abs(exact.x[:, 1])) == 229
    assert leap(np.abs(noisy.x[:, 1])) == 103


def test_adam_bursts_only_without_its_first_average():
    with_it, without = (descend(LONG, pg.Adam(lr=0.3, beta1=b), FAR, 800) for b in (0.9, 0.0))
    assert off_the_floor(with_it)[150:].max() == pytest.approx(0.0012, abs=5e-5)
    assert off_the_floor(without)[100:].max() > 1


def test_adagrad_with_a_large_rate_arrives():
    assert arrival(descend(LONG, pg.Adagrad(lr=8.0), FAR, 800), 2.0) == 184  # 2 % of the way


@pytest.mark.parametrize(
    ("schedule", "peak", "within"),
    [
        (pg.Constant(), 1.090, 5e-4),
        (pg.Cosine(), 0.847, 5e-4),
        (pg.Polynomial(power=1.0), 0.537, 5e-4),
        (pg.InverseSqrt(t0=50.0), 0, 0.02),
        (pg.InverseTime(k=1 / 150), 0, 0.02),
        (pg.Exponential(gamma=0.996), 0, 0.02),
    ],
)
def test_decay_to_zero_shrinks_the_burst_and_early_decay_removes_it(schedule, peak, within):
    run = descend(LONG, pg.MeanSquareAdagrad(lr=0.3), FAR, 800, schedule=schedule)
    assert off_the_floor(run)[20:].max() == pytest.approx(peak, abs=within)


FORK, BESIDE, SEEDS = pg.Fork(), (0.1, -20.0), np.arange(1000)


class _WarmedCosine(pg.Schedule):
    """The cosine, multiplied by a line that reaches 1 in update W."""

    formula = r"\min\left(1, \frac{t + 1}{W}\right) \frac{1 + \cos(\pi t / T)}{2}"

    warmup: int = param(1, 1, 500, "W", "Updates until the full rate.", valid="[1, inf)")

    def factor(self, t, steps):
        return pg.Cosine().factor(t, steps) * np.minimum(1, (t + 1) / self.warmup)

    def scheduler(self, steps, lr):
        return None


@pytest.mark.parametrize(
    ("optimizer", "warmup", "share"),
    [
        (pg.Adam(lr=0.2), 1, 0.723),
        (pg.Adam(lr=0.2), 10, 0.882),
        (pg.Adam(lr=0.2), 20, 0.927),
        (pg.Adam(lr=0.2), 50, 0.974),
        (pg.Adam(lr=0.2), 100, 0.992),
        (pg.Adam(lr=0.2), 200, 0.998),
        (pg.GradientDescent(lr=0.2), 1, 0.946),
        (pg.Adam(lr=0.02), 1, 0.962),
    ],
)
def test_share_that_ends_in_the_valley_it_started_beside(optimizer, warmup, share):
    """Seeds 0 to 999; one run more or less is rounding."""
    schedule = _WarmedCosine(warmup=warmup)
    ends = finish(FORK, optimizer, BESIDE, 1000, schedule, noise=0.2, seed=SEEDS)
    assert np.mean(ends.x[0] > 0) == pytest.approx(share, abs=0.0011)
    assert (np.median(np.abs(ends.x[1])) > 11) == (optimizer.lr == 0.02)


def test_without_noise_no_warm_up_is_needed():
    run = descend(FORK, pg.Adam(lr=0.2), BESIDE, 1000, pg.Cosine())
    assert run.x[-1] == pytest.approx([1, 0], abs=1e-3)


V_ONLY, M_ONLY = {"m": 0.0, "beta1_t": 1.0}, {"v": 0.0, "beta2_t": 1.0}


@pytest.mark.parametrize(("fresh", "share"), [(V_ONLY, 0.794), (M_ONLY, 0.989)])
def test_a_known_direction_helps_more_than_a_known_size(fresh, share):
    """Adam stands still for 100 gradients, forgets one average and goes."""
    draws = [np.random.default_rng(seed).standard_normal((1100, 2)) for seed in SEEDS]
    noise = 0.2 * np.stack(draws, axis=-1)
    adam, x = pg.Adam(lr=0.2), np.multiply.outer(BESIDE, np.ones(1000))
    state, rates = adam.init(x), 0.2 * pg.Cosine()(np.arange(1000), 1000)
    for t, lr in enumerate([*np.zeros(100), *rates]):
        if t == 100:
            state = state._replace(**fresh)
        x, state = adam.rule(x, FORK.gradient(x) + noise[t], state, lr)
    error = np.sqrt(2 * share * (1 - share) / 1000)  # of two samples with draws of their own
    assert np.mean(x[0] > 0) == pytest.approx(share, abs=3 * error)
