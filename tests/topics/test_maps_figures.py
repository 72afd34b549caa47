"""What a map shows: rulers, layers, colours and stretches; each cell has one colour."""

import numpy as np
import pytest

import playground as pg
from playground.diagnosis import OUTCOMES
from playground.figures.ruler import Ruler
from playground.figures.strips import stretches
from playground.figures.theme import CELLS
from playground.topics.maps.layers import basin_layers, sweep_layers, verdict_layers
from playground.topics.maps.settings import HyperparameterMap
from playground.topics.maps.sweep import sweep


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        (np.geomspace(1e-4, 1, 50), "log"),
        (np.linspace(0, 3, 50), "linear"),
        (1 - np.geomspace(1, 1e-3, 50), "decay"),
    ],
)
def test_a_ruler_finds_its_own_values(values, scale):
    ruler = Ruler(values, scale)
    np.testing.assert_allclose(ruler.place(values), np.arange(50), atol=1e-9)
    ticks = ruler.ticks()
    assert len(ticks) >= 3
    assert values[0] <= ticks.min() < ticks.max() <= values[-1] * (1 + 1e-9)


@pytest.mark.parametrize("name", pg.Optimizer.all)
def test_every_cell_has_exactly_one_colour(name):
    s = HyperparameterMap(surface=pg.Rosenbrock(), optimizer=pg.Optimizer.all[name](), cells=12)
    x, y = s.rulers()
    measured = sweep(s.surface, s.optimizer, "lr", x.values, s.second, y.values, steps=40)
    coloured = sum(np.isfinite(layer.z) for layer in sweep_layers(measured))
    assert (coloured == 1).all()


def test_every_start_has_exactly_one_colour_even_with_more_minima_than_colours():
    from playground.topics.maps.basins import basins

    measured = basins(
        pg.Rastrigin(),
        pg.GradientDescent(lr=0.002),
        np.linspace(-4, 4, 13),
        np.linspace(-4, 4, 13),
        steps=60,
    )
    coloured = sum(np.isfinite(layer.z) for layer in basin_layers(measured, 60))
    assert (coloured == 1).all()


def test_every_outcome_has_a_colour_of_its_own():
    assert {outcome.colour for outcome in OUTCOMES} == CELLS.keys()
    assert len(set(CELLS.values())) == len(OUTCOMES)
    found = np.arange(len(OUTCOMES))[None]
    assert [int(np.flatnonzero(np.isfinite(layer.z[0]))[0]) for layer in verdict_layers(found)] == (
        list(range(len(OUTCOMES)))
    )


def test_stretches_hold_the_good_values_and_nothing_else():
    values = np.arange(10.0)
    good = np.array([1, 1, 0, 0, 1, 0, 1, 1, 1, 0], dtype=bool)
    assert stretches(values, good) == [(0, 1), (4, 4), (6, 8)]
    assert stretches(values, np.zeros(10, dtype=bool)) == []
