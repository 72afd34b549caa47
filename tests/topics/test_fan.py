"""The fan of a knob says of every position what a run at that value says."""

import json
from dataclasses import replace

import numpy as np
import pytest

import playground as pg
from playground.clipping import ClipNorm
from playground.diagnosis import diagnose
from playground.player.fan import NEAR
from playground.topics.race import SCENES, Race, Runner, fan, race_of, read, write
from tests.support.part import some


def first_runner(race: Race) -> tuple[str, Runner]:
    return race.entries()[0]


RACES = [scene.race for scene in SCENES.values() if scene.race.conditions.steps <= 400]
EVERY_RULE = [
    race_of(pg.Bowl(kappa=50), [rule()], 60, (-2.0, 1.0)) for rule in pg.Optimizer.all.values()
]


@pytest.mark.parametrize("race", some(EVERY_RULE, 3), ids=lambda race: race.entries()[0][1].name)
def test_every_number_of_a_rule_can_be_turned_and_each_lane_is_its_run(race):
    """Of every optimizer, the learning rate first: path and outcome of a position are the run's."""
    _, runner = first_runner(race)
    params = fan.turnable(runner.optimizer)
    assert params[0].name == fan.RATE
    for p in params:
        found = fan.fan_of("id", race, p)
        assert np.all(np.diff(found.values) > 0)
        for lane in (0, len(found.values) // 2, len(found.values) - 1):
            value = float(found.values[lane])
            run = race.run(replace(runner, optimizer=runner.optimizer.replace(**{p.name: value})))
            np.testing.assert_array_equal(found.path[..., lane], run.x)
            hot = np.zeros(run.steps, dtype=bool)
            for first, end in fan.flagged_stretches(fan.unstable(fan.gauge_share(run))):
                hot[first:end] = True
            np.testing.assert_array_equal(found.hot[:, lane], hot)
            noun = diagnose(run).findings[0].label
            assert found.endings[lane] == fan.ending(pg.diagnosis.OUTCOMES[_place(noun)])


def _place(label: str) -> int:
    return [str(outcome) for outcome in pg.diagnosis.OUTCOMES].index(str(label))


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.entries()[0][1].name)
def test_the_fan_of_a_scene_is_small_and_its_name_does_not_depend_on_the_knob(race):
    slot, runner = first_runner(race)
    rate = fan.turnable(runner.optimizer)[0]
    message = fan.message(race, slot, fan.RATE)
    assert message is not None
    assert len(message) <= 90_000
    turned = replace(runner, optimizer=runner.optimizer.replace(lr=runner.optimizer.lr * 2))
    other = race.with_runner(slot, turned)
    assert fan.name_of(race, runner, rate) == fan.name_of(other, turned, rate)
    assert fan.message(other, slot, fan.RATE) == message
    moved = replace(race, start=(0.123, 0.456))
    assert fan.name_of(moved, runner, rate) != fan.name_of(race, runner, rate)


def test_two_hundred_steps_fit_into_64_kilobytes():
    for rule in (pg.GradientDescent(), pg.Momentum(), pg.Adam(), pg.RMSProp()):
        for surface in (pg.Bowl(kappa=100), pg.Rosenbrock(), pg.Canyon()):
            message = fan.message(race_of(surface, [rule], 200), "a", fan.RATE)
            assert message is not None
            assert len(message) <= 64 * 1024


def test_a_position_is_what_a_link_can_say():
    """A value of a knob comes back from its own link to the last bit."""
    race = race_of(pg.Bowl(), [pg.Adam()], 50)
    _, runner = first_runner(race)
    for p in fan.turnable(runner.optimizer):
        for value in fan.positions(p, fan.POSITIONS):
            turned = race.with_runner(
                "a", Runner(runner.optimizer.replace(**{p.name: float(value)}))
            )
            again, problems = read({k: [v] for k, v in write(turned, race).items()}, race)
            assert not problems
            assert again == turned


def test_who_is_not_there_has_no_fan():
    race = race_of(pg.Bowl(), [pg.GradientDescent()], 50)
    assert fan.message(race, "b", fan.RATE) is None
    assert fan.message(race, "a", "momentum") is None


@pytest.mark.parametrize("race", some((scene.race for scene in SCENES.values()), 3))
def test_a_verdict_in_one_line_has_at_most_twelve_words_and_no_code(race):
    for _, runner in race.entries():
        words = fan.brief(diagnose(race.run(runner))).words
        assert len(words.split()) <= fan.WORDS
        assert not set(words) & set("`$\\{}=_")


def test_knobs_can_be_told_in_json():
    race = race_of(pg.Bowl(), [pg.Momentum()], 50)
    _, runner = first_runner(race)
    for knob in fan.knobs(race, runner):
        assert json.loads(json.dumps(knob.valid, allow_nan=False))
        low, high = knob.ends
        assert low < high


def test_the_gauge_is_one_at_the_limit_and_red_above():
    """Gradient descent on a bowl: η λ / 2, the same at every step."""
    for share in (0.5, 0.995, 1.01):
        run = pg.simulate(pg.Bowl(kappa=100), pg.GradientDescent(lr=share * 2 / 100), steps=20)
        np.testing.assert_allclose(fan.gauge_share(run), share, rtol=1e-12)
        assert fan.flagged_stretches(fan.unstable(fan.gauge_share(run))) == (
            [(0, 20)] if share > 1 else []
        )


def test_clipping_and_noise_go_into_the_fan():
    race = race_of(pg.Canyon(), [pg.GradientDescent()], 40)
    clipped = replace(race, runners=(Runner(pg.GradientDescent(), clip=ClipNorm(0.5)),))
    p = fan.turnable(pg.GradientDescent())[0]
    assert not np.array_equal(
        fan.fan_of("a", race, p).path, fan.fan_of("a", clipped, p).path, equal_nan=True
    )
    assert NEAR > 0.5  # the window itself is told in fractions
