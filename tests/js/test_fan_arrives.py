"""The fan that Python packs is the one the browser reads, as far as it can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.player import Ending, Fan, Tick, fan
from tests.support.node import EVERY, NODE, Reader, numbers

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")


@pytest.fixture(scope="module")
def read() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


WINDOW = (-3.0, 5.0, 1e-3, 2e-3)
PLACES = st.floats(-2, 3) | st.floats(-1e6, 1e6) | EVERY


@settings(deadline=None)
@given(data=st.data(), log=st.booleans())
def test_any_fan_arrives_as_it_can_be_seen(read, data, log):
    """Near the window to a part of a pixel, beside it exactly, far away in its order of size."""
    points, lanes = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    share = data.draw(arrays(float, (points, 2, lanes), elements=PLACES))
    share[0] = np.nan_to_num(share[0], posinf=1, neginf=0)
    middle, size = np.array([[1.0], [1.5e-3]]), np.array([[8.0], [1e-3]])
    with np.errstate(all="ignore"):
        path = middle + share * size
    path[0] = np.nan_to_num(path[0])
    loss = data.draw(arrays(float, (points, lanes), elements=EVERY))
    hot = data.draw(arrays(bool, (points - 1, lanes)))
    endings = [Ending(f"noun {i % 2}", "What happened.", "#123456") for i in range(lanes)]
    sent = Fan(
        "id", WINDOW, np.arange(1.0, lanes + 1), path, loss, log, hot, endings, [Tick(1, "best")]
    )
    got = read("fan", sent.message())
    assert (got["id"], got["values"], got["ticks"]) == ("id", list(sent.values), [[1, "best"]])
    assert got["endings"] == [ending._asdict() for ending in endings]
    for i, lane in enumerate(got["lanes"]):
        finite = np.isfinite(path[:, :, i]).all(axis=1) & np.isfinite(loss[:, i])
        finite[0] = True
        alive = points if finite.all() else int(finite.argmin())
        assert lane["stop"] == (None if alive == points else alive - 1)
        same_way(numbers(lane["path"]).reshape(-1, 2), path[:alive, :, i], middle.T, size.T)
        marked = np.zeros(points - 1, dtype=bool)
        for first, end in lane["hot"]:
            marked[int(first) : int(end)] = True
        np.testing.assert_array_equal(marked, hot[:, i])
        same_losses(numbers(lane["loss"]), loss[:, i], alive, log)


def same_way(got: np.ndarray, sent: np.ndarray, middle: np.ndarray, size: np.ndarray) -> None:
    """The points of a lane."""
    assert got.shape == sent.shape
    with np.errstate(all="ignore"):
        away, seen = (sent - middle) / size, (got - middle) / size
        near = np.abs(away) <= fan.NEAR
        assert np.all(np.abs(seen - away)[near] <= 1.01 * fan.NEAR / fan.WHOLE)
        far = ~near & (np.abs(away) < 1e300)
        ratio = seen[far] / away[far]
    assert np.all(np.abs(np.log(ratio)) <= 0.51 * fan.RATE + 1e-6)
    beside = near.all(axis=1)
    for k in np.flatnonzero(~beside):
        if beside[max(k - 1, 0) : k + 2].any():
            np.testing.assert_array_equal(got[k], sent[k])


def same_losses(got: np.ndarray, sent: np.ndarray, alive: int, log: bool) -> None:
    """The losses of a lane: the last one exactly, the others to a part of what they span."""
    assert len(got) == len(sent)
    np.testing.assert_array_equal(got[alive - 1], sent[alive - 1])
    with np.errstate(all="ignore"):
        heights = [np.log10(values) if log else values for values in (sent, got)]
        there = np.isfinite(heights[0]) & (np.arange(len(sent)) < alive)
        assert np.isnan(got[: alive - 1][~there[: alive - 1]]).all()
        drawn = heights[0][there]
        if len(drawn) and np.isfinite(np.ptp(drawn)):
            slack = np.ptp(drawn) / (fan.NO_LOSS - 1) + 1e-12 * np.abs(drawn).max() + 1e-300
            np.testing.assert_allclose(heights[1][there], drawn, rtol=0, atol=slack)
