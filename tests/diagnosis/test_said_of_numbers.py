"""Numbers of a sentence, each with the steps, the points and the runs that it is of."""

import re
from itertools import islice

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import diagnose, rest, trial
from playground.diagnosis.outcome import Standing
from tests.oracles.truth.drawn import settings
from tests.support.told import seen, told, value

TENTH = 10


@pytest.mark.parametrize("surface", [pg.RotatedSaddle(), pg.Product(), pg.Rosenbrock()])
@pytest.mark.parametrize("momentum", [0.5, 0.95])
def test_the_step_whose_direction_is_told_is_that_step(surface, momentum):
    """Of a run that overflows the last step of all is another than the last that counts."""
    seen = 0
    for lr in (0.15, 0.263, 0.4, 0.647):
        for start in ((3.0, 2.99), (-3.59, 3.18), (-1.7, 2.1)):
            rule = pg.Nesterov(lr=lr, momentum=momentum)
            run = pg.simulate(surface, rule, start, 20)
            found = re.search(
                r"at step (\d+), in the direction of step (\d+), η·λ = (\S+) ", told(run)
            )
            if found:
                at, k = int(found[1]), int(found[2])
                s = (run.x[k] - run.x[k - 1]) / np.hypot(*(run.x[k] - run.x[k - 1]))
                along = lr * s @ surface.hessian(run.x[at]) @ s
                assert value(found[3]) == pytest.approx(along, rel=6e-3)
                seen += 1
    assert seen or not isinstance(surface, pg.RotatedSaddle)


@pytest.mark.parametrize("seed", [90, 91, 92])
@pytest.mark.parametrize("noise", [0.0, 0.788])
def test_what_is_leaving_a_saddle_comes_no_nearer_again(seed, noise):
    """Beside its ridge a descent comes nearer first, and leaves only then."""
    leaving = 0
    for start in ((-1.24, 0.99), (-0.5, 0.1), (-0.1, 0.9), (-1.0, 1.0), (0.0, 1.0)):
        for lr in (0.00171, 0.02):
            rule = pg.MeanSquareAdagrad(lr=lr)
            run = pg.simulate(pg.Saddle(), rule, start, 60, noise=noise, seed=seed)
            if "is leaving the saddle" in told(run):
                away = np.hypot(*run.on(3060, pg.Constant()).x[60:].T)
                assert away.min() >= away[0] * (1 - 1e-6)
                leaving += 1
    assert leaving


def tried(run, monkeypatch):
    """The diagnosis of a run and the changed runs that were made for it."""
    runs, again = [], trial.again

    def remembered(run, change):
        runs.append(again(run, change))
        return runs[-1]

    with monkeypatch.context() as patch:
        patch.setattr(trial, "again", remembered)
        verdict = told(run)
    return verdict, runs


DREW = [
    pg.simulate(pg.LeastSquares(), pg.NAdam(lr=18.7, weight_decay=0.01), (-153.0, 0.643), 20),
    pg.simulate(pg.Canyon(), pg.RMSProp(lr=0.345), (-6.0, 1.0), 20, noise=0.513, seed=90),
]


def ends(run, decay):
    """The loss at the last step, and on average over the last tenth of the steps."""
    f = run.f + 0.5 * decay * (run.x**2).sum(axis=1)
    return f[-1], f[-max(run.steps // TENTH, 1) :].mean()


def on_average(runs, decay):
    return np.mean([ends(run, decay)[1] for run in runs])


@pytest.mark.parametrize("part", range(6))
def test_where_no_change_is_said_to_help_none_that_was_tried_does(part, monkeypatch):
    """At the last step and on average over the last tenth; in noise in this draw and in others."""
    said = 0
    for run in [*DREW, *(s.run for s in islice(settings(8227), part * 15, part * 15 + 15))]:
        verdict, runs = tried(run, monkeypatch)
        if "None of the changes" not in verdict:
            continue
        said += 1
        seed, rule = run.problem.seed, run.optimizer
        decay = 0.0 if rule.decoupled_decay else getattr(rule, "weight_decay", 0.0)
        last, mean = ends(run, decay)
        others = [run.again(seed=seed + i) for i in range(1, trial.DRAWS)]
        for new in (r for r in runs if r.problem.seed == seed):
            ended, level = ends(new, decay)
            lower = level < mean - 0.1 * abs(mean)
            if np.any(run.problem.noise):
                drawn = [o.again(optimizer=new.optimizer, schedule=new.schedule) for o in others]
                assert not (lower and on_average(drawn, decay) < on_average(others, decay))
            else:
                assert not (lower and ended <= last)
    assert said >= len(DREW)


@pytest.mark.parametrize("lr", [0.3, 0.954, 1.3])
@pytest.mark.parametrize("start", [(-3.97, -1.92), (2.0, 3.0)])
def test_how_far_it_moves_about_a_floor_is_told_from_the_floor(lr, start):
    """xy = 1 is a floor of which only samples are known."""
    run = pg.simulate(pg.Product(), pg.AdamW(lr=lr), start, 500)
    e = seen(run)
    x, y = e.points(slice(-e.tail, None))[..., 0]
    off = np.abs(x * y - 1) / np.hypot(x, y)  # over the slope of xy: to first order
    assert rest._strays(e) == pytest.approx(off.max(), rel=0.02)
    assert rest._strays(e) > 0
    found = re.search(r"moves within (\S+) of it over its last (\d+) steps", told(run))
    assert not found or value(found[1]) == pytest.approx(off.max(), rel=0.02)


def test_a_rate_that_fell_is_told_as_a_rate():
    """Beside momentum and in noise a step may grow while its effective rate falls."""
    rule = pg.RMSProp(lr=0.0329, alpha=0.9, momentum=0.5)
    run = pg.simulate(pg.QuarticSaddle(), rule, (-2.0, 0.001), 2, noise=3.59, seed=14)
    strides = np.hypot(*np.diff(run.x, axis=0).T)
    assert strides[1] > strides[0]
    found = diagnose(run)
    assert found.outcome.standing is not Standing.GOOD
    assert "step has collapsed" not in found.verdict
    begun, now = map(value, re.findall(r"fell from (\S+) at step 1 to (\S+),", found.verdict)[0])
    rates = run.effective_lr_of(range(2))[:, 0]
    assert (begun, now) == (pytest.approx(rates[0], rel=6e-3), pytest.approx(rates[1], rel=6e-3))
