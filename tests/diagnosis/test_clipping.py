"""What is said of runs whose gradients are clipped: the rate above the limit no longer diverges."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import OUTCOMES, outcomes
from playground.topics.race import SCENES

CUTS = [pg.ClipNorm(max_norm=20.0), pg.ClipNorm(max_norm=1.0), pg.ClipValue(clip_value=2.0)]
TOO_LARGE = [
    pg.GradientDescent(lr=0.021),
    pg.GradientDescent(lr=0.1),
    pg.Momentum(lr=0.045),
    pg.Nesterov(lr=0.03),
]


@pytest.mark.parametrize("clip", CUTS, ids=repr)
@pytest.mark.parametrize("optimizer", TOO_LARGE, ids=repr)
def test_above_the_limit_a_clipped_run_stays_and_is_not_called_diverged(optimizer, clip):
    """Each step is at most η times what is let through (over 1 − μ), and the walls turn it back."""
    bowl = pg.Bowl(kappa=100)
    assert pg.diagnose(pg.simulate(bowl, optimizer)).outcome == "diverged"
    for steps in (20, 50, 200, 1000):
        run = pg.simulate(bowl, optimizer, steps=steps, clip=clip)
        found = pg.diagnose(run)
        assert np.abs(run.x).max() < 10
        assert found.outcome != "diverged", found.verdict


@pytest.mark.parametrize("clip", CUTS, ids=repr)
def test_a_map_of_clipped_runs_says_of_each_what_the_run_says(clip):
    for cls in (pg.GradientDescent, pg.Momentum, pg.Adam):
        for surface in (pg.Bowl(), pg.Rosenbrock(), pg.Saddle()):
            rates = np.geomspace(1e-3, 0.3, 8)
            batch = pg.simulate(surface, cls(lr=rates), clip=clip)
            for i, index in enumerate(outcomes(batch)):
                alone = pg.simulate(surface, cls(lr=float(rates[i])), clip=clip)
                assert OUTCOMES[index] == pg.diagnose(alone).outcome


@pytest.mark.parametrize("slug", SCENES)
def test_a_cut_that_never_acts_changes_nothing_that_is_said_but_one_sentence(slug):
    race = SCENES[slug].race
    for run in race.runs().values():
        of = run.problem
        if run.finite <= run.steps:
            continue
        same = pg.simulate(
            *(run.surface, run.optimizer, of.start, run.steps, run.schedule, of.noise, of.seed),
            clip=pg.ClipValue(clip_value=1e300),
        )
        plain, clipped = pg.diagnose(run), pg.diagnose(same)
        assert clipped.labels == plain.labels
        if "until clipping" not in clipped.verdict:
            story = f"{plain.findings[0].story} The gradient was clipped at no step."
            assert clipped.findings[0].story == story


def test_the_share_that_is_told_is_that_of_the_run():
    run = pg.simulate(pg.Bowl(kappa=100), pg.GradientDescent(lr=0.01), clip=pg.ClipNorm(10.0))
    assert np.mean(run.clipped) == 0.05
    assert np.array_equal(run.clipped, np.hypot(*run.gradient[:-1].T) + 1e-6 > 10.0)
    assert pg.diagnose(run).verdict.endswith("The gradient was clipped in 5 % of the steps.")


def test_clipping_is_offered_where_it_helps_and_ran_as_it_is_offered():
    start, optimizer = (-2.0, -3.0), pg.Momentum(lr=0.01)
    run = pg.simulate(pg.Beale(), optimizer, start)
    assert pg.diagnose(run).outcome == "diverged"
    (remedy,) = (r for r in pg.remedies(run) if r.run.problem.clips)
    again = pg.simulate(pg.Beale(), optimizer, start, clip=remedy.run.clip)
    assert np.array_equal(again.x, remedy.run.x)
    assert repr(remedy.run.clip) in remedy.sentence
    assert remedy.diagnosis.outcome == pg.diagnose(again).outcome == "converged"


# ---- far out, and against decay ---------------------------------------------------------------

ROUND = pg.Formula("(x - 3)**2 + (y - 2)**2")


@pytest.mark.parametrize("windows", [2.0, 50.0, 1000.0])
@pytest.mark.parametrize("steps", [60, 400])
def test_the_walls_of_a_clipped_bounce_are_seen_however_far_out(windows, steps):
    """It grows until a step of ηc reaches across: then it is half of that from the floor."""
    bowl, lr = pg.Bowl(kappa=100), 0.0205 if steps < 100 else 0.025
    x0, x1, y0, y1 = bowl.span
    amplitude = windows * np.hypot(x1 - x0, y1 - y0)
    clip = pg.ClipNorm(max_norm=float(f"{2 * amplitude / lr:.3g}"))
    found = pg.diagnose(pg.simulate(bowl, pg.GradientDescent(lr=lr), steps=steps, clip=clip))
    assert found.outcome == "oscillating", found.verdict


@pytest.mark.parametrize("steps", [60, 61])
def test_a_bounce_of_two_heights_is_no_runaway(steps):
    clip = pg.ClipValue(clip_value=330.0)
    run = pg.simulate(pg.Rosenbrock(), pg.GradientDescent(lr=0.639), (-1.5, 2.0), steps, clip=clip)
    np.testing.assert_array_equal(run.x[-1], run.x[-3])
    assert pg.diagnose(run).outcome == "oscillating"


@pytest.mark.parametrize("optimizer", [pg.GradientDescent, pg.Momentum, pg.RAdam], ids=str)
@pytest.mark.parametrize("cut", ["norm", "value"])
def test_coupled_decay_holds_a_clipped_run_where_it_is_as_strong_as_what_is_let_through(
    optimizer, cut
):
    """c = w|x| towards the minimum (3, 2) of equal curvatures, or in each coordinate."""
    c, w = 0.25, 0.5
    clip = pg.ClipNorm(max_norm=c) if cut == "norm" else pg.ClipValue(clip_value=c)
    rest = c / w * (np.array([3.0, 2.0]) / np.hypot(3, 2) if cut == "norm" else np.ones(2))
    run = pg.simulate(ROUND, optimizer(lr=0.05, weight_decay=w), (-1.0, -2.0), 1500, clip=clip)
    np.testing.assert_allclose(run.x[-1], rest, atol=1e-5)
    found = pg.diagnose(run)
    assert found.outcome == "converged"
    assert "added behind the clipping" in found.verdict
    assert "creeps" not in found.verdict
    assert found.findings[0].fix is None
