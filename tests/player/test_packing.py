"""Packing and playing in Python alone; tests/js/test_round_trip.py reads what is packed."""

from __future__ import annotations

import base64
import json
import zlib

import numpy as np
import pytest

from playground.player import SurfaceMap
from playground.player.component import LONGEST, seconds
from playground.player.drawing import packed
from playground.player.packing import floats, logarithms


def test_grounds_are_the_same_exactly_when_their_id_is():
    base = {"window": (0, 1, 0, 1), "picture": b"p", "levels": [np.eye(2)]}
    changes = (
        {"window": (0, 2, 0, 1)},
        {"picture": b"q"},
        {"levels": []},
        {"levels": [2 * np.eye(2)]},
        {"marks": [(0, 0, "saddle")]},
        {"x_label": "w"},
    )
    assert SurfaceMap(**base).message == SurfaceMap(**base).message
    assert SurfaceMap(**base).id == SurfaceMap(**base).id
    assert len({SurfaceMap(**(base | change)).id for change in ({}, *changes)}) == 1 + len(changes)


def test_numbers_beyond_float32_stay_finite_and_what_is_no_number_stays_so():
    values = np.array([1e300, -1e300, 1e-320, np.inf, -np.inf, np.nan])
    sent = np.frombuffer(floats(values), "<f4")
    assert np.array_equal(np.isfinite(sent), np.isfinite(values))
    np.testing.assert_allclose(
        np.frombuffer(logarithms([1e300, 1e-300, 0.0, -1.0]), "<f4"), [300, -300, -np.inf, np.nan]
    )


@pytest.mark.parametrize("steps", [1, 10, 100, 1000, 100_000])
@pytest.mark.parametrize("speed", [None, 0.01, 1.0, 1e4])
def test_a_run_never_lasts_longer_than_patience(steps, speed):
    assert 0 < seconds(steps, speed) <= LONGEST


def test_a_long_run_lasts_about_six_seconds():
    assert seconds(500, None) == 6


@pytest.mark.parametrize("scale", [1.0, 1e-30, 1e30, 1e-200, 1e300])
def test_coordinates_are_sent_to_seven_digits_whatever_their_size(scale):
    sent = scale * np.array([*np.linspace(-3, 3, 40), np.nan, 0.0]).reshape(6, 7)
    figure = {"data": [{"z": sent, "name": "a"}], "layout": {"height": 1}}
    (trace,) = json.loads(zlib.decompress(packed(figure)))["data"]
    if isinstance(trace["z"], dict):
        got = np.frombuffer(base64.b64decode(trace["z"]["bdata"]), "<f4").astype(float)
        assert trace["z"]["shape"] == "6, 7"
    else:
        got = np.array(trace["z"], dtype=float).ravel()
    np.testing.assert_allclose(got, sent.ravel(), rtol=1e-6, atol=0)
    assert trace["name"] == "a"
