"""No request asks for more than the budget: what is refused, what is proposed, what is counted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import playground as pg
from playground.cost import KEPT, SECONDS, Bounded, TooMuch, Work, time_in_words
from playground.declare import Declared, param
from playground.networks import MLP, draws
from playground.networks.initialisations import Orthogonal, Xavier
from playground.networks.training import moments_of, training_moments
from playground.shelf import SHELF, size_of
from playground.simulation.cost import Dear
from playground.tally import CHEAP, DEAR, operations
from playground.topics.dropout.settings import DropoutSettings
from playground.topics.initialisation.cost import training_work
from playground.topics.initialisation.settings import FirstBreath
from playground.topics.maps.settings import HyperparameterMap
from playground.topics.maps.sweep import sweep
from playground.topics.network.settings import RealNetwork
from playground.topics.race import Conditions, Race, Runner, cost, read
from playground.topics.race.cost import bound_in_words, race_work
from playground.topics.race.scenes import OPENING, SCENES
from tests.support.corners import LONGEST, corner, race_corner, settled
from tests.support.declared import PAGES
from tests.support.part import EXHAUSTIVE

BOUNDED = {name: cls for name, cls in PAGES.items() if issubclass(cls, Bounded)}
OTHERS = {"Conditions", "Start", "Gallery"}
"""Parts of a race, which is bounded as a whole, and of what shows it."""
every_page = pytest.mark.parametrize("name", BOUNDED)
seeds = given(st.integers(0, 2**32 - 1))
few = settings(max_examples=500 if EXHAUSTIVE else 25, deadline=None)


def test_every_page_that_computes_is_bounded():
    assert PAGES.keys() - BOUNDED.keys() <= OTHERS
    assert len(BOUNDED) >= 10


# ---- what is refused, and what is proposed ----------------------------------------------------


@every_page
@few
@seeds
def test_a_corner_is_within_the_budget_or_refused_with_what_would_be(name, seed):
    cls = BOUNDED[name]
    changes = corner(cls, np.random.default_rng(seed))
    value, refused = settled(cls, changes)
    if value is None:
        return
    assert value.work().fits
    if refused is None:
        return
    assert not refused.work.fits
    assert refused.ways
    asked = {size: cls.param(size).default for size in cls.sizes} | changes
    for way in refused.ways:
        assert cls(**changes | way).work().fits
        for field, most in way.items():
            noun = cls.param(field).words
            assert f"“{noun}” to at most {most}" in str(refused)
            more = value.resized(**asked | {field: most + 1})
            assert len(way) > 1 or not more.work().fits


@every_page
def test_all_that_a_slider_offers_can_be_had_beside_the_defaults(name):
    for p in BOUNDED[name].params():
        if p.kind.numeric and p.low is not None:
            for end in (p.low, p.high):
                value = int(end) if isinstance(p.default, int) else end
                if p.name not in ("lr_low", "lr_high"):  # bounded by one another
                    BOUNDED[name](**{p.name: value})


@every_page
def test_the_help_of_every_size_says_that_it_is_bounded_and_beside_what(name):
    cls = BOUNDED[name]
    for p in cls.params():
        told = time_in_words(SECONDS) in p.help and "Bounded" in p.help
        assert told == (p.name in cls.sizes)
        if told:
            assert all(cls.param(other).words in p.help for other in set(cls.sizes) - {p.name})


def test_the_sentence():
    said = (
        r"This would compute for about \d+ minutes, and one visitor may ask for 10 s: set "
        r"“updates” to at most \d+, or “units of a layer” to at most \d+\."
    )
    with pytest.raises(TooMuch, match=f"^{said}$"):
        DropoutSettings(width=512, examples=2000, steps=5000)
    said = r"would take about \d+ MiB of memory, and one visitor may ask for 64: set “updates” to"
    with pytest.raises(TooMuch, match=said):
        RealNetwork(width=64, layers=3, examples=10, steps=500)


def test_where_no_single_size_is_enough_all_of_them_are_lowered():
    class _Both(Bounded, Declared, family=True):
        """Two sizes, each of which is too much alone."""

        sizes = ("a", "b")
        a: int = param(1, 1, 10, valid="[1, 1000]")
        b: int = param(1, 1, 10, valid="[1, 1000]")

        def work(self):
            return Work(0.1 * (self.a + self.b))

    with pytest.raises(TooMuch, match=r"“a” to at most (\d+) and “b” to at most") as refused:
        _Both(a=1000, b=1000)
    (way,) = refused.value.ways
    assert 90 <= way["a"] + way["b"] <= 100
    assert _Both(**way).work().fits


# ---- races ------------------------------------------------------------------------------------


@few
@seeds
def test_no_race_asks_for_more_whatever_runs_in_it(seed):
    race = race_corner(np.random.default_rng(seed))
    work = race_work(race, race.conditions.steps)
    assert work.fits
    assert work.kept <= KEPT
    assert bool(bound_in_words(race)) == (not race_work(race, race.conditions.steps + 1).fits)


def kept_of_a_point(rule, steps=500):
    """Bytes of a run all of whose series have been shown and judged."""
    run = pg.simulate(pg.Bowl(), rule, steps=steps)
    pg.diagnose(run)
    assert all(len(series) for series in (run.gradient, run.seen, run.lr, run.effective_lr))
    return size_of(run) / (steps + 1)


def test_no_rule_keeps_more_of_a_point_than_a_race_says_and_one_nearly_as_much():
    kept = [kept_of_a_point(rule()) for rule in pg.Optimizer.all.values()]
    assert 0.9 * cost.KEPT < max(kept) <= cost.KEPT


def test_a_link_of_too_long_a_race_is_told_and_the_rest_of_it_is_taken():
    query = {"surface": "Formula", "Formula.text": LONGEST, "steps": "10000", "noise": "0.3"}
    race, (problem,) = read(query, OPENING)
    assert race.conditions.noise == 0.3
    assert race.conditions.steps < 10_000
    assert "steps = “10000”: This would compute for about" in problem
    assert f"{race.conditions.steps} stands in" in problem


def test_the_scenes_and_the_longest_race_of_usual_runners_are_as_they_were():
    for scene in SCENES.values():
        assert race_work(scene.race, scene.race.conditions.steps).seconds < 0.1 * SECONDS
    eight = (Runner(pg.Adam()),) * 8
    assert Race(pg.Bowl(), eight, None, Conditions(steps=10_000)).conditions.steps == 10_000


# ---- what is counted is what is done ----------------------------------------------------------


@pytest.mark.parametrize("steps", [1, 7, 199, 200, 201, 399, 400, 1003])
def test_so_many_moments_are_recorded(steps):
    net = MLP((2, 2, 1))
    points = np.zeros((3, 2)), np.array([0, 1, 0])
    made = list(training_moments(net, points, pg.GradientDescent(lr=0.1), steps=steps))
    assert len(made) == moments_of(steps)


def test_a_map_asks_for_no_more_heights_than_are_counted(monkeypatch):
    asked, height = [0], pg.Bowl.height

    def counting(self, x, y):
        asked[0] += np.size(x)
        return height(self, x, y)

    monkeypatch.setattr(pg.Bowl, "height", counting)
    s = HyperparameterMap(cells=30, steps=100, lr_low=1e-6, lr_high=1e-5)
    pg.Bowl().minima()
    asked[0] = 0
    x, y = (ruler.values for ruler in s.rulers())
    sweep(s.surface, s.optimizer, "lr", x, s.second, y, steps=s.steps, tolerance=s.tolerance)
    assert 0.9 * s.cells**2 * s.steps < asked[0] <= 2 * s.cells**2 * (s.steps + 1) + 10


def test_what_is_counted_of_a_function_is_what_it_does():
    assert operations(lambda x: 3 * x + 1) == 2 * CHEAP
    assert operations(lambda x, y: np.sin(x) * y, 2) == DEAR + CHEAP
    assert operations(lambda x: np.where(x > 1, np.exp(x), 0)) > DEAR + CHEAP
    bowl, long = (Dear.of(surface, pg.Adam()) for surface in (pg.Bowl(), pg.Formula(LONGEST)))
    assert long.height > 39 * DEAR * 0.5e-9
    assert long.slope > 50 * bowl.slope
    assert Dear.of(pg.Bowl(), pg.Adam(lr=[0.1, 0.2])) == Dear.of(pg.Bowl(), pg.Adam())
    several = pg.Bowl(kappa=[1.0, 9.0]), pg.Adam(), pg.ClipNorm(max_norm=[1.0, 2.0])
    assert Dear.of(*several).rule > Dear.of(pg.Bowl(), pg.Adam()).rule
    assert Dear.of(pg.Formula(LONGEST), pg.Newton()).slope > long.slope


def test_the_network_that_is_trained_is_as_wide_as_the_budget_allows():
    wide = FirstBreath(width=500)
    assert training_work(wide, wide.trained_width).fits
    assert not training_work(wide, wide.trained_width + 1).fits


@pytest.mark.parametrize("initialisation", [Xavier(), Orthogonal()])
@pytest.mark.parametrize("step", [1, -1])
def test_layers_drawn_anew_are_those_that_are_kept(monkeypatch, initialisation, step):
    sizes = (5, 7, 3, 4)
    kept = list(draws.propagated_weights(sizes, 3, initialisation, step=step))
    monkeypatch.setattr(draws, "MANY", 0)
    anew = list(draws.propagated_weights(sizes, 3, initialisation, step=step))
    assert all(np.array_equal(a, b) for a, b in zip(kept, anew, strict=True))


def test_a_large_network_leaves_little_on_the_shelf():
    before = SHELF.size
    FirstBreath(width=400, depth=20, seed=77).measured()
    assert SHELF.size - before < 1_000_000
