"""What Python packs is what the browser reads: the real `payload.js` in Node."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.player import (
    Chart,
    Ending,
    Event,
    Knob,
    Series,
    SurfaceMap,
    Threshold,
    Track,
    Vectors,
    component,
)
from playground.player.packing import LARGEST
from playground.player.scene import pack_scene
from tests.support.node import EVERY, NODE, Reader, numbers, single

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")

FACTS = {"steps": 3, "seconds": 6.0, "autoplay": True, "step": None, "start": [0.1, -1e300]}


@pytest.fixture(scope="module")
def read() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def last_step(track: Track) -> int:
    """Before the first point that is no number, and no later than the stop."""
    good = np.isfinite(np.asarray(track.path)).all(axis=1)
    reachable = len(good) - 1 if good.all() else int(good.argmin()) - 1
    return max(0, min(reachable, len(good) - 1 if track.stop is None else track.stop))


def in_json(value: Any) -> Any:
    """A value as it is read from JSON, which has lists only."""
    return json.loads(json.dumps(value), parse_int=float)


def same_facts(read: dict[str, Any], sent: Any, without: set[str]) -> None:
    """Every field of a value has arrived under its own name."""
    for field in fields(sent):
        if field.name not in without:
            value = getattr(sent, field.name)
            plain = value._asdict() if isinstance(value, Ending) else value
            assert read[field.name] == plain, field.name


def same_scene(read: dict[str, Any], tracks, charts) -> None:
    """The scene that was read is the one that was packed."""
    assert {name: read[name] for name in FACTS} == FACTS
    assert len(read["tracks"]) == len(tracks)
    for got, track in zip(read["tracks"], tracks, strict=True):
        same_facts(got, track, {"path", "vectors", "knobs", "events", "hot"})
        sent = [asdict(knob) for knob in track.knobs], track.events, track.hot
        assert [got["knobs"], got["events"], got["hot"]] == in_json(sent)
        np.testing.assert_array_equal(numbers(got["path"]), single(track.path).ravel())
        assert got["last"] == last_step(track)
        for arrow, vectors in zip(got["vectors"], track.vectors, strict=True):
            same_facts(arrow, vectors, {"xy"})
            np.testing.assert_array_equal(numbers(arrow["xy"]), single(vectors.xy).ravel())
    for got, chart in zip(read["charts"], charts, strict=True):
        same_facts(got, chart, {"series", "thresholds", "flags", "range"})
        assert got["range"] == in_json(chart.range)
        assert got["flags"] == [list(flag) for flag in chart.flags]
        drawn = [asdict(line) for line in chart.thresholds if np.isfinite(line.value)]
        assert got["thresholds"] == drawn
        for line, series in zip(got["series"], chart.series, strict=True):
            same_facts(line, series, {"y"})
            same_values(numbers(line["y"]), np.asarray(series.y, dtype=float), chart)


def same_values(got: np.ndarray, sent: np.ndarray, chart: Chart) -> None:
    """On a log axis a logarithm was sent; half a float32 ulp of 308 is 1.5e-5, times ln(10).

    On a linear one no value is held in the range of a float32: what is told is the value.
    """
    if not chart.log:
        all_of = np.concatenate([np.ravel(series.y) for series in chart.series]).astype(float)
        small = np.all(np.abs(all_of[np.isfinite(all_of)]) <= LARGEST)
        np.testing.assert_array_equal(got, single(sent) if small else sent)
        return
    there = np.where(sent >= 0, sent, np.nan)
    np.testing.assert_allclose(got, there, rtol=1e-4, atol=5e-324)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def some_tracks(draw) -> list[Track]:
    tracks = []
    for _ in range(draw(st.integers(0, 8))):
        points = draw(st.integers(1, 6))
        path = draw(arrays(float, (points, 2), elements=EVERY))
        vectors = [
            Vectors(
                draw(NAMES), "#123", draw(arrays(float, (points - 1, 2), elements=EVERY)), square
            )
            for square in draw(st.lists(st.booleans(), max_size=2))
        ]
        stop = draw(st.none() | st.integers(0, points - 1))
        ghost, note = draw(st.booleans()), draw(NAMES)
        tracks.append(Track(draw(NAMES), "#0072b2", path, "dot", ghost, note, stop, vectors))
    return tracks


@st.composite
def some_charts(draw, count: int) -> list[Chart]:
    owners = st.none() | st.integers(0, count - 1) if count else st.none()
    charts = []
    for _ in range(draw(st.integers(0, 3))):
        series = [
            Series(draw(arrays(float, size, elements=EVERY)), draw(owners), draw(NAMES), False, 1)
            for size in draw(st.lists(st.integers(0, 6), max_size=4))
        ]
        thresholds = [Threshold(draw(EVERY), draw(NAMES), "id")]
        flags = [(draw(st.integers(0, 9)), draw(NAMES))]
        charts.append(Chart(draw(NAMES), series, thresholds, draw(st.booleans()), "", flags))
    return charts


@settings(deadline=None)
@given(data=st.data(), lead=st.integers(0, 3))
def test_any_scene_arrives_as_it_was_packed(read, data, lead):
    tracks = data.draw(some_tracks())
    charts = data.draw(some_charts(len(tracks)))
    message = pack_scene(tracks, charts, FACTS)
    same_scene(read("scene", message, lead), tracks, charts)


DONE = Ending("converged", "It has arrived.", "#0B4F8A")
KNOB = Knob(
    "lr", "η", "rate", 0.1, (1e-4, 1.0), "log", 9, 4, (0.0, None, False, False), "> 0", "id"
)
WAY = {"events": [Event(2, 5, "overshoot")], "hot": [(0, 1)]}
AWKWARD = np.array([1.0, -1e300, 1e300, 1e-300, 5e-324, 0.0, -0.0, np.inf, -np.inf, np.nan])


@pytest.mark.parametrize("log", [False, True])
def test_awkward_values_arrive(read, log):
    path = np.stack([AWKWARD, AWKWARD[::-1]], axis=1)
    arrows = [Vectors("step", "#111111", np.diff(np.ones((10, 2)), axis=0), square=True)]
    tracks = [Track(f"Größe <{i}>", "#0072b2", path, vectors=arrows) for i in range(8)]
    tracks += [
        Track("one step", "#000000", [[0, 1], [2, 3]]),
        Track("turned", "#000000", [[0, 1]], slot="a", ending=DONE, knobs=[KNOB], **WAY),
        Track("no step", "#000000", [[0, 1]]),
        Track("nowhere", "#000000", [[np.nan, 1]]),
        Track("stopped", "#000000", np.zeros((6, 2)), stop=2),
    ]
    charts = [
        Chart("all", [Series(AWKWARD, i) for i in range(8)], log=log),
        Chart("none", [], [Threshold(np.inf, "nowhere"), Threshold(2, "limit", "id")], log=log),
        Chart("empty", [Series([], None), Series([7.0], 0, "x", dashed=True, first=3)], log=log),
    ]
    same_scene(read("scene", pack_scene(tracks, charts, FACTS)), tracks, charts)


def test_a_ground_arrives_as_it_was_packed(read):
    random = np.random.default_rng(0)
    levels = [random.uniform(-3, 5, (n, 2)) for n in (4, 2, 7)]
    dropped = [np.zeros((1, 2)), np.zeros((0, 2))]  # no lines
    ground = SurfaceMap(
        (-3, 5, -3, 5), b"\x89PNG\x00\xff", levels + dropped, [(1, 2, "minimum")], "w₁", "b"
    )
    got = read("ground", ground.message)
    assert got["id"] == ground.id
    assert got["window"] == [-3, 5, -3, 5]
    assert got["marks"] == [[1, 2, "minimum"]]
    assert got["labels"] == ["w₁", "b"]
    assert got["picture"] == "data:image/png;base64,iVBORwD/"
    for axis, name in enumerate("xy"):
        sent = np.concatenate([[*level[:, axis], np.nan] for level in levels])
        lines = [np.nan if value is None else value for value in got["levels"][name]]
        np.testing.assert_allclose(lines, sent, atol=8 / 65535)


def test_a_flat_or_empty_ground_arrives(read):
    flat = SurfaceMap((0, 1, 0, 1), b"", [np.array([[0.0, 2.0], [1.0, 2.0]])])
    assert read("ground", flat.message)["levels"]["y"] == [2, 2, None]
    assert read("ground", SurfaceMap((0, 1, 0, 1), b"").message)["levels"] == {"x": [], "y": []}


def test_the_types_name_what_arrives(read):
    """The `@typedef`s of payload.js have exactly the properties of what is read."""
    text = (Path(component.__file__).parent / "js" / "payload.js").read_text("utf-8")
    types = {
        name: set(re.findall(r"@property \{.+?\} (\w+)", rest))
        for name, rest in re.findall(r"@typedef \{object\} (\w+)(.*?)(?=@typedef|\*/)", text, re.S)
    }
    tracks = [Track("a", "#000000", np.zeros((2, 2)), vectors=[Vectors("v", "#111111", [[1, 2]])])]
    scene = read("scene", pack_scene(tracks, [Chart("c", [Series([1.0], 0)])], FACTS))
    (track,), (chart,) = scene["tracks"], scene["charts"]
    assert types["Track"] == track.keys()
    assert types["Vectors"] == track["vectors"][0].keys()
    assert types["Chart"] == chart.keys()
    assert types["Series"] == chart["series"][0].keys()
    assert types["Ground"] == read("ground", SurfaceMap((0, 1, 0, 1), b"").message).keys()
    assert types["Scene"] >= {"tracks", "charts", *FACTS}
