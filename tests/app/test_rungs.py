"""Every position of every slider of an optimizer, a schedule or a surface can be run."""

from collections.abc import Iterator

import numpy as np
import pytest

import playground as pg
from playground.declare import Declared, Param
from playground.ui.controls import reach, rungs

STEPS = 6
RATES = np.array([0.01, 0.1])
ADAM = pg.Adam(), pg.Adam(lr=RATES)
"""A run alone, which is made of floats, and two together, of arrays."""
USED = {
    pg.Optimizer: lambda rule: (
        pg.simulate(pg.Bowl(), rule, steps=STEPS),
        pg.simulate(pg.Bowl(), rule.replace(lr=RATES * rule.lr), steps=STEPS),
    ),
    pg.Schedule: lambda plan: [
        pg.simulate(pg.Bowl(), adam, schedule=plan, steps=STEPS) for adam in ADAM
    ],
    pg.Surface: lambda surface: [pg.simulate(surface, adam, steps=STEPS) for adam in ADAM],
}
"""By family: runs with one of it."""
EVERY = [cls for family in USED for cls in family.all.values()]


def positions(p: Param) -> Iterator[float]:
    """Those of a slider: of a ladder its rungs, else a hundred even steps."""
    if p.scale != "linear":
        yield from rungs(p, p.default)
        return
    low, high = reach(p, p.default)
    yield from (round(low + (high - low) * part / 100, 12) for part in range(101))


@pytest.mark.parametrize("cls", EVERY, ids=[cls.__name__ for cls in EVERY])
def test_no_position_of_a_slider_ends_in_an_exception(cls):
    family = next(family for family in USED if issubclass(cls, family))
    usual: Declared = cls()
    for p in usual.params():
        if not p.kind.numeric:
            continue
        for value in positions(p):
            try:
                changed = usual.replace(**{p.name: p.kind.read(p, repr(value))})
            except ValueError:  # it is refused in words, alone or beside the others
                continue
            for run in USED[family](changed):
                assert len(run.x) == STEPS + 1
