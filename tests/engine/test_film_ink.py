"""What a film is drawn with: letters, colours, strokes."""

import tomllib

import numpy as np
import pytest

import playground as pg
from playground.figures.gif import MOST, palette_of
from playground.figures.ink import font
from playground.figures.stills import LEVEL_OPACITY
from playground.figures.strokes import DASHES, trail_of
from playground.figures.theme import LOOKS, RUNNERS, channels
from playground.words import LETTERS, LOWERED, RAISED
from tests.support.source import ROOT

BOX = (100.0, 300.0, 50.0, 250.0)


def test_every_letter_of_a_name_or_a_number_can_be_written():
    missing = font(20).getmask("\U0010ffff")
    declared = [thing for family in pg.FAMILIES for thing in family.all.values()]
    said = [thing.label() + "".join(p.short for p in thing.params()) for thing in declared]
    signs = [chr(at) if isinstance(at, int) else at for t in (RAISED, LOWERED) for at in t.values()]
    texts = "".join([*said, *LETTERS.values(), *signs, "η κ μ β − … éüßñ Ж ∇∞√≤≈"])
    for letter in sorted(set(texts) - {" "}):
        mask = font(20).getmask(letter)
        assert (mask.size, bytes(mask)) != (missing.size, bytes(missing)), letter


def test_the_palette_holds_all_colours_of_a_full_race():
    for look in LOOKS.values():
        marks = [stroke.colour for stroke in RUNNERS.values()]
        palette = palette_of(look, marks, LEVEL_OPACITY)
        assert len(palette) <= MOST
        assert {channels(c) for c in (*marks, *look)} <= {tuple(c) for c in palette.tolist()}


def test_the_looks_are_the_themes_of_the_app():
    said = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    for name, look in LOOKS.items():
        assert look == (said[name]["backgroundColor"].upper(), said[name]["textColor"].upper())


@pytest.mark.parametrize("dash", DASHES)
def test_the_strokes_of_a_path_are_inside_and_as_long_as_its_dashes(dash):
    rng = np.random.default_rng(5)
    points = rng.uniform((60, 20), (340, 280), (400, 2))
    strokes = trail_of(points, BOX, dash)
    left, right, low, high = BOX
    x, y = strokes.ends.reshape(-1, 2).T
    assert ((x > left - 1e-6) & (x < right + 1e-6) & (y > low - 1e-6) & (y < high + 1e-6)).all()
    assert (np.diff(strokes.step) >= 0).all()
    long = np.hypot(*(strokes.ends[:, 2:] - strokes.ends[:, :2]).T).sum()
    t = (np.arange(2000) + 0.5) / 2000
    fine = points[:-1, None] + t[None, :, None] * np.diff(points, axis=0)[:, None]
    here = ((fine > (left, low)) & (fine < (right, high))).all(axis=2).mean(axis=1)
    whole = (here * np.hypot(*np.diff(points, axis=0).T)).sum()
    pattern = DASHES[dash] or (1, 0)
    assert long == pytest.approx(whole * sum(pattern[::2]) / sum(pattern), rel=0.02)


def test_a_path_that_never_was_finite_twice_has_no_strokes():
    assert len(trail_of(np.array([[150.0, 150.0]]), BOX).ends) == 0
    far = np.array([[1e300, 0.0], [-1e300, 5.0], [np.inf, 3.0]])
    assert len(trail_of(far, BOX, "dash").ends) == 0
    away = trail_of(np.array([[150.0, 150.0], [1e300, 150.0]]), BOX)
    np.testing.assert_allclose(away.ends, [[150, 150, 300, 150]])
