"""The step microscope where clipping acts: its lines are what happened, for every optimizer."""

import math

import numpy as np
import pytest

import playground as pg
from playground.microscope import arrows, look, parts, shares
from playground.microscope.told import update_table
from tests.engine.test_microscope import last_digit, plain
from tests.support.latex import evaluate
from tests.support.microscope_runs import START, SURFACE, TIMES

CUTS = [pg.ClipNorm(max_norm=0.5), pg.ClipValue(clip_value=0.3)]
each_cut = pytest.mark.parametrize("clip", CUTS, ids=lambda clip: type(clip).__name__)
each_rule = pytest.mark.parametrize("name", pg.Optimizer.all)
each_noise = pytest.mark.parametrize("noise", [0.0, 0.1])


def run(name, clip, noise):
    optimizer = pg.Optimizer.all[name]()
    decay = [p.name for p in optimizer.params() if p.role.endswith("decay")]
    optimizer = optimizer.replace(**dict.fromkeys(decay, 0.1))
    return pg.simulate(SURFACE, optimizer, START, 30, noise=noise, seed=4, clip=clip)


@each_cut
@each_rule
@each_noise
def test_every_line_recomputed_from_its_printed_numbers_gives_its_printed_value(name, clip, noise):
    r = run(name, clip, noise)
    for t in TIMES:
        seen = look(r, t)
        np.testing.assert_allclose(seen["clipped"].value, r.seen[t - 1], rtol=1e-13)
        assert ("noisy" in {line.name for line in seen.lines}) == bool(noise)
        for line in seen.lines:
            for i in (0, 1):
                found, told = evaluate(plain(line.numbers[i])), float(plain(line.shown[i]))
                if math.isnan(told):  # RAdam's rectification before there is one
                    assert math.isnan(found)
                    continue
                near = 10 * last_digit(line.shown[i]) if told else 1e-5
                assert math.isclose(found, told, rel_tol=0, abs_tol=near), (t, line)


@each_cut
@each_rule
@each_noise
def test_the_step_is_the_sum_of_its_parts_and_the_last_of_its_shares(name, clip, noise):
    r = run(name, clip, noise)
    for t in TIMES:
        seen, step = look(r, t), r.x[t] - r.x[t - 1]
        np.testing.assert_allclose(seen.step, step, rtol=1e-6, atol=1e-12)
        np.testing.assert_allclose(sum(parts(seen)), seen.step, rtol=1e-9, atol=1e-12)
        stages = shares(seen)
        assert np.array_equal(stages[-1].step, seen.step)
        np.testing.assert_allclose(stages[0].step, -r.optimizer.lr * seen["g"].value)


@each_cut
@each_noise
def test_the_arrow_of_the_gradient_is_that_of_the_clipped_one(clip, noise):
    r = pg.simulate(SURFACE, pg.Momentum(), START, 30, noise=noise, seed=4, clip=clip)
    np.testing.assert_allclose(arrows(r).gradient, -r.optimizer.lr * r.seen, rtol=1e-12)


def test_without_clipping_no_line_speaks_of_it():
    assert "lipped" not in update_table(look(run("Adam", pg.NoClipping(), 0.1), 3))
    assert "Clipped gradient" in update_table(look(run("Adam", CUTS[0], 0.0), 3))
