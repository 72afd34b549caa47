"""One link holds the whole state: every race comes back from its address, whatever is in it."""

import numpy as np
import pytest

import playground as pg
from playground.links import read_settings, write_settings
from playground.topics.maps.settings import BasinMap, HyperparameterMap
from playground.topics.race import OPENING, SCENES, SLOTS, Conditions, Race, Runner, read, write
from tests.support.laws import variants


@pytest.mark.parametrize("slug", SCENES)
def test_every_scene_comes_back_from_its_link(slug):
    race = SCENES[slug].race
    assert read(write(race, OPENING), OPENING) == (race, [])


@pytest.mark.parametrize("surface", list(variants(pg.Surface)), ids=repr)
def test_every_surface_comes_back_from_a_link(surface):
    race = Race(surface, OPENING.runners, (0.25, -1 / 3))
    assert read(write(race, OPENING), OPENING) == (race, [])


@pytest.mark.parametrize("optimizer", list(variants(pg.Optimizer)), ids=repr)
@pytest.mark.parametrize("slot", ["a", "h"])
def test_every_optimizer_comes_back_from_a_link(optimizer, slot):
    race = OPENING.with_runner(slot, Runner(optimizer))
    assert read(write(race, OPENING), OPENING) == (race, [])


@pytest.mark.parametrize("schedule", list(variants(pg.Schedule)), ids=repr)
def test_every_schedule_comes_back_from_a_link(schedule):
    race = OPENING.with_runner("b", Runner(pg.Adam(), schedule))
    assert read(write(race, OPENING), OPENING) == (race, [])


@pytest.mark.parametrize("clip", list(variants(pg.Clipping)), ids=repr)
@pytest.mark.parametrize("slot", ["a", "h"])
def test_every_clipping_comes_back_from_a_link(clip, slot):
    race = OPENING.with_runner(slot, Runner(pg.Adam(), clip=clip))
    assert read(write(race, OPENING), OPENING) == (race, [])


def test_random_races_come_back_from_their_links():
    rng = np.random.default_rng(5)
    surfaces, optimizers, schedules, clips = (
        list(variants(family)) for family in (pg.Surface, pg.Optimizer, pg.Schedule, pg.Clipping)
    )
    for _ in range(60):
        runners = tuple(
            Runner(*map(rng.choice, (optimizers, schedules, clips))) if rng.random() < 0.6 else None
            for _ in SLOTS
        )
        conditions = Conditions(
            int(rng.integers(1, 999)), float(rng.random()), int(rng.integers(9))
        )
        start = tuple(rng.normal(size=2).tolist()) if rng.random() < 0.5 else None
        race = Race(rng.choice(surfaces), runners, start, conditions)
        assert read(write(race, OPENING), OPENING) == (race, [])


def test_the_default_leaves_the_address_empty():
    assert write(OPENING, OPENING) == {}
    assert write_settings(Conditions()) == {}


def test_the_link_of_the_design_is_understood():
    query = {"surface": "Bowl", "Bowl.kappa": "50", "a": "Momentum", "a.lr": "0.02"}
    race, problems = read(query, OPENING)
    assert not problems
    assert race.surface == pg.Bowl(kappa=50)
    assert race.runners[0] == Runner(pg.Momentum(lr=0.02))


BAD = {
    ("surface", "Bowll"): "did you mean Bowl",
    ("surface", ""): "choose one of",
    ("Bowl.kappa", "-5"): "greater than 0",
    ("Bowl.kappa", "abc"): "greater than 0",
    ("Bowl.kappa", "nan"): "greater than 0",
    ("Bowl.kappa", "1e999"): "greater than 0",
    ("Bowl.kapa", "5"): "Did you mean Bowl.kappa",
    ("a", "Adamm"): "did you mean Adam",
    ("a.lr", "0"): "greater than 0",
    ("d.beta1", "1"): "below 1",
    ("d.bias_correction", "perhaps"): "yes or no",
    ("a.schedule", "Cosinus"): "did you mean Cosine",
    ("a.clip", "ClipNormm"): "did you mean ClipNorm",
    ("a.clip.max_norm", "1"): "means nothing here",
    ("steps", "1e9"): "at most 10\u202f000",
    ("steps", "12.5"): "whole number",
    ("seed", "-1"): "at least 0",
    ("noise", "<script>alert(1)</script>"): "at least 0",
    ("start", "1"): "two finite numbers",
    ("start", "1,inf"): "two finite numbers",
    ("z", "1"): "means nothing here",
    ("h.lr", "1"): "means nothing here",
}


@pytest.mark.parametrize("entry", BAD, ids="=".join)
def test_what_is_wrong_is_named_and_the_rest_is_kept(entry):
    race, problems = read({"b.lr": "0.0123", **dict([entry])}, OPENING)
    assert len(problems) == 1
    assert BAD[entry] in problems[0]
    assert race == OPENING.with_runner("b", Runner(pg.Momentum(lr=0.0123)))


def test_a_hostile_formula_is_named_and_replaced():
    query = {"surface": "Formula", "Formula.text": "__import__('os')"}
    race, problems = read(query, OPENING)
    assert len(problems) == 1
    assert race.surface == pg.Formula()


MAPS = {"maps' own": "surface.kappa", "everywhere": "Bowl.kappa"}


@pytest.mark.parametrize("name", MAPS.values(), ids=MAPS)
@pytest.mark.parametrize("page", [BasinMap, HyperparameterMap, None], ids=str)
def test_every_page_understands_both_names_of_a_surface_parameter(page, name):
    query = {"surface": "Bowl", name: "50"}
    value, problems = read_settings(query, page()) if page else read(query, OPENING)
    assert not problems
    assert value.surface == pg.Bowl(kappa=50)


@pytest.mark.parametrize("page", [BasinMap, HyperparameterMap])
@pytest.mark.parametrize("surface", list(variants(pg.Surface)), ids=repr)
def test_every_surface_comes_back_from_the_link_of_a_map(page, surface):
    value = page(surface=surface)
    query = write_settings(value)
    assert read_settings(query, page()) == (value, [])
    assert not any(name.startswith("surface.") for name in query)


def test_what_stands_twice_in_a_link_is_named_and_the_last_counts():
    race, problems = read({"b.lr": ["0.1", "0.2"]}, OPENING)
    assert problems == ["b.lr stands twice in the link; the last one counts, “0.2”."]
    assert race == OPENING.with_runner("b", Runner(pg.Momentum(lr=0.2)))
    race, problems = read({"Bowl.kappa": "5", "surface.kappa": "6"}, OPENING)
    assert len(problems) == 1
    assert "are the same" in problems[0]
