"""Small multiples: each is the run at its own value, and one of them is the run that is raced."""

from dataclasses import replace

import numpy as np
import pytest

import playground as pg
from playground.clipping import Clipping
from playground.diagnosis import diagnose
from playground.kinds import MEMBER, WHOLE
from playground.schedules import Schedule
from playground.topics.race import OPENING, Race, Runner, fan, multiples, race_of, read, vary, write
from playground.topics.race.stage import surface_map
from tests.support.part import some

FEWEST = 6
BOWL = pg.Bowl(kappa=50)
RULES = [race_of(BOWL, [rule()], 60, (-2.0, 1.0)) for rule in pg.Optimizer.all.values()]
SURFACES = [race_of(surface(), [pg.Adam()], 40) for surface in pg.Surface.all.values()]
SCHEDULES = [race_of(BOWL, [pg.Momentum()], 40, schedule=s()) for s in Schedule.all.values()]
CLIPPINGS = [race_of(BOWL, [pg.Momentum()], 40, clip=clip()) for clip in Clipping.all.values()]


def parts(race, *names):
    return [v for v in vary.numbers(race, "a") if v.part in names]


def same_bits(a, b):
    return np.asarray(a, float).tobytes() == np.asarray(b, float).tobytes()


def each_is_its_run(race, varied):
    tried = vary.tried_values(race, varied)
    possible = varied.p.high - varied.p.low + 1 if varied.p.kind is WHOLE else FEWEST
    assert min(FEWEST, possible) <= len(tried) <= 9
    assert sum(same_bits(value, varied.value) for value in tried) == 1
    assert tried == sorted(set(tried))
    runs, endings = multiples.judged_runs(race, varied, tried)
    for value, run, ending in zip(tried, runs, endings, strict=True):
        other = vary.with_value(race, varied, value)
        alone = other.run(dict(other.entries())[varied.slot])
        np.testing.assert_array_equal(run.x, alone.x)
        assert ending.noun == diagnose(alone).outcome.noun
    now = runs[[same_bits(value, varied.value) for value in tried].index(True)]
    np.testing.assert_array_equal(now.x, race.run(dict(race.entries())[varied.slot]).x)


@pytest.mark.parametrize("race", RULES, ids=lambda race: race.entries()[0][1].name)
def test_every_number_of_every_rule(race):
    optimizer = race.entries()[0][1].optimizer
    offered = parts(race, vary.OPTIMIZER)
    assert [v.p for v in offered] == [
        p for p in optimizer.params() if p.kind.numeric and p.low is not None
    ]
    for varied in offered:
        each_is_its_run(race, varied)


@pytest.mark.parametrize("race", some(SURFACES, 6), ids=lambda race: race.surface.label())
def test_every_number_of_every_surface_and_the_start(race):
    for varied in parts(race, vary.SURFACE, vary.START):
        each_is_its_run(race, varied)


@pytest.mark.parametrize(
    "race", some([*SCHEDULES, *CLIPPINGS], 4), ids=lambda race: race.entries()[0][1].name
)
def test_every_number_of_every_schedule_and_clipping(race):
    for varied in parts(race, "schedule", "clip"):
        each_is_its_run(race, varied)


def test_noise_and_seed_can_be_varied_and_the_number_of_updates_cannot():
    noisy = replace(OPENING, conditions=OPENING.conditions.replace(noise=0.3))
    offered = parts(noisy, vary.CONDITIONS)
    assert [v.path for v in offered] == ["noise", "seed"]
    for varied in offered:
        each_is_its_run(noisy, varied)


@pytest.mark.parametrize("value", [1e-7, 0.5, 3.0, 1e3, 0.0123456789])
def test_a_value_beyond_the_range_is_among_them_too(value):
    race = race_of(BOWL, [pg.Momentum(lr=value)], 30)
    each_is_its_run(race, vary.every_number(race)["a.lr"])


def test_values_within_values_have_a_name_of_their_own():
    chained = next(s for s in Schedule.all.values() if any(p.kind is MEMBER for p in s.params()))
    race = race_of(BOWL, [pg.Adam()], 40, schedule=chained())
    names = vary.every_number(race)
    assert "a.schedule.first.warmup" in names
    changed = vary.with_value(race, names["a.schedule.first.warmup"], 7)
    assert changed.entries()[0][1].schedule == chained(first=chained().first.replace(warmup=7))


def test_a_link_holds_what_is_varied_and_names_what_it_does_not_know():
    for name in vary.every_number(OPENING):
        race = replace(OPENING, vary=name)
        assert read(write(race, OPENING), OPENING) == (race, [])
    race, (problem,) = read({"vary": "a.lrr"}, OPENING)
    assert race == OPENING
    assert "did you mean a.lr?" in problem


def test_what_is_varied_goes_with_what_has_it():
    race = replace(OPENING, vary="b.momentum")
    other = race.with_runner("b", Runner(pg.Adam()))
    assert vary.varied_of(other).name == "a.lr"
    assert "vary" not in write(other, OPENING)
    assert vary.varied_of(race.with_runner("a", None)).name == "b.momentum"
    assert vary.varied_of(Race(BOWL, ())) is None


def test_they_are_sent_small_and_their_ground_once():
    ground = surface_map(OPENING.surface)
    for varied in vary.numbers(OPENING, "d"):
        shown = multiples.at_several_values(OPENING, varied, ground)
        assert shown.titles[shown.now].endswith(pg.words.setting(varied.value))
        own = varied.part == vary.SURFACE
        assert len(shown.grounds) == (len(shown.titles) if own else 1)
        assert len(shown.message) <= 12_000


def test_side_by_side_every_run_has_its_verdict_in_one_line():
    shown = multiples.runs_in_place(OPENING)
    assert list(shown.titles) == [runner.name for _, runner in OPENING.entries()]
    runs = list(OPENING.runs().values())
    assert list(shown.fan.endings) == [fan.brief(diagnose(run)) for run in runs]
    np.testing.assert_array_equal(shown.fan.path, np.stack([run.x for run in runs], axis=-1))
