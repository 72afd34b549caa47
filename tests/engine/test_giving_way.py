"""Whatever may last gives way again and again, and can be ended there without leaving anything."""

import numpy as np
import pytest

import playground as pg
from playground.giving_way import OFTEN, give_way
from playground.networks import MLP
from playground.networks.datasets import moons
from playground.networks.training import train
from playground.shelf import Shelf
from playground.simulation.ends import finish
from tests.support.courtesy import heard_by

STEPS = 4 * OFTEN


class Enough(BaseException):
    """Ends a computation, as Streamlit ends a run."""


class Count:
    """Listens, counts, and has had enough after `most`."""

    def __init__(self, most=np.inf):
        self.places, self.most = 0, most

    def __call__(self, idle=False):
        self.places += 1
        if self.places > self.most:
            raise Enough


def places(work):
    with heard_by(count := Count()):
        work()
    return count.places


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_every_rule_gives_way_on_the_road_of_one_run_and_on_that_of_many(name):
    rule, many = pg.Optimizer.all[name](), np.ones((2, 3))
    assert places(lambda: pg.simulate(pg.Bowl(), rule, (1, 1), STEPS)) >= STEPS / OFTEN
    assert places(lambda: pg.simulate(pg.Bowl(), rule, many, STEPS)) >= STEPS
    assert places(lambda: finish(pg.Bowl(), rule, many, STEPS)) >= STEPS


@pytest.mark.parametrize("name", pg.Surface.all)
def test_every_surface_gives_way_wherever_it_is_asked_for_many_points(name):
    surface, p = pg.Surface.all[name](), np.ones((2, 3))
    for ask in (surface, surface.gradient, surface.hessian):
        assert places(lambda ask=ask: ask(p)) >= 1


def test_every_update_of_a_network_gives_way():
    mlp = MLP((2, 4, 1))
    assert places(lambda: train(mlp, moons(20), pg.Adam(lr=0.01), steps=30)) >= 30


def test_a_diagnosis_gives_way_between_its_rules():
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=0.001), steps=50)
    assert places(lambda: pg.diagnose(run)) >= 10


def test_what_is_ended_halfway_is_not_kept_and_made_by_whoever_asks_next():
    shelf = Shelf(budget=10**6)

    def descend():
        return pg.simulate(pg.Bowl(), pg.Momentum(), (1, 1), STEPS).f[-1]

    with heard_by(Count(most=2)), pytest.raises(Enough):
        shelf.get("run", descend)
    assert shelf.find("run") is None
    assert shelf.get("run", descend) == descend()


def test_nobody_listens_any_more_where_listening_has_ended():
    with heard_by(count := Count()):
        give_way()
    give_way()
    assert count.places == 1
