"""What is written is read as it was: links and reproducing code, of any value there can be."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import playground as pg
from playground.links import read_settings, write_settings
from playground.topics.race import OPENING, SCENES, SLOTS, Conditions, Race, Runner, read, write
from tests.support.anything import members, reals, values
from tests.support.declared import CLASSES, PAGES
from tests.support.part import EXHAUSTIVE

FAMILIES = {family.__name__: family for family in pg.FAMILIES}

few = settings(max_examples=200 if EXHAUSTIVE else 8)
"""Of each class; together they are hundreds of values."""


@pytest.mark.parametrize("name", CLASSES)
@few
@given(st.data())
def test_the_line_of_code_gives_the_value_back(name, data):
    value = data.draw(values(CLASSES[name]))
    again = eval(repr(value), vars(pg))
    assert again == value
    assert hash(again) == hash(value)
    assert repr(again) == repr(value)


def test_every_page_is_asked():
    assert len(PAGES) >= 10
    assert Conditions in PAGES.values()


@pytest.mark.parametrize("name", PAGES)
@few
@given(st.data())
def test_any_state_of_a_page_comes_back_from_its_link(name, data):
    value, default = data.draw(values(PAGES[name])), data.draw(values(PAGES[name]))
    for usual in (PAGES[name](), default):
        assert read_settings(write_settings(value, usual), usual) == (value, [])


COORDINATES = st.floats(-1e308, 1e308) | st.sampled_from([5e-324, -5e-324, 0.1 + 0.2, 1 / 3])


@st.composite
def races(draw) -> Race:
    """Up to eight runners, from anywhere."""
    runner = st.builds(Runner, members(pg.Optimizer), members(pg.Schedule))
    return Race(
        draw(members(pg.Surface)),
        draw(st.tuples(*[st.none() | runner] * len(SLOTS))),
        draw(st.none() | st.tuples(COORDINATES, COORDINATES)),
        draw(values(Conditions)),
    )


@few
@given(races(), st.sampled_from([OPENING, *(scene.race for scene in SCENES.values())]))
def test_any_race_comes_back_from_its_link(race, default):
    assert read(write(race, default), default) == (race, [])


@few
@given(races(), races())
def test_any_race_comes_back_from_a_link_beside_any_other(race, default):
    assert read(write(race, default), default) == (race, [])


def test_the_floats_that_are_tried_reach_the_ends_of_the_ground():
    lr = next(p for p in pg.Adam.params() if p.name == "lr")
    seen: list[float] = []

    @given(reals(lr))
    def look(value):
        seen.append(value)

    look()
    assert min(seen) < 1e-300
    assert max(seen) > 1e300
    assert all(value > 0 and math.isfinite(value) for value in seen)
