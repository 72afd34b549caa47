"""Either side of the lines of what throws a training, and of the change that is named."""

from types import SimpleNamespace

import numpy as np
import pytest

import playground as pg
from playground.topics.network import learning, tried
from playground.topics.network.settings import RealNetwork


@pytest.mark.parametrize(("above", "thrown"), [(24, False), (26, True)])
def test_a_quarter_above_the_limit_throws_it(above, thrown):
    gauge = np.where(np.arange(100) < above, 2.1, 1.9)
    trace = SimpleNamespace(settings=SimpleNamespace(batch=0))
    assert learning.is_thrown(SimpleNamespace(trace=trace, fall=0.0, gauge=gauge)) == thrown


@pytest.mark.parametrize(("end", "helps"), [(0.97, True), (0.99, False)])
@pytest.mark.parametrize("loss", [np.linspace(2.0, 1.0, 11), np.linspace(1.0, 2.0, 11)], ids=str)
def test_a_change_helps_that_ends_a_fiftieth_lower_than_it_ends_and_began(
    monkeypatch, end, helps, loss
):
    """Its last tenth is one point of eleven."""
    monkeypatch.setattr(tried, "_ends", lambda s: end)
    s, change = RealNetwork(), pg.Adam(lr=0.0123)
    assert tried.first_that_helps(s, loss, [None, change]) == (change if helps else None)
