"""Every scene shows its phenomenon, with the numbers of the theory and of independent runs."""

import numpy as np
import pytest

import playground as pg
from playground.topics.race import SCENES
from tests.support.scene_runs import TESTS, arrival, flips, longer, runs, scene


@pytest.mark.parametrize("slug", SCENES)
def test_every_scene_shows_its_phenomenon(slug):
    TESTS[slug](**runs(slug))


@scene("opening")
def opening(a, b, c, d):
    assert flips(a.gradient[:, 1])  # gradient descent bounces
    assert b.x[:, 0].max() > 0.3  # momentum overshoots
    for run in (c, d):  # each parameter has its own step: the steep one a much smaller rate
        assert np.all(run.effective_lr[5:30, 1] < 0.5 * run.effective_lr[5:30, 0])
    assert all(run.f[-1] < 1e-2 * run.f[0] for run in (a, b, c, d))


@scene("too-large")
def too_large(a, b, c):
    assert a.f[50] == pytest.approx(18.90, abs=5e-3)
    assert np.hypot(*a.gradient[50]) == pytest.approx(60.5, abs=5e-2)
    assert np.hypot(*a.gradient[0]) == pytest.approx(100.0, abs=5e-2)
    assert flips(a.x[:, 1])
    assert a.x[50, 1] == pytest.approx(0.99**50, rel=1e-9)
    np.testing.assert_allclose(np.abs(b.x[:, 1]), 1.02 ** np.arange(51), rtol=1e-9)
    assert np.abs(longer(b, 3000).x).max() > 1e6
    assert np.all(np.diff(c.f) < 0)


@scene("too-small")
def too_small(a, b):
    assert np.abs(a.x[1000, 0]) == pytest.approx(3 * 0.9999**1000, rel=1e-9)
    assert np.hypot(*a.x[1000]) == pytest.approx(2.7145, abs=5e-4)
    assert np.all(np.diff(a.f) < 0)
    assert not np.any(a.gradient[1:, 1] * a.gradient[:-1, 1] < 0)
    assert flips(b.x[:, 1])
    assert np.hypot(*longer(b, 3000).x[-1]) < 1e-6


@scene("flat-loss")
def flat_loss(a, b, c):
    last = a.f[301:401]
    assert a.f[400] == pytest.approx(12.4334, abs=5e-5)
    assert np.ptp(last) / a.f[400] == pytest.approx(4e-7, rel=0.1)
    assert np.hypot(*a.gradient[400]) == pytest.approx(9.575, abs=5e-4)
    assert flips(a.gradient[:401, 1])
    height = np.abs(a.x[400, 1])
    assert height == pytest.approx(1.91501, abs=1e-5)
    assert 2 * height == pytest.approx(0.4 * 10 * np.tanh(height), rel=1e-9)  # the 2-cycle
    assert b.f[410] == pytest.approx(8e-8, abs=5e-9)
    assert np.array_equal(a.x[:401], b.x[:401])
    assert longer(c, 400).f[-1] == pytest.approx(4e-4, rel=0.3)


@scene("overshoot")
def overshoot(a, b, c):
    phi = np.arccos((1 + 0.9 - 0.01) / (2 * np.sqrt(0.9)))
    assert a.x[:, 0].max() == pytest.approx(0.4595, abs=5e-5)
    assert a.x[:, 0].max() / 3 == pytest.approx(np.sqrt(0.9) ** (np.pi / phi), rel=5e-3)
    assert np.count_nonzero(np.diff(np.sign(a.x[:, 0]))) >= 4
    assert np.any(np.diff(a.f) > 0)
    near = 1e-3 * np.hypot(3, 1)
    first = [int(np.argmax(np.hypot(*run.x.T) <= near)) for run in (a, b, longer(c, 900))]
    assert first == [124, 61, 683]  # when first so near; Nesterov swings out once more
    assert np.all(c.x[:, 0] < 0)


@scene("momentum-limits")
def momentum_limits(a, b, c, d):
    limit = pg.theory.stability_limit
    assert limit(a.optimizer, a.surface, (0, 0)) == pytest.approx(2 * 1.9)
    assert limit(c.optimizer, c.surface, (0, 0)) == pytest.approx(2 * 1.9 / 2.8)
    for run, holds in ((a, True), (b, False), (c, True), (d, False)):
        share = 10 * run.optimizer.lr / limit(run.optimizer, run.surface, (0, 0))
        assert (share < 1) == holds
        assert (longer(run, 6000).f[-1] < run.f[0]) == holds


@scene("local-minimum")
def local_minimum(a, b, c, d):
    shallow, deep = (-0.96015, 0.29415), (1.03558, -0.30543)
    ends = [(a, shallow), (b, deep), (c, shallow), (d, shallow)]
    for run, (x, f) in ends:
        end = longer(run, 3000)
        assert end.x[-1, 0] == pytest.approx(x, abs=2e-3)
        assert end.f[-1] == pytest.approx(f, abs=1e-4)
    assert c.x[:, 0].max() > 0.5  # it rolled through, and back
    nearer = pg.simulate(b.surface, b.optimizer, (-1.6, 1.0), 3000)
    assert nearer.x[-1, 0] == pytest.approx(shallow[0], abs=2e-3)  # it is no law


@scene("plateau")
def plateau(a, b, c):
    assert longer(a, 3000).f[-1] > 0.99
    assert arrival(b, 0.1) <= 420
    assert arrival(c, 0.1) <= 100


@scene("staircase")
def staircase(a, b):
    stopped = longer(a, 1000)
    assert stopped.x[-1, 0] == pytest.approx(3.1018, abs=5e-5)
    assert np.hypot(*stopped.gradient[-1]) == pytest.approx(8e-5, rel=0.1)
    assert b.x[-1, 0] > 100


@scene("saddle")
def saddle(a, b, c):
    left = [int(np.argmax(np.abs(run.x[:, 1]) > 0.2)) for run in (a, b, c)]
    assert left == [622, 124, 21]
    growth = 1 + 0.1 * 0.2  # per step along the way out
    ball = np.roots([1, -(0.9 + growth), 0.9]).max()
    theory = np.log(0.2 / 1e-6) / np.log([growth, ball])
    assert theory == pytest.approx([616, 120], abs=0.5)
    assert left[:2] == pytest.approx(theory, abs=7)  # the y⁴ brakes at the end
    exact = pg.simulate(a.surface, a.optimizer, (1.0, 0.0), 3000)
    assert np.all(exact.x[:, 1] == 0)


@scene("per-parameter")
def per_parameter(a, b, c):
    for run in (b, c):  # elongation along the axes is not felt
        twin = pg.simulate(pg.Bowl(kappa=1), run.optimizer, run.problem.start, 200)
        assert np.abs(twin.x - run.x[:201]).max() < 1e-4
    assert [arrival(run, 0.05) for run in (a, b, c)] == [208, 47, 102]


@scene("rotated")
def rotated(a, b, c):
    straight, h = runs("per-parameter"), np.sqrt(0.5)
    for run, before in zip((a, b, c), straight.values(), strict=True):
        assert run.optimizer == before.optimizer
        assert run.x[0] == pytest.approx(np.array([[h, -h], [h, h]]) @ before.x[0], abs=1e-4)
    assert [arrival(run, 0.05) for run in (a, b, c)] == [208, 622, 687]


@scene("collapse")
def collapse(a, b):
    assert a.x[800, 0] == pytest.approx(-83.9, abs=0.05)
    size = np.hypot(*a.gradient.T)
    assert size[800] > 0.8 * size[100]
    assert arrival(b, 2.0) == 184  # within 2 % of the way


@scene("burst")
def burst(a, b):
    off_the_floor = np.abs(a.x[:, 1] + 0.01 * a.x[:, 0])
    assert off_the_floor[7:160].max() < 0.02
    assert off_the_floor[20:].max() == pytest.approx(1.09, abs=5e-3)
    up = np.flatnonzero(off_the_floor > 0.1)
    spans = (169, 190), (397, 427), (684, 723)
    bursts = [up[(up >= first) & (up <= last)] for first, last in spans]
    assert [leap[0] for leap in bursts] == [first for first, _ in spans]
    assert sum(map(len, bursts)) == np.count_nonzero(up >= 20)  # and none elsewhere
    assert [leap[np.argmax(off_the_floor[leap])] for leap in bursts] == [173, 405, 696]
    sigma = a.state.sigma[:, 1]
    assert (sigma[2:173].min(), sigma[169:191].max()) == pytest.approx((0.208, 0.373), abs=5e-4)
    assert np.all(2 * a.effective_lr[[190, 427, 723], 1] < 2)
    assert int(np.argmax(2 * a.effective_lr[:, 1] > 2)) == pytest.approx(80.9, abs=1.5)
    assert np.abs(b.x[:, 1] + 0.01 * b.x[:, 0])[20:].max() < 0.02


@scene("bounce")
def bounce(a, b, c):
    np.testing.assert_allclose(np.abs(longer(a, 3000).x[-2:]), 0.05 / 2, rtol=1e-6)
    assert np.abs(b.x[-1]).max() < 1e-4
    assert np.abs(c.x[-1]).max() < 1e-3


@scene("bias-correction")
def bias_correction(a, b, c):
    first = [np.abs(run.x[1] - run.x[0]) / run.optimizer.lr for run in (a, b, c)]
    expected = [1, 0.1 / np.sqrt(0.001), 1 / np.sqrt(1 - 0.99)]
    np.testing.assert_allclose(first, np.outer(expected, [1, 1]), rtol=1e-5)
    steps = np.abs(np.diff(b.x[:, 0])) / b.optimizer.lr
    assert np.argmax(steps) == 10
    assert steps.max() == pytest.approx(6.47, abs=5e-3)
    t = np.arange(1, 5)  # while the gradient is nearly constant
    assert steps[:4] == pytest.approx((1 - 0.9**t) / np.sqrt(1 - 0.999**t), rel=1e-2)


@scene("warm-up")
def warm_up(a, b):
    assert a.x[-1, 0] < -0.9  # it ends in the other valley than it started beside
    assert b.x[-1, 0] > 0.9
    left, right = a.surface.minima()
    assert left.f == right.f  # equally deep, and so both are the lowest
    shares = []
    for runner in SCENES["warm-up"].race.runners[:2]:
        batch = pg.simulate(
            a.surface,
            runner.optimizer,
            a.problem.start,
            1000,
            runner.schedule,
            noise=0.2,
            seed=np.arange(1000),
        )
        shares.append(np.mean(batch.x[-1, 0] > 0))
    assert shares == pytest.approx([0.723, 0.992], abs=3e-3)  # the seeds of the syllabus


@scene("squared-error")
def squared_error(a, b):
    assert np.hypot(*a.gradient[0]) == pytest.approx(1.17e-8, rel=5e-3)
    assert np.all(longer(a, 10_000).x[:, 0] < 0)  # the wrong class for ten thousand steps
    assert int(np.argmax(b.x[:, 0] > b.x[:, 1])) == pytest.approx(81, abs=1)


@scene("cross-entropy")
def cross_entropy(a, b):
    assert np.hypot(*a.gradient[0]) == pytest.approx(np.sqrt(2), rel=1e-6)
    assert int(np.argmax(a.x[:, 0] > a.x[:, 1])) == 11
    assert int(np.argmax(b.x[:, 0] > b.x[:, 1])) > 11


@scene("edge-of-stability")
def edge_of_stability(a):
    gauge = pg.theory.sharpness(a)
    assert gauge[0] == pytest.approx(1.63, abs=5e-3)
    late = gauge[3000:]
    assert np.median(late) == pytest.approx(2.0, abs=0.06)
    assert np.quantile(late, 0.9) < 2.2
    assert np.any(np.diff(a.f) > 0)
    assert a.x[:, 0].max() < 4.3  # the minimum, at 10, is never reached: there ηλ = 2.7
    at_minimum = pg.theory.modes(a.surface, (10.0, 3.0)).eigenvalues[1]
    assert a.optimizer.lr * at_minimum == pytest.approx(2.7, abs=0.05)
    assert a.finite == 6001


@scene("catapult")
def catapult(a):
    sharp = [pg.theory.modes(a.surface, a.x[t]).eigenvalues[1] for t in (0, -1)]
    assert sharp[0] == pytest.approx(25, abs=0.1)
    assert sharp[0] > 2 / a.optimizer.lr > sharp[1]
    assert sharp[1] == pytest.approx(12.5, abs=0.1)
    assert a.f.max() == pytest.approx(8.9, abs=0.05)
    assert a.f[-1] < 1e-12


def test_every_scene_has_a_test_and_no_test_lacks_a_scene():
    assert list(TESTS) == list(SCENES)
