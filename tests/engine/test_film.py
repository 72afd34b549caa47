"""The film of a race: what its GIF and its PNG show, pixel by pixel."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

import playground as pg
from playground.figures import film
from playground.figures.theme import LOOKS, RUNNERS, channels


def descents(steps=30, **rules):
    rules = rules or {"plain": pg.GradientDescent(lr=0.019), "Adam": pg.Adam(lr=0.3)}
    return {name: pg.simulate(pg.Bowl(), rule, steps=steps) for name, rule in rules.items()}


def frames_of(data):
    """The pictures of a GIF as arrays ``(h, w, 3)``, and their milliseconds."""
    gif = Image.open(BytesIO(data))
    pictures, lasting = [], []
    for k in range(gif.n_frames):
        gif.seek(k)
        pictures.append(np.asarray(gif.convert("RGB")).astype(int))
        lasting.append(gif.info["duration"])
    return pictures, lasting


def picture_of(race, step=None):
    return np.asarray(Image.open(BytesIO(race.png(step)))).astype(int)


def axes_of(race):
    """The pixels of the window's edges: x0 and x1, y0 and y1."""
    left, right, top, bottom = race._plate.frame
    return np.array([left, right]), np.array([bottom, top])


def pixel(race, point):
    """Where a point of the plane is, from the window alone."""
    x0, x1, y0, y1 = race.window
    (left, right), (bottom, top) = axes_of(race)
    return (
        left + (right - left) * (point[0] - x0) / (x1 - x0),
        bottom + (top - bottom) * (point[1] - y0) / (y1 - y0),
    )


def near(colours, wanted, off=40):
    return np.abs(colours - np.array(channels(wanted))).max(axis=-1) <= off


def inked(picture, race, colour):
    """Pixels of the map in a colour."""
    (left, right), (bottom, top) = axes_of(race)
    return int(near(picture[top:bottom, left:right], colour, 12).sum())


@pytest.mark.parametrize("steps", [1, 2, 30, 119, 120, 3000])
def test_the_gif_has_as_many_frames_as_it_says_the_last_step_always(steps):
    race = film(descents(steps), size=(320, 240))
    pictures, lasting = frames_of(race.gif())
    assert race.frames == len(pictures) == min(steps + 1, 120)
    assert race.times[0] == 0
    assert race.times[-1] == steps
    assert np.ptp(np.diff(race.times)) <= 1  # evenly
    assert lasting[-1] >= 2000
    assert sum(lasting[:-1]) == pytest.approx(1000 * min(6, steps / 4), rel=0.05)
    assert np.abs(pictures[-1] - picture_of(race)).mean() < 1.5  # its palette has few colours


@pytest.mark.parametrize("theme", LOOKS)
def test_the_heads_are_where_the_runs_are(theme):
    race = film(descents(), theme=theme)
    pictures, _ = frames_of(race.gif())
    for t in (7, 30):
        shown, drawn = pictures[race.times.index(t)], picture_of(race, t)
        x, y = pixel(race, race.runs["Adam"].x[t])  # the last one is on top
        for picture in (shown, drawn):
            assert (picture[round(y - 0.5), round(x - 0.5)] > 225).all()  # the core is white
            for dx, dy in ((4.5, 0), (-4.5, 0), (0, 4.5), (0, -4.5)):
                colour = picture[int(y + dy), int(x + dx)]
                assert near(colour, RUNNERS["b"].colour), (t, dx, dy, colour)


def test_another_window_shows_another_part():
    runs = descents()
    whole, part = film(runs), film(runs, window=(-3.5, -1.5, 0, 1.5))
    x, y = pixel(part, runs["plain"].x[0])
    assert not np.allclose(pixel(whole, runs["plain"].x[0]), (x, y), atol=20)
    ring = picture_of(part)[int(y) - 30 : int(y) + 30, int(x) - 30 : int(x) + 30]
    assert near(ring, LOOKS["light"].ink).sum() > 60


def test_two_runs_have_two_colours_and_each_slot_its_own():
    race = film(descents())
    first, last = picture_of(race, 0), picture_of(race)
    for slot in "ab":
        assert inked(last, race, RUNNERS[slot].colour) > inked(first, race, RUNNERS[slot].colour)
        assert inked(last, race, RUNNERS[slot].colour) > 150
    assert inked(last, race, RUNNERS["d"].colour) == 0
    other = film(descents(), slots=["b", "d"])
    assert inked(picture_of(other), other, RUNNERS["d"].colour) > 150
    assert inked(picture_of(other), other, RUNNERS["a"].colour) == 0


def test_the_same_race_is_the_same_bytes():
    one, other = (film(descents(), size=(400, 300)) for _ in range(2))
    assert one.gif() == other.gif() == one.gif()
    assert one.png() == other.png()
    assert one.png(3) != one.png(4)


def test_what_stands_still_never_changes():
    """Neither the map nor the names flicker: a corner of the map is the same in every frame."""
    race = film(descents(), size=(480, 320))
    pictures, _ = frames_of(race.gif())
    (_, right), (_, top) = axes_of(race)
    corner = [p[top : top + 40, right - 60 : right] for p in pictures]
    assert all((part == corner[0]).all() for part in corner)
    assert (pictures[3] != pictures[4]).any()


def test_a_run_that_diverges_leaves_the_map_with_an_arrow():
    run = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=0.03), steps=2000)
    assert run.finite < run.steps
    race = film(run)
    colour = RUNNERS["a"].colour
    (left, right), (bottom, top) = axes_of(race)
    outside = np.flatnonzero(np.abs(run.x[:50, 1]) > race.window[3])[0]
    (ax, ay), (bx, by) = (pixel(race, run.x[k]) for k in (outside - 1, outside))
    edge = bottom if by > ay else top
    x = ax + (edge - ay) / (by - ay) * (bx - ax)
    y = edge + (-6 if edge == bottom else 6)
    before, after = picture_of(race, outside - 1), picture_of(race, outside)
    spot = (slice(int(y) - 4, int(y) + 4), slice(int(x) - 5, int(x) + 5))
    assert near(before[spot], colour).sum() < 5
    assert near(after[spot], colour).sum() > 25
    for picture in (after, picture_of(race)):
        margins = picture.copy()
        margins[top:bottom, left:right] = 255
        (row,) = race._plate.rows
        margins[: int(row.value[1]) + 8] = 255  # the legend
        assert not near(margins, colour).any()
    assert race._told[0][-1] == f"not finite from step {run.finite}"
    assert race._told[0][run.finite - 1].startswith("excess loss ")


def test_a_shorter_run_waits_at_its_end_and_is_not_crossed_out():
    runs = descents(8)
    alone = film(runs)
    beside = film(runs | {"long": pg.simulate(pg.Bowl(), pg.GradientDescent(lr=1e-6), steps=40)})
    for race in (alone, beside):
        x, y = pixel(race, runs["Adam"].x[-1])
        picture = picture_of(race)
        around = [picture[int(y + d), int(x + d)] for d in (-5.5, 5.5)]
        assert not any(near(colour, RUNNERS["b"].colour, 12) for colour in around)
        assert (picture[round(y - 0.5), round(x - 0.5)] > 225).all()


def test_what_is_not_a_number_is_drawn_without_a_warning():
    gone = pg.simulate(pg.Bowl(), pg.GradientDescent(lr=1e300), steps=3)
    hole = pg.simulate(pg.Formula(text="sqrt(x) + y**2"), pg.GradientDescent(lr=0.5), steps=5)
    for run in (gone, hole):
        race = film(run, size=(400, 300))
        assert frames_of(race.gif())[0][-1].shape == (300, 400, 3)


@pytest.mark.parametrize("size", [1e-9, 1e-3, 1e9, 1e30])
def test_windows_of_any_size_are_drawn(size):
    race = film(descents(12), window=(-3 - size, -3 + size, 1 - size, 1 + size), size=(400, 300))
    ring = picture_of(race, 0)
    x, y = pixel(race, (-3, 1))
    ring = ring[int(y) - 15 : int(y) + 15, int(x) - 15 : int(x) + 15]
    assert near(ring, LOOKS["light"].ink).sum() > 20
    assert len(frames_of(race.gif())[0]) == 13


@pytest.mark.parametrize("size", [(960, 640), (480, 800), (400, 300), (1920, 1080), (900, 300)])
@pytest.mark.parametrize("many", [1, 3, 8])
@pytest.mark.parametrize("surface", [pg.Bowl(), pg.Rosenbrock(), pg.Bowl(kappa=2.0)])
def test_nothing_is_cut_off(size, many, surface):
    """Around the picture is an edge of bare paper; where there is no room, that is said."""
    rates = 0.0001 * 3.7 ** np.arange(many)
    runs = [pg.simulate(surface, pg.Momentum(lr=float(lr)), steps=40) for lr in rates]
    if many == 8 and size == (400, 300):
        with pytest.raises(ValueError, match="no room"):
            film(runs, size=size)
        return
    picture = picture_of(film(runs, size=size))
    paper = np.array(channels(LOOKS["light"].paper))
    edges = (picture[:2], picture[-2:], picture[:, :2], picture[:, -2:])
    assert all((edge == paper).all() for edge in edges)
    plate = film(runs, size=size)._plate
    assert (plate.frame[1] - plate.frame[0]) * (plate.frame[3] - plate.frame[2]) > 0.08 * np.prod(
        size
    )


def test_a_right_angle_is_one_where_that_fits():
    run = descents(5)["Adam"]
    for window, equal in (((-4, 4, -2.5, 2.5), True), ((-10, 10, -1, 1), False)):
        plate = film(run, window=window)._plate
        left, right, top, bottom = plate.frame
        aspect = (window[1] - window[0]) / (window[3] - window[2])
        assert ((right - left) / (bottom - top) == pytest.approx(aspect, rel=0.01)) is equal
        assert plate.equal is equal


def test_rules_of_one_name_are_told_apart():
    rules = [pg.Adam(lr=0.1), pg.Adam(lr=0.2), pg.Adam(lr=0.2), pg.Momentum(lr=0.01)]
    race = film([pg.simulate(pg.Bowl(), rule, steps=3) for rule in rules])
    assert list(race.runs) == ["Adam, η 0.1", "Adam, η 0.2 (1)", "Adam, η 0.2 (2)", "Momentum"]


def test_a_notebook_shows_it():
    race = film(descents(4), size=(320, 240))
    shown = race._repr_mimebundle_()
    page = shown["text/html"]
    gif = page.partition("base64,")[2].partition('"')[0]
    assert base64.b64decode(gif) == race.gif()
    assert base64.b64decode(shown["image/png"]) == race.png()
    assert 'alt="plain, Adam on Bowl"' in page
    assert shown["text/plain"] == "<Film: plain, Adam on Bowl>"


def test_what_is_no_film_is_refused():
    runs = descents(3)
    batch = pg.simulate(pg.Bowl(), pg.Adam(lr=[0.1, 0.2]), steps=3)
    other = pg.simulate(pg.Rosenbrock(), pg.Adam(lr=0.1), steps=3)
    refusals = [
        (([],), {}, "one or more"),
        ((batch,), {}, "a batch"),
        (([*runs.values(), other],), {}, "one surface"),
        (([runs["Adam"]] * 9,), {}, "up to 8 runs"),
        ((runs,), {"slots": ["a"]}, "slot of its own"),
        ((runs,), {"slots": ["a", "a"]}, "slot of its own"),
        ((runs,), {"window": (1, 1, 0, 1)}, "empty"),
        ((runs,), {"window": (0, float("nan"), 0, 1)}, "empty"),
        ((runs,), {"seconds": -1.0}, "seconds"),
        ((runs,), {"size": (100, 80)}, "no room"),
    ]
    for arguments, settings, words in refusals:
        with pytest.raises(ValueError, match=words):
            film(*arguments, **settings)
    for step in (-1, 4):
        with pytest.raises(ValueError, match="steps 0 to 3"):
            film(runs).png(step)
