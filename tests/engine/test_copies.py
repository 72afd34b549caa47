"""A copy of a rule under another name, in a file of its own, is that rule in everything."""

import inspect
import re
import types

import numpy as np
import pytest

import playground as pg
from playground import theory
from playground.microscope import arrows, look, parts, shares
from playground.microscope.told import update_table
from tests.support.part import in_turn


@pytest.fixture(params=pg.Optimizer.all.values(), ids=lambda cls: cls.__name__)
def pair(request):
    """A rule and its copy, which has nothing of it but the text of its file."""
    name = request.param.__name__
    source = inspect.getsource(inspect.getmodule(request.param))
    module = types.ModuleType("renamed")
    exec(re.sub(rf"\bclass {name}\b", "class Renamed", source), vars(module))
    yield request.param, module.Renamed
    del pg.Optimizer.all["Renamed"]


VALLEY = pg.Rosenbrock(b=5.0)


def both(pair, surface=VALLEY, steps=60, **options):
    return [
        pg.simulate(surface, cls(**options), steps=steps, schedule=pg.Cosine(floor=0.2))
        for cls in pair
    ]


def same(a, b):
    return np.array_equal(a, b, equal_nan=True)


def test_the_bits_are_the_same(pair):
    own, copied = both(pair)
    assert same(own.x, copied.x)
    assert all(map(same, own.state, copied.state))
    assert same(own.effective_lr, copied.effective_lr)


def test_theory_says_the_same(pair):
    own, copied = (cls() for cls in pair)
    surface, x = pg.Bowl(kappa=7.0), np.zeros(2)
    for t in (40, 400, np.inf):
        assert same(*(theory.stability_limit(o, surface, x, t) for o in (own, copied)))
    assert same(*(theory.critical_lr(o, surface, x) for o in (own, copied)))
    assert theory.why_no_limit(own) == theory.why_no_limit(copied)
    assert same(own.recursion(0.7), copied.recursion(0.7))
    assert same(*(theory.mode_rates(o, surface) for o in (own, copied)))
    assert theory.linear(own) == theory.linear(copied)
    assert own.torch() == copied.torch()
    assert same(*map(theory.sharpness, both(pair)))


def test_decoupled_decay_does_not_curve_the_surface(pair):
    """What a copy of AdamW got wrong: the curvature of ½x² is 1, however strong the decay."""
    for cls in pair:
        if cls.named("decoupled decay"):
            run = pg.simulate(pg.Bowl(kappa=1.0), cls(**{cls.named("decoupled decay"): 0.3}))
            curvature = theory.curvature.surface_hessian(run)
            assert np.all(curvature[0, 0] == 1.0)


def test_the_microscope_shows_the_same(pair):
    runs = both(pair)
    own, copied = (look(run, 7) for run in runs)
    assert update_table(own) == update_table(copied)
    for a, b in zip(shares(own), shares(copied), strict=True):
        assert (a.name, a.meaning) == (b.name, b.meaning)
        assert same(a.step, b.step)
    assert all(map(same, parts(own), parts(copied)))
    for a, b in zip(*map(arrows, runs), strict=True):
        assert (a is None) == (b is None)
        assert a is None or same(a, b)


def test_the_verdict_is_the_same(pair):
    surfaces = pg.Bowl(kappa=20.0), pg.Rosenbrock(), pg.ThreeHumpCamel()
    for surface, lr in in_turn(surfaces, (2.0, 0.001, 0.1)):
        own, copied = (pg.diagnose(run) for run in both(pair, surface, 150, lr=lr))
        assert own.labels == copied.labels
        assert own.verdict.replace(pair[0].__name__, "Renamed") == copied.verdict
