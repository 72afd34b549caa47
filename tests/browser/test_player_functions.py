"""The player's pure JavaScript, run in the browser and compared with NumPy and brute force."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise

import numpy as np
import pytest

from playground.player import Chart, Ground, Series, Threshold, Track, Vectors
from playground.player.component import LONGEST, SCRIPT, seconds
from playground.player.packing import floats, ground_id, logarithms, pack_ground, pack_scene

FRAME = {"left": 10, "top": 20, "right": 110, "bottom": 90}
LOAD = """async (text) => {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  window.player = await import(url);
}"""


@pytest.fixture(scope="module")
def run(browser):
    """`run("name", *arguments)` calls an exported function; arrays arrive as Float64Array."""
    page = browser.new_page()
    page.evaluate(LOAD, SCRIPT)

    def call(name, *arguments):
        packed = [
            {"floats": [repr(float(v)) for v in np.ravel(value)]}
            if isinstance(value, np.ndarray)
            else {"bytes": list(value)}
            if isinstance(value, bytes)
            else {"plain": value}
            for value in arguments
        ]
        return page.evaluate(
            """([name, values]) => {
              const number = (text) => text === "inf" ? Infinity : text === "-inf" ? -Infinity
                : text === "nan" ? NaN : Number(text);
              const unpack = (v) => v.floats ? Float64Array.from(v.floats, number)
                : v.bytes ? Uint8Array.from(v.bytes) : v.plain;
              const listed = (v) => ArrayBuffer.isView(v) ? Array.from(v)
                : v && typeof v === "object" && !Array.isArray(v)
                ? Object.fromEntries(Object.entries(v).map(([k, w]) => [k, listed(w)]))
                : Array.isArray(v) ? v.map(listed) : v;
              return listed(window.player[name](...values.map(unpack)));
            }""",
            [name, packed],
        )

    yield call
    page.close()


def inside(x, y, slack=0.0):
    across = (x >= FRAME["left"] - slack) & (x <= FRAME["right"] + slack)
    return across & (y >= FRAME["top"] - slack) & (y <= FRAME["bottom"] + slack)


def walk(seed, steps=40):
    moves = np.random.default_rng(seed).normal(0, 25, (steps + 1, 2))
    return np.array([60, 55]) + np.cumsum(moves, axis=0)


def pieces(text):
    """An SVG path of M and L as a list of polylines."""
    lines = []
    for letter, x, y in re.findall(r"([ML])(-?[\d.]+) (-?[\d.]+)", text):
        if letter == "M":
            lines.append([])
        lines[-1].append((float(x), float(y)))
    return [np.array(line) for line in lines]


# -- messages ---------------------------------------------------------------------------------


def test_a_scene_arrives_as_it_was_packed(run):
    path = np.array([[0.5, -1.25], [3.0, 4.0], [np.inf, 2.0], [np.nan, np.nan]])
    arrows = Vectors("step", "#111111", np.diff(path[:3], axis=0))
    huge = np.array([1.0, 1e-300, 1e300, 0.0])
    charts = [
        Chart("Loss", [Series(huge, 0)], [Threshold(2.0, "limit", "id")], log=True),
        Chart("x", [Series(path[:, 0], None, "coordinate", dashed=True, first=1)]),
    ]
    tracks = [Track("Größe <b>", "#0072b2", path, "dot", vectors=[arrows], note="n")]
    scene = run("readScene", pack_scene(tracks, charts, {"steps": 3}))
    (track,) = scene["tracks"]
    assert track["name"] == "Größe <b>"
    assert track["dash"] == "dot"
    assert track["last"] == 1  # the last step before the first point that is no number
    np.testing.assert_equal(np.array(track["path"], float).reshape(-1, 2), path)
    np.testing.assert_equal(track["vectors"][0]["xy"][:2], [2.5, 5.25])
    loss, other = scene["charts"]
    np.testing.assert_allclose(np.array(loss["series"][0]["y"][:3], float), huge[:3], rtol=1e-4)
    assert math.isnan(loss["series"][0]["y"][3])
    assert loss["thresholds"] == [{"value": 2.0, "label": "limit", "id": "id"}]
    assert (other["series"][0]["first"], other["series"][0]["dashed"]) == (1, True)
    assert other["series"][0]["track"] is None


def test_an_early_stop_is_the_last_step(run):
    track = Track("a", "#000000", np.zeros((6, 2)), stop=2)
    assert run("readScene", pack_scene([track], [], {}))["tracks"][0]["last"] == 2


def test_a_message_may_begin_anywhere_in_its_buffer(run):
    message = pack_scene([Track("a", "#000000", np.arange(8.0).reshape(4, 2))], [], {"steps": 3})
    for lead in range(4):
        length = int.from_bytes(message[:4], "little")
        assert length % 4 == 0
        assert json.loads(message[4 : 4 + length])["steps"] == 3
        path = run("readScene", message + b"x" * lead)["tracks"][0]["path"]
        assert path == list(range(8))


def test_a_ground_arrives_as_it_was_packed(run):
    levels = [np.random.default_rng(n).uniform(-3, 5, (n, 2)) for n in (4, 2, 7)]
    ground = Ground((-3, 5, -3, 5), b"\x89PNG\x00\xff", levels, [(1, 2, "minimum")], "w", "b")
    read = run("readGround", ground.message)
    assert read["id"] == ground_id(ground.message)
    assert read["window"] == [-3, 5, -3, 5]
    assert read["marks"] == [[1, 2, "minimum"]]
    assert read["labels"] == ["w", "b"]
    assert read["picture"] == "data:image/png;base64,iVBORwD/"
    for axis, name in enumerate("xy"):
        sent = np.concatenate([[*level[:, axis], np.nan] for level in levels])
        got = np.array([np.nan if v is None else v for v in read["levels"][name]])
        np.testing.assert_allclose(got, sent, atol=8 / 65535)


def test_grounds_are_the_same_exactly_when_their_id_is():
    base = {"window": (0, 1, 0, 1), "picture": b"p", "levels": [np.eye(2)]}
    twin, *others = (
        ground_id(pack_ground(Ground(**(base | change))))
        for change in ({}, {"window": (0, 2, 0, 1)}, {"picture": b"q"}, {"levels": []})
    )
    assert twin == ground_id(Ground(**base).message)
    assert len({twin, *others}) == 4


def test_numbers_beyond_float32_stay_finite_and_what_is_no_number_stays_so():
    values = np.array([1e300, -1e300, 1e-320, np.inf, -np.inf, np.nan])
    sent = np.frombuffer(floats(values), "<f4")
    assert np.array_equal(np.isfinite(sent), np.isfinite(values))
    np.testing.assert_allclose(
        np.frombuffer(logarithms([1e300, 1e-300, 0.0, -1.0]), "<f4"), [300, -300, np.nan, np.nan]
    )


@pytest.mark.parametrize("steps", [1, 10, 100, 1000, 100_000])
@pytest.mark.parametrize("speed", [None, 0.01, 1.0, 1e4])
def test_a_run_never_lasts_longer_than_patience(steps, speed):
    assert 0 < seconds(steps, speed) <= LONGEST


def test_a_long_run_lasts_about_six_seconds():
    assert seconds(500, None) == 6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (12.3456, "12.35"),
        (-0.5, "−0.5"),
        (1e-7, "1.00e−7"),
        (123456.0, "1.23e5"),
        (np.nan, "not a number"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
    ],
)
def test_numbers_are_said_as_a_reader_wants_them(run, value, text):
    assert run("say", value) == text


# -- geometry ---------------------------------------------------------------------------------


def test_a_scale_goes_there_and_back(browser):
    page = browser.new_page()
    page.evaluate(LOAD, SCRIPT)
    there, back = page.evaluate("""() => {
      const axis = window.player.scale([-2, 6], 300, -200);
      return [[-2, 0, 6].map(axis.to), [300, 250, 100].map(axis.from)];
    }""")
    page.close()
    assert there == [300, 250, 100]
    assert back == [-2, 0, 6]


@pytest.mark.parametrize("seed", range(30))
def test_a_segment_is_cut_where_brute_force_cuts_it(run, seed):
    a, b = np.random.default_rng(seed).uniform(-50, 180, (2, 2))
    t = np.linspace(0, 1, 20001)
    visible = t[inside(*(a + t[:, None] * (b - a)).T)]
    span = run("clip", *a, *b, FRAME)
    if len(visible) == 0:
        assert span is None or span[1] - span[0] < 1e-4
    else:
        assert span == pytest.approx([visible[0], visible[-1]], abs=1e-4)


@pytest.mark.parametrize("seed", range(8))
def test_a_trail_is_the_path_inside_the_frame(run, seed):
    path = walk(seed)
    drawn = pieces(run("trail", path, 40, FRAME)["text"])
    assert all(inside(*line.T, slack=0.051).all() for line in drawn)
    length = sum(np.linalg.norm(np.diff(line, axis=0), axis=1).sum() for line in drawn)
    t = np.linspace(0, 1, 2001)[:, None]
    dense = np.concatenate([a + t * (b - a) for a, b in pairwise(path)])
    steps = np.linalg.norm(np.diff(dense, axis=0), axis=1)
    assert length == pytest.approx(steps[inside(*dense[1:].T)].sum(), abs=3)


@pytest.mark.parametrize("t", [0, 0.4, 7, 12.75, 39.5, 40])
def test_the_beginning_of_a_trail_ends_at_the_head(run, t):
    path = np.clip(walk(3), [15, 25], [100, 80])  # inside, so that the end is visible
    whole = run("trail", path, 40, FRAME)
    drawn = run("trailUntil", whole, path, t, FRAME)
    head = run("headAt", path, 40, t)
    k = min(int(t), 39)
    assert head == pytest.approx(path[k] + (t - k) * (path[k + 1] - path[k]))
    if t > 0:
        assert pieces(drawn)[-1][-1] == pytest.approx(head, abs=0.051)
        assert len(pieces(drawn)) == 1  # the pen was never lifted: dashes run on
    else:
        assert drawn == ""


def test_points_of_any_size_give_pixels_of_a_sane_size(run):
    path = np.array([[50, 50], [1e30, 60], [-1e38, 1e38], [40, 40.0]])
    drawn = pieces(run("trail", path, 3, FRAME)["text"])
    assert drawn
    assert all(inside(*line.T, slack=0.051).all() for line in drawn)


def test_dots_are_the_steps_inside(run):
    path = walk(5)
    found = run("dots", path, 40, FRAME)
    expected = inside(*path.T)
    assert found["count"] == expected.sum() == found["text"].count("M")
    shown = [found["text"][:end].count("M") for end in found["ends"]]
    assert shown == np.cumsum(expected).tolist()


@pytest.mark.parametrize("seed", range(8))
def test_where_a_path_left_is_its_last_way_out(run, seed):
    path = walk(seed)
    left = run("exits", path, 40, FRAME)
    within = inside(*path.T)
    t = np.linspace(0, 1, 4001)[:, None]
    for k in range(41):
        if within[k]:
            assert left[k] == -1
            continue
        crossed = [i for i in range(k) if inside(*(path[i] + t * (path[i + 1] - path[i])).T).any()]
        assert left[k] == (crossed[-1] if crossed else -2)


def test_a_crossing_is_on_the_border(run):
    out = run("crossing", 60, 50, 400, 220, FRAME)
    assert (out["x"], out["y"]) == pytest.approx((110, 75))
    assert out["angle"] == pytest.approx(math.atan2(170, 340))


def test_arrows_of_no_length_or_no_number_are_not_drawn(run):
    assert run("arrow", 1, 1, 1, 1) == ""
    assert run("arrow", 0, 0, 30, 0).startswith("M0.0 0.0L30.0 0.0")
    assert "NaN" not in run("arrow", 0, 0, float("nan"), 1)


def chart_range(run, lines, thresholds=(), log=False):
    return run("chartRange", lines, list(thresholds), log)


def test_a_chart_shows_all_calm_lines_and_thresholds(run):
    low, high = chart_range(run, [{"y": [1, 5], "calm": True}, {"y": [-2], "calm": True}], [9])
    assert low < -2
    assert high > 9


def test_a_line_that_runs_away_does_not_flatten_the_others(run):
    lines = [{"y": [1, 0.01], "calm": True}, {"y": [1, 1e250], "calm": False}]
    low, high = chart_range(run, lines, log=True)
    assert -2.5 < low < -2
    assert 2 < high < 2.5


def test_a_log_chart_leaves_out_what_has_no_logarithm(run):
    lines = [{"y": [0, -3, 10, 1000], "calm": True}]
    low, high = chart_range(run, lines, log=True)
    assert low == pytest.approx(1 - 0.12)
    assert high == pytest.approx(3.12)


@pytest.mark.parametrize("y", [[], [7.0, 7.0], [0.0], [-1.0]])
@pytest.mark.parametrize("log", [False, True])
def test_every_chart_has_a_range(run, y, log):
    low, high = chart_range(run, [{"y": y, "calm": True}], log=log)
    assert low < high


# -- time -------------------------------------------------------------------------------------

CLOCK = {"position": 30, "steps": 100, "seconds": 5, "speed": 1, "playing": True, "loop": False}


def test_a_clock_runs_through_in_its_seconds_at_its_speed(run):
    assert run("advance", CLOCK, 1)["position"] == 50
    assert run("advance", CLOCK | {"speed": 2}, 1)["position"] == 70
    assert run("advance", CLOCK | {"playing": False}, 1) == CLOCK | {"playing": False}
    assert run("advance", CLOCK, 60) == CLOCK | {"position": 100, "playing": False}


def test_a_loop_rests_at_the_end_and_begins_again(run):
    looping = CLOCK | {"loop": True, "position": 99}
    rests = run("advance", looping, 0.5)
    assert rests["playing"]
    assert run("shown", rests) == 100
    assert run("advance", looping, 1.1) == looping | {"position": 0}


def test_new_data_keeps_the_fraction_and_goes_on_playing(run):
    carried = run("carry", CLOCK, 50, 3)
    assert carried == CLOCK | {"position": 15, "steps": 50, "seconds": 3}
    still = CLOCK | {"playing": False, "position": 100}
    assert run("carry", still, 7, 3)["position"] == 7
    assert run("carry", CLOCK | {"steps": 0, "position": 0}, 7, 3)["position"] == 0


def test_play_begins_again_at_the_end(run):
    assert run("play", CLOCK | {"playing": False})["position"] == 30
    assert run("play", CLOCK | {"playing": False, "position": 100})["position"] == 0


def test_a_pause_stands_on_a_whole_step_and_seeking_stays_inside(run):
    assert run("pause", CLOCK | {"position": 30.7}) == CLOCK | {"position": 30, "playing": False}
    assert run("seek", CLOCK, -5)["position"] == 0
    assert run("seek", CLOCK, 1e9)["position"] == 100


@pytest.mark.parametrize("width", [320, 358, 700, 1000, 1800])
@pytest.mark.parametrize("charts", [0, 1, 3])
def test_map_and_charts_fit_side_by_side_or_below(run, width, charts):
    box = run("sizes", width, 560, charts)
    used = box["mapWidth"] + 16 + box["chartsWidth"] if box["wide"] else box["mapWidth"]
    assert used == width
    assert box["wide"] == (width >= 700 and charts > 0)
